/** albums.batchRemoveMediaItems (contract 3.6): all or none; the items stay in the library. */
import type { Deps } from '../../deps.ts';
import { invalidArgument } from '../../errors.ts';
import type { Route } from '../../http.ts';
import type { Caller } from '../../middleware.ts';
import type { StoredAlbum } from '../../model.ts';
import { EDIT_APP_DATA, LEGACY_ALL } from '../../scopes.ts';
import { appItem, requireFillableAlbum } from '../access.ts';
import { checkBatch, checkNoRepeats } from '../limits.ts';
import { mediaItemIds } from '../messages.ts';
import { libraryRoute } from '../route.ts';
import { idsIn, removeItems } from './entries.ts';

export const batchRemoveMediaItems = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.batchRemoveMediaItems',
      verb: 'POST',
      path: '/v1/albums/{albumId}:batchRemoveMediaItems',
      scopes: [EDIT_APP_DATA],
      legacyScopes: [LEGACY_ALL],
      write: true,
      body: mediaItemIds,
    },
    ({ body, caller, params }) => {
      checkBatch(body.mediaItemIds);
      checkNoRepeats(body.mediaItemIds);
      const refusal = 'No permission to remove media items from this album.';
      const album = requireFillableAlbum(deps.state, caller, params.albumId ?? '', refusal);
      for (const id of body.mediaItemIds) checkRemovable(deps, caller, album, id);
      removeItems(album, new Set(body.mediaItemIds));
      return {};
    },
  );

/** In an album of the user's own anything may go; in another person's only what the user put there. */
function checkRemovable({ state }: Deps, caller: Caller, album: StoredAlbum, id: string): void {
  if (!idsIn(album).has(id)) throw invalidArgument('Request contains an invalid media item id.');
  const isContribution = state.items.get(id)?.contributor !== undefined;
  if (!(isContribution && album.share?.ownedByUser)) appItem(state, caller, id);
}
