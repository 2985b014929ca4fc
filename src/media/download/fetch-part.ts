/** The bytes of a photo as a part, hashed as they come, all of them or an error. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { typeOf } from '../metadata/read.ts';
import { discard, savePart } from '../parts.ts';

const HEAD = 4100;

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

/** Throws CutShort and the errors of disk and network; the file is then gone again. */
export async function fetchPart(
  response: Response,
  folder: string,
  signal: AbortSignal,
  onBytes: (count: number) => void,
): Promise<Part> {
  const hash = createHash('sha256');
  let size = 0;
  const onPiece = (piece: Buffer) => {
    hash.update(piece);
    size += piece.length;
    onBytes(piece.length);
  };
  // Flushed to the disk, so that a file that gets its name has its bytes even after a power cut.
  const path = await savePart(response, folder, { signal, durable: true, onPiece });
  try {
    if (size !== expectedSize(response, size)) throw new CutShort('The connection ended before the file did.');
    return { path, hash: hash.digest('hex'), size, found: await typeAt(path) };
  } catch (error) {
    await discard(path);
    throw error;
  }
}

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
