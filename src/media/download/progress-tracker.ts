/** What became of each photo, and how far the whole is. */
import { type DownloadOutcome, type DownloadProgress, type DownloadReport, idOf, type Wanted } from './request.ts';

export class ProgressTracker {
  readonly #items: readonly Wanted[];
  readonly #outcomes = new Map<string, DownloadOutcome>();
  readonly #onProgress?: (progress: DownloadProgress) => void;
  #bytes = 0;

  constructor(items: readonly Wanted[], onProgress?: (progress: DownloadProgress) => void) {
    this.#items = items;
    this.#onProgress = onProgress;
  }

  /** Photos with an outcome. */
  get count(): number {
    return this.#outcomes.size;
  }

  get left(): number {
    return this.#items.length - this.#outcomes.size;
  }

  /** @param bytes below 0 for those of an attempt that failed. */
  moved(filename: string, bytes: number): void {
    this.#bytes += bytes;
    this.#tell(filename);
  }

  finish(id: string, outcome: DownloadOutcome): void {
    this.#outcomes.set(id, outcome);
    this.#tell(outcome.entry.filename);
  }

  report(): Pick<DownloadReport, 'files' | 'counts' | 'bytes'> {
    const files = this.#items.flatMap((item) => this.#outcomes.get(idOf(item)) ?? []);
    const count = (wanted: DownloadOutcome['outcome']) => files.filter(({ outcome }) => outcome === wanted).length;
    const counts = {
      downloaded: count('downloaded'),
      alreadyThere: count('already there'),
      failed: count('failed'),
      left: this.left,
    };
    return { files, counts, bytes: this.#bytes };
  }

  #tell(current: string): void {
    const filesDone = this.#outcomes.size;
    this.#onProgress?.({ filesDone, filesTotal: this.#items.length, bytesDone: this.#bytes, current });
  }
}
