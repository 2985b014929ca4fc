/** A file by its content, and whether it is still the one that was looked at. */
import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from '../storage/errors.ts';

/** What tells cheaply that a file is still the one that was looked at. */
export interface FileStamp {
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970, with fractions. */
  mtimeMs: number;
  /** Also moves when a program writes and then sets the modification time back. */
  ctimeMs: number;
  /** Another file under the same name has another one. */
  ino: number;
}

export const stampOf = ({ size, mtimeMs, ctimeMs, ino }: Stats): FileStamp => ({ size, mtimeMs, ctimeMs, ino });

export const isSameStamp = (a: FileStamp, b: FileStamp): boolean =>
  a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.ino === b.ino;

const PIECE = 1024 * 1024;

/** A file is no longer the one that was looked at. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
  constructor() {
    super('The file changed while it was being read.');
  }
}

/** Opens a file that must still be the one with that stamp; a link put in its place is not followed. @throws {FileChanged} */
export async function openUnchanged(path: string, stamp: FileStamp): Promise<FileHandle> {
  // Windows has no such flag, and no way to swap an open file either.
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: unknown) => {
    throw hasCode(error, 'ELOOP') ? new FileChanged() : error;
  });
  if (isSameStamp(stamp, stampOf(await file.stat()))) return file;
  await file.close();
  throw new FileChanged();
}

/** SHA-256 in hex of a file that has this stamp before and after. @throws {FileChanged} and the file system's errors. */
export async function hashFile(path: string, stamp: FileStamp, signal?: AbortSignal): Promise<string> {
  const file = await openUnchanged(path, stamp);
  try {
    const hash = createHash('sha256');
    const piece = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE, stamp.size)));
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(piece, 0, piece.length);
      if (bytesRead === 0) break;
      hash.update(piece.subarray(0, bytesRead));
    }
    if (!isSameStamp(stamp, stampOf(await file.stat()))) throw new FileChanged();
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
