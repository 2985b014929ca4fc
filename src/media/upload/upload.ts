/**
 * Files → library and album (contract 5.5): planned before anything is sent, bytes several at a time, items in order,
 * one write at a time. Interrupted at any instant, the same call goes on where it stopped.
 */
import { LIMITS } from '../../google/limits.ts';
import type { FailedEntry, MediaItemEntry } from '../../results/types.ts';
import { clip } from '../../text/text.ts';
import { AlbumTarget, type TargetAlbum } from './album-target.ts';
import { AlbumWriter } from './album-writer.ts';
import { ByteUploader } from './byte-uploader.ts';
import { dryRun } from './dry-run.ts';
import type { Job } from './job.ts';
import type { Pending } from './pending.ts';
import { makePlan, type Plan } from './plan.ts';
import { ProgressTracker } from './progress-tracker.ts';
import type { UploadDeps, UploadOptions, UploadReport, UploadRequest } from './request.ts';

export { AlbumFinder } from './album-finder.ts';
export type { UploadDeps, UploadOptions, UploadProgress, UploadReport, UploadRequest } from './request.ts';

const CONCURRENCY = { default: 5, max: 8 };
/** How long a write in flight may still be heard out after a cancellation: less than the second that is promised. */
const WRITE_GRACE_MS = 700;

/**
 * @throws what ended the run before it did anything at all: a sign-in that is missing, a quota that is used up. Later
 * on the same trouble is `stopped` in the report, beside what is done.
 */
export async function upload(
  request: UploadRequest,
  deps: UploadDeps,
  options: UploadOptions = {},
): Promise<UploadReport> {
  try {
    const plan = await makePlan(request, deps, options);
    if (request.dryRun) return await dryRun(plan, deps.ledger, options);
    return await new Run(request, deps, options, plan).run();
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    const counts = { uploaded: 0, alreadyThere: 0, failed: 0, left: request.from.length };
    return { items: [], counts, bytes: 0, skipped: [], albums: [], stopped: { by: 'cancel' } };
  }
}

class Run {
  readonly #request: UploadRequest;
  readonly #deps: UploadDeps;
  readonly #options: UploadOptions;
  readonly #plan: Plan;
  readonly #tracker: ProgressTracker;
  /** Fires on the caller's signal and on trouble that ends the run. */
  readonly #stop = new AbortController();
  /** Follows `#stop` after a while. */
  readonly #stopWrites = new AbortController();
  readonly #albums: TargetAlbum[] = [];
  #fatal?: { error: unknown };
  #graceTimer?: NodeJS.Timeout;

  constructor(request: UploadRequest, deps: UploadDeps, options: UploadOptions, plan: Plan) {
    this.#request = request;
    this.#deps = deps;
    this.#options = options;
    this.#plan = plan;
    this.#tracker = new ProgressTracker(plan, options.onProgress);
  }

  async run(): Promise<UploadReport> {
    const { signal } = this.#options;
    const halt = () => this.#halt();
    if (signal?.aborted) halt();
    signal?.addEventListener('abort', halt, { once: true });
    try {
      await this.#send();
    } finally {
      clearTimeout(this.#graceTimer);
      signal?.removeEventListener('abort', halt);
    }
    if (this.#fatal && !this.#isCancelled() && this.#tracker.count === 0) throw this.#fatal.error;
    return this.#report();
  }

  #halt(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.#graceTimer = setTimeout(() => this.#stopWrites.abort(), WRITE_GRACE_MS);
  }

  async #send(): Promise<void> {
    const { google, ledger, clock } = this.#deps;
    const { signal } = this.#stop;
    const shared = { google, ledger, clock, signal };
    const onBytes = (job: Job, sent: number, total: number) => this.#tracker.moved(job, sent, total);
    const concurrency = Math.min(Math.max(1, this.#request.concurrency ?? CONCURRENCY.default), CONCURRENCY.max);
    const uploader = new ByteUploader({ ...shared, onBytes, onFatal: (error) => this.#abandon(error) }, concurrency);
    const seen = new Map<string, Pending>();
    const work = this.#plan.groups.map(({ title, jobs }) => ({
      target: this.#target(title),
      jobs,
      prepared: jobs.map((job) => uploader.prepare(job)),
    }));
    try {
      for (const { target, jobs, prepared } of work) {
        const finish = (job: Job, outcome: MediaItemEntry | FailedEntry) => this.#tracker.finish(job, outcome);
        const describe = (job: Job) => this.#describe(job);
        const writer = new AlbumWriter(
          { ...shared, uploader, seen, finish, describe, writeSignal: this.#stopWrites.signal },
          target,
        );
        await writer.run(jobs, prepared);
      }
    } catch (error) {
      if (!signal.aborted) this.#abandon(error);
    }
    // They never reject, and after a stop they end quickly.
    await Promise.all(work.flatMap(({ prepared }) => prepared));
  }

  #target(folderTitle: string | undefined): AlbumTarget | undefined {
    const { albumId, albumTitle } = this.#request;
    const { google, albums } = this.#deps;
    const title = folderTitle ?? albumTitle;
    const { signal } = this.#stop;
    const resolve = async (): Promise<TargetAlbum> => {
      const album = title === undefined ? { id: albumId ?? '', isNew: false } : await albums.byTitle(title, signal);
      this.#albums.push(album);
      return album;
    };
    return title === undefined && albumId === undefined ? undefined : new AlbumTarget(resolve, google, signal);
  }

  #describe({ entry }: Job): string | undefined {
    const { description, descriptionFromMetadata } = this.#request;
    const own = descriptionFromMetadata ? clip(entry.description ?? '', LIMITS.description) : undefined;
    return own || description;
  }

  #abandon(error: unknown): void {
    this.#fatal ??= { error };
    this.#halt();
  }

  #isCancelled(): boolean {
    return this.#options.signal?.aborted ?? false;
  }

  #report(): UploadReport {
    const { failed: refused, skipped } = this.#plan;
    return {
      ...this.#tracker.report(refused),
      skipped,
      albums: this.#albums.map(({ id, title, isNew }) => ({ id, title, isNew })),
      ...(this.#isCancelled() && this.#tracker.left > 0
        ? { stopped: { by: 'cancel' as const } }
        : this.#fatal && { stopped: { by: 'error' as const, error: this.#fatal.error } }),
    };
  }
}
