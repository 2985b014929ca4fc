/** One file on its way up, wherever its bytes come from. */
import { mkdir, stat } from 'node:fs/promises';
import type { LocalFileEntry, PickedItemEntry } from '../../results/types.ts';
import { type AllowedFolders, FileRefused } from '../allowed-folders.ts';
import { diskFull, isDiskFull } from '../errors.ts';
import { type FileStamp, hashFile, stampOf } from '../file-hash.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { discard, savePart } from '../parts.ts';
import type { ScannedFile } from '../scan/scan.ts';
import type { UploadDeps } from './request.ts';

/** The bytes of a job as a file that can be read, several times if need be. */
export interface Bytes {
  path: string;
  stamp: FileStamp;
  /** SHA-256, hex. */
  hash: string;
  release(): Promise<void>;
}

export interface Job {
  /** How messages name it. */
  readonly label: string;
  readonly entry: LocalFileEntry | PickedItemEntry;
  /** Bytes; 0 where only the transfer will tell. */
  readonly size: number;
  /** See FoundFile. */
  readonly folders: readonly string[];
  /** The content's hash as far as it is known without reading anything. */
  knownHash(): Promise<string | undefined>;
  /** @throws FileChanged, FileRefused, and the file system's errors. */
  bytes(signal: AbortSignal): Promise<Bytes>;
}

export function fileJob(
  { entry, stamp: scanned, label, folders }: ScannedFile,
  ledger: Ledger,
  allowed: AllowedFolders,
): Job {
  const { path, size } = entry;
  return {
    label,
    entry,
    size,
    folders,
    knownHash: () => ledger.hashOf(path, scanned),
    async bytes(signal) {
      // Through the gate again: what lies under this name may have been exchanged since the scan.
      const { real, stats } = await allowed.resolve(path);
      if (!stats.isFile() || stats.size === 0) throw new FileRefused(label, 'has become empty or is no longer a file');
      const stamp = stampOf(stats);
      const known = await ledger.hashOf(real, stamp);
      const hash = known ?? (await hashFile(real, stamp, signal));
      if (known === undefined) await ledger.rememberHash(real, stamp, hash);
      return { path: real, stamp, hash, release: async () => undefined };
    },
  };
}

/** Nothing on disk stands for a picked item, so its id does, in the ledger's book of hashes. */
const NO_STAMP: FileStamp = { size: 0, mtimeMs: 0, ctimeMs: 0, ino: 0 };

export function pickedJob(entry: PickedItemEntry, ledger: Ledger, picked: NonNullable<UploadDeps['picked']>): Job {
  const key = `picked:${entry.id}`;
  return {
    label: entry.filename,
    entry,
    size: 0,
    folders: [],
    knownHash: () => ledger.hashOf(key, NO_STAMP),
    async bytes(signal) {
      const path = await spool(await picked.fetch(entry, signal), picked.spoolDir, signal);
      try {
        const stamp = stampOf(await stat(path));
        if (stamp.size === 0) throw new FileRefused(entry.filename, 'came without any bytes from Google');
        const hash = await hashFile(path, stamp, signal);
        await ledger.rememberHash(key, NO_STAMP, hash);
        return { path, stamp, hash, release: () => discard(path) };
      } catch (error) {
        await discard(path);
        throw error;
      }
    },
  };
}

/** Throws AppError `diskFull`, and the other errors of disk and network. */
async function spool(response: Response, folder: string, signal: AbortSignal): Promise<string> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return await savePart(response, folder, { signal, mode: 0o600 });
  } catch (error) {
    throw isDiskFull(error) ? diskFull(folder, error, 'what is uploaded is not sent again') : error;
  }
}
