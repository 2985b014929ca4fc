import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { shareToken } from '../support/fields.ts';
import { sharing } from '../support/sharing.ts';

export default defineTool({
  name: 'shared_albums_leave',
  title: 'Leave shared album',
  description: 'Leaves a shared album. Google refuses since 2025-03-31.',
  toolset: 'sharing',
  access: 'destructive',
  idempotent: true,
  input: z.strictObject({ shareToken }),
  output: z.object({ left: z.boolean() }),
  async run(input, context) {
    await sharing(() => context.google.call('sharedAlbums.leave', input, context));
    return { text: 'Left the shared album.', data: { left: true } };
  },
});
