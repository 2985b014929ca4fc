import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { scanFiles } from '../../src/media/scan/scan.ts';
import { count } from '../../src/text/text.ts';
import { page } from '../support/fields.ts';
import { pageReply } from '../support/replies.ts';

export default defineTool({
  name: 'local_scan',
  title: 'Scan folder',
  description: 'Photos and videos on this computer as a result, with what was uploaded before.',
  toolset: 'organize',
  access: 'read',
  scopes: [],
  openWorld: false,
  input: z.strictObject({
    paths: z.array(z.string().min(1)).min(1).describe('Files, folders, patterns'),
    recursive: z.boolean().describe('Default true').optional(),
  }),
  output: page,
  async run(input, context) {
    const { items, skipped } = await scanFiles(input.paths, {
      ...input,
      allowed: context.files,
      ledger: context.transfers().ledger,
      signal: context.signal,
      onProgress: context.progress,
    });
    const origin = { tool: 'local_scan', input };
    const reply = pageReply(
      await context.results.keep({ title: input.paths.join(', '), noun: 'files', origin }, items),
      '',
    );
    const left = skipped.length > 0 ? `\n${count(skipped.length, 'other file')} left alone.` : '';
    return { ...reply, text: reply.text + left };
  },
});
