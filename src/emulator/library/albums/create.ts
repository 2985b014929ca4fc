/** albums.create (contract 3.1). Not idempotent, titles need not be unique. */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import { newAlbumId } from '../../ids.ts';
import { message } from '../../json.ts';
import type { StoredAlbum } from '../../model.ts';
import { APPEND_ONLY, LEGACY_ALL, LEGACY_SHARING } from '../../scopes.ts';
import { checkTitle } from '../limits.ts';
import { album } from '../messages.ts';
import { libraryRoute } from '../route.ts';
import { albumView } from '../views.ts';

export const createAlbum = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.create',
      verb: 'POST',
      path: '/v1/albums',
      scopes: [APPEND_ONLY],
      legacyScopes: [LEGACY_ALL, LEGACY_SHARING],
      write: true,
      body: { album: message(album) },
    },
    (call) => {
      const title = call.body.album?.title ?? '';
      checkTitle(title);
      const created: StoredAlbum = { id: newAlbumId(deps.random), title, appProject: call.caller.project, entries: [] };
      deps.state.albums.set(created.id, created);
      return albumView(call, created);
    },
  );
