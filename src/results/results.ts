/**
 * Results as tools use them: make one, show a page of it, turn references into items. Pages are views of fixed size over
 * what was loaded; a page past that is fetched first, whoever asks: a resource, a `pageToken`, or `results_read`.
 */
import { BUDGETS } from '../google/budgets.ts';
import { type Clock, systemClock } from '../google/clock.ts';
import { LIMITS } from '../google/limits.ts';
import { createDerive, type Derive } from './derived.ts';
import { createLoader, type FetchChunk, type LoadOptions } from './loading.ts';
import { hasPage, type Page, toPage } from './page.ts';
import { parsePageToken, parsePart, parseReference, positionsIn, type Reference, type Run } from './reference.ts';
import { namedTwice, otherRequest, pastEnd } from './refusals.ts';
import type { Extent, NewMeta, Origin, ResultStore } from './store.ts';
import { createTakenPositions } from './taken-positions.ts';
import type { ResultItem } from './types.ts';

export type { FetchChunk } from './loading.ts';
export type { Page } from './page.ts';

/** An item with the place where it stands, so that an error or a line can name it. */
export interface ReferencedItem {
  result: string;
  /** 1-based. */
  position: number;
  item: ResultItem;
  /** It was not named itself, but with all of its result. */
  ofAll: boolean;
}

/** A whole result, or the part of it that a reference names. */
export interface Selection {
  result: string;
  title: string;
  noun: string;
  /** All items of the result, so that position n is at n − 1. */
  all: readonly ResultItem[];
  /** Those that are meant, in the order written. */
  items: readonly ResultItem[];
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
  /** A result of some items of another. */
  derive: Derive;
  page(result: string, page: number, options?: LoadOptions): Promise<Page>;
  /** The page that a short token names. `origin` as in `open`: a token of another request is refused (contract 1.2). */
  pageOf(token: string, origin: Origin, options?: LoadOptions): Promise<Page>;
  /** Everything that a result (`k7m2`) or a reference (`k7m2#14-74`) names, loading what is missing. Throws as `resolve`. */
  select(name: string, options?: LoadOptions): Promise<Selection>;
  /** As `resolveAll`, of one reference. */
  resolve(reference: string, options?: LoadOptions): Promise<ReferencedItem[]>;
  /**
   * The items that each reference names, in the order written; one that is named again comes only with the first. Nothing
   * is spelled out before it is known to be there. Throws AppError `pastEnd`, `badReference`, `unknownResult`, …
   */
  resolveAll(references: readonly string[], options?: LoadOptions): Promise<ReferencedItem[][]>;
}

const DEFAULT_PAGE_SIZE = 25;

interface ResultsOptions {
  clock?: Pick<Clock, 'now'>;
}

