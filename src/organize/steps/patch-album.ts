import { albumPatch } from '../../google/update-mask.ts';
import type { StepHandler } from './handler.ts';
import type { PatchAlbum } from './types.ts';

export const patchAlbum: StepHandler<PatchAlbum> = {
  async send({ album, change }, context) {
    const request = albumPatch(context.albumId(album), change);
    if (request) await context.write('albums.patch', request);
    return {};
  },

  check: async () => ({ state: 'notDone' }),

  describe({ title, change }) {
    const parts = [
      change.title !== undefined && `rename "${title}" to "${change.title}"`,
      change.coverPhotoMediaItemId !== undefined && `set the cover of "${title}"`,
    ];
    return parts.filter((part) => part !== false).join(' and ');
  },
};
