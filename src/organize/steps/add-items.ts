import { readAlbumContents } from '../album-contents.ts';
import type { StepHandler, Workplace } from './handler.ts';
import { isRefusedAsWrong } from './refusal.ts';
import type { AddItems } from './types.ts';

export const addItems: StepHandler<AddItems> = {
  async send({ album, mediaItemIds }, at) {
    const albumId = at.albumId(album);
    try {
      await at.write('albums.batchAddMediaItems', { albumId, mediaItemIds });
      return {};
    } catch (error) {
      if (!isRefusedAsWrong(error)) throw error;
      // One item that is gone fails all fifty (contract 3.5): add the others.
      const present = await availableOf(mediaItemIds, at);
      if (present.length === 0 || present.length === mediaItemIds.length) throw error;
      await at.write('albums.batchAddMediaItems', { albumId, mediaItemIds: present });
      return { mediaItemIds: present };
    }
  },

  async check({ album, mediaItemIds }, at) {
    const content = new Set(await readAlbumContents(at.google, at.albumId(album), at.reading));
    const present = mediaItemIds.filter((id) => content.has(id));
    if (present.length === 0) return { state: 'notDone' };
    return { state: 'done', outcome: present.length === mediaItemIds.length ? {} : { mediaItemIds: present } };
  },

  describe: ({ title, mediaItemIds }) => `add ${mediaItemIds.length} items to "${title}"`,
};

async function availableOf(mediaItemIds: string[], { google, reading }: Workplace): Promise<string[]> {
  const { mediaItemResults = [] } = await google.call('mediaItems.batchGet', { mediaItemIds }, reading);
  return mediaItemIds.filter((_, index) => mediaItemResults[index]?.mediaItem !== undefined);
}
