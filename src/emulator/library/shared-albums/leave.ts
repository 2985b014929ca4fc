/** sharedAlbums.leave (contract 3.18): legacy only. The owner cannot leave; what the user contributed goes along. */
import type { Deps } from '../../deps.ts';
import { invalidArgument } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { text } from '../../json.ts';
import { LEGACY_SHARING } from '../../scopes.ts';
import { removeItems } from '../albums/entries.ts';
import { libraryRoute } from '../route.ts';
import { contributionsOf, requireShared } from './sharing.ts';

export const leaveSharedAlbum = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'sharedAlbums.leave',
      verb: 'POST',
      path: '/v1/sharedAlbums:leave',
      scopes: [],
      legacyScopes: [LEGACY_SHARING],
      write: true,
      body: { shareToken: text },
    },
    ({ body: { shareToken } }) => {
      if (!shareToken) throw invalidArgument('Request must contain a share token.');
      const album = requireShared(deps.state, shareToken);
      if (album.share.ownedByUser) throw invalidArgument('The owner can not leave the album.');
      if (!album.share.joined) throw invalidArgument('The user has not joined the album.');
      album.share.joined = false;
      album.share.invited = false;
      removeItems(
        album,
        contributionsOf(deps.state, album, (contributor) => contributor === undefined),
      );
      return {};
    },
  );
