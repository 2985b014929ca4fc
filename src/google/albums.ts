import type { CallOptions, Google } from './google.ts';
import { LIMITS } from './limits.ts';
import type { Album } from './types.ts';

/** All albums the app can see, every page of them (contract 3.3). */
export async function listAllAlbums(google: Pick<Google, 'call'>, options: CallOptions = {}): Promise<Album[]> {
  const albums: Album[] = [];
  let pageToken: string | undefined;
  do {
    const page = await google.call('albums.list', { pageSize: LIMITS.albumsPage.max, pageToken }, options);
    albums.push(...(page.albums ?? []));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return albums;
}
