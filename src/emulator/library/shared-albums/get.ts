/** sharedAlbums.get (contract 3.16): legacy only; needs no membership, only the token. */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import { LEGACY_SHARING } from '../../scopes.ts';
import { libraryRoute } from '../route.ts';
import { albumView } from '../views.ts';
import { requireShared } from './sharing.ts';

export const getSharedAlbum = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'sharedAlbums.get',
      verb: 'GET',
      path: '/v1/sharedAlbums/{shareToken}',
      scopes: [],
      legacyScopes: [LEGACY_SHARING],
    },
    (call) => albumView(call, requireShared(deps.state, call.params.shareToken ?? '')),
  );
