/**
 * Results as tools use them: make one, show a page of it, turn references into items. Pages are views of fixed size over
 * what was loaded; a page past that is fetched first, whoever asks: a resource, a `pageToken`, or `results_read`.
 */
import { AppError } from '../app-error.ts';
import { createLoader, type FetchChunk, type LoadOptions } from './loading.ts';
import {
  formatPageToken,
  pageUri,
  parsePageToken,
  parsePart,
  parseReference,
  positionsIn,
  type Reference,
} from './reference.ts';
import { again, type Extent, type NewMeta, type Origin, type ResultStore } from './store.ts';
import type { ResultItem } from './types.ts';

export type { FetchChunk, LoadOptions } from './loading.ts';

export interface Page {
  result: string;
  title: string;
  noun: string;
  /** 1-based. */
  page: number;
  /** 1-based position of the first item in the result. */
  from: number;
  items: ResultItem[];
  /** Items loaded so far; the total when `complete`. */
  loaded: number;
  complete: boolean;
  uri: string;
  next?: { pageToken: string; uri: string };
}

/** An item with the place where it stands, so that an error or a line can name it. */
export interface ReferencedItem {
  result: string;
  /** 1-based. */
  position: number;
  item: ResultItem;
}

/** A whole result, or the part of it that a reference names. */
export interface Selection {
  result: string;
  title: string;
  noun: string;
  /** All items of the result, so that position n is at n − 1. */
  all: ResultItem[];
  /** Those that are meant, in the order written. */
  items: ResultItem[];
  /** Their 1-based positions; absent when it is the whole result. */
  positions?: number[];
}

export type NewResult = Omit<NewMeta, 'pageSize'> & { pageSize?: number };

export interface Results {
  /** For tools that change something and then keep a result: call it before the change. Throws AppError `stateFolder`. */
  prepare(): Promise<void>;
  /** Makes a result from a request to Google and shows its first page. `origin.tool` names the fetcher. */
  open(result: NewResult, options?: LoadOptions): Promise<Page>;
  /** Makes a result of items that are all known, and shows its first page. */
  keep(result: NewResult, items: readonly ResultItem[]): Promise<Page>;
  page(result: string, page: number, options?: LoadOptions): Promise<Page>;
  /** The page that a short token names. `origin` as in `open`: a token of another request is refused (contract 1.2). */
  pageOf(token: string, origin: Origin, options?: LoadOptions): Promise<Page>;
  /** Everything that a result (`k7m2`) or a reference (`k7m2#14-74`) names, loading what is missing. Throws as `resolve`. */
  select(name: string, options?: LoadOptions): Promise<Selection>;
  /** The items a reference names, in the order written. Throws AppError `pastEnd`, `badReference`, `unknownResult`, … */
  resolve(reference: string, options?: LoadOptions): Promise<ReferencedItem[]>;
}

const DEFAULT_PAGE_SIZE = 25;
/** A reference may name items that are not loaded yet, so many past the end; farther it is a slip, and quota is the day's. */
const MOST_AHEAD = 10_000;

