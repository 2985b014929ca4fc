import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';
import { resolveAlbum } from '../../src/results/targets.ts';
import { albumId } from '../support/fields.ts';
import { albumLink } from '../support/replies.ts';
import { albumUrlOf, sharing } from '../support/sharing.ts';

export default defineTool({
  name: 'albums_share',
  title: 'Share album',
  description: "Google refuses since 2025-03-31; gives the album's link.",
  toolset: 'sharing',
  access: 'write',
  scopes: ['photoslibrary.readonly.appcreateddata'],
  input: z.strictObject({
    albumId,
    isCollaborative: z.boolean().describe('Others may add').optional(),
    isCommentable: z.boolean().describe('Others may comment').optional(),
  }),
  output: z.object({ shareInfo: z.looseObject({ shareableUrl: z.string().optional() }) }),
  async run({ isCollaborative, isCommentable, ...input }, context) {
    const { google, results, signal } = context;
    const { id } = await resolveAlbum(input.albumId, results, { signal });
    const request = { albumId: id, sharedAlbumOptions: { isCollaborative, isCommentable } };
    const call = () => google.call('albums.share', request, { signal });
    const { shareInfo = {} } = await sharing(call, albumUrlOf(id, context));
    return { text: `Shared: ${shareInfo.shareableUrl ?? 'no link'}`, data: { shareInfo }, links: [albumLink(id)] };
  },
});
