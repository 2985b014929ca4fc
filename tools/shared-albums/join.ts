import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { toAlbumEntry } from '../../src/results/entries.ts';
import { album, shareToken } from '../support/fields.ts';
import { albumReply } from '../support/replies.ts';
import { sharing } from '../support/sharing.ts';

export default defineTool({
  name: 'shared_albums_join',
  title: 'Join shared album',
  description: 'Joins a shared album. Google refuses since 2025-03-31.',
  toolset: 'sharing',
  access: 'write',
  idempotent: true,
  input: z.strictObject({ shareToken }),
  output: album,
  async run(input, { google, signal }) {
    const joined = await sharing(() => google.call('sharedAlbums.join', input, { signal }));
    return albumReply('Joined', toAlbumEntry(joined.album ?? { id: '' }));
  },
});
