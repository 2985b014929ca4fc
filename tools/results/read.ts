import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { page } from '../fields.ts';
import { pageReply } from '../replies.ts';

export default defineTool({
  name: 'results_read',
  title: 'Read result',
  description: 'Shows a page of any result.',
  toolset: 'organize',
  access: 'read',
  input: z.strictObject({
    result: z.string().describe('Result id, e.g. k7m2'),
    page: z.int().min(1).describe('Default 1').optional(),
  }),
  output: page,
  run: async ({ result, page = 1 }, context) => pageReply(await context.results.page(result, page, context)),
});
