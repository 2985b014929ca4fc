import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { resolveAlbum } from '../../src/results/targets.ts';
import { count } from '../../src/text/text.ts';
import { albumId, mediaItemIds } from '../support/fields.ts';
import { albumLink } from '../support/replies.ts';
import { forEachFifty } from '../support/write-batches.ts';

export default defineTool({
  name: 'albums_batch_add_media_items',
  title: 'Add items to album',
  description: 'Appends items to an album, in the order given.',
  toolset: 'library',
  access: 'write',
  idempotent: true,
  input: z.strictObject({ albumId, mediaItemIds }),
  output: z.object({ albumId: z.string(), added: z.int() }),
  async run(input, context) {
    const { google, results, signal } = context;
    const album = await resolveAlbum(input.albumId, results, { signal });
    const added = await forEachFifty(input.mediaItemIds, context, (ids) =>
      google.call('albums.batchAddMediaItems', { albumId: album.id, mediaItemIds: ids }, { signal }),
    );
    const text = `${count(added, 'media item')} added to the album; what was in it already stayed where it was.`;
    return { text, data: { albumId: album.id, added }, links: [albumLink(album.id)] };
  },
});
