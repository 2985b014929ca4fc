import { listAlbums, sameTitle } from '../../google/albums.ts';
import type { Album } from '../../google/types.ts';
import type { StepHandler } from './handler.ts';
import type { CreateAlbum } from './types.ts';

const outcomeOf = ({ id, productUrl }: Album) => ({ albumId: id, productUrl });

export const createAlbum: StepHandler<CreateAlbum> = {
  send: async ({ title }, context) => outcomeOf(await context.write('albums.create', { album: { title } })),

  /** A plan never creates an album whose title is taken, so an empty one of that title is the one it asked for. */
  async check({ title }, { google, signal, createdAlbums }) {
    for await (const album of listAlbums(google, { signal })) {
      const isEmpty = album.mediaItemsCount === undefined;
      if (isEmpty && sameTitle(album.title, title) && !createdAlbums.has(album.id)) {
        return { state: 'done', outcome: outcomeOf(album) };
      }
    }
    return { state: 'notDone' };
  },

  describe: ({ title }) => `create "${title}"`,
};
