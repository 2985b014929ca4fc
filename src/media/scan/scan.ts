/** Local photos and videos as entries of a result (`local_scan`), and the first half of every upload. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import PQueue from 'p-queue';
import { type ItemOrder, inOrder, type OrderFacts } from '../../results/order.ts';
import type { FailedEntry, LocalFileEntry } from '../../results/types.ts';
import { reasonOf } from '../allowed-folders.ts';
import { type FileStamp, stampOf } from '../file-hash.ts';
import { hasMediaExtension, SIZE_LIMIT, SIZE_LIMIT_IN_WORDS } from '../formats.ts';
import { knownMediaItem, type Ledger } from '../ledger/ledger.ts';
import { examine, extensionOf } from '../metadata/read.ts';
import { type FindOptions, type FoundFile, findFiles } from './find.ts';

export interface ScanOptions extends FindOptions {
  ledger?: Ledger;
  /** By capture time unless told otherwise. */
  order?: ItemOrder;
  onProgress?: (examined: number, found: number, name: string) => void;
}

export interface ScannedFile {
  entry: LocalFileEntry;
  stamp: FileStamp;
  label: string;
  /** See FoundFile. */
  folders: readonly string[];
}

/** A file in a folder that is neither photo nor video, such as a text: left alone. */
export interface SkippedFile {
  path: string;
  reason: string;
}

export interface Scan {
  files: ScannedFile[];
  failed: FailedEntry[];
  skipped: SkippedFile[];
}

/** Reading heads is mostly waiting for the disk; more than this gains nothing (measured). */
const AT_ONCE = 16;
const FOUND_AHEAD = 500;

/** The entries of a scan, photos and videos by capture time, then what could not be read; never throws for one file. */
export async function scanFiles(
  paths: readonly string[],
  options: ScanOptions,
): Promise<{ items: (LocalFileEntry | FailedEntry)[]; skipped: SkippedFile[] }> {
  const { files, failed, skipped } = await scan(paths, options);
  return { items: [...files.map(({ entry }) => entry), ...failed], skipped };
}

export async function scan(paths: readonly string[], options: ScanOptions): Promise<Scan> {
  const result: Scan = { files: [], failed: [], skipped: [] };
  const queue = new PQueue({ concurrency: AT_ONCE });
  let found = 0;
  let examined = 0;
  const look = async (file: FoundFile, position: number) => {
    if (options.signal?.aborted) return;
    const seen = await examineFound(file, options.ledger);
    if ('entry' in seen) given.set(seen, position);
    sortIn(result, seen);
    options.onProgress?.(++examined, found, basename(file.path));
  };
  const given = new Map<ScannedFile, number>();
  for await (const file of findFiles(paths, options)) {
    if ('reason' in file) result.failed.push(failure(file.path, file.path, file.reason));
    else {
      const position = found++;
      void queue.add(() => look(file, position));
    }
    await queue.onSizeLessThan(FOUND_AHEAD);
  }
  await queue.onIdle();
  options.signal?.throwIfAborted();
  result.files.sort((a, b) => (given.get(a) ?? 0) - (given.get(b) ?? 0));
  return { ...result, files: filesInOrder(result.files, options.order ?? 'captured') };
}

/** Files of the same time go by name: cameras count what they take within a second. */
const filesInOrder = (files: ScannedFile[], order: ItemOrder): ScannedFile[] =>
  order === 'captured'
    ? inOrder(inOrder(files, 'name', orderFacts), order, orderFacts)
    : inOrder(files, order, orderFacts);

/**
 * A time without a zone is read as this machine's local time, where the photos were most likely taken. A file that knows
 * no capture time stands where its modification time puts it.
 */
function orderFacts({ entry: { filename, path, creationTime }, stamp }: ScannedFile): OrderFacts {
  return { filename, path, time: creationTime === undefined ? stamp.mtimeMs : Date.parse(creationTime) };
}

function sortIn(result: Scan, seen: ScannedFile | FailedEntry | SkippedFile): void {
  if ('entry' in seen) result.files.push(seen);
  else if ('kind' in seen) result.failed.push(seen);
  else result.skipped.push(seen);
}

/** Everything that can be said about a file without sending it. */
async function examineFound(found: FoundFile, ledger?: Ledger): Promise<ScannedFile | FailedEntry | SkippedFile> {
  try {
    const stats = found.stats ?? (await stat(found.path));
    if (!stats.isFile()) return failure(found.path, found.label, 'is a device, pipe or socket, not a file');
    if (stats.size === 0) return emptyFile(found);
    return await examineFile(found, stampOf(stats), ledger);
  } catch (error) {
    return failure(found.path, found.label, reasonOf(error) ?? 'cannot be read');
  }
}

async function examineFile(found: FoundFile, stamp: FileStamp, ledger?: Ledger) {
  const { path, label } = found;
  const seen = await examine(path, stamp.size);
  if (!('facts' in seen)) return foreignFile(found, seen.found);
  const { facts } = seen;
  if (stamp.size > SIZE_LIMIT[facts.type]) {
    return failure(
      path,
      label,
      `is over ${SIZE_LIMIT_IN_WORDS[facts.type]}, the most that Google takes for a ${facts.type}`,
    );
  }
  const mediaItemId = ledger && (await knownMediaItem(ledger, path, stamp));
  const entry: LocalFileEntry = {
    kind: 'localFile',
    path,
    filename: basename(path),
    size: stamp.size,
    ...facts,
    ...(mediaItemId && { mediaItemId }),
  };
  return { entry, stamp, label, folders: found.folders };
}

/** Beside photos lie texts and catalogues, which the person did not mean; a picture or film that Google refuses is another matter. */
function foreignFile(found: FoundFile, mime: string | undefined): FailedEntry | SkippedFile {
  const reason = mime
    ? `is ${mime}, which Google Photos does not take`
    : 'is not a photo or video that Google Photos takes';
  const isMeant = found.isNamed || hasMediaExtension(extensionOf(found.path)) || /^(image|video)\//.test(mime ?? '');
  return isMeant ? failure(found.path, found.label, reason) : { path: found.label, reason };
}

function emptyFile(found: FoundFile): FailedEntry | SkippedFile {
  const isMeant = found.isNamed || hasMediaExtension(extensionOf(found.path));
  return isMeant ? failure(found.path, found.label, 'is empty') : { path: found.label, reason: 'is empty' };
}

/** `label` is how the caller knows the file: paths are not shown in any other form. */
const failure = (path: string, label: string, reason: string): FailedEntry => ({
  kind: 'failed',
  filename: basename(path),
  path: label,
  reason,
});
