import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { resolveAlbum } from '../../src/results/targets.ts';
import { count } from '../../src/text/text.ts';
import { albumId, mediaItemIds } from '../support/fields.ts';
import { albumLink } from '../support/replies.ts';
import { forEachFifty } from '../support/write-batches.ts';

export default defineTool({
  name: 'albums_batch_remove_media_items',
  title: 'Remove items from album',
  description: 'Takes items out of an album, not out of the library.',
  toolset: 'library',
  access: 'destructive',
  input: z.strictObject({ albumId, mediaItemIds }),
  output: z.object({ albumId: z.string(), removed: z.int() }),
  async run(input, context) {
    const { google, results, signal } = context;
    const album = await resolveAlbum(input.albumId, results, { signal });
    const removed = await forEachFifty(input.mediaItemIds, context, (ids) =>
      google.call('albums.batchRemoveMediaItems', { albumId: album.id, mediaItemIds: ids }, { signal }),
    );
    const text = `${count(removed, 'media item')} removed from the album; still in the library.`;
    return { text, data: { albumId: album.id, removed }, links: [albumLink(album.id)] };
  },
});
