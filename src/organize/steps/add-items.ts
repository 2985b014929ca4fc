import { isRefusedAsWrong } from '../../google/errors.ts';
import { count } from '../../text/text.ts';
import { readAlbumContents } from '../album-contents.ts';
import type { StepContext, StepHandler } from './handler.ts';
import type { AddItems } from './types.ts';

export const addItems: StepHandler<AddItems> = {
  async send({ album, mediaItemIds }, context) {
    const albumId = context.albumId(album);
    try {
      await context.write('albums.batchAddMediaItems', { albumId, mediaItemIds });
      return {};
    } catch (error) {
      if (!isRefusedAsWrong(error)) throw error;
      // One item that is gone fails all fifty (contract 3.5): add the others.
      const present = await availableOf(mediaItemIds, context);
      if (present.length === 0 || present.length === mediaItemIds.length) throw error;
      await context.write('albums.batchAddMediaItems', { albumId, mediaItemIds: present });
      return { mediaItemIds: present };
    }
  },

  async check({ album, mediaItemIds }, context) {
    const content = new Set(
      await readAlbumContents(context.google, context.albumId(album), { signal: context.signal }),
    );
    const present = mediaItemIds.filter((id) => content.has(id));
    if (present.length === 0) return { state: 'notDone' };
    return { state: 'done', outcome: present.length === mediaItemIds.length ? {} : { mediaItemIds: present } };
  },

  describe: ({ title, mediaItemIds }) => `add ${count(mediaItemIds.length, 'item')} to "${title}"`,
};

async function availableOf(mediaItemIds: string[], { google, signal }: StepContext): Promise<string[]> {
  const { mediaItemResults = [] } = await google.call('mediaItems.batchGet', { mediaItemIds }, { signal });
  return mediaItemIds.filter((_, index) => mediaItemResults[index]?.mediaItem !== undefined);
}
