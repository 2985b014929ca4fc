/** albums.patch (contract 3.4): title and cover of an album that the app made. */
import type { Deps } from '../../deps.ts';
import { invalidArgument } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { list, text } from '../../json.ts';
import type { StoredAlbum } from '../../model.ts';
import { EDIT_APP_DATA } from '../../scopes.ts';
import { requireOwnAlbum } from '../access.ts';
import { checkTitle } from '../limits.ts';
import { readMask } from '../masks.ts';
import { album } from '../messages.ts';
import { libraryRoute } from '../route.ts';
import { albumView } from '../views.ts';

export const patchAlbum = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.patch',
      verb: 'PATCH',
      path: '/v1/albums/{albumId}',
      scopes: [EDIT_APP_DATA],
      legacyScopes: [],
      write: true,
      query: { updateMask: list(text) },
      body: album,
    },
    (call) => {
      const { body, query, caller, params } = call;
      const mask = readMask(query.updateMask, ['title', 'coverPhotoMediaItemId']);
      if (mask.includes('title')) checkTitle(body.title);
      const stored = requireOwnAlbum(deps.state, caller, params.albumId ?? '');
      if (mask.includes('coverPhotoMediaItemId')) checkCover(stored, body.coverPhotoMediaItemId);
      for (const field of mask) stored[field] = body[field];
      return albumView(call, stored);
    },
  );

/** Contract 12.3 rule 25: the cover must be an item of the album. */
function checkCover({ entries }: StoredAlbum, id: string): void {
  const isInside = entries.some((entry) => 'mediaItemId' in entry && entry.mediaItemId === id);
  if (!isInside) throw invalidArgument('Request contains an invalid cover photo media item id.');
}
