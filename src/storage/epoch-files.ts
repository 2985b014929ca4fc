/** A key's folder: a file for each of its last owners, named by number. */
import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './errors.ts';
import { sweepTemporaries } from './temporaries.ts';

const NAME = /^\d{9,}$/;
/**
 * So many numbers stay below the highest. A folder that changes while it is listed may hide one file from its reader,
 * but not the three newest.
 */
const KEPT_BELOW = 2;
const HOUR_MS = 3_600_000;

export const epochPath = (folder: string, epoch: number): string => join(folder, String(epoch).padStart(9, '0'));

/** Ascending. */
export async function listEpochs(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  return names
    .filter((name) => NAME.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** Removes what is long over. Never fails: what stays, stays for the next owner. */
export async function tidyEpochs(folder: string, highest: number): Promise<void> {
  const epochs = await listEpochs(folder).catch(() => []);
  const over = epochs.filter((epoch) => epoch < highest - KEPT_BELOW);
  await Promise.all(over.map((epoch) => unlink(epochPath(folder, epoch)).catch(() => undefined)));
  await sweepTemporaries(folder, HOUR_MS);
}
