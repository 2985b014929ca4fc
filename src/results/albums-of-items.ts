import { albumItems, listAllAlbums } from '../google/albums.ts';
import type { Google } from '../google/google.ts';

export interface AlbumScanOptions {
  signal?: AbortSignal;
  onAlbum?: (done: number, total: number) => void;
}

/** Ids of all media items that are in any album: a search per album, since items do not know their albums (contract 4.3). */
export async function idsInAlbums(google: Google, { signal, onAlbum }: AlbumScanOptions = {}): Promise<Set<string>> {
  const ids = new Set<string>();
  const albums = (await listAllAlbums(google, { signal })).filter(
    ({ mediaItemsCount }) => mediaItemsCount !== undefined,
  );
  for (const [index, { id: albumId }] of albums.entries()) {
    for await (const { id } of albumItems(google, albumId, { signal })) ids.add(id);
    onAlbum?.(index + 1, albums.length);
  }
  return ids;
}
