/** albums.batchAddMediaItems (contract 3.5): appended in the order given, all or none. */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import { APPEND_ONLY, EDIT_APP_DATA, LEGACY_ALL, LEGACY_SHARING } from '../../scopes.ts';
import { appItem, NO_PERMISSION_TO_ADD, requireFillableAlbum } from '../access.ts';
import { checkBatch, checkCapacity } from '../limits.ts';
import { mediaItemIds } from '../messages.ts';
import { libraryRoute } from '../route.ts';
import { idsIn } from './entries.ts';

export const batchAddMediaItems = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.batchAddMediaItems',
      verb: 'POST',
      path: '/v1/albums/{albumId}:batchAddMediaItems',
      scopes: [APPEND_ONLY, EDIT_APP_DATA],
      legacyScopes: [LEGACY_ALL, LEGACY_SHARING],
      write: true,
      body: mediaItemIds,
    },
    ({ body, caller, params }) => {
      checkBatch(body.mediaItemIds);
      const album = requireFillableAlbum(deps.state, caller, params.albumId ?? '', NO_PERMISSION_TO_ADD);
      for (const id of body.mediaItemIds) appItem(deps.state, caller, id);
      const present = idsIn(album);
      const added = [...new Set(body.mediaItemIds)].filter((id) => !present.has(id));
      checkCapacity(album.entries.length + added.length);
      album.entries.push(...added.map((mediaItemId) => ({ mediaItemId })));
      return {};
    },
  );
