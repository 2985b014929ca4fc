/**
 * Results on disk, one folder each, shared by processes without locks (`result-folder.ts`). What a page costs does not
 * depend on how much is loaded: chunks know how many items stand in front of them, so the one that is wanted is found
 * without reading the others.
 */
import { access, constants, mkdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../storage/errors.ts';
import { createChunkCache } from './chunk-cache.ts';
import { isResultId, newResultId } from './ids.ts';
import {
  countChunks,
  cut,
  type PlacedChunk,
  readChunk,
  readMeta,
  startsOf,
  writeChunk,
  writeMeta,
} from './result-folder.ts';
import { reading, writing } from './state-folder.ts';
import {
  type Chunk,
  corruptResult,
  type Extent,
  expiredResult,
  LIFETIME_DAYS,
  type NewMeta,
  type ResultMeta,
  type ResultStore,
  unknownResult,
} from './store.ts';
import { sweepResults } from './sweep.ts';
import type { ResultItem } from './types.ts';

export interface FileStoreOptions {
  now?: () => number;
  newId?: (attempt: number) => string;
}

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** The life of a result goes by days, so a use is written down no more often than this. */
const TOUCH_EVERY = HOUR;
const KNOWN_RESULTS = 1_000;

/** What this process knows of a result. Chunks never change, so what was true stays true; others can only add. */
interface Known {
  extent: Extent;
  /** When its use was last seen on disk, or written there. */
  usedAt: number;
  /** How many items stand in front of each chunk, as far as that was seen: a number a chunk, so that none is read to search. */
  readonly starts: (number | undefined)[];
}

/** A store in `folder`, which is made when first needed. */
export function createFileStore(folder: string, options: FileStoreOptions = {}): ResultStore {
  return new FileStore(folder, options);
}

class FileStore implements ResultStore {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #newId: (attempt: number) => string;
  readonly #known = new Map<string, Known>();
  readonly #cache = createChunkCache();
  #isSwept = false;

  constructor(folder: string, { now = Date.now, newId = newResultId }: FileStoreOptions) {
    this.#folder = folder;
    this.#now = now;
    this.#newId = newId;
  }

  prepare(): Promise<void> {
    return writing(this.#folder, async () => {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await access(this.#folder, constants.W_OK);
    });
  }

  async create(meta: NewMeta, first: Chunk): Promise<Extent> {
    if (!this.#isSwept) {
      this.#isSwept = true;
      await sweepResults(this.#folder, this.#now());
    }
    const id = await writing(this.#folder, () => this.#reserveId());
    const whole: ResultMeta = { id, ...meta, createdAt: new Date(this.#now()).toISOString() };
    const chunks = cut(first);
    await writing(this.#folder, async () => {
      for (const [index, chunk] of chunks.entries()) await writeChunk(this.#pathOf(id), index, chunk);
      await writeMeta(this.#pathOf(id), whole);
    });
    await this.#touch(id);
    const extent = extentOf(whole, chunks.length, chunks.at(-1) ?? { start: 0, items: [] });
    this.#remember({ extent, usedAt: this.#now(), starts: chunks.map(({ start }) => start) });
    this.#cache.put(id, chunks.length - 1, chunks.at(-1) ?? { items: [] });
    return extent;
  }

  async extent(id: string): Promise<Extent> {
    const known = await this.#find(id);
    await this.#use(known);
    return (await this.#catchUp(known)).extent;
  }

  async read(id: string, from: number, to: number): Promise<ResultItem[]> {
    const known = await this.#find(id);
    const items: ResultItem[] = [];
    const end = Math.min(to, known.extent.items);
    for (let index = from < end ? await this.#chunkWith(known, from) : 0; from + items.length < end; index++) {
      const { start = 0, items: held } = await this.#chunk(known, index);
      for (const item of held.slice(from + items.length - start, end - start)) items.push(item);
    }
    return items;
  }

  async append(id: string, index: number, chunk: Chunk): Promise<Extent> {
    const found = await this.#find(id);
    const known = index === found.extent.chunks ? found : await this.#catchUp(found);
    const { meta, chunks, items: start } = known.extent;
    if (index < chunks) return known.extent;
    if (index > chunks) throw new RangeError(`chunk ${index} of ${id} would leave a gap behind ${chunks}`);
    const mine: PlacedChunk = { start, ...chunk };
    const isFirst = await writing(this.#folder, () => writeChunk(this.#pathOf(id), index, mine));
    return isFirst ? this.#add(known, index, mine, meta) : (await this.#catchUp(known)).extent;
  }

  #pathOf(id: string): string {
    if (!isResultId(id)) throw unknownResult(id);
    return join(this.#folder, id);
  }

  async #find(id: string): Promise<Known> {
    const known = this.#known.get(id);
    return known ?? this.#remember(await reading(this.#folder, () => this.#open(id)));
  }

  /** What a process that never saw it learns: what it is, how many chunks there are, and from the last one how many items. */
  async #open(id: string): Promise<Known> {
    const path = this.#pathOf(id);
    const meta = await readMeta(path, id);
    if (!meta) throw unknownResult(id);
    const usedAt = await this.#lastUse(id);
    if (this.#isOver(usedAt)) throw expiredResult(meta);
    const chunks = await countChunks(path);
    const last = chunks > 0 ? await readChunk(path, id, chunks - 1) : undefined;
    if (!last) throw corruptResult(id);
    const starts = last.start === undefined ? await startsOf(path, id, chunks) : [];
    return { extent: extentOf(meta, chunks, { ...last, start: last.start ?? starts.at(-1) }), usedAt, starts };
  }

  /** What other processes have loaded meanwhile. A whole result does not grow. */
  async #catchUp(known: Known): Promise<Known> {
    for (let at = known; ; ) {
      const { meta, chunks, items, next } = at.extent;
      const chunk =
        next === undefined
          ? undefined
          : await reading(this.#folder, () => readChunk(this.#pathOf(meta.id), meta.id, chunks));
      if (!chunk) return at;
      this.#add(at, chunks, { ...chunk, start: chunk.start ?? items }, meta);
      at = this.#known.get(meta.id) ?? at;
    }
  }

  #add(known: Known, index: number, chunk: PlacedChunk, meta: ResultMeta): Extent {
    this.#cache.put(meta.id, index, chunk);
    known.starts[index] = chunk.start;
    return this.#remember({ ...known, extent: extentOf(meta, index + 1, chunk) }).extent;
  }

  /** The number of the chunk in which a position lies. Chunks are mostly of one size, so the first guess is mostly right. */
  async #chunkWith(known: Known, position: number): Promise<number> {
    const { meta, chunks, items } = known.extent;
    let [low, high] = [0, chunks - 1];
    let guess = Math.floor((position * chunks) / Math.max(items, 1));
    while (low <= high) {
      const at = Math.min(Math.max(guess, low), high);
      const [start, end] = await this.#span(known, at);
      if (position < start) high = at - 1;
      else if (position >= end) low = at + 1;
      else return at;
      guess = Math.floor((low + high) / 2);
    }
    throw corruptResult(meta.id);
  }

  /** How many items stand in front of a chunk, and in front of the next one. */
  async #span(known: Known, index: number): Promise<[start: number, end: number]> {
    const { chunks, items } = known.extent;
    const start = known.starts[index];
    const end = index === chunks - 1 ? items : known.starts[index + 1];
    if (start !== undefined && end !== undefined) return [start, end];
    const chunk = await this.#chunk(known, index);
    return [chunk.start ?? 0, (chunk.start ?? 0) + chunk.items.length];
  }

  async #chunk(known: Known, index: number): Promise<PlacedChunk> {
    const { id } = known.extent.meta;
    const cached = this.#cache.get(id, index);
    if (cached) return cached;
    const chunk = await reading(this.#folder, () => readChunk(this.#pathOf(id), id, index));
    if (!chunk) throw corruptResult(id);
    const start = chunk.start ?? (await this.#countUpTo(known, index));
    known.starts[index] = start;
    known.starts[index + 1] = start + chunk.items.length;
    this.#cache.put(id, index, { ...chunk, start });
    return { ...chunk, start };
  }

  /** For files of version 0.1.0, which do not say where they stand: counted once, for all. */
  async #countUpTo({ extent: { meta, chunks }, starts }: Known, index: number): Promise<number> {
    if (starts[index] === undefined) {
      const counted = await reading(this.#folder, () => startsOf(this.#pathOf(meta.id), meta.id, chunks));
      for (const [at, start] of counted.entries()) starts[at] = start;
    }
    return starts[index] ?? 0;
  }

  #remember(known: Known): Known {
    const { id } = known.extent.meta;
    this.#known.delete(id);
    this.#known.set(id, known);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > KNOWN_RESULTS && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  /** Another process may have used it since this one did. */
  async #use(known: Known): Promise<void> {
    const { meta } = known.extent;
    const age = this.#now() - known.usedAt;
    if (age < TOUCH_EVERY) return;
    if (this.#isOver(known.usedAt) && this.#isOver(await this.#lastUse(meta.id))) throw expiredResult(meta);
    await this.#touch(meta.id);
    known.usedAt = this.#now();
  }

  #isOver(usedAt: number): boolean {
    return this.#now() - usedAt > LIFETIME_DAYS * DAY;
  }

  async #lastUse(id: string): Promise<number> {
    return (await stat(this.#pathOf(id)).catch(() => undefined))?.mtimeMs ?? 0;
  }

  async #touch(id: string): Promise<void> {
    const seconds = this.#now() / 1000;
    // A read-only folder still serves its results; only their life is not prolonged.
    await utimes(this.#pathOf(id), seconds, seconds).catch(() => undefined);
  }

  /** `mkdir` reserves it: of two processes that draw the same id, one gets EEXIST and draws again. */
  async #reserveId(): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (let attempt = 0; ; attempt++) {
      const id = this.#newId(attempt);
      try {
        await mkdir(this.#pathOf(id), { mode: 0o700 });
        return id;
      } catch (error) {
        if (!hasCode(error, 'EEXIST') || attempt > 100) throw error;
      }
    }
  }
}

function extentOf(meta: ResultMeta, chunks: number, { start = 0, items, next }: PlacedChunk): Extent {
  return { meta, chunks, items: start + items.length, next, endsEmpty: chunks > 1 && items.length === 0 };
}
