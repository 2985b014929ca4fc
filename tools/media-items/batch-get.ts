import * as z from 'zod';
import { forEachBatch } from '../../src/google/batches.ts';
import type { ReplyOf } from '../../src/google/types.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { toMediaItemEntry } from '../../src/results/entries.ts';
import { resolveMediaItems } from '../../src/results/targets.ts';
import type { ResultItem } from '../../src/results/types.ts';
import { mediaItemIds, page } from '../fields.ts';
import { pageReply } from '../replies.ts';

export default defineTool({
  name: 'media_items_batch_get',
  title: 'Get media items',
  description: 'Reads many media items afresh into a new result; what cannot be read is listed with the reason.',
  toolset: 'library',
  access: 'read',
  input: z.strictObject({ mediaItemIds }),
  output: page,
  async run(input, context) {
    const ids = (await resolveMediaItems(input.mediaItemIds, context.results, context)).map(({ id }) => id);
    const run = async (batch: string[]) =>
      toItems(batch, await context.google.call('mediaItems.batchGet', { mediaItemIds: batch }, context));
    const batches = await forEachBatch(ids, run, { signal: context.signal, onDone: context.progress });
    const origin = { tool: 'media_items_batch_get', input };
    return pageReply(await context.results.keep({ title: 'by id', noun: 'media items', origin }, batches.flat()));
  },
});

/** Results come in the order asked for, each with an item or a status of its own (contract 3.11). */
function toItems(ids: string[], { mediaItemResults = [] }: ReplyOf<'mediaItems.batchGet'>): ResultItem[] {
  return ids.map((id, index): ResultItem => {
    const { mediaItem, status } = mediaItemResults[index] ?? {};
    if (mediaItem) return toMediaItemEntry(mediaItem);
    return { kind: 'failed', id, filename: id, reason: status?.message ?? 'Google gave no answer for this id.' };
  });
}
