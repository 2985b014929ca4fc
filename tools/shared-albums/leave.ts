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
  async run(input, { google, signal }) {
    await sharing(() => google.call('sharedAlbums.leave', input, { signal }));
    return { text: 'Left the shared album.', data: { left: true } };
  },
});
