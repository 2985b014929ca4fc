/** Bytes on their way: into a hidden `.part` file, hashed as they come, all of them or an error. */
import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, readdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bodyOf } from '../../google/media.ts';
import { isProcessAlive } from '../../storage/processes.ts';
import { typeOf } from '../metadata/read.ts';

const PART = /^\.google-photos-mcp-(\d+)-[0-9a-f]+\.part$/;
const HEAD = 4100;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface Part {
  path: string;
  /** SHA-256, hex. */
  hash: string;
  /** Bytes. */
  size: number;
  /** The content's type as `file-type` names it, `jpg`; undefined when unknown. */
  found?: string;
}

/** The connection ended before the last byte. */
export class CutShort extends Error {
  override readonly name = 'CutShort';
}

/** @throws CutShort and the errors of disk and network; the file is then gone again. */
export async function fetchPart(
  response: Response,
  folder: string,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Part> {
  const path = join(folder, `.google-photos-mcp-${process.pid}-${randomBytes(6).toString('hex')}.part`);
  const hash = createHash('sha256');
  let size = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  try {
    // Flushed to the disk, so that a file that gets its name has its bytes even after a power cut.
    await pipeline(bodyOf(response), meter, createWriteStream(path, { flags: 'wx', flush: true }), { signal });
    if (size !== expectedSize(response, size)) throw new CutShort('The connection ended before the file did.');
    return { path, hash: hash.digest('hex'), size, found: await typeAt(path) };
  } catch (error) {
    await discard(path);
    throw error;
  }
}

export const discard = (path: string): Promise<void> => unlink(path).catch(() => undefined);

/** A compressed body's length is not the file's. */
function expectedSize({ headers }: Response, size: number): number {
  const length = headers.get('content-length');
  return length === null || headers.has('content-encoding') ? size : Number(length);
}

async function typeAt(path: string): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    const { bytesRead } = await file.read(head, 0, HEAD, 0);
    return (await typeOf(head.subarray(0, bytesRead)))?.ext;
  } finally {
    await file.close();
  }
}

/** Removes what a killed process left here. A running one writes all the time, wherever it runs. */
export async function sweepParts(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(PART.exec(name)?.[1] ?? 0);
    if (pid === 0 || pid === process.pid) continue;
    const path = join(folder, name);
    const age =
      now -
      (await stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => now,
      ));
    if (age > DAY || (age > MINUTE && !isProcessAlive(pid))) await discard(path);
  }
}
