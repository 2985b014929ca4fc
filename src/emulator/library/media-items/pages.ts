/** Pages of media items, for list and search: 25 by default, 100 at most (contract 1.2). */
import type { Deps } from '../../deps.ts';
import type { Cursor, Walk } from '../../items.ts';
import type { StoredAlbum, StoredMediaItem } from '../../model.ts';
import { type Page, type PageRequest, readPage, type Step } from '../paging.ts';
import type { Viewing } from '../route.ts';
import { mediaItemView } from '../views.ts';

type Source<C> = (after: C | undefined) => Iterable<Step<StoredMediaItem, C>>;

/** How many items one request looks at: a page may come short or empty and still not be the last (contract 1.2). */
const MOST_LOOKED_AT = 50_000;

/** @param request method and parameters, for the page token. @param view how to show an item; `mediaItemView` by default. */
export function readItemPage<C>(
  viewing: Viewing,
  request: readonly unknown[],
  page: PageRequest,
  source: Source<C>,
  view: (item: StoredMediaItem) => object = (item) => mediaItemView(viewing, item),
): Page<object> {
  const { deps, caller, exchange } = viewing;
  const sizes = { standard: 25, max: 100 };
  const { values, nextPageToken } = readPage({
    overrides: deps.overrides,
    exchange,
    request: [caller.project, ...request],
    page,
    sizes,
    source,
  });
  return { values: values.map(view), nextPageToken };
}

/** The library in time order, as far as `isWanted` agrees. */
export function libraryItems(
  { state }: Deps,
  walk: Omit<Walk, 'after'>,
  isWanted: (item: StoredMediaItem) => boolean,
): Source<Cursor> {
  return function* (after) {
    let lookedAt = 0;
    for (const { item, cursor } of state.items.walk({ ...walk, after })) {
      lookedAt += 1;
      if (isWanted(item)) yield { value: item, cursor };
      else if (lookedAt >= MOST_LOOKED_AT) yield { cursor };
    }
  };
}

/** Where a walk through an album stopped. */
interface AlbumCursor {
  index: number;
  id: string;
}

/** An album's items in the album's order; continues after the same item even when others were put before it. */
export function albumItems({ state }: Deps, album: StoredAlbum): Source<AlbumCursor> {
  return function* (after) {
    for (let index = after ? startAfter(album, after) : 0; index < album.entries.length; index += 1) {
      const entry = album.entries[index];
      const value = entry && 'mediaItemId' in entry ? state.items.get(entry.mediaItemId) : undefined;
      if (value) yield { value, cursor: { index, id: value.id } };
    }
  };
}

function startAfter({ entries }: StoredAlbum, { index, id }: AlbumCursor): number {
  const found = entries.findIndex((entry) => 'mediaItemId' in entry && entry.mediaItemId === id);
  return found >= 0 ? found + 1 : index;
}
