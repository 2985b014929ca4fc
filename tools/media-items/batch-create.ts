import PQueue from 'p-queue';
import * as z from 'zod';
import { AppError } from '../../src/app-error.ts';
import type { Context } from '../../src/context/context.ts';
import { LIMITS } from '../../src/google/limits.ts';
import { toAlbumPosition } from '../../src/google/position.ts';
import type { AlbumPosition, NewMediaItem, NewMediaItemResult } from '../../src/google/types.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { examineOne, uploadOne } from '../../src/media/upload/upload-one.ts';
import { toMediaItemEntry } from '../../src/results/entries.ts';
import { resolveAlbum, resolveMediaItem } from '../../src/results/targets.ts';
import type { LocalFileEntry, ResultItem } from '../../src/results/types.ts';
import * as fields from '../support/fields.ts';
import { pageReply } from '../support/replies.ts';
import { writeInBatches } from '../support/write-batches.ts';

const newMediaItem = z.strictObject({
  uploadToken: z.string().min(1).optional(),
  path: z.string().min(1).describe('Or a file').optional(),
  fileName: z.string().max(LIMITS.fileName).optional(),
  description: fields.text.optional(),
});

export default defineTool({
  name: 'media_items_batch_create',
  title: 'Create media items',
  description: 'Makes media items of upload tokens or files. Folders: media_upload.',
  toolset: 'library',
  access: 'write',
  input: z.strictObject({
    newMediaItems: z.array(newMediaItem).min(1).describe('In order'),
    albumId: fields.albumId.optional(),
    position: fields.position,
    relativeMediaItemId: fields.relativeMediaItemId,
    relativeEnrichmentItemId: fields.relativeEnrichmentItemId,
  }),
  output: fields.page,
  async run({ newMediaItems, ...input }, context) {
    await context.results.prepare();
    const target = await resolveTarget(input, context);
    const sources = await Promise.all(newMediaItems.map((item) => examine(item, context)));
    const uploads = new PQueue({ concurrency: UPLOADS_AT_ONCE });
    const items = await uploads.addAll(sources.map((source) => () => toNewMediaItem(source, context)));
    const results = await createAll(items, target, context);
    const entries = results.map((result, index) => toEntry(result, items[index]));
    const origin = { tool: 'media_items_batch_create', input: {} };
    return pageReply(await context.results.keep({ title: 'created', noun: 'media items', origin }, entries));
  },
});

/** Google's own advice for byte uploads of one user (contract 5.5). */
const UPLOADS_AT_ONCE = 5;

interface Target {
  albumId?: string;
  albumPosition?: AlbumPosition;
}

type PlaceInput = Parameters<typeof toAlbumPosition>[0] & { albumId?: string };

/** A position means something only in an album (contract 4.6, 12.3 rule 15). */
async function resolveTarget({ albumId, ...place }: PlaceInput, { results, signal }: Context): Promise<Target> {
  const isPlaced = Object.values(place).some((value) => value !== undefined);
  if (albumId === undefined) {
    if (isPlaced)
      throw new AppError('badPosition', 'A position needs an albumId.', 'Give albumId, or leave the position out.');
    return {};
  }
  const album = await resolveAlbum(albumId, results, { signal });
  if (!isPlaced) return { albumId: album.id };
  const neighbour = place.relativeMediaItemId;
  const relativeMediaItemId = neighbour && (await resolveMediaItem(neighbour, results, { signal })).id;
  return { albumId: album.id, albumPosition: toAlbumPosition({ ...place, relativeMediaItemId }) };
}

type Source = z.output<typeof newMediaItem> & { file?: LocalFileEntry };

/** Refuses what is wrong with any of them before a byte is sent. */
async function examine(item: z.output<typeof newMediaItem>, { files }: Context): Promise<Source> {
  if ((item.uploadToken === undefined) === (item.path === undefined)) {
    throw new AppError(
      'notOne',
      'Each new media item needs an uploadToken or a path, and not both.',
      'Correct the call.',
    );
  }
  return { ...item, ...(item.path !== undefined && { file: await examineOne(item.path, files) }) };
}

async function toNewMediaItem(
  { file, uploadToken, fileName, description }: Source,
  { google, signal }: Context,
): Promise<NewMediaItem> {
  const token = file ? await uploadOne(file, google, { signal }) : (uploadToken ?? '');
  return { description, simpleMediaItem: { uploadToken: token, fileName: fileName ?? file?.filename } };
}

/** Fifty at a time; each run goes after the last item of the one before, so that the order given is the album's. */
async function createAll(
  items: NewMediaItem[],
  target: Target,
  { google, signal, progress }: Context,
): Promise<NewMediaItemResult[]> {
  let { albumPosition } = target;
  const run = async (batch: NewMediaItem[]): Promise<NewMediaItemResult[]> => {
    const request = { ...target, albumPosition, newMediaItems: batch };
    const { newMediaItemResults = [] } = await google.call('mediaItems.batchCreate', request, { signal });
    const last = newMediaItemResults.findLast(({ mediaItem }) => mediaItem)?.mediaItem;
    if (albumPosition && last) albumPosition = { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: last.id };
    return newMediaItemResults;
  };
  const suspects = 'what Google refused: an uploadToken that is none';
  return (await writeInBatches(items, { run, suspects }, { signal, progress })).flat();
}

/** Each item has a status of its own, also when the request went well (contract 3.10). */
function toEntry({ mediaItem, status }: NewMediaItemResult, item: NewMediaItem | undefined): ResultItem {
  if (mediaItem) return toMediaItemEntry(mediaItem);
  const filename = item?.simpleMediaItem.fileName ?? 'item';
  return { kind: 'failed', filename, reason: status?.message ?? 'Google gave no reason.' };
}
