/** What became of each job, and how far the whole is. */
import type { FailedEntry, MediaItemEntry } from '../../results/types.ts';
import type { Job } from './job.ts';
import type { Plan } from './plan.ts';
import type { UploadProgress, UploadReport } from './request.ts';

export class ProgressTracker {
  readonly #jobs: readonly Job[];
  readonly #outcomes = new Map<Job, MediaItemEntry | FailedEntry>();
  readonly #sent = new Map<Job, number>();
  readonly #onProgress?: (progress: UploadProgress) => void;
  /** Of jobs whose size only the transfer has told. */
  readonly #learned = new Map<Job, number>();
  #bytesTotal: number;
  #bytesDone = 0;
  #bytesUploaded = 0;

  constructor({ groups }: Plan, onProgress?: (progress: UploadProgress) => void) {
    this.#jobs = groups.flatMap(({ jobs }) => jobs);
    this.#bytesTotal = this.#jobs.reduce((sum, { size }) => sum + size, 0);
    this.#onProgress = onProgress;
  }

  /** Jobs with an outcome. */
  get count(): number {
    return this.#outcomes.size;
  }

  get left(): number {
    return this.#jobs.length - this.#outcomes.size;
  }

  moved(job: Job, sent: number, total: number): void {
    if (job.size === 0 && !this.#learned.has(job)) {
      this.#learned.set(job, total);
      this.#bytesTotal += total;
    }
    this.#advance(job, Math.min(sent, total));
    this.#tell(job);
  }

  finish(job: Job, outcome: MediaItemEntry | FailedEntry): void {
    this.#outcomes.set(job, outcome);
    this.#advance(job, this.#sizeOf(job));
    if (outcome.kind === 'mediaItem' && outcome.upload?.outcome === 'uploaded')
      this.#bytesUploaded += this.#sizeOf(job);
    this.#tell(job);
  }

  report(refused: readonly FailedEntry[]): Pick<UploadReport, 'items' | 'counts' | 'bytes'> {
    const items = [...this.#jobs.flatMap((job) => this.#outcomes.get(job) ?? []), ...refused];
    const uploads = items.flatMap((item) => (item.kind === 'mediaItem' ? (item.upload?.outcome ?? []) : []));
    const counts = {
      uploaded: uploads.filter((outcome) => outcome === 'uploaded').length,
      alreadyThere: uploads.filter((outcome) => outcome === 'already there').length,
      failed: items.filter(({ kind }) => kind === 'failed').length,
      left: this.left,
    };
    return { items, counts, bytes: this.#bytesUploaded };
  }

  #sizeOf(job: Job): number {
    return job.size || (this.#learned.get(job) ?? 0);
  }

  /** Forwards only: what is sent a second time was counted the first. */
  #advance(job: Job, to: number): void {
    const before = this.#sent.get(job) ?? 0;
    if (to <= before || this.#sizeOf(job) === 0) return;
    this.#sent.set(job, to);
    this.#bytesDone += to - before;
  }

  #tell(job: Job): void {
    this.#onProgress?.({
      filesDone: this.#outcomes.size,
      filesTotal: this.#jobs.length,
      bytesDone: this.#bytesDone,
      bytesTotal: this.#bytesTotal,
      current: job.entry.filename,
    });
  }
}
