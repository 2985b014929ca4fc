/** How each listing tool gets its items from Google, by tool name: the only place that says which method serves which result. */
import type { Google } from '../google/google.ts';
import { type SearchInput, toSearchRequest } from '../google/search.ts';
import { toAlbumEntry, toMediaItemEntry } from './entries.ts';
import type { FetchChunk } from './results.ts';

export function createFetchers(google: Google): Record<string, FetchChunk> {
  return {
    async albums_list(input, page, options) {
      const reply = await google.call('albums.list', { ...input, ...page }, options);
      return { items: (reply.albums ?? []).map(toAlbumEntry), next: reply.nextPageToken };
    },
    async shared_albums_list(input, page, options) {
      const reply = await google.call('sharedAlbums.list', { ...input, ...page }, options);
      return { items: (reply.sharedAlbums ?? []).map(toAlbumEntry), next: reply.nextPageToken };
    },
    async media_items_list(_, page, options) {
      const reply = await google.call('mediaItems.list', page, options);
      return { items: (reply.mediaItems ?? []).map(toMediaItemEntry), next: reply.nextPageToken };
    },
    async media_items_search(input, page, options) {
      const request = { ...toSearchRequest(input as SearchInput), ...page };
      const reply = await google.call('mediaItems.search', request, options);
      return { items: (reply.mediaItems ?? []).map(toMediaItemEntry), next: reply.nextPageToken };
    },
  };
}
