/** Everything that is decided before a byte is sent: which files, in which order, into which album. */
import { basename, dirname } from 'node:path';
import { inOrder, type OrderFacts } from '../../results/order.ts';
import type { FailedEntry, PickedItemEntry } from '../../results/types.ts';
import { sweepSpool } from '../parts.ts';
import { type SkippedFile, scan } from '../scan/scan.ts';
import { fileJob, type Job, pickedJob } from './job.ts';
import type { UploadDeps, UploadOptions, UploadRequest } from './request.ts';

export interface Plan {
  groups: { title?: string; jobs: Job[] }[];
  failed: FailedEntry[];
  skipped: SkippedFile[];
}

export async function makePlan(
  request: UploadRequest,
  deps: UploadDeps,
  { signal, onProgress }: UploadOptions,
): Promise<Plan> {
  const paths = request.from.filter((source) => typeof source === 'string');
  const scanned = await scan(paths, {
    allowed: deps.allowed,
    ledger: deps.ledger,
    recursive: request.recursive,
    order: request.order,
    signal,
    onProgress: (_examined, found, current) =>
      onProgress?.({ filesDone: 0, filesTotal: found, bytesDone: 0, bytesTotal: 0, current }),
  });
  const picked = await pickedJobs(request, deps);
  const jobs = [...scanned.files.map((file) => fileJob(file, deps.ledger, deps.allowed)), ...picked.jobs];
  const groups = request.albumPerFolder ? byFolder(jobs) : [{ jobs }];
  return { groups, failed: [...scanned.failed, ...picked.failed], skipped: scanned.skipped };
}

async function pickedJobs({ from, order = 'captured' }: UploadRequest, { ledger, picked, clock }: UploadDeps) {
  const items = from.filter((source): source is PickedItemEntry => typeof source !== 'string');
  if (!picked) return { jobs: [], failed: items.map(unreachable) };
  if (items.length > 0) await sweepSpool(picked.spoolDir, clock.now());
  const jobs = inOrder(items, order, orderFacts).map((item) => pickedJob(item, ledger, picked));
  return { jobs, failed: [] };
}

const orderFacts = ({ filename, creationTime }: PickedItemEntry): OrderFacts => ({
  filename,
  time: Date.parse(creationTime ?? '') || undefined,
});

const unreachable = ({ id, filename }: PickedItemEntry): FailedEntry => ({
  kind: 'failed',
  id,
  filename,
  reason: 'was picked, but the Picker is not available here',
});

/** An album's title is its folder's name; folders of one name in different places are told apart by their way there. */
function byFolder(jobs: readonly Job[]): Plan['groups'] {
  const folders = new Map<string, { way: readonly string[]; jobs: Job[] }>();
  for (const job of jobs) {
    const place = 'path' in job.entry ? dirname(job.entry.path) : '';
    const folder = folders.get(place) ?? { way: job.folders.length > 0 ? job.folders : [basename(place)], jobs: [] };
    folder.jobs.push(job);
    folders.set(place, folder);
  }
  const names = [...folders.values()].map(({ way }) => way.at(-1) ?? '');
  return [...folders.values()].map(({ way, jobs }) => {
    const name = way.at(-1) ?? '';
    const isUnique = names.filter((other) => other === name).length === 1;
    // A picked item, or a file at the root of a disk, has no folder and goes into the library alone.
    return name === '' ? { jobs } : { title: isUnique ? name : way.join(' / '), jobs };
  });
}
