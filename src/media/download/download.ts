/**
 * Library → folder: originals as Google gives them (contract 4.8, 10.3: without GPS, recompressed), under their own names
 * and times. What is there already is recognised; nothing is overwritten; no half file ever has a final name.
 */
import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import PQueue from 'p-queue';
import { isTransient } from '../../google/retry.ts';
import type { FailedEntry, LocalFileEntry } from '../../results/types.ts';
import { FileRefused, reasonOf } from '../allowed-folders.ts';
import { diskFull, isDiskFull, isFatal, reasonFor } from '../errors.ts';
import { sweepParts } from '../parts.ts';
import { isBusy } from './fetch-part.ts';
import type { Placed } from './move-into-folder.ts';
import { ProgressTracker } from './progress-tracker.ts';
import {
  type DownloadDeps,
  type DownloadOptions,
  type DownloadReport,
  type DownloadRequest,
  idOf,
  type Wanted,
} from './request.ts';
import { savePhoto } from './save-photo.ts';
import { type Source, sourcesOf, type Unavailable } from './sources.ts';

export type { DownloadDeps, DownloadOptions, DownloadReport, DownloadRequest } from './request.ts';

const AT_ONCE = 5;
/** Photos whose URLs are asked for ahead of those being fetched. */
const AHEAD = 20;
const MAX_FAILURES_IN_A_ROW = 5;

/**
 * Throws FileRefused for the folder, and what ended the run before anything was done: a missing sign-in, a spent quota,
 * AppError `diskFull`. Later on that is `stopped` in the report, beside what is done.
 */
export async function download(
  request: DownloadRequest,
  deps: DownloadDeps,
  options: DownloadOptions = {},
): Promise<DownloadReport> {
  const dir = await deps.allowed.target(request.dir);
  await makeFolder(dir, request.dir);
  await sweepParts(dir, Date.now());
  const items = [...new Map(request.items.map((item) => [idOf(item), item])).values()];
  return new Run(dir, items, deps, options).run();
}

async function makeFolder(dir: string, given: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
  } catch (error) {
    if (isDiskFull(error)) throw diskFull(dir, error);
    const reason = reasonOf(error)?.replace('read', 'made') ?? 'cannot be made';
    throw new FileRefused(given, reason, 'Choose another folder.');
  }
}

class Run {
  readonly #dir: string;
  readonly #items: readonly Wanted[];
  readonly #deps: DownloadDeps;
  readonly #caller?: AbortSignal;
  readonly #tracker: ProgressTracker;
  /** Fires on the caller's signal and on trouble that ends the run. */
  readonly #stop = new AbortController();
  #failuresInARow = 0;
  #fatal?: { error: unknown };

  constructor(dir: string, items: readonly Wanted[], deps: DownloadDeps, { signal, onProgress }: DownloadOptions) {
    this.#dir = dir;
    this.#items = items;
    this.#deps = deps;
    this.#caller = signal;
    this.#tracker = new ProgressTracker(items, onProgress);
  }

  async run(): Promise<DownloadReport> {
    const halt = () => this.#stop.abort();
    if (this.#caller?.aborted) halt();
    this.#caller?.addEventListener('abort', halt, { once: true });
    await this.#saveAll();
    this.#caller?.removeEventListener('abort', halt);
    if (this.#fatal && !this.#caller?.aborted && this.#tracker.count === 0) throw this.#fatal.error;
    return this.#report();
  }

  /** Never rejects. */
  async #saveAll(): Promise<void> {
    const { signal } = this.#stop;
    const queue = new PQueue({ concurrency: AT_ONCE });
    try {
      for await (const source of sourcesOf(this.#items, this.#deps, signal)) {
        if (signal.aborted) break;
        void queue.add(() => this.#save(source));
        await queue.onSizeLessThan(AHEAD);
      }
    } catch (error) {
      this.#abandon(error);
    }
    await queue.onIdle();
  }

  /** Never rejects. */
  async #save(source: Source | Unavailable): Promise<void> {
    const { signal } = this.#stop;
    if (signal.aborted) return;
    if ('reason' in source) return this.#fail(source, source.reason);
    const { clock, ledger } = this.#deps;
    const onBytes = (count: number) => this.#tracker.moved(source.facts.filename, count);
    try {
      const placed = await savePhoto(source, this.#dir, { clock, ledger, signal, onBytes });
      this.#failuresInARow = 0;
      this.#tracker.finish(source.id, { outcome: placed.outcome, entry: localEntry(source, placed) });
    } catch (error) {
      if (!signal.aborted) this.#judge(error, source);
    }
  }

  #judge(error: unknown, { id, facts: { filename } }: Source): void {
    this.#failuresInARow += isTransient(error) ? 1 : 0;
    if (isDiskFull(error)) this.#abandon(diskFull(this.#dir, error));
    else if (isFatal(error) || isBusy(error) || this.#failuresInARow >= MAX_FAILURES_IN_A_ROW) this.#abandon(error);
    else this.#fail({ id, filename }, reasonFor(error));
  }

  #fail(item: { id: string; filename: string }, reason: string): void {
    this.#tracker.finish(item.id, { outcome: 'failed', entry: failed(item, reason) });
  }

  #abandon(error: unknown): void {
    if (!this.#stop.signal.aborted) this.#fatal = { error };
    this.#stop.abort();
  }

  #report(): DownloadReport {
    const isCancelled = this.#caller?.aborted && this.#tracker.left > 0;
    return {
      dir: this.#dir,
      ...this.#tracker.report(),
      ...(isCancelled
        ? { stopped: { by: 'cancel' as const } }
        : this.#fatal && { stopped: { by: 'error' as const, ...this.#fatal } }),
    };
  }
}

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
