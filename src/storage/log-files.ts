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

/** Bytes of each. */
export async function sizesOfLogFiles(folder: string): Promise<Map<number, number>> {
  const numbers = await listLogFiles(folder);
  const sizes = numbers.map(async (number) => [number, await sizeOf(logPath(folder, number))] as const);
  return new Map(await Promise.all(sizes));
}

/**
 * Removes those that still have these sizes and were last written before `time`. What cannot go stays for the next
 * time.
 */
export async function dropLogFiles(folder: string, sizes: ReadonlyMap<number, number>, time: number): Promise<void> {
  const drops = Array.from(sizes, async ([number, size]) => {
    const found = await stat(logPath(folder, number));
    if (found.size === size && found.mtimeMs < time) await unlink(logPath(folder, number));
  });
  await Promise.allSettled(drops);
}
