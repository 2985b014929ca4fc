/** Files that only their owner can read, replaced in one step: a reader sees the old one or the new one, never half. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Undefined when there is none. A file that others could read is closed to them first. */
export async function readPrivate(path: string): Promise<string | undefined> {
  try {
    const { mode } = await stat(path);
    // On a disk that is read-only, or in a file of somebody else, there is nothing to close; reading still serves.
    if (mode & 0o077) await chmod(path, 0o600).catch(() => undefined);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** Makes the folder (0700) and writes the file (0600). */
export async function writePrivate(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await chmod(dirname(path), 0o700);
  const temporary = `${path}.${process.pid}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await renameOver(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Windows refuses to replace a file while somebody has it open. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to);
    } catch (error) {
      if (attempt === 5 || !['EPERM', 'EACCES', 'EBUSY'].some((code) => isCode(error, code))) throw error;
      await sleep(20 * attempt);
    }
  }
}

/** A file name for any account name, reversible and without separators, also on Windows. */
export function fileNameOf(key: string): string {
  return `${encodeURIComponent(key).replaceAll('*', '%2A').replace(/^\./, '%2E')}.json`;
}

/** What the operating system, and not a bug, threw. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