/** @param fetchers how each listing tool gets its items, by tool name. */
export function createResults(store: ResultStore, fetchers: Readonly<Record<string, FetchChunk>>): Results {
  const loader = createLoader(store, fetchers);

  const viewOf = async (extent: Extent, page: number): Promise<Page> => {
    const from = (page - 1) * extent.meta.pageSize;
    return toPage(extent, page, await store.read(extent.meta.id, from, from + extent.meta.pageSize));
  };

  const showPage = async (id: string, page: number, options: LoadOptions = {}): Promise<Page> => {
    const before = await store.extent(id);
    const count = page * before.meta.pageSize;
    const extent = count - before.items > MOST_AHEAD ? before : await loader.load(id, count, options);
    if (!hasPage(extent, page)) throw pastEnd(extent, `page ${page}`);
    return viewOf(extent, page);
  };

  /** Loads what a reference names; throws before anything is read when it names what cannot be there. */
  const loadReference = async ({ result, runs }: Reference, options: LoadOptions): Promise<Extent> => {
    if (runs === 'all') return loader.load(result, Number.POSITIVE_INFINITY, options);
    const last = Math.max(...runs.map(([, to]) => to));
    const before = await store.extent(result);
    if (last - before.items > MOST_AHEAD) throw pastEnd(before, `#${last}`);
    const extent = await loader.load(result, last, options);
    const past = runs.find(([, to]) => to > extent.items);
    if (past) throw pastEnd(extent, `#${past[1]}`);
    if (positionsIn(runs) > extent.items) throw namedTwice(extent);
    return extent;
  };

  return {
    prepare: () => store.prepare(),
    async open({ pageSize = DEFAULT_PAGE_SIZE, ...meta }, options = {}) {
      await store.prepare();
      const first = await loader.first(meta.origin, pageSize, options);
      const made = await store.create({ ...meta, pageSize }, first);
      return showPage(made.meta.id, 1, options);
    },
    async keep({ pageSize = DEFAULT_PAGE_SIZE, ...meta }, items) {
      return toPage(await store.create({ ...meta, pageSize }, { items }), 1, items.slice(0, pageSize));
    },
    page: showPage,
    async pageOf(token, origin, options) {
      const { result, page } = parsePageToken(token);
      const { meta } = await store.extent(result);
      if (!sameRequest(meta.origin, origin)) throw otherRequest(token, meta.origin);
      return showPage(result, page, options);
    },
    async select(name, options = {}) {
      const reference = parsePart(name);
      const extent = await loadReference(reference, options);
      const whole =
        reference.runs === 'all' ? extent : await loader.load(reference.result, Number.POSITIVE_INFINITY, options);
      const all = await store.read(reference.result, 0, whole.items);
      const { id: result, title, noun } = extent.meta;
      if (reference.runs === 'all') return { result, title, noun, all, items: all };
      const positions = reference.runs.flatMap(([from, to]) => range(from, to));
      return { result, title, noun, all, positions, items: positions.flatMap((position) => all[position - 1] ?? []) };
    },
    async resolve(text, options = {}) {
      const reference = parseReference(text);
      const extent = await loadReference(reference, options);
      const { result } = reference;
      const found: ReferencedItem[] = [];
      for (const [from, to] of reference.runs === 'all' ? [[1, extent.items] as const] : reference.runs) {
        for (const [index, item] of (await store.read(result, from - 1, to)).entries()) {
          found.push({ result, position: from + index, item });
        }
      }
      return found;
    },
  };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Google may promise a page that turns out empty (contract 1.2): that one exists, as the end; beyond it there is none. */
function hasPage({ meta, items, endsEmpty }: Extent, page: number): boolean {
  const before = (page - 1) * meta.pageSize;
  return page === 1 || items > before || (items === before && endsEmpty);
}

function toPage({ meta, items: loaded, next: token }: Extent, page: number, items: ResultItem[]): Page {
  const end = page * meta.pageSize;
  const complete = token === undefined;
  const more = loaded > end || !complete;
  return {
    result: meta.id,
    title: meta.title,
    noun: meta.noun,
    page,
    from: end - meta.pageSize + 1,
    items,
    loaded,
    complete,
    uri: pageUri(meta.id, page),
    ...(more && { next: { pageToken: formatPageToken(meta.id, page + 1), uri: pageUri(meta.id, page + 1) } }),
  };
}

/** A continued request may repeat its parameters or leave them out; what it says must agree. */
function sameRequest(made: Origin, asked: Origin): boolean {
  if (made.tool !== asked.tool) return false;
  return Object.entries(asked.input).every(
    ([name, value]) => JSON.stringify(made.input[name]) === JSON.stringify(value),
  );
}

function pastEnd({ meta, items, next }: Extent, what: string): AppError {
  const count = `${items}${next === undefined ? '' : ' loaded'} ${meta.noun}`;
  const size = items === 0 ? 'is empty' : `has ${count}`;
  return new AppError(
    'pastEnd',
    `Result ${meta.id} (${meta.title}) ${size}; ${what} is past the end.`,
    items === 0 ? `Start again: ${again(meta.origin)}.` : `Use ${meta.id}#1-${items} or a part of it.`,
  );
}

const namedTwice = ({ meta, items }: Extent): AppError =>
  new AppError(
    'badReference',
    `A reference names each item once; this one names more than the ${items} that ${meta.id} has.`,
    `Write ${meta.id}#all, or each run once.`,
  );

const otherRequest = (token: string, origin: Origin): AppError =>
  new AppError(
    'pageTokenMismatch',
    `Page token ${token} belongs to another request: ${again(origin)}.`,
    `Call ${origin.tool} with pageToken "${token}" and nothing else.`,
  );
