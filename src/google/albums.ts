/** The albums that the app can see, what is in them, and when two titles are the same. */
import type { Google } from './google.ts';
import { LIMITS } from './limits.ts';
import { collect, itemsOf, type PagesOptions, pages } from './pages.ts';
import type { Album, MediaItem, RequestOf } from './types.ts';

export type ListOptions = Pick<PagesOptions, 'signal' | 'budgetMs' | 'clock'>;

/** All albums that the app can see (contract 3.3). Throws what `pages` throws. */
export function listAlbums(google: Pick<Google, 'call'>, options: ListOptions = {}): AsyncGenerator<Album, void, void> {
  const list = pages<Album>(
    async (pageToken, call) => {
      const reply = await google.call('albums.list', { pageSize: LIMITS.albumsPage.max, pageToken }, call);
      return { items: reply.albums ?? [], next: reply.nextPageToken };
    },
    {
      noun: 'album',
      next: 'albums_list reads them page by page, and its references go wherever an album goes.',
      ...options,
    },
  );
  return itemsOf(list);
}

/** The same, collected. */
export const listAllAlbums = (google: Pick<Google, 'call'>, options: ListOptions = {}): Promise<Album[]> =>
  collect(listAlbums(google, options));

/** What is in an album, in its order (contract 3.15). Throws what `pages` throws. */
export const albumItems = (
  google: Pick<Google, 'call'>,
  albumId: string,
  options: ListOptions = {},
): AsyncGenerator<MediaItem, void, void> =>
  searchItems(
    google,
    { albumId },
    { next: 'media_items_search with the albumId reads the album page by page.', ...options },
  );

/** What a search finds, every page of it (contract 3.15). Throws what `pages` throws. */
export function searchItems(
  google: Pick<Google, 'call'>,
  search: Pick<RequestOf<'mediaItems.search'>, 'albumId' | 'filters'>,
  options: ListOptions & Pick<PagesOptions, 'next'> = {},
): AsyncGenerator<MediaItem, void, void> {
  const list = pages<MediaItem>(
    async (pageToken, call) => {
      const request = { ...search, pageSize: LIMITS.mediaItemsPage.max, pageToken };
      const reply = await google.call('mediaItems.search', request, call);
      return { items: reply.mediaItems ?? [], next: reply.nextPageToken };
    },
    { noun: 'media item', ...options },
  );
  return itemsOf(list);
}

/**
 * What of a title decides whether two are the same: a Mac writes "Zürich" with a separate mark above the u (NFD), a
 * person with one letter (NFC), and blanks around it are seen by neither. Google itself allows twins (contract 10.2).
 */
export const titleKey = (title = ''): string => title.trim().normalize('NFC');

export const sameTitle = (one: string | undefined, other: string | undefined): boolean =>
  titleKey(one) === titleKey(other);
