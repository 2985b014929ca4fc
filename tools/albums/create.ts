import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { toAlbumEntry } from '../../src/results/entries.ts';
import { formatReference } from '../../src/results/reference.ts';
import { album, albumTitle } from '../support/fields.ts';
import { albumReply } from '../support/replies.ts';

export default defineTool({
  name: 'albums_create',
  title: 'Create album',
  description: 'Makes an empty album; a second call makes a second. No API can delete albums.',
  toolset: 'library',
  access: 'write',
  input: z.strictObject({ title: albumTitle.describe('Up to 500 characters') }),
  output: album.extend({ reference: z.string() }),
  async run({ title }, { google, results, signal }) {
    await results.prepare();
    const created = toAlbumEntry(await google.call('albums.create', { album: { title } }, { signal }));
    const origin = { tool: 'albums_create', input: { title } };
    const { result } = await results.keep({ title: 'new album', noun: 'albums', origin }, [created]);
    const reference = formatReference(result, [1]);
    const reply = albumReply(`${reference} · created`, created);
    return { ...reply, data: { ...reply.data, reference } };
  },
});
