/** The files of a rotating log in their folder, by number. */
import { readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './errors.ts';
import { sizeOf } from './log-reader.ts';

const NAME = /^(\d{6})\.ndjson$/;

export const logPath = (folder: string, number: number): string =>
  join(folder, `${String(number).padStart(6, '0')}.ndjson`);

/** Ascending. */
export async function listLogFiles(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  return names.flatMap((name) => Number(NAME.exec(name)?.[1] ?? 0) || []).sort((a, b) => a - b);
}

export async function bytesOfLogFiles(folder: string): Promise<number> {
  const sizes = await Promise.all((await listLogFiles(folder)).map((number) => sizeOf(logPath(folder, number))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Removes those that say nothing beyond their `end` and were not written to since `time`. What cannot be removed is for the
 * next time.
 */
export async function dropLogFiles(folder: string, ends: ReadonlyMap<number, number>, time: number): Promise<void> {
  const drops = Array.from(ends, async ([number, end]) => {
    const { size, mtimeMs } = await stat(logPath(folder, number));
    if (size <= end && mtimeMs < time) await unlink(logPath(folder, number));
  });
  await Promise.allSettled(drops);
}
