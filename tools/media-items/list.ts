import * as z from 'zod';
import { LIMITS } from '../../src/google/limits.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { page, pageSize, pageToken } from '../support/fields.ts';
import { list } from '../support/listing.ts';

export default defineTool({
  name: 'media_items_list',
  title: 'List media items',
  description: 'Everything this app uploaded, newest first, except archived.',
  toolset: 'library',
  access: 'read',
  input: z.strictObject({ pageSize: pageSize(LIMITS.mediaItemsPage), pageToken }),
  output: page,
  run: ({ pageSize = LIMITS.mediaItemsPage.default, pageToken }, context) =>
    list(
      { tool: 'media_items_list', title: 'everything', noun: 'media items', input: {}, pageSize, pageToken },
      context,
    ),
});
