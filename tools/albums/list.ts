import * as z from 'zod';
import { LIMITS } from '../../src/google/limits.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { excludeNonAppCreatedData, page, pageSize, pageToken } from '../support/fields.ts';
import { list } from '../support/listing.ts';

export default defineTool({
  name: 'albums_list',
  title: 'List albums',
  description: 'Lists the albums this app made.',
  toolset: 'library',
  access: 'read',
  input: z.strictObject({ pageSize: pageSize(LIMITS.albumsPage), pageToken, excludeNonAppCreatedData }),
  output: page,
  run: ({ pageSize = LIMITS.albumsPage.default, pageToken, ...input }, context) =>
    list({ tool: 'albums_list', title: 'all albums', noun: 'albums', input, pageSize, pageToken }, context),
});
