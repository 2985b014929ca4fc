import * as z from 'zod';
import { LIMITS } from '../../src/google/limits.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { excludeNonAppCreatedData, page, pageSize, pageToken } from '../support/fields.ts';
import { list } from '../support/listing.ts';
import { sharing } from '../support/sharing.ts';

export default defineTool({
  name: 'shared_albums_list',
  title: 'List shared albums',
  description: 'Lists shared albums. Google refuses since 2025-03-31.',
  toolset: 'sharing',
  access: 'read',
  input: z.strictObject({ pageSize: pageSize(LIMITS.albumsPage), pageToken, excludeNonAppCreatedData }),
  output: page,
  run({ pageSize = LIMITS.albumsPage.default, pageToken, ...input }, context) {
    const listing = { tool: 'shared_albums_list', title: 'shared albums', noun: 'albums', input, pageSize, pageToken };
    return sharing(() => list(listing, context));
  },
});
