import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { toMediaItemEntry } from '../../src/results/entries.ts';
import { resolveMediaItem } from '../../src/results/targets.ts';
import { mediaItem, mediaItemId } from '../support/fields.ts';
import { mediaItemReply } from '../support/replies.ts';

export default defineTool({
  name: 'media_items_get',
  title: 'Get media item',
  description: 'Date, size, camera, description, link. To see it: media_view.',
  toolset: 'library',
  access: 'read',
  input: z.strictObject({ mediaItemId }),
  output: mediaItem,
  async run(input, { google, results, signal }) {
    const { id } = await resolveMediaItem(input.mediaItemId, results, { signal });
    const item = await google.call('mediaItems.get', { mediaItemId: id }, { signal });
    return mediaItemReply('', toMediaItemEntry(item));
  },
});
