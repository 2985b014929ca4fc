/** `google-photos-mcp upload` and `download`: the same pipelines, told to a person. */
import { basename } from 'node:path';
import { AppError } from '../../app-error.ts';
import { albumItems, listAlbums, sameTitle } from '../../google/albums.ts';
import type { Google } from '../../google/google.ts';
import type { Album } from '../../google/types.ts';
import { type DownloadDeps, type DownloadReport, download } from '../../media/download/download.ts';
import { type UploadDeps, type UploadReport, type UploadRequest, upload } from '../../media/upload/upload.ts';
import { inBytes, type Output, ProgressLine, printable } from './progress-line.ts';

export interface UploadArguments {
  paths: string[];
  /** Title of the album, found or made. */
  album?: string;
  albumPerFolder?: boolean;
  recursive?: boolean;
  description?: string;
  descriptionFromMetadata?: boolean;
  order?: UploadRequest['order'];
  dryRun?: boolean;
  concurrency?: number;
}

export interface DownloadArguments {
  /** Title or id. */
  album: string;
  dir: string;
}

export interface Terminal {
  /** Standard error: standard output belongs to the protocol. */
  output: Output;
  /** Fires on Ctrl-C. */
  signal: AbortSignal;
  /** What failed, and what to do next. */
  explain(error: unknown): string;
}

/** A list may take as long as it takes: the person watches, and has Ctrl-C. */
const UNLIMITED = Number.POSITIVE_INFINITY;

const EXIT = { done: 0, failures: 1, interrupted: 130 };

/** @returns the exit status: 0, 1 when a file failed or was left, 130 when interrupted. */
export async function uploadCommand(args: UploadArguments, deps: UploadDeps, terminal: Terminal): Promise<number> {
  const { paths, album, ...options } = args;
  const line = new ProgressLine(terminal.output, deps.clock.now);
  return reported(terminal, line, async () => {
    const report = await upload({ from: paths, ...(album !== undefined && { albumTitle: album }), ...options }, deps, {
      signal: terminal.signal,
      onProgress: (progress) => line.update(progress),
    });
    line.clear();
    return { lines: uploadLines(report, args, terminal), ...report };
  });
}

/** @returns the exit status, as above. */
export async function downloadCommand(
  args: DownloadArguments,
  deps: DownloadDeps,
  terminal: Terminal,
): Promise<number> {
  const line = new ProgressLine(terminal.output, deps.clock.now);
  return reported(terminal, line, async () => {
    const album = await findAlbum(deps.google, args.album, terminal.signal);
    const items = await itemsOf(deps.google, album.id, terminal.signal);
    const report = await download({ items, dir: args.dir }, deps, {
      signal: terminal.signal,
      onProgress: (progress) => line.update(progress),
    });
    line.clear();
    return { lines: downloadLines(report, terminal), ...report };
  });
}

interface Told {
  lines: string[];
  counts: { failed: number; left: number };
  stopped?: UploadReport['stopped'];
}

async function reported(terminal: Terminal, line: ProgressLine, work: () => Promise<Told>): Promise<number> {
  try {
    const { lines, counts, stopped } = await work();
    terminal.output.write(`${lines.join('\n')}\n`);
    if (stopped?.by === 'cancel') return EXIT.interrupted;
    return counts.failed + counts.left > 0 ? EXIT.failures : EXIT.done;
  } catch (error) {
    line.clear();
    if (terminal.signal.aborted) return EXIT.interrupted;
    terminal.output.write(`${terminal.explain(error)}\n`);
    return EXIT.failures;
  }
}

function uploadLines(report: UploadReport, { dryRun }: UploadArguments, terminal: Terminal): string[] {
  const { items, counts, bytes, skipped, albums } = report;
  const each = items.map((item) => {
    const name = printable(nameOf(item));
    if (item.kind === 'failed') return { isFailure: true, text: `failed         ${name}: ${printable(item.reason)}` };
    const isThere = item.kind === 'mediaItem' ? item.upload?.outcome === 'already there' : 'mediaItemId' in item;
    const isDone = dryRun ? 'would upload ' : 'uploaded     ';
    return { isFailure: false, text: `${isThere ? 'already there' : isDone}  ${name}` };
  });
  const verb = dryRun ? 'would be uploaded' : 'uploaded';
  return [
    ...shown(each, terminal),
    ...skipped.map(({ path, reason }) => `left alone     ${printable(path)}: ${reason}`),
    ...albums.flatMap(({ title, isNew }) => (title ? [`Album: ${printable(title)}${isNew ? ' (new)' : ''}`] : [])),
    `${counts.uploaded} ${verb} (${inBytes(bytes)}), ${counts.alreadyThere} already there, ${counts.failed} failed`,
    ...endOf(report, terminal),
  ];
}

/** As the person knows it: Google keeps the first name that a content came under. */
function nameOf(item: UploadReport['items'][number]): string {
  if (item.kind === 'failed') return item.path ?? item.filename;
  return item.kind === 'mediaItem' ? basename(item.upload?.path ?? item.filename) : item.filename;
}

function downloadLines(report: DownloadReport, terminal: Terminal): string[] {
  const { files, counts, bytes, dir } = report;
  const each = files.map(({ outcome, entry }) => ({
    isFailure: outcome === 'failed',
    text: `${outcome.padEnd(13)}  ${printable(entry.filename)}${'reason' in entry ? `: ${printable(entry.reason)}` : ''}`,
  }));
  return [
    ...shown(each, terminal),
    `${counts.downloaded} downloaded (${inBytes(bytes)}), ${counts.alreadyThere} already there, ${counts.failed} failed, in ${dir}`,
    'As Google gives them: without the place they were taken at, and compressed anew.',
    ...endOf(report, terminal),
  ];
}

/** A person at a terminal has seen the bar and wants the failures; a log wants every file. */
const shown = (each: { isFailure: boolean; text: string }[], { output }: Terminal): string[] =>
  each.filter(({ isFailure }) => isFailure || !output.isTTY).map(({ text }) => text);

function endOf(
  { stopped, counts }: Pick<UploadReport, 'stopped' | 'counts'> | DownloadReport,
  terminal: Terminal,
): string[] {
  if (!stopped) return [];
  const left = `${counts.left} left: the same command goes on from here.`;
  return stopped.by === 'cancel' ? [`Interrupted. ${left}`] : [terminal.explain(stopped.error), left];
}

async function findAlbum(google: Google, name: string, signal: AbortSignal): Promise<Album> {
  for await (const album of listAlbums(google, { signal, budgetMs: UNLIMITED })) {
    if (album.id === name || sameTitle(album.title, name)) return album;
  }
  throw new AppError(
    'unknownAlbum',
    `There is no album "${name}" among those this app made.`,
    'Give the title exactly as Google Photos shows it. Albums made elsewhere cannot be read by any app.',
  );
}

async function itemsOf(google: Google, albumId: string, signal: AbortSignal): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of albumItems(google, albumId, { signal, budgetMs: UNLIMITED })) ids.push(id);
  return ids;
}
