/** sharedAlbums.list (contract 3.19): legacy only. What the Sharing tab shows: own, joined, and those one is invited to. */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import type { StoredAlbum } from '../../model.ts';
import { LEGACY_ALL, LEGACY_READ, LEGACY_SHARING, READ_APP_DATA } from '../../scopes.ts';
import { isListed } from '../access.ts';
import { readAlbumPage } from '../albums/pages.ts';
import { listAlbumsQuery } from '../messages.ts';
import { pageReply } from '../paging.ts';
import { libraryRoute } from '../route.ts';

export const listSharedAlbums = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'sharedAlbums.list',
      verb: 'GET',
      path: '/v1/sharedAlbums',
      scopes: [],
      legacyScopes: [LEGACY_ALL, LEGACY_READ, LEGACY_SHARING, READ_APP_DATA],
      query: listAlbumsQuery,
    },
    (call) => {
      const { caller, query } = call;
      const isShown = (album: StoredAlbum): boolean =>
        isInSharingTab(album) && isListed(album, caller, query.excludeNonAppCreatedData);
      return pageReply('sharedAlbums', readAlbumPage(call, 'sharedAlbums.list', query, isShown));
    },
  );

const isInSharingTab = ({ share }: StoredAlbum): boolean =>
  share !== undefined && (share.ownedByUser || share.joined || share.invited === true);
