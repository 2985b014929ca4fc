/** albums.unshare (contract 3.9): legacy only. Others lose access, and what they contributed leaves the album. */
import type { Deps } from '../../deps.ts';
import { invalidArgument } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { LEGACY_SHARING } from '../../scopes.ts';
import { requireOwnAlbum } from '../access.ts';
import { libraryRoute } from '../route.ts';
import { contributionsOf } from '../shared-albums/sharing.ts';
import { removeItems } from './entries.ts';

export const unshareAlbum = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.unshare',
      verb: 'POST',
      path: '/v1/albums/{albumId}:unshare',
      scopes: [],
      legacyScopes: [LEGACY_SHARING],
      write: true,
      body: {},
    },
    ({ caller, params }) => {
      const album = requireOwnAlbum(deps.state, caller, params.albumId ?? '');
      if (!album.share) throw invalidArgument('The album is not shared.');
      removeItems(
        album,
        contributionsOf(deps.state, album, (contributor) => contributor !== undefined),
      );
      delete album.share;
      return {};
    },
  );
