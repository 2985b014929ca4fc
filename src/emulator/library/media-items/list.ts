/** mediaItems.list (contract 3.13): the library without archived items, newest first. */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import { LEGACY_ALL, LEGACY_READ, READ_APP_DATA } from '../../scopes.ts';
import { isListed } from '../access.ts';
import { listQuery } from '../messages.ts';
import { pageReply } from '../paging.ts';
import { libraryRoute } from '../route.ts';
import { libraryItems, readItemPage } from './pages.ts';

export const listMediaItems = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'mediaItems.list',
      verb: 'GET',
      path: '/v1/mediaItems',
      scopes: [READ_APP_DATA],
      legacyScopes: [LEGACY_ALL, LEGACY_READ],
      query: listQuery,
    },
    (call) => {
      const { caller, query } = call;
      const source = libraryItems(deps, {}, (item) => !item.archived && isListed(item, caller));
      return pageReply('mediaItems', readItemPage(call, ['mediaItems.list'], query, source));
    },
  );
