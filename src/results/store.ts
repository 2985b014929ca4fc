/**
 * Results on disk, shared by processes without locks. One folder a result: `meta.json` (written once), then numbered
 * chunks, each written to a temporary file and linked into place, so that a reader sees a whole chunk or none and of two
 * writers the first wins. Nothing that was shown ever changes; a process killed at any instant leaves every result readable.
 */
import { randomUUID } from 'node:crypto';
import {
  access,
  constants,
  link,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../app-error.ts';
import { newResultId } from './ids.ts';
import type { ResultItem } from './types.ts';

/** How a result gets more items: a request to repeat with Google's page token, or nothing when it was whole at birth. */
export interface Origin {
  /** The tool that made it, for "how to get it again". */
  tool: string;
  /** The tool's own input, page parameters left out. */
  input: Record<string, unknown>;
}

export interface ResultMeta {
  id: string;
  /** In words: "July 2024, photos". */
  title: string;
  /** What its items are called: "media items", "albums", "files". */
  noun: string;
  origin: Origin;
  pageSize: number;
  /** RFC 3339. */
  createdAt: string;
}

/** A run of items as one request brought them. `next` continues; absent when there is no more. */
export interface Chunk {
  items: ResultItem[];
  next?: string;
}

export interface StoredResult {
  meta: ResultMeta;
  chunks: Chunk[];
}

/** Where results live. The file system here; a shared database for a hosted server would implement the same. */
export interface ResultStore {
  /** Makes sure that results can be kept, before anything is sent whose outcome would be lost. Throws AppError `stateFolder`. */
  prepare(): Promise<void>;
  create(meta: Omit<ResultMeta, 'id' | 'createdAt'>, first: Chunk): Promise<StoredResult>;
  /** Throws AppError `unknownResult`, `expiredResult`, `corruptResult`, `stateFolder`. */
  read(id: string): Promise<StoredResult>;
  /** Adds chunk number `index` (0-based); answers the one that stands, which another process may have written. */
  append(id: string, index: number, chunk: Chunk): Promise<Chunk>;
}

const DAY = 24 * 3600 * 1000;
/** A result lives so long after its last use. */
const LIFETIME_DAYS = 30;
/** So long its `meta.json` stays after that, to say what it was and how to get it again. */
const TOMBSTONE_DAYS = 180;
const CACHED_RESULTS = 32;

export interface FileStoreOptions {
  now?: () => number;
  newId?: (attempt: number) => string;
}

/** A store in `folder`, which is made when first needed. */
export function createFileStore(folder: string, options: FileStoreOptions = {}): ResultStore {
  const now = options.now ?? Date.now;
  const newId = options.newId ?? newResultId;
  // Chunks never change, so what was read once stays true; other processes can only add.
  const cache = new Map<string, StoredResult>();
  let swept = false;

  const remember = (stored: StoredResult): StoredResult => {
    cache.delete(stored.meta.id);
    cache.set(stored.meta.id, stored);
    const oldest = cache.keys().next().value;
    if (cache.size > CACHED_RESULTS && oldest !== undefined) cache.delete(oldest);
    return stored;
  };

  const touch = async (id: string): Promise<void> => {
    const seconds = now() / 1000;
    // A read-only folder still serves its results; only their life is not prolonged.
    await utimes(join(folder, id), seconds, seconds).catch(() => {});
  };

  return {
    prepare: () =>
      writable(folder, async () => {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await access(folder, constants.W_OK);
      }),

    async create(meta, first) {
      if (!swept) {
        swept = true;
        await sweep(folder, now());
      }
      const id = await writable(folder, () => claimFolder(folder, newId));
      const whole: ResultMeta = { id, ...meta, createdAt: new Date(now()).toISOString() };
      await writable(folder, async () => {
        await writeOnce(join(folder, id), chunkName(0), first);
        await writeOnce(join(folder, id), 'meta.json', whole);
      });
      await touch(id);
      return remember({ meta: whole, chunks: [first] });
    },

    async read(id) {
      const cached = cache.get(id);
      const meta = cached?.meta ?? (await readMeta(folder, id));
      if (now() - (await lastUse(folder, id)) > LIFETIME_DAYS * DAY) throw expired(meta);
      const chunks = [...(cached?.chunks ?? [])];
      for (;;) {
        const chunk = await readChunk(folder, id, chunks.length);
        if (!chunk) break;
        chunks.push(chunk);
      }
      if (chunks.length === 0) throw corrupt(id);
      await touch(id);
      return remember({ meta, chunks });
    },

    async append(id, index, chunk) {
      const won = await writable(folder, () => writeOnce(join(folder, id), chunkName(index), chunk));
      return won ? chunk : ((await readChunk(folder, id, index)) ?? chunk);
    },
  };
}

const chunkName = (index: number): string => `${String(index + 1).padStart(6, '0')}.json`;

/** `mkdir` is the claim: of two processes that draw the same id, one gets EEXIST and draws again. */
async function claimFolder(folder: string, newId: (attempt: number) => string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (let attempt = 0; ; attempt++) {
    const id = newId(attempt);
    try {
      await mkdir(join(folder, id), { mode: 0o700 });
      return id;
    } catch (error) {
      if (!hasCode(error, 'EEXIST') || attempt > 100) throw error;
    }
  }
}

/** Writes a file that must not exist yet, whole or not at all. False when another process was first. */
async function writeOnce(folder: string, name: string, content: unknown): Promise<boolean> {
  const temporary = join(folder, `.${name}.${process.pid}.${randomUUID()}.tmp`);
  await writeFile(temporary, JSON.stringify(content), { mode: 0o600 });
  try {
    await link(temporary, join(folder, name));
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS')) throw error;
    // File systems without hard links: the last writer wins, with the same content but for a race.
    await rename(temporary, join(folder, name));
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readMeta(folder: string, id: string): Promise<ResultMeta> {
  const text = await readFile(join(folder, id, 'meta.json'), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) throw unknown(id);
    throw unreadable(folder, error);
  });
  const meta = parseJson(text);
  if (!isMeta(meta)) throw corrupt(id);
  return meta;
}

async function readChunk(folder: string, id: string, index: number): Promise<Chunk | undefined> {
  const text = await readFile(join(folder, id, chunkName(index)), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw unreadable(folder, error);
  });
  if (text === undefined) return undefined;
  const chunk = parseJson(text);
  if (!isChunk(chunk)) throw corrupt(id);
  return chunk;
}

