import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { toAlbumEntry } from '../../src/results/entries.ts';
import { album, shareToken } from '../support/fields.ts';
import { albumReply } from '../support/replies.ts';
import { sharing } from '../support/sharing.ts';

export default defineTool({
  name: 'shared_albums_get',
  title: 'Get shared album',
  description: 'Reads a shared album. Google refuses since 2025-03-31.',
  toolset: 'sharing',
  access: 'read',
  input: z.strictObject({ shareToken }),
  output: album,
  async run(input, { google, signal }) {
    const found = await sharing(() => google.call('sharedAlbums.get', input, { signal }));
    return albumReply('Shared album', toAlbumEntry(found));
  },
});
