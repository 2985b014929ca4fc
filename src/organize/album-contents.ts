import { albumItems, type ListOptions } from '../google/albums.ts';
import type { Google } from '../google/google.ts';

/** Ids of an album's media items in its order, each once. Throws AppError `listStuck`, `listTooLong`, and GoogleError. */
export async function readAlbumContents(
  google: Pick<Google, 'call'>,
  albumId: string,
  options: ListOptions = {},
): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of albumItems(google, albumId, options)) ids.push(id);
  return ids;
}