async function lastUse(folder: string, id: string): Promise<number> {
  return (await stat(join(folder, id)).catch(() => undefined))?.mtimeMs ?? 0;
}

/** Removes the chunks of results that nobody used for a month, and after half a year their memory too. */
async function sweep(folder: string, now: number): Promise<void> {
  const ids = await readdir(folder).catch(() => []);
  for (const id of ids) {
    const age = now - (await lastUse(folder, id));
    if (age > TOMBSTONE_DAYS * DAY) await rm(join(folder, id), { recursive: true, force: true }).catch(() => {});
    else if (age > LIFETIME_DAYS * DAY) await removeChunks(join(folder, id), now - age);
  }
}

async function removeChunks(path: string, mtime: number): Promise<void> {
  const names = await readdir(path).catch(() => []);
  const chunks = names.filter((name) => name !== 'meta.json');
  await Promise.all(chunks.map((name) => unlink(join(path, name)).catch(() => {})));
  // Unlinking is a use in the eyes of the folder's clock; the tombstone must keep its age.
  if (chunks.length > 0) await utimes(path, mtime / 1000, mtime / 1000).catch(() => {});
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isMeta = (value: unknown): value is ResultMeta =>
  isRecord(value) &&
  typeof value.id === 'string' &&
  typeof value.title === 'string' &&
  typeof value.pageSize === 'number' &&
  isRecord(value.origin);

const isChunk = (value: unknown): value is Chunk =>
  isRecord(value) && Array.isArray(value.items) && value.items.every((item) => isRecord(item) && 'kind' in item);

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

async function writable<T>(folder: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new AppError(
      'stateFolder',
      `The state folder cannot be written: ${reasonOf(error)}.`,
      `Make ${folder} writable, or start the server with --state-dir and a folder that is.`,
      { cause: error },
    );
  }
}

const unreadable = (folder: string, error: unknown) =>
  new AppError('stateFolder', `The state folder cannot be read: ${reasonOf(error)}.`, `Make ${folder} readable.`, {
    cause: error,
  });

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

const unknown = (id: string) =>
  new AppError(
    'unknownResult',
    `There is no result ${id}.`,
    'List or search again and use the result id of that reply.',
  );

const expired = (meta: ResultMeta) =>
  new AppError(
    'expiredResult',
    `Result ${meta.id} (${meta.title}) expired: nobody used it for ${LIFETIME_DAYS} days.`,
    `Get it again: ${meta.origin.tool} ${JSON.stringify(meta.origin.input)}.`,
  );

const corrupt = (id: string) =>
  new AppError(
    'corruptResult',
    `Result ${id} is damaged on disk.`,
    'List or search again; nothing in Google Photos is affected.',
  );
