/** Gives back the space of results that are no longer used. */
import { readdir, rm, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { isResultId } from './ids.ts';
import { isMetaFile } from './result-folder.ts';
import { LIFETIME_DAYS } from './store.ts';

const DAY = 24 * 3600_000;
/** So long `meta.json` stays, to say what the result was and how to get it again. */
const TOMBSTONE_DAYS = 180;

/** Removes the chunks of results that were not used for a month, and after half a year their memory too. */
export async function sweepResults(folder: string, now: number): Promise<void> {
  for (const id of (await readdir(folder).catch(() => [])).filter(isResultId)) {
    const path = join(folder, id);
    const usedAt = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
    const age = now - usedAt;
    if (age > TOMBSTONE_DAYS * DAY) await rm(path, { recursive: true, force: true }).catch(() => undefined);
    else if (age > LIFETIME_DAYS * DAY) await removeChunks(path, usedAt);
  }
}

async function removeChunks(path: string, usedAt: number): Promise<void> {
  const names = (await readdir(path).catch(() => [])).filter((name) => !isMetaFile(name));
  await Promise.all(names.map((name) => unlink(join(path, name)).catch(() => undefined)));
  // Unlinking is a use in the eyes of the folder's clock; the tombstone must keep its age.
  if (names.length > 0) await utimes(path, usedAt / 1000, usedAt / 1000).catch(() => undefined);
}
