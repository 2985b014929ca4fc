/** albums.get (contract 3.2). */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import { LEGACY_ALL, LEGACY_READ, READ_APP_DATA } from '../../scopes.ts';
import { requireAlbum } from '../access.ts';
import { libraryRoute } from '../route.ts';
import { albumView } from '../views.ts';

export const getAlbum = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.get',
      verb: 'GET',
      path: '/v1/albums/{albumId}',
      scopes: [READ_APP_DATA],
      legacyScopes: [LEGACY_ALL, LEGACY_READ],
    },
    (call) => albumView(call, requireAlbum(deps.state, call.caller, call.params.albumId ?? '')),
  );
