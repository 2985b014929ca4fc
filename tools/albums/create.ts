import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { toAlbumEntry } from '../../src/results/entries.ts';
import { album, albumTitle } from '../fields.ts';
import { albumReply } from '../replies.ts';

export default defineTool({
  name: 'albums_create',
  title: 'Create album',
  description:
    'Makes an empty album. Titles are not unique: a second call makes a second album, and no API can delete one.',
  toolset: 'library',
  access: 'write',
  input: z.strictObject({ title: albumTitle.describe('Up to 500 characters') }),
  output: album,
  async run({ title }, context) {
    const created = await context.google.call('albums.create', { album: { title } }, context);
    return albumReply('Created', toAlbumEntry(created));
  },
});
