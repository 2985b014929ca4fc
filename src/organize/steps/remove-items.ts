import { readAlbumContents } from '../album-contents.ts';
import type { StepHandler } from './handler.ts';
import { isRefusedAsWrong } from './refusal.ts';
import type { RemoveItems } from './types.ts';

export const removeItems: StepHandler<RemoveItems> = {
  async send({ album, mediaItemIds }, at) {
    const albumId = at.albumId(album);
    try {
      await at.write('albums.batchRemoveMediaItems', { albumId, mediaItemIds });
      return {};
    } catch (error) {
      if (!isRefusedAsWrong(error)) throw error;
      // One that somebody has taken out already fails all fifty (contract 3.6).
      const content = new Set(await readAlbumContents(at.google, albumId, at.reading));
      const present = mediaItemIds.filter((id) => content.has(id));
      if (present.length === mediaItemIds.length) throw error;
      if (present.length > 0) await at.write('albums.batchRemoveMediaItems', { albumId, mediaItemIds: present });
      return { mediaItemIds: present };
    }
  },

  async check({ album, mediaItemIds }, at) {
    const content = new Set(await readAlbumContents(at.google, at.albumId(album), at.reading));
    return mediaItemIds.some((id) => content.has(id)) ? { state: 'notDone' } : { state: 'done', outcome: {} };
  },

  describe: ({ title, mediaItemIds }) => `remove ${mediaItemIds.length} items from "${title}"`,
};
