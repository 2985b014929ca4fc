/** mediaItems.batchGet (contract 3.11): 200 with a status for each id that is not to be had. */
import type { Deps } from '../../deps.ts';
import { GoogleApiError } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { LEGACY_ALL, LEGACY_READ, READ_APP_DATA } from '../../scopes.ts';
import { requireItem } from '../access.ts';
import { checkBatch, checkNoRepeats } from '../limits.ts';
import { mediaItemIds } from '../messages.ts';
import { libraryRoute, type Viewing } from '../route.ts';
import { mediaItemView } from '../views.ts';

export const batchGetMediaItems = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'mediaItems.batchGet',
      verb: 'GET',
      path: '/v1/mediaItems:batchGet',
      scopes: [READ_APP_DATA],
      legacyScopes: [LEGACY_ALL, LEGACY_READ],
      query: mediaItemIds,
    },
    (call) => {
      const ids = call.query.mediaItemIds;
      checkBatch(ids);
      checkNoRepeats(ids);
      return { mediaItemResults: ids.map((id) => resultOf(call, id)) };
    },
  );

function resultOf(viewing: Viewing, id: string): object {
  try {
    return { mediaItem: mediaItemView(viewing, requireItem(viewing.deps.state, viewing.caller, id)) };
  } catch (error) {
    if (!(error instanceof GoogleApiError)) throw error;
    return { status: { code: 3, message: 'Invalid media item ID.' } };
  }
}
