/** sharedAlbums.join (contract 3.17): legacy only. Joining what one has joined, or owns, changes nothing. */
import type { Deps } from '../../deps.ts';
import { invalidArgument } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { text } from '../../json.ts';
import { LEGACY_SHARING } from '../../scopes.ts';
import { libraryRoute } from '../route.ts';
import { albumView } from '../views.ts';
import { requireShared } from './sharing.ts';

export const joinSharedAlbum = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'sharedAlbums.join',
      verb: 'POST',
      path: '/v1/sharedAlbums:join',
      scopes: [],
      legacyScopes: [LEGACY_SHARING],
      write: true,
      body: { shareToken: text },
    },
    (call) => {
      const { shareToken } = call.body;
      if (!shareToken) throw invalidArgument('Request must contain a share token.');
      const album = requireShared(deps.state, shareToken);
      album.share.joined = true;
      return { album: albumView(call, album) };
    },
  );
