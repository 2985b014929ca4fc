import * as z from 'zod';
import { descriptionPatch } from '../../src/google/update-mask.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { toMediaItemEntry } from '../../src/results/entries.ts';
import { resolveMediaItem } from '../../src/results/targets.ts';
import { description, mediaItem, mediaItemId } from '../support/fields.ts';
import { mediaItemReply } from '../support/replies.ts';

export default defineTool({
  name: 'media_items_patch',
  title: 'Set description',
  description: 'Replaces the description; an empty one removes it.',
  toolset: 'library',
  access: 'destructive',
  idempotent: true,
  input: z.strictObject({ mediaItemId, description }),
  output: mediaItem,
  async run({ description, ...input }, { google, results, signal }) {
    const { id } = await resolveMediaItem(input.mediaItemId, results, { signal });
    const patched = await google.call('mediaItems.patch', descriptionPatch(id, description), { signal });
    return mediaItemReply('Changed', toMediaItemEntry(patched));
  },
});
