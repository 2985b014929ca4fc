/** Final names: never overwriting, the same content never twice, and no name before its bytes are whole. */
import { link, lstat, open, rename, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from '../hash.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type FileStamp, stampOf } from '../stamp.ts';
import { discard, type Part } from './fetch-part.ts';
import { candidate, type SafeName } from './names.ts';

export interface Placed {
  path: string;
  size: number;
  outcome: 'downloaded' | 'already there';
}

const MAX_CANDIDATES = 10_000;
/** File systems without hard links: FAT, some network shares. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'UNKNOWN']);

/** The file under one of an item's names that the ledger knows to be that item, unchanged: nothing needs fetching. */
export async function findKnown(
  folder: string,
  names: readonly SafeName[],
  mediaItemId: string,
  ledger: Ledger,
): Promise<Placed | undefined> {
  for (const name of names) {
    for (let n = 1; n < MAX_CANDIDATES; n++) {
      const path = join(folder, candidate(name, n));
      const stamp = await stampAt(path);
      if (!stamp) break;
      const hash = ledger.hashOf(path, stamp);
      if (hash !== undefined && ledger.mediaItemOf(hash) === mediaItemId) {
        return { path, size: stamp.size, outcome: 'already there' };
      }
    }
  }
  return undefined;
}

/** Gives a finished part its name and time. The part is gone afterwards, whatever happens. */
export async function place(
  part: Part,
  folder: string,
  name: SafeName,
  time: Date | undefined,
  ledger: Ledger,
): Promise<Placed> {
  try {
    if (time) await utimes(part.path, time, time);
    for (let n = 1; n < MAX_CANDIDATES; n++) {
      const path = join(folder, candidate(name, n));
      if (await claim(part.path, path)) {
        await discard(part.path);
        const stamp = stampOf(await lstat(path));
        ledger.rememberHash(path, stamp, part.hash);
        return { path, size: part.size, outcome: 'downloaded' };
      }
      if (await isSame(path, part, ledger)) return { path, size: part.size, outcome: 'already there' };
    }
    throw new Error('there are too many files of that name');
  } finally {
    await discard(part.path);
  }
}

/** @returns false when something is there already. */
async function claim(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code)) throw error;
  }
  return reserve(part, path);
}

/** Without links: an empty file takes the name, then the whole one takes its place. */
async function reserve(part: string, path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  await rename(part, path);
  return true;
}

async function isSame(path: string, part: Part, ledger: Ledger): Promise<boolean> {
  const stamp = await stampAt(path);
  if (stamp?.size !== part.size) return false;
  const hash = ledger.hashOf(path, stamp) ?? (await hashFile(path, stamp).catch(() => ''));
  if (hash === part.hash) ledger.rememberHash(path, stamp, hash);
  return hash === part.hash;
}

/** Undefined for what is not there, or is no file. */
async function stampAt(path: string): Promise<FileStamp | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isFile() ? stampOf(stats) : undefined;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
