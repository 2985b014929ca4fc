import { isRefusedAsWrong } from '../../google/errors.ts';
import { count } from '../../text/text.ts';
import { readAlbumContents } from '../album-contents.ts';
import type { StepHandler } from './handler.ts';
import type { RemoveItems } from './types.ts';

export const removeItems: StepHandler<RemoveItems> = {
  async send({ album, mediaItemIds }, context) {
    const albumId = context.albumId(album);
    try {
      await context.write('albums.batchRemoveMediaItems', { albumId, mediaItemIds });
      return {};
    } catch (error) {
      if (!isRefusedAsWrong(error)) throw error;
      // One that the person has taken out already fails all fifty (contract 3.6).
      const content = new Set(await readAlbumContents(context.google, albumId, { signal: context.signal }));
      const present = mediaItemIds.filter((id) => content.has(id));
      if (present.length === mediaItemIds.length) throw error;
      if (present.length > 0) await context.write('albums.batchRemoveMediaItems', { albumId, mediaItemIds: present });
      return { mediaItemIds: present };
    }
  },

  async check({ album, mediaItemIds }, context) {
    const content = new Set(
      await readAlbumContents(context.google, context.albumId(album), { signal: context.signal }),
    );
    return mediaItemIds.some((id) => content.has(id)) ? { state: 'notDone' } : { state: 'done', outcome: {} };
  },

  describe: ({ title, mediaItemIds }) => `remove ${count(mediaItemIds.length, 'item')} from "${title}"`,
};
