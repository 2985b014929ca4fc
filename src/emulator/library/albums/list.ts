/** albums.list (contract 3.3): in order of creation. */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import type { StoredAlbum } from '../../model.ts';
import { LEGACY_ALL, LEGACY_READ, READ_APP_DATA } from '../../scopes.ts';
import { isListed } from '../access.ts';
import { listAlbumsQuery } from '../messages.ts';
import { pageReply } from '../paging.ts';
import { libraryRoute } from '../route.ts';
import { readAlbumPage } from './pages.ts';

export const listAlbums = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.list',
      verb: 'GET',
      path: '/v1/albums',
      scopes: [READ_APP_DATA],
      legacyScopes: [LEGACY_ALL, LEGACY_READ],
      query: listAlbumsQuery,
    },
    (call) => {
      const { caller, query } = call;
      const isShown = (album: StoredAlbum): boolean =>
        album.share?.ownedByUser !== false && isListed(album, caller, query.excludeNonAppCreatedData);
      return pageReply('albums', readAlbumPage(call, 'albums.list', query, isShown));
    },
  );
