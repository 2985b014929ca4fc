import type { CallOptions, Google } from '../google/google.ts';
import { LIMITS } from '../google/limits.ts';

/** Ids of an album's media items in its order, each once (a page may repeat the last item before it, contract 1.2). */
export async function readAlbumContents(
  google: Pick<Google, 'call'>,
  albumId: string,
  options: CallOptions = {},
): Promise<string[]> {
  const ids = new Set<string>();
  let pageToken: string | undefined;
  do {
    const request = { albumId, pageSize: LIMITS.mediaItemsPage.max, pageToken };
    const page = await google.call('mediaItems.search', request, options);
    for (const { id } of page.mediaItems ?? []) ids.add(id);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return [...ids];
}
