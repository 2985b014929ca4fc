import * as z from 'zod';
import { AppError } from '../../src/app-error.ts';
import { albumPatch } from '../../src/google/update-mask.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { toAlbumEntry } from '../../src/results/entries.ts';
import { resolveAlbum, resolveMediaItem } from '../../src/results/targets.ts';
import { album, albumId, albumTitle, mediaItemId } from '../support/fields.ts';
import { albumReply } from '../support/replies.ts';

export default defineTool({
  name: 'albums_patch',
  title: 'Rename album or set cover',
  description: 'Changes title or cover; the cover must be one of its items.',
  toolset: 'library',
  access: 'destructive',
  idempotent: true,
  input: z.strictObject({
    albumId,
    title: albumTitle.describe('New title').optional(),
    coverPhotoMediaItemId: mediaItemId.describe('Id or k7m2#3').optional(),
  }),
  output: album,
  async run({ title, ...input }, { google, results, signal }) {
    const target = await resolveAlbum(input.albumId, results, { signal });
    const cover = input.coverPhotoMediaItemId;
    const coverPhotoMediaItemId = cover ? (await resolveMediaItem(cover, results, { signal })).id : undefined;
    const request = albumPatch(target.id, { title, coverPhotoMediaItemId });
    if (!request) throw new AppError('nothingToDo', 'Nothing to change.', 'Give title, coverPhotoMediaItemId or both.');
    const patched = await google.call('albums.patch', request, { signal });
    return albumReply('Changed', toAlbumEntry(patched));
  },
});
