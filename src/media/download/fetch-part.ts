/** The bytes of a photo as a part, hashed as they come, fetched again where the connection breaks. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Clock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import { type DelayOf, isTransient, withRetry } from '../../google/retry.ts';
import { delayForMore } from '../errors.ts';
import { typeOf } from '../metadata/read.ts';
import { savePart } from '../parts.ts';
import type { Source } from './sources.ts';

export interface Part {
  path: string;
  /** SHA-256, hex. */
  hash: string;
  /** Bytes. */
  size: number;
  /** The content's type as `file-type` names it, `jpg`; undefined when unknown. */
  found?: string;
}

export interface FetchOptions {
  clock: Clock;
  signal: AbortSignal;
  /** Bytes that came, and below 0 those that go again because their attempt failed. */
  onBytes(count: number): void;
}

const HEAD = 4100;
const MAX_TRIES = 4;
/** The client has waited its minutes already; then it is the day's media quota (contract 4.8), for all files alike. */
const MAX_TRIES_WHEN_BUSY = 2;
const FIRST_WAIT_MS = 1000;

/** Throws GoogleError and the errors of the disk; no file is left then. */
export async function fetchPart(source: Source, folder: string, options: FetchOptions): Promise<Part> {
  const { clock, signal } = options;
  const policy = { method: 'media', delayOf: delayOfFetch, attempts: MAX_TRIES, signal };
  return withRetry(policy, clock, () => fetchOnce(source, folder, options));
}

export const isBusy = (error: unknown): boolean => error instanceof GoogleError && error.httpStatus === 429;

const delayOfFetch: DelayOf = (error, failures, random) => {
  if (!isTransient(error) || (isBusy(error) && failures >= MAX_TRIES_WHEN_BUSY)) return undefined;
  return error.reason === 'network' ? FIRST_WAIT_MS * 2 ** (failures - 1) : delayForMore(error, failures, random);
};

async function fetchOnce(source: Source, folder: string, { signal, onBytes }: FetchOptions): Promise<Part> {
  const hash = createHash('sha256');
  let size = 0;
  const onPiece = (piece: Buffer) => {
    hash.update(piece);
    size += piece.length;
    onBytes(piece.length);
  };
  try {
    // Flushed to the disk, so that a file that gets its name has its bytes even after a power cut.
    const path = await savePart(await source.fetch(signal), folder, { signal, durable: true, onPiece });
    return { path, hash: hash.digest('hex'), size, found: await typeAt(path).catch(() => undefined) };
  } catch (error) {
    onBytes(-size);
    throw error;
  }
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
