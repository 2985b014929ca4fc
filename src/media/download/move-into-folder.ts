/** Final names: never overwriting, the same content never twice, and no name before its bytes are whole. */
import { link, lstat, open, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { renameOver } from '../../storage/atomic-file.ts';
import { hasCode } from '../../storage/errors.ts';
import { type FileStamp, hashFile, stampOf } from '../file-hash.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { discard } from '../parts.ts';
import type { Part } from './fetch-part.ts';
import { candidate, type SafeName } from './names.ts';

export interface Placed {
  path: string;
  size: number;
  outcome: 'downloaded' | 'already there';
}

const MAX_CANDIDATES = 10_000;
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
      const hash = await ledger.hashOf(path, stamp);
      if (hash !== undefined && (await ledger.mediaItemOf(hash)) === mediaItemId) {
        return { path, size: stamp.size, outcome: 'already there' };
      }
    }
  }
  return undefined;
}

/** Gives a finished part its name and time. The part is gone afterwards, whatever happens. */
export async function moveIntoFolder(
  part: Part,
  folder: string,
  name: SafeName,
  time: Date | undefined,
  ledger: Ledger,
): Promise<Placed> {
  try {
    // A disk that keeps no times costs no download.
    if (time) await utimes(part.path, time, time).catch(() => undefined);
    for (let n = 1; n < MAX_CANDIDATES; n++) {
      const path = join(folder, candidate(name, n));
      if (await linkExclusive(part.path, path)) {
        await discard(part.path);
        const stamp = stampOf(await lstat(path));
        await ledger.rememberHash(path, stamp, part.hash);
        return { path, size: part.size, outcome: 'downloaded' };
      }
      if (await isSame(path, part, ledger)) return { path, size: part.size, outcome: 'already there' };
    }
    throw new Error('there are too many files of that name');
  } finally {
    await discard(part.path);
  }
}

/** Gives the part this name as well, unless a file has it. @returns false when one does. */
async function linkExclusive(part: string, path: string): Promise<boolean> {
  try {
    await link(part, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    // Disks without hard links (FAT, exFAT, network shares) refuse with many codes; these mean what they say everywhere.
    if (hasCode(error, 'ENOENT', 'ENOSPC', 'EDQUOT', 'EROFS')) throw error;
  }
  return takeName(part, path);
}

/** Without links: an empty file takes the name, then the whole one takes its place. */
async function takeName(part: string, path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
  try {
    await renameOver(part, path);
  } catch (error) {
    await discard(path);
    throw error;
  }
  return true;
}

async function isSame(path: string, part: Part, ledger: Ledger): Promise<boolean> {
  const stamp = await stampAt(path);
  if (stamp?.size !== part.size) return false;
  const hash = (await ledger.hashOf(path, stamp)) ?? (await hashFile(path, stamp).catch(() => ''));
  if (hash === part.hash) await ledger.rememberHash(path, stamp, hash);
  return hash === part.hash;
}

/** Undefined for what is not there, or is no file. */
async function stampAt(path: string): Promise<FileStamp | undefined> {
  const stats = await lstat(path).catch(() => undefined);
  return stats?.isFile() ? stampOf(stats) : undefined;
}
