/** What an upload would do: everything is read, nothing is sent. */
import PQueue from 'p-queue';
import type { FailedEntry } from '../../results/types.ts';
import { reasonFor } from '../errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Job } from './job.ts';
import { failed } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { UploadOptions, UploadReport } from './request.ts';

const AT_ONCE = 4;

export async function dryRun(plan: Plan, ledger: Ledger, { signal, onProgress }: UploadOptions): Promise<UploadReport> {
  const jobs = plan.groups.flatMap((group) => group.jobs);
  const bytesTotal = jobs.reduce((sum, { size }) => sum + size, 0);
  const counts = { uploaded: 0, alreadyThere: 0, failed: plan.failed.length, left: 0 };
  const contents = new Set<string>();
  let filesDone = 0;
  let bytesDone = 0;
  let bytes = 0;
  const queue = new PQueue({ concurrency: AT_ONCE });
  const dryRunOne = async (job: Job): Promise<UploadReport['items'][number]> => {
    const hash = await hashOf(job, signal);
    if (typeof hash === 'object') {
      counts.failed += 1;
      return failed(job, hash.reason);
    }
    const mediaItemId = hash === undefined ? undefined : await ledger.mediaItemOf(hash);
    const isTwin = hash !== undefined && contents.has(hash);
    if (hash !== undefined) contents.add(hash);
    if (mediaItemId !== undefined || isTwin) counts.alreadyThere += 1;
    else {
      counts.uploaded += 1;
      bytes += job.size;
    }
    filesDone += 1;
    bytesDone += job.size;
    onProgress?.({ filesDone, filesTotal: jobs.length, bytesDone, bytesTotal, current: job.entry.filename });
    return job.entry.kind === 'localFile' && mediaItemId ? { ...job.entry, mediaItemId } : job.entry;
  };
  const items = await queue.addAll(jobs.map((job) => () => dryRunOne(job)));
  return { items: [...items, ...plan.failed], counts, bytes, skipped: plan.skipped, albums: [] };
}

/** Picked items are not fetched for a dry run: undefined where their content was never met. */
async function hashOf(job: Job, signal?: AbortSignal): Promise<string | undefined | FailedEntry> {
  signal?.throwIfAborted();
  const known = await job.knownHash();
  if (known !== undefined || job.entry.kind === 'pickedItem') return known;
  try {
    const bytes = await job.bytes(signal ?? new AbortController().signal);
    await bytes.release();
    return bytes.hash;
  } catch (error) {
    if (signal?.aborted) throw error;
    return failed(job, reasonFor(error));
  }
}
