import type { StepHandler } from './handler.ts';
import type { PatchAlbum } from './types.ts';

/** Member → path of the update mask (contract 3.4). */
const PATHS = { title: 'title', coverPhotoMediaItemId: 'cover_photo_media_item_id' } as const;

export const patchAlbum: StepHandler<PatchAlbum> = {
  async send({ album, change }, context) {
    const members = Object.keys(PATHS) as (keyof typeof PATHS)[];
    const updateMask = members.filter((member) => change[member] !== undefined).map((member) => PATHS[member]);
    await context.write('albums.patch', { id: context.albumId(album), updateMask: updateMask.join(','), ...change });
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
