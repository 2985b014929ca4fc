import { albumItems, type ListOptions } from '../google/albums.ts';
import type { Google } from '../google/google.ts';

/** Ids of an album's media items in its order. Throws GoogleError, and AppError `listStuck`, `listTooLong`. */
export async function readAlbumContents(
  google: Pick<Google, 'call'>,
  albumId: string,
  { signal, budgetMs, clock }: ListOptions = {},
): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of albumItems(google, albumId, { signal, budgetMs, clock })) ids.push(id);
  return ids;
}
