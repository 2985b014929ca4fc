/** mediaItems.get (contract 3.12): malformed ids are 400, unknown and foreign ones 404. */
import type { Deps } from '../../deps.ts';
import type { Route } from '../../http.ts';
import { LEGACY_ALL, LEGACY_READ, READ_APP_DATA } from '../../scopes.ts';
import { requireItem } from '../access.ts';
import { libraryRoute } from '../route.ts';
import { mediaItemView } from '../views.ts';

export const getMediaItem = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'mediaItems.get',
      verb: 'GET',
      path: '/v1/mediaItems/{mediaItemId}',
      scopes: [READ_APP_DATA],
      legacyScopes: [LEGACY_ALL, LEGACY_READ],
    },
    (call) => mediaItemView(call, requireItem(deps.state, call.caller, call.params.mediaItemId ?? '')),
  );
