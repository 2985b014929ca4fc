/** mediaItems.patch (contract 3.14): the description of an item that the app made. */
import type { Deps } from '../../deps.ts';
import { permissionDenied } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { list, text } from '../../json.ts';
import { EDIT_APP_DATA } from '../../scopes.ts';
import { requireItem } from '../access.ts';
import { checkDescription } from '../limits.ts';
import { readMask } from '../masks.ts';
import { mediaItem } from '../messages.ts';
import { libraryRoute } from '../route.ts';
import { mediaItemView } from '../views.ts';

export const patchMediaItem = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'mediaItems.patch',
      verb: 'PATCH',
      path: '/v1/mediaItems/{mediaItemId}',
      scopes: [EDIT_APP_DATA],
      legacyScopes: [],
      write: true,
      query: { updateMask: list(text) },
      body: mediaItem,
    },
    (call) => {
      const { body, query, caller, params } = call;
      readMask(query.updateMask, ['description']);
      checkDescription(body.description);
      const item = requireItem(deps.state, caller, params.mediaItemId ?? '');
      if (item.appProject !== caller.project) throw permissionDenied();
      const { description } = body;
      return mediaItemView(call, deps.state.items.change(item.id, { description }) ?? item);
    },
  );
