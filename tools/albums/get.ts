import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { toAlbumEntry } from '../../src/results/entries.ts';
import { resolveAlbum } from '../../src/results/targets.ts';
import { album, albumId } from '../support/fields.ts';
import { albumReply } from '../support/replies.ts';

export default defineTool({
  name: 'albums_get',
  title: 'Get album',
  description: 'Title, size, cover, link. Its photos: media_items_search.',
  toolset: 'library',
  access: 'read',
  input: z.strictObject({ albumId }),
  output: album,
  async run(input, { google, results, signal }) {
    const target = await resolveAlbum(input.albumId, results, { signal });
    return albumReply('Album', toAlbumEntry(await google.call('albums.get', { albumId: target.id }, { signal })));
  },
});
