import { listAllAlbums } from '../../google/albums.ts';
import type { Album } from '../../google/types.ts';
import type { StepHandler } from './handler.ts';
import type { CreateAlbum } from './types.ts';

const outcomeOf = ({ id, productUrl }: Album) => ({ albumId: id, productUrl });

export const createAlbum: StepHandler<CreateAlbum> = {
  send: async ({ title }, at) => outcomeOf(await at.write('albums.create', { album: { title } })),

  /** A plan never creates an album whose title is taken, so an empty one of that title is the one it asked for. */
  async check({ title }, at) {
    const albums = await listAllAlbums(at.google, at.reading);
    const made = albums.find(
      (album) => album.title === title && album.mediaItemsCount === undefined && !at.createdAlbums.has(album.id),
    );
    return made ? { state: 'done', outcome: outcomeOf(made) } : { state: 'notDone' };
  },

  describe: ({ title }) => `create "${title}"`,
};
