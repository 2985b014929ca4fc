import * as z from 'zod';
import { AppError } from '../../src/app-error.ts';
import type { Context } from '../../src/context/context.ts';
import { errorText, explain } from '../../src/mcp/explain.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { type UploadProgress, type UploadReport, upload } from '../../src/media/upload/upload.ts';
import { isReferenceNotPath } from '../../src/results/reference.ts';
import { namesAndMedia, type ReferencedMedia, resolveAlbum, resolveNames } from '../../src/results/targets.ts';
import type { PickedItemEntry } from '../../src/results/types.ts';
import { count, oneLine } from '../../src/text/text.ts';
import * as fields from '../support/fields.ts';
import { albumLines, type KnownAlbum } from '../support/known-albums.ts';
import { pageReply } from '../support/replies.ts';

export default defineTool({
  name: 'media_upload',
  title: 'Upload',
  description:
    'Uploads files, folders or results (local_scan, picker_pick); nothing twice. When interrupted, the same call goes on.',
  toolset: 'media',
  access: 'write',
  scopes: ['photoslibrary.appendonly'],
  idempotent: true,
  input: z.strictObject({
    from: z.array(z.string().min(1)).min(1).describe('Paths, patterns, k7m2#all'),
    albumId: fields.albumId.optional(),
    albumTitle: fields.albumTitle.describe('Found or made').optional(),
    albumPerFolder: z.boolean().describe('One album per folder').optional(),
    recursive: z.boolean().describe('Default true').optional(),
    description: fields.description.optional(),
    descriptionFromMetadata: z.boolean().describe('From the files').optional(),
    order: z.enum(['captured', 'name', 'given']).describe('Default captured').optional(),
    dryRun: z.boolean().describe('Only tell').optional(),
  }),
  output: fields.page.extend({
    counts: z.looseObject({}),
  }),
  async run({ albumId, ...input }, context) {
    refuseTwoTargets(albumId, input.albumTitle, input.albumPerFolder || undefined);
    await context.results.prepare();
    const from = await resolveSources(input.from, context);
    const album =
      albumId === undefined ? undefined : await resolveAlbum(albumId, context.results, { signal: context.signal });
    const onProgress = (progress: UploadProgress) => tell(progress, context);
    const report = await upload({ ...input, from, albumId: album?.id }, context.transfers(), {
      signal: context.signal,
      onProgress,
    });
    const picked = from.filter((source) => typeof source !== 'string');
    if (isComplete(report) && !input.dryRun) await context.pickerSessions.copied(picked);
    const title = input.dryRun ? 'upload, dry run' : 'upload';
    const origin = { tool: 'media_upload', input };
    const reply = pageReply(await context.results.keep({ title, noun: 'files', origin }, report.items), '');
    const albums = await albumLines(
      report.albums.slice(0, MOST_ALBUMS).flatMap(toKnown),
      'albums of an upload',
      context,
    );
    return {
      ...reply,
      text: [summary(report, input.dryRun), ...albums, ...(picked.length > 0 ? [COPIES] : []), reply.text].join('\n'),
      data: { ...reply.data, counts: report.counts, albums: report.albums },
    };
  },
});

function refuseTwoTargets(...targets: unknown[]): void {
  if (targets.filter((target) => target !== undefined).length < 2) return;
  throw new AppError(
    'invalidInput',
    'Only one of albumId, albumTitle and albumPerFolder can say where the files go.',
    'Leave the others out; nothing was sent.',
  );
}

/** So many are told one by one; albums_list tells all. */
const MOST_ALBUMS = 20;

/** One that was named by reference needs no other. */
const toKnown = ({ id, title }: UploadReport['albums'][number]): KnownAlbum[] =>
  title === undefined ? [] : [{ id, title, count: 0 }];

const COPIES =
  'Picked photos become copies in this library, without the place; where Google knew the very bytes, its item was used.';

/** Then the sessions of picked photos have served. */
const isComplete = ({ counts, stopped }: UploadReport): boolean => !stopped && counts.failed + counts.left === 0;

type Source = string | PickedItemEntry;

/** References become the paths, or the picked items, that they stand for. */
async function resolveSources(names: string[], { results, signal }: Context): Promise<Source[]> {
  const named = await resolveNames(names, results, { signal }, isReferenceNotPath);
  return namesAndMedia(named).map(toSource);
}

function toSource(named: string | ReferencedMedia): Source {
  if (typeof named === 'string') return named;
  const { item, result, position } = named;
  if (item.kind === 'pickedItem') return item;
  if (item.kind === 'localFile') return item.path;
  throw new AppError(
    'inLibrary',
    `${result}#${position} is in the library already.`,
    'To put it into an album: albums_batch_add_media_items.',
  );
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

function tell({ filesDone, filesTotal, bytesDone, bytesTotal, current }: UploadProgress, { progress }: Context): void {
  // Files without bytes left to send still count, hence both in one number that only grows.
  progress(
    bytesDone + filesDone,
    bytesTotal + filesTotal,
    `${filesDone} of ${filesTotal} files, ${megabytes(bytesDone)} of ${megabytes(bytesTotal)} · ${current}`,
  );
}

function summary({ counts, albums, skipped, bytes, stopped }: UploadReport, dryRun = false): string {
  const parts = [
    `${counts.uploaded} ${dryRun ? 'would be uploaded' : 'uploaded'} (${megabytes(bytes)})`,
    `${counts.alreadyThere} already there`,
    `${counts.failed} failed`,
    ...(counts.left > 0 ? [`${counts.left} left`] : []),
  ];
  const into = albums
    .map(({ title, isNew }) => `${isNew ? 'new album' : 'album'} "${oneLine(title ?? '')}"`)
    .slice(0, 5);
  return [
    [parts.join(', '), ...into].join(' · '),
    ...(skipped.length > 0 ? [`${count(skipped.length, 'other file')} left alone: neither photos nor videos.`] : []),
    ...(stopped ? [stopReason(stopped, counts.left)] : []),
  ].join('\n');
}

function stopReason(stopped: NonNullable<UploadReport['stopped']>, left: number): string {
  if (stopped.by === 'cancel') return `Cancelled with ${left} left; the same call goes on where it stopped.`;
  return `Stopped with ${left} left. ${errorText(explain(stopped.error))}\nThe same call goes on where it stopped.`;
}
