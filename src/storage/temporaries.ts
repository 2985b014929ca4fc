/**
 * Files on their way to their place. A process that is killed leaves them behind; the pattern tells them from others'.
 */
import { randomBytes } from 'node:crypto';
import { readdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * `.1234-0123456789ab.tmp`; without the dot as the ledger of 0.1.0 made them. Not after the file's own, perhaps long,
 * name.
 */
const TEMPORARY = /^\.?\d+-[0-9a-f]{12}\.tmp$/;

/** A new path in the same folder, so that a rename stays on one disk. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
}

/**
 * Removes what killed processes left in a folder. `olderThanMs` must be longer than any write takes, an hour say. Never
 * fails: what cannot be removed is for the next sweep.
 */
export async function sweepTemporaries(folder: string, olderThanMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const paths = names.filter((name) => TEMPORARY.test(name)).map((name) => join(folder, name));
  await Promise.all(paths.map((path) => removeIfOlder(path, Date.now() - olderThanMs).catch(() => undefined)));
}

async function removeIfOlder(path: string, time: number): Promise<void> {
  if ((await stat(path)).mtimeMs <= time) await unlink(path);
}
