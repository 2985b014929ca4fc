/**
 * Library → folder: originals as Google gives them (contract 4.8, 10.3: without GPS, recompressed), under their own names
 * and times. What is there already is recognised; nothing is overwritten; no half file ever has a final name.
 */
import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import PQueue from 'p-queue';
import type { Clock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import type { Google } from '../../google/google.ts';
import { type DelayOf, withRetry } from '../../google/retry.ts';
import type { FailedEntry, LocalFileEntry, PickedItemEntry } from '../../results/types.ts';
import { codeOf } from '../../storage/errors.ts';
import { type AllowedFolders, FileRefused, reasonOf } from '../allowed-folders.ts';
import { diskFull, isDiskFull } from '../disk-full.ts';
import { isPlausibleExtension } from '../formats.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { sweepParts } from '../parts.ts';
import { delayForMore, isFatal, reasonFor } from '../upload/errors.ts';
import { CutShort, fetchPart, type Part } from './fetch-part.ts';
import { findKnown, moveIntoFolder, type Placed } from './move-into-folder.ts';
import { type SafeName, safeName } from './names.ts';
import { LibrarySources, pickedSource, type Source, type Unavailable } from './sources.ts';

export interface DownloadRequest {
  /** Media item ids, and items that the person picked. */
  items: readonly (string | PickedItemEntry)[];
  /** Made where it does not exist. */
  dir: string;
}

export interface DownloadDeps {
  google: Google;
  ledger: Ledger;
  allowed: AllowedFolders;
  clock: Clock;
  /** Opens the bytes of a picked item (contract 8.5). */
  picked?: { fetch(item: PickedItemEntry, signal: AbortSignal): Promise<Response> };
}

export interface DownloadProgress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  current: string;
}

export interface DownloadOptions {
  signal?: AbortSignal;
  onProgress?: (progress: DownloadProgress) => void;
}

export interface DownloadReport {
  /** Absolute. */
  dir: string;
  /** One a photo, in the order asked for; those that were not come to are missing. */
  files: (
    | { outcome: 'downloaded' | 'already there'; entry: LocalFileEntry }
    | { outcome: 'failed'; entry: FailedEntry }
  )[];
  counts: { downloaded: number; alreadyThere: number; failed: number; left: number };
  /** Bytes that were fetched. */
  bytes: number;
  stopped?: { by: 'cancel' } | { by: 'error'; error: unknown };
}

const AT_ONCE = 5;
/** Photos whose URLs are asked for ahead of those being fetched. */
const AHEAD = 20;
const MAX_TRIES = 4;
/** The client has waited its minutes already; then it is the day's media quota (contract 4.8), for all files alike. */
const MAX_TRIES_WHEN_BUSY = 2;
const RETRY_WAIT = 1000;
const MAX_FAILURES_IN_A_ROW = 5;

/** @throws FileRefused for the folder, and what ends the run before anything is done: a missing sign-in, a spent quota. */
export async function download(
  request: DownloadRequest,
  deps: DownloadDeps,
  options: DownloadOptions = {},
): Promise<DownloadReport> {
  const dir = await deps.allowed.target(request.dir);
  await makeFolder(dir, request.dir);
  await sweepParts(dir, Date.now());
  return new Run(dir, unique(request.items), deps, options).run();
}

async function makeFolder(dir: string, given: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (error) {
    throw new FileRefused(
      given,
      reasonOf(error)?.replace('read', 'made') ?? 'cannot be made',
      'Choose another folder.',
    );
  }
}

const idOf = (item: string | PickedItemEntry): string => (typeof item === 'string' ? item : item.id);

const unique = (items: DownloadRequest['items']) => [...new Map(items.map((item) => [idOf(item), item])).values()];

type Outcome = DownloadReport['files'][number];

class Run {
  readonly #dir: string;
  readonly #items: readonly (string | PickedItemEntry)[];
  readonly #deps: DownloadDeps;
  readonly #options: DownloadOptions;
  readonly #stop = new AbortController();
  readonly #outcomes = new Map<string, Outcome>();
  #bytes = 0;
  #failuresInARow = 0;
  #fatal?: { error: unknown };

  constructor(dir: string, items: readonly (string | PickedItemEntry)[], deps: DownloadDeps, options: DownloadOptions) {
    this.#dir = dir;
    this.#items = items;
    this.#deps = deps;
    this.#options = options;
  }