/** @param fetchers how each listing tool gets its items, by tool name. */
export function createResults(
  store: ResultStore,
  fetchers: Readonly<Record<string, FetchChunk>>,
  { clock = systemClock }: ResultsOptions = {},
): Results {
  const loader = createLoader(store, fetchers, clock);

  const load = (before: Extent, count: number, options: LoadOptions): Promise<Extent> =>
    loader.load(before, count, { ...options, until: options.until ?? clock.now() + BUDGETS.toolCall });

  const viewOf = async (extent: Extent, page: number): Promise<Page> => {
    const from = (page - 1) * extent.meta.pageSize;
    return toPage(extent, page, await store.read(extent.meta.id, from, from + extent.meta.pageSize));
  };

  const showPage = async (before: Extent, page: number, options: LoadOptions = {}): Promise<Page> => {
    const count = page * before.meta.pageSize;
    const extent = isOutOfReach(before, count) ? before : await load(before, count, options);
    if (!hasPage(extent, page)) throw pastEnd(extent, `page ${page}`);
    return viewOf(extent, page);
  };

  /** Loads what a reference names; throws before anything is read when it names what cannot be there. */
  const loadReference = async ({ result, runs }: Reference, options: LoadOptions): Promise<Extent> => {
    const before = await store.extent(result);
    if (runs === 'all') return load(before, Number.POSITIVE_INFINITY, options);
    const last = endOf(runs);
    if (isOutOfReach(before, last)) throw pastEnd(before, `#${last}`);
    const extent = await load(before, last, options);
    if (last > extent.items) throw pastEnd(extent, `#${last}`);
    if (positionsIn(runs) > extent.items) throw namedTwice(extent);
    return extent;
  };

  const resolveAll: Results['resolveAll'] = async (references, { until, ...options } = {}) => {
    const together = { ...options, until: until ?? clock.now() + BUDGETS.toolCall };
    const taken = createTakenPositions();
    const found: ReferencedItem[][] = [];
    for (const reference of references.map(parseReference)) {
      const { result, runs } = reference;
      const { items: size } = await loadReference(reference, together);
      const ofAll = runs === 'all';
      const fresh = (ofAll ? [[1, size] as const] : runs).flatMap((run) => taken.take(result, run, size));
      found.push(await readRuns(store, result, fresh, ofAll));
    }
    return found;
  };

  const readAll = createReadAll(store);

  return {
    prepare: () => store.prepare(),
    async open({ pageSize = DEFAULT_PAGE_SIZE, ...meta }, options = {}) {
      const until = options.until ?? clock.now() + BUDGETS.toolCall;
      await store.prepare();
      const first = await loader.first(meta.origin, pageSize, options);
      return showPage(await store.create({ ...meta, pageSize }, first), 1, { ...options, until });
    },
    async keep({ pageSize = DEFAULT_PAGE_SIZE, ...meta }, items) {
      return toPage(await store.create({ ...meta, pageSize }, { items }), 1, items.slice(0, pageSize));
    },
    derive: createDerive(store),
    async page(result, page, options) {
      return showPage(await store.extent(result), page, options);
    },
    async pageOf(token, origin, options) {
      const { result, page } = parsePageToken(token);
      const extent = await store.extent(result);
      if (!sameRequest(extent.meta.origin, origin)) throw otherRequest(token, extent.meta.origin);
      return showPage(extent, page, options);
    },
    async select(name, options = {}) {
      const reference = parsePart(name);
      const extent = await loadReference(reference, options);
      const whole = reference.runs === 'all' ? extent : await load(extent, Number.POSITIVE_INFINITY, options);
      const all = await readAll(whole);
      const { id: result, title, noun } = extent.meta;
      if (reference.runs === 'all') return { result, title, noun, all, items: all };
      const positions = reference.runs.flatMap(([from, to]) => range(from, to));
      return { result, title, noun, all, positions, items: positions.flatMap((position) => all[position - 1] ?? []) };
    },
    resolveAll,
    async resolve(reference, options) {
      return (await resolveAll([reference], options)).flat();
    },
  };
}

/**
 * All items of a result. What is asked of a whole result is often asked twice in a row, and reading it is most of the
 * work; the one that was read last is at hand as long as its memory is not needed.
 */
function createReadAll(store: ResultStore): (extent: Extent) => Promise<readonly ResultItem[]> {
  let last: { id: string; items: WeakRef<readonly ResultItem[]> } | undefined;
  return async ({ meta: { id }, items: size }) => {
    const known = last?.id === id ? last.items.deref() : undefined;
    if (known?.length === size) return known;
    const items = await store.read(id, 0, size);
    last = { id, items: new WeakRef(items) };
    return items;
  };
}

async function readRuns(
  store: ResultStore,
  result: string,
  runs: readonly Run[],
  ofAll: boolean,
): Promise<ReferencedItem[]> {
  const found: ReferencedItem[] = [];
  for (const [from, to] of runs) {
    for (const [index, item] of (await store.read(result, from - 1, to)).entries()) {
      found.push({ result, position: from + index, item, ofAll });
    }
  }
  return found;
}

/** Farther ahead than a day's requests could load (contract 6.3): a slip of the pen, which must cost none. */
const isOutOfReach = ({ meta, items }: Extent, count: number): boolean =>
  count - items > LIMITS.requestsPerDay * meta.pageSize;

const endOf = (runs: readonly Run[]): number => runs.reduce((end, [, to]) => Math.max(end, to), 0);

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A continued request may repeat its parameters or leave them out; what it says must agree. */
function sameRequest(made: Origin, asked: Origin): boolean {
  if (made.tool !== asked.tool) return false;
  return Object.entries(asked.input).every(
    ([name, value]) => JSON.stringify(made.input[name]) === JSON.stringify(value),
  );
}
