/**
 * The files of one result: `meta.json`, written last when it is made, and numbered chunks, each written once and whole, so
 * that a process killed at any instant leaves every result readable, and a writer that comes second does no harm.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileOnce } from '../storage/atomic-file.ts';
import { hasCode } from '../storage/errors.ts';
import { type Chunk, corruptResult, type ResultMeta } from './store.ts';

/** A chunk with its place. */
export interface PlacedChunk extends Chunk {
  /** Number of items in front of it; absent in files of version 0.1.0. */
  start?: number;
}

/** A result that is whole at birth is cut into chunks of so many items: to read a page of it must not take all of it. */
const CHUNK_ITEMS = 500;
const META = 'meta.json';
const CHUNK = /^(\d{6})\.json$/;

const chunkName = (index: number): string => `${String(index + 1).padStart(6, '0')}.json`;

/** False when another writer was first. */
export const writeChunk = (folder: string, index: number, chunk: PlacedChunk): Promise<boolean> =>
  createFileOnce(join(folder, chunkName(index)), JSON.stringify(chunk));

export const writeMeta = (folder: string, meta: ResultMeta): Promise<boolean> =>
  createFileOnce(join(folder, META), JSON.stringify(meta));

/** Undefined when there is none. Throws AppError `corruptResult`, and system errors. */
export async function readChunk(folder: string, id: string, index: number): Promise<PlacedChunk | undefined> {
  const chunk = await readJson(join(folder, chunkName(index)));
  if (chunk === undefined) return undefined;
  if (!isChunk(chunk)) throw corruptResult(id);
  return chunk;
}

/** Undefined when there is no such result. Throws AppError `corruptResult`, and system errors. */
export async function readMeta(folder: string, id: string): Promise<ResultMeta | undefined> {
  const meta = await readJson(join(folder, META));
  if (meta === undefined) return undefined;
  if (!isMeta(meta) || meta.id !== id) throw corruptResult(id);
  return meta;
}

/** How many chunks there are: they are numbered without gaps. */
export async function countChunks(folder: string): Promise<number> {
  const numbers = (await readdir(folder)).map((name) => Number(CHUNK.exec(name)?.[1] ?? 0));
  return Math.max(0, ...numbers);
}

/** What is written of a new result. The last one has the token. An empty result is one chunk all the same. */
export function cut({ items, next }: Chunk): PlacedChunk[] {
  const count = Math.max(1, Math.ceil(items.length / CHUNK_ITEMS));
  return Array.from({ length: count }, (_, index) => ({
    start: index * CHUNK_ITEMS,
    items: items.slice(index * CHUNK_ITEMS, (index + 1) * CHUNK_ITEMS),
    ...(index === count - 1 && next !== undefined && { next }),
  }));
}

/** How many items stand in front of each chunk, from the chunks themselves. Throws as `readChunk`. */
export async function startsOf(path: string, id: string, chunks: number): Promise<number[]> {
  const starts: number[] = [];
  for (let [index, start] = [0, 0]; index < chunks; index++) {
    starts.push(start);
    start += (await readChunk(path, id, index))?.items.length ?? 0;
  }
  return starts;
}

export const isMetaFile = (name: string): boolean => name === META;

/** Undefined when there is no file; null for what is no JSON. */
async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isMeta = (value: unknown): value is ResultMeta =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  typeof value.title === 'string' &&
  typeof value.pageSize === 'number' &&
  isRecord(value.origin);

const isChunk = (value: unknown): value is PlacedChunk =>
  isRecord(value) &&
  Array.isArray(value.items) &&
  value.items.every((item) => isRecord(item) && 'kind' in item) &&
  (value.start === undefined || typeof value.start === 'number');
