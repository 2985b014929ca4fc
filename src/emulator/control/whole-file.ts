/**
 * Files that are there whole or not at all, whenever their writer is killed: written beside their place, then renamed. Not
 * forced to the disk: what an emulator remembers need not survive a power cut.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Replaces a file; makes its folder. @param write fills the file of that name. System errors come through. */
export async function replaceFile(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}-${randomUUID()}.tmp`;
  try {
    await write(temporary);
    await patiently(() => rename(temporary, path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** In all a second: how long a virus scanner, or a reader, keeps a file open as a rule. */
const WAITS_MS = [10, 20, 40, 80, 150, 300, 400];

/** Windows refuses to replace a file that another program has open: it is tried again for about a second. */
export async function patiently(action: () => Promise<void>): Promise<void> {
  for (const ms of WAITS_MS) {
    try {
      return await action();
    } catch (error) {
      if (!isBusy(error)) throw error;
      await sleep(ms);
    }
  }
  return action();
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && ['EPERM', 'EACCES', 'EBUSY'].includes(String(error.code));

const TEMPORARY = /\.(\d+)-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/;

/**
 * Removes what killed processes left beside a file, and in a folder of files written like this. What cannot be removed
 * stays.
 */
export async function sweepTemporaries(file: string, folder: string): Promise<void> {
  const beside = (await namesIn(dirname(file))).filter((name) => name.startsWith(`${basename(file)}.`));
  const paths = [
    ...beside.map((name) => join(dirname(file), name)),
    ...(await namesIn(folder)).map((name) => join(folder, name)),
  ];
  const left = paths.filter((path) => {
    const pid = TEMPORARY.exec(path)?.[1];
    return pid !== undefined && !isRunning(Number(pid));
  });
  await Promise.all(left.map((path) => rm(path, { force: true }).catch(() => undefined)));
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
