import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { fetchMediaItems } from '../../src/results/fetch-items.ts';
import { resolveMediaItems } from '../../src/results/targets.ts';
import { mediaItemIds, page } from '../support/fields.ts';
import { pageReply } from '../support/replies.ts';

export default defineTool({
  name: 'media_items_batch_get',
  title: 'Get media items',
  description: 'Reads items afresh into a result.',
  toolset: 'library',
  access: 'read',
  input: z.strictObject({ mediaItemIds }),
  output: page,
  async run(input, { google, progress, results, signal }) {
    const ids = (await resolveMediaItems(input.mediaItemIds, results, { signal })).map(({ id }) => id);
    const items = await fetchMediaItems(ids, google, { signal, onDone: progress });
    const origin = { tool: 'media_items_batch_get', input };
    return pageReply(await results.keep({ title: 'by id', noun: 'media items', origin }, items));
  },
});
