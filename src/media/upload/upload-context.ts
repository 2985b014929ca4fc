/** What the parts of one upload share. */
import type { Clock } from '../../google/clock.ts';
import type { Google } from '../../google/google.ts';
import type { FailedEntry, MediaItemEntry } from '../../results/types.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ByteUploader } from './byte-uploader.ts';
import type { Job } from './job.ts';
import type { Pending } from './pending.ts';

export interface UploadContext {
  google: Google;
  ledger: Ledger;
  clock: Clock;
  uploader: ByteUploader;
  /** Ends waiting; `writeSignal` follows a little later, so that a request in flight can be heard out. */
  signal: AbortSignal;
  writeSignal: AbortSignal;
  describe(job: Job): string | undefined;
  finish(job: Job, outcome: MediaItemEntry | FailedEntry): void;
  /** Contents met in this run, over all its albums. */
  seen: Map<string, Pending>;
}
