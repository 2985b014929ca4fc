/** albums.share (contract 3.8): legacy only. Sharing again changes the options and keeps the token. */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import { newShareToken } from '../../ids.ts';
import { LEGACY_SHARING } from '../../scopes.ts';
import { requireOwnAlbum } from '../access.ts';
import { sharedAlbumOptions } from '../messages.ts';
import { libraryRoute } from '../route.ts';
import { shareInfoView } from '../views.ts';

export const shareAlbum = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.share',
      verb: 'POST',
      path: '/v1/albums/{albumId}:share',
      scopes: [],
      legacyScopes: [LEGACY_SHARING],
      write: true,
      body: { sharedAlbumOptions },
    },
    ({ body, caller, params }) => {
      const album = requireOwnAlbum(deps.state, caller, params.albumId ?? '');
      album.share = {
        shareToken: album.share?.shareToken ?? newShareToken(deps.random),
        options: body.sharedAlbumOptions ?? { isCollaborative: false, isCommentable: false },
        ownedByUser: true,
        joined: true,
      };
      return { shareInfo: shareInfoView(album.share) };
    },
  );
