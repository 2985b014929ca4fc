/** mediaItems.search (contract 3.15): by album or by filters, never both. */
import type { Deps } from '../../deps.ts';
import { invalidArgument } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { type Cursor, timeOf, type Walk } from '../../items.ts';
import { int32, text } from '../../json.ts';
import type { StoredMediaItem } from '../../model.ts';
import { LEGACY_ALL, LEGACY_READ, LEGACY_SHARING, READ_APP_DATA } from '../../scopes.ts';
import { isListed, requireAlbum } from '../access.ts';
import { type Page, pageReply } from '../paging.ts';
import { type Call, libraryRoute } from '../route.ts';
import { rangesOf } from '../search/dates.ts';
import { type Filters, filters, filterTest, isFiltering, looksAtItems, readOrder } from '../search/filters.ts';
import { contributorView, mediaItemView } from '../views.ts';
import { albumItems, libraryItems, readItemPage } from './pages.ts';

const body = { albumId: text, filters, orderBy: text, pageSize: int32, pageToken: text };
type SearchCall = Call<Record<never, never>, typeof body>;

export const searchMediaItems = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'mediaItems.search',
      verb: 'POST',
      path: '/v1/mediaItems:search',
      scopes: [READ_APP_DATA],
      legacyScopes: [LEGACY_ALL, LEGACY_READ],
      body,
    },
    (call) => {
      const { albumId, filters: given, orderBy } = call.body;
      if (albumId && given && isFiltering(given)) throw invalidArgument('Album ID and filters cannot both be set.');
      if (albumId && orderBy) throw invalidArgument('Order by is only supported together with a date filter.');
      return pageReply('mediaItems', albumId ? searchAlbum(call) : searchLibrary(call));
    },
  );

/** In the album's own order, archived items included. */
function searchAlbum(call: SearchCall): Page<object> {
  const { deps, caller } = call;
  const album = requireAlbum(deps.state, caller, call.body.albumId);
  const showsContributors = album.share !== undefined && caller.has(LEGACY_SHARING);
  const view = (item: StoredMediaItem): object => ({
    ...mediaItemView(call, item, album),
    ...(showsContributors ? { contributorInfo: contributorView(call, item) } : {}),
  });
  return readItemPage(call, requestOf(call), call.body, albumItems(deps, album), view);
}

function searchLibrary(call: SearchCall): Page<object> {
  const { deps, caller } = call;
  const given: Filters = call.body.filters ?? NO_FILTERS;
  const order = readOrder(call.body.orderBy, given);
  const passes = filterTest(given);
  const ranges = given.dateFilter && rangesOf(given.dateFilter, yearsOf(deps));
  const latest = looksAtItems(given) ? deps.clock.now() : Number.POSITIVE_INFINITY;
  const isWanted = (item: StoredMediaItem): boolean =>
    (given.includeArchivedMedia || !item.archived) &&
    isListed(item, caller, given.excludeNonAppCreatedData) &&
    passes(item) &&
    (!given.dateFilter || item.captureTime !== undefined) &&
    (latest === Number.POSITIVE_INFINITY || timeOf(item) <= latest);
  const walk: Walk = { order, ranges };
  return readItemPage<Cursor>(call, requestOf(call), call.body, libraryItems(deps, walk, isWanted));
}

const NO_FILTERS: Filters = {
  dateFilter: undefined,
  contentFilter: undefined,
  mediaTypeFilter: undefined,
  featureFilter: undefined,
  includeArchivedMedia: false,
  excludeNonAppCreatedData: false,
};

function requestOf({ body: { albumId, filters: given, orderBy } }: SearchCall): unknown[] {
  return ['mediaItems.search', albumId, given && isFiltering(given) ? given : null, orderBy];
}

function yearsOf({ state }: Deps): { first: number; last: number } {
  const year = (order: 'newest' | 'oldest'): number | undefined => {
    for (const { item } of state.items.walk({ order })) return new Date(timeOf(item)).getUTCFullYear();
    return undefined;
  };
  return { first: year('oldest') ?? 1, last: year('newest') ?? 0 };
}