  async run(): Promise<DownloadReport> {
    const { signal } = this.#options;
    const halt = () => this.#stop.abort();
    if (signal?.aborted) halt();
    signal?.addEventListener('abort', halt, { once: true });
    const queue = new PQueue({ concurrency: AT_ONCE });
    try {
      for await (const source of this.#sources()) {
        if (this.#stop.signal.aborted) break;
        void queue.add(() => this.#one(source));
        await queue.onSizeLessThan(AHEAD);
      }
    } catch (error) {
      this.#abandon(error);
    }
    await queue.onIdle();
    signal?.removeEventListener('abort', halt);
    if (this.#fatal && !signal?.aborted && this.#outcomes.size === 0) throw this.#fatal.error;
    return this.#report();
  }

  async *#sources(): AsyncGenerator<Source | Unavailable> {
    const { google, clock, picked } = this.#deps;
    const { signal } = this.#stop;
    const ids = this.#items.filter((item) => typeof item === 'string');
    yield* new LibrarySources(google, clock).of(ids, signal);
    for (const item of this.#items) {
      if (typeof item === 'string') continue;
      const { id, filename } = item;
      if (picked) yield pickedSource(item, (stop) => picked.fetch(item, stop));
      else yield { id, filename, reason: 'was picked, but the Picker is not available here' };
    }
  }

  /** Never rejects. */
  async #one(source: Source | Unavailable): Promise<void> {
    if (this.#stop.signal.aborted) return;
    if ('reason' in source) return this.#finish(source.id, { outcome: 'failed', entry: failed(source, source.reason) });
    try {
      const placed = await this.#obtain(source);
      this.#failuresInARow = 0;
      this.#finish(source.id, { outcome: placed.outcome, entry: localEntry(source, placed) });
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#failuresInARow += isTransient(error) ? 1 : 0;
      if (isDiskFull(error)) this.#abandon(diskFull(this.#dir, error));
      else if (isFatal(error) || isBusy(error) || this.#failuresInARow >= MAX_FAILURES_IN_A_ROW) this.#abandon(error);
      else
        this.#finish(source.id, {
          outcome: 'failed',
          entry: failed({ ...source, ...source.facts }, reasonOf(error) ?? reasonFor(error)),
        });
    }
  }

  async #obtain(source: Source): Promise<Placed> {
    const { ledger } = this.#deps;
    const { id, mediaItemId, facts } = source;
    const name = safeName(facts.filename, `${facts.type}-${id.slice(-12)}`);
    const known = mediaItemId && (await findKnown(this.#dir, alternatives(name), mediaItemId, ledger));
    if (known) return known;
    const part = await this.#fetch(source);
    const time = facts.creationTime === undefined ? undefined : new Date(facts.creationTime);
    const placed = await moveIntoFolder(part, this.#dir, trueName(name, part), time, ledger);
    // Uploading the folder again finds these bytes in the library.
    if (mediaItemId) await ledger.rememberMediaItem(part.hash, mediaItemId);
    return placed;
  }

  #fetch(source: Source): Promise<Part> {
    const { signal } = this.#stop;
    const policy = { method: 'media', delayOf: delayOfFetch, attempts: MAX_TRIES, signal };
    return withRetry(policy, this.#deps.clock, () => this.#fetchOnce(source, signal));
  }

  /** Bytes of an attempt that failed do not count. */
  async #fetchOnce(source: Source, signal: AbortSignal): Promise<Part> {
    let counted = 0;
    const onBytes = (count: number) => {
      counted += count;
      this.#bytes += count;
      this.#tell(source.facts.filename);
    };
    try {
      return await fetchPart(await source.fetch(signal), this.#dir, signal, onBytes);
    } catch (error) {
      this.#bytes -= counted;
      throw error;
    }
  }

  #finish(id: string, outcome: Outcome): void {
    this.#outcomes.set(id, outcome);
    this.#tell(outcome.entry.filename);
  }

  #tell(current: string): void {
    const filesDone = this.#outcomes.size;
    this.#options.onProgress?.({ filesDone, filesTotal: this.#items.length, bytesDone: this.#bytes, current });
  }

  #abandon(error: unknown): void {
    if (!this.#stop.signal.aborted) this.#fatal = { error };
    this.#stop.abort();
  }

  #report(): DownloadReport {
    const files = this.#items.flatMap((item) => this.#outcomes.get(idOf(item)) ?? []);
    const count = (wanted: Outcome['outcome']) => files.filter(({ outcome }) => outcome === wanted).length;
    const left = this.#items.length - files.length;
    const isCancelled = this.#options.signal?.aborted && left > 0;
    return {
      dir: this.#dir,
      files,
      counts: { downloaded: count('downloaded'), alreadyThere: count('already there'), failed: count('failed'), left },
      bytes: this.#bytes,
      ...(isCancelled
        ? { stopped: { by: 'cancel' as const } }
        : this.#fatal && { stopped: { by: 'error' as const, ...this.#fatal } }),
    };
  }
}

/** Google gives JPEG for RAW, and MP4 for films of other kinds: then the name's end must say so. */
function trueName(name: SafeName, { found }: Part): SafeName {
  const extension = name.extension.slice(1).toLowerCase();
  return found === undefined || isPlausibleExtension(extension, found) ? name : { ...name, extension: `.${found}` };
}

/** Under which names an earlier download may have put it. */
const alternatives = (name: SafeName): SafeName[] => [
  name,
  { ...name, extension: '.jpg' },
  { ...name, extension: '.mp4' },
];

function localEntry({ facts, mediaItemId }: Source, { path, size }: Placed): LocalFileEntry {
  const { type, mimeType, creationTime, width, height, description, cameraMake, cameraModel, duration } = facts;
  const kept = { type, mimeType, creationTime, width, height, description, cameraMake, cameraModel, duration };
  return { kind: 'localFile', path, filename: basename(path), size, ...kept, ...(mediaItemId && { mediaItemId }) };
}

const failed = ({ id, filename }: { id: string; filename: string }, reason: string): FailedEntry => ({
  kind: 'failed',
  id,
  filename,
  reason,
});

/** Connections break in the middle of bodies, where no client can retry for us. */
function isTransient(error: unknown): boolean {
  if (error instanceof GoogleError) return error.retryable && error.reason !== 'quotaDay';
  const code = codeOf(error) ?? '';
  return error instanceof CutShort || error instanceof TypeError || code.startsWith('UND_ERR') || code === 'ECONNRESET';
}

/** Attempts of ours, beside the client's own: bodies break where the client has long handed them over. */
const delayOfFetch: DelayOf = (error, failures) => {
  if (!isTransient(error) || (isBusy(error) && failures >= MAX_TRIES_WHEN_BUSY)) return undefined;
  return delayForMore(error, failures, 0) ?? RETRY_WAIT * 2 ** (failures - 1);
};

const isBusy = (error: unknown): boolean => error instanceof GoogleError && error.httpStatus === 429;
