import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { resolveAlbum } from '../../src/results/targets.ts';
import { albumId } from '../support/fields.ts';
import { albumLink } from '../support/replies.ts';
import { albumUrlOf, sharing } from '../support/sharing.ts';

export default defineTool({
  name: 'albums_unshare',
  title: 'Stop sharing album',
  description: "Google refuses since 2025-03-31; gives the album's link.",
  toolset: 'sharing',
  access: 'destructive',
  scopes: ['photoslibrary.readonly.appcreateddata'],
  idempotent: true,
  input: z.strictObject({ albumId }),
  output: z.object({ albumId: z.string() }),
  async run(input, context) {
    const { google, results, signal } = context;
    const { id } = await resolveAlbum(input.albumId, results, { signal });
    await sharing(() => google.call('albums.unshare', { albumId: id }, { signal }), albumUrlOf(id, context));
    return { text: 'No longer shared.', data: { albumId: id }, links: [albumLink(id)] };
  },
});
