/** Uploads in a process of its own, so that tests can kill it. Argument: JSON of `Job`. Prints `started`, then the counts. */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGoogle } from '../../../src/google/client.ts';
import { loopbackHosts } from '../../../src/google/hosts.ts';
import { AllowedFolders } from '../../../src/media/allowed-folders.ts';
import { openLedger } from '../../../src/media/ledger/file-ledger.ts';
import { AlbumFinder, type UploadRequest, upload } from '../../../src/media/upload/upload.ts';
import { createFileLeases } from '../../../src/storage/file-leases.ts';

export interface Job {
  origin: string;
  token: string;
  stateDir: string;
  folder: string;
  request: UploadRequest;
  /** How long each wait lasts, in milliseconds, whatever was asked for; at most 5 unless told otherwise. */
  waitMs?: number;
}

const { origin, token, stateDir, folder, request, waitMs }: Job = JSON.parse(process.argv[2] ?? '');
const clock = {
  now: Date.now,
  sleep: (ms: number, signal?: AbortSignal) => sleep(waitMs ?? Math.min(ms, 5), undefined, { signal }),
  random: () => 0,
};
const tokens = { accessToken: async () => token, invalidate: () => undefined };
const google = createGoogle({ hosts: loopbackHosts(origin), clock, tokens });
const ledger = openLedger({ stateDir, account: 'default' });
const albums = new AlbumFinder({ google, ledger, clock, leases: createFileLeases(join(stateDir, 'leases')) });
process.stdout.write('started\n');
const report = await upload(request, { google, ledger, clock, albums, allowed: new AllowedFolders([folder], folder) });
const failures = report.items.flatMap((item) => (item.kind === 'failed' ? [`${item.filename} ${item.reason}`] : []));
const peakKiB = process.resourceUsage().maxRSS;
const stopped = report.stopped && 'error' in report.stopped ? String(report.stopped.error) : report.stopped?.by;
process.stdout.write(`${JSON.stringify({ ...report.counts, failures, stopped, peakKiB })}\n`);
