import { AppError } from '../../src/app-error.ts';
import type { Context } from '../../src/context/context.ts';
import { GoogleError } from '../../src/google/errors.ts';

/**
 * Makes a sharing call for real and, on the answer that everyone gets since 2025-03-31 (contract 7), repeats Google's
 * words and hands over what still works: the album in Google Photos, where a person can press Share.
 * @param findAlbumUrl the album's page, when the call was about one of the person's own albums.
 */
export async function sharing<T>(call: () => Promise<T>, findAlbumUrl?: () => Promise<string | undefined>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof GoogleError) || (error.reason !== 'removed' && error.reason !== 'missingScope')) throw error;
    throw switchedOff(error, await findAlbumUrl?.().catch(() => undefined));
  }
}

function switchedOff({ message, status }: GoogleError, albumUrl?: string): AppError {
  const wayOut = albumUrl
    ? `The person can do it in Google Photos: open ${albumUrl} and press Share.`
    : 'The person can do it in Google Photos: https://photos.google.com/sharing';
  return new AppError('removed', `${message} Google switched this method off for every app on 2025-03-31.`, wayOut, {
    status,
  });
}

/** Where the person finds an album of theirs. */
export const albumUrlOf =
  (albumId: string, { google, signal }: Pick<Context, 'google' | 'signal'>) =>
  async (): Promise<string | undefined> =>
    (await google.call('albums.get', { albumId }, { signal })).productUrl;
