/** Downloads in a process of its own. Argument: JSON of `Job`. Prints what came of it, as JSON in a line. */
import { join } from 'node:path';
import { createGoogle } from '../../../src/google/client.ts';
import { systemClock } from '../../../src/google/clock.ts';
import { loopbackHosts } from '../../../src/google/hosts.ts';
import { AllowedFolders } from '../../../src/media/allowed-folders.ts';
import { download } from '../../../src/media/download/download.ts';
import { openLedger } from '../../../src/media/ledger/file-ledger.ts';

export interface Job {
  origin: string;
  token: string;
  stateDir: string;
  folder: string;
  items: string[];
  dir: string;
}

const { origin, token, stateDir, folder, items, dir }: Job = JSON.parse(process.argv[2] ?? '');
const tokens = { accessToken: async () => token, invalidate: () => undefined };
const google = createGoogle({ hosts: loopbackHosts(origin), clock: systemClock, tokens });
const ledger = openLedger({ stateDir: join(stateDir, 'of-child'), account: 'default' });
const deps = { google, ledger, clock: systemClock, allowed: new AllowedFolders([folder], folder) };
const told = await download({ items, dir }, deps).then(
  ({ counts, stopped }) => ({ counts, error: stopped?.by === 'error' ? stopped.error : undefined }),
  (error: unknown) => ({ error }),
);
const { error } = told;
const what = error instanceof Error ? { ...error, message: error.message } : error;
process.stdout.write(`${JSON.stringify({ ...told, error: what })}\n`);
