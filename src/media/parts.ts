/** Bytes on their way: hidden `.part` files, which hold all of them in the end or are gone. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { GoogleError } from '../google/errors.ts';
import { bodyOf } from '../google/media.ts';
import { isProcessAlive } from '../storage/processes.ts';

const PART = /^\.google-photos-mcp-(\d+)-[0-9a-f]+\.part$/;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface PartOptions {
  signal: AbortSignal;
  /** Of the file; what the system gives others by default. */
  mode?: number;
  /** On the disk, not only in the system's memory, when the promise resolves. */
  durable?: boolean;
  onPiece?: (piece: Buffer) => void;
}

/**
 * Writes an answer's bytes into a new file of that folder, which must be there, and answers its path: all of them. When
 * it rejects no file is left, and none comes later. Throws GoogleError `network` when the connection ends before the
 * bytes do, and the file system's errors.
 */
export async function savePart(response: Response, folder: string, options: PartOptions): Promise<string> {
  const path = join(folder, `.google-photos-mcp-${process.pid}-${randomBytes(6).toString('hex')}.part`);
  const file = await open(path, 'wx', options.mode).catch(async (error: unknown) => {
    await response.body?.cancel();
    throw error;
  });
  try {
    await fill(file, response, options);
  } catch (error) {
    await discard(path);
    throw error;
  }
  return path;
}

async function fill(file: FileHandle, response: Response, options: PartOptions): Promise<void> {
  try {
    for await (const piece of piecesOf(response, options.signal)) {
      options.onPiece?.(piece);
      await file.writeFile(piece);
    }
    if (options.durable) await file.sync();
  } finally {
    await file.close();
  }
}

/** No client can try again for us once a body has begun. */
async function* piecesOf(response: Response, signal: AbortSignal): AsyncGenerator<Buffer> {
  let size = 0;
  try {
    for await (const piece of addAbortSignal(signal, bodyOf(response))) {
      size += piece.length;
      yield piece;
    }
  } catch (error) {
    throw signal.aborted ? error : cutShort();
  }
  if (size !== expectedSize(response, size)) throw cutShort();
}

/** A compressed body's length is not the file's. */
function expectedSize({ headers }: Response, size: number): number {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? size : Number(length);
}

const cutShort = (): GoogleError =>
  new GoogleError({ method: 'media', reason: 'network', message: 'The connection ended before the file did.' });

export const discard = (path: string): Promise<void> => unlink(path).catch(() => undefined);

/** Removes what killed processes left among other files. A running one writes all the time, on whatever machine it runs. */
export const sweepParts = (folder: string, now: number): Promise<void> =>
  sweep(folder, now, (name, age) => {
    const pid = Number(PART.exec(name)?.[1] ?? 0);
    if (pid === 0 || pid === process.pid) return false;
    return age > DAY || (age > MINUTE && !isProcessAlive(pid));
  });

/** The same for a folder in which nothing but parts lies, each for as long as it takes to send it on. */
export const sweepSpool = (folder: string, now: number): Promise<void> => sweep(folder, now, (_name, age) => age > DAY);

/** @param isOver told a file's name, and the milliseconds since it was last written to. */
async function sweep(folder: string, now: number, isOver: (name: string, age: number) => boolean): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const writtenAt = await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => now,
    );
    if (isOver(name, now - writtenAt)) await discard(path);
  }
}
