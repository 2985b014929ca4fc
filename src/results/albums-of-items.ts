import { listAllAlbums } from '../google/albums.ts';
import type { Google } from '../google/google.ts';
import { LIMITS } from '../google/limits.ts';

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
    let pageToken: string | undefined;
    do {
      const request = { albumId, pageSize: LIMITS.mediaItemsPage.max, pageToken };
      const page = await google.call('mediaItems.search', request, { signal });
      for (const { id } of page.mediaItems ?? []) ids.add(id);
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    onAlbum?.(index + 1, albums.length);
  }
  return ids;
}
