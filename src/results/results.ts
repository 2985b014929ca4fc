/**
 * Results as tools use them: make one, show a page of it, turn references into items. Pages are views of fixed size over
 * what was loaded; a page past that is fetched first, whoever asks: a resource, a `pageToken`, or `results_read`.
 */
import { AppError } from '../app-error.ts';
import { formatPageToken, pageUri, parsePageToken, parseReference, type Reference } from './reference.ts';
import type { Chunk, Origin, ResultStore, StoredResult } from './store.ts';
import type { ResultItem } from './types.ts';

export interface FetchOptions {
  signal?: AbortSignal;
}

/** Fetches one run of items: the first when `pageToken` is undefined. One function per kind of request to Google. */
export type FetchChunk = (
  input: Record<string, unknown>,
  page: { pageSize: number; pageToken?: string },
  options: FetchOptions,
) => Promise<Chunk>;

export interface LoadOptions extends FetchOptions {
  /** Told after each request how many items are loaded. */
  onLoaded?: (items: number) => void;
}

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

export interface NewResult {
  title: string;
  noun: string;
  origin: Origin;
  pageSize?: number;
}

export interface Results {
  /** For tools that change something and then keep a result: call it before the change. Throws AppError `stateFolder`. */
  prepare(): Promise<void>;
  /** Makes a result from a request to Google and shows its first page. `origin.tool` names the fetcher. */
  open(result: NewResult, options?: LoadOptions): Promise<Page>;
  /** Makes a result of items that are all known, and shows its first page. */
  keep(result: NewResult, items: ResultItem[]): Promise<Page>;
  page(result: string, page: number, options?: LoadOptions): Promise<Page>;
  /** The page that a short token names. `origin` as in `open`: a token of another request is refused (contract 1.2). */
  pageOf(token: string, origin: Origin, options?: LoadOptions): Promise<Page>;
  /** Everything a result has, loading what is missing. */
  all(result: string, options?: LoadOptions): Promise<{ page: Page; items: ResultItem[] }>;
  /** The items a reference names, in the order written. Throws AppError `pastEnd`, `badReference`, `unknownResult`, … */
  resolve(reference: string, options?: LoadOptions): Promise<ReferencedItem[]>;
}

export const DEFAULT_PAGE_SIZE = 25;

/** @param fetchers how each listing tool gets its items, by tool name. */
export function createResults(store: ResultStore, fetchers: Readonly<Record<string, FetchChunk>>): Results {
  // Two readers of the same unloaded page must cost one request; the second waits and then finds it loaded.
  const loading = new Map<string, Promise<unknown>>();

  const oneAtATime = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const turn = (loading.get(id) ?? Promise.resolve()).catch(() => {}).then(work);
    loading.set(id, turn);
    const done = () => {
      if (loading.get(id) === turn) loading.delete(id);
    };
    turn.then(done, done);
    return turn;
  };

  const load = (id: string, count: number, options: LoadOptions): Promise<StoredResult> =>
    oneAtATime(id, async () => {
      const stored = await store.read(id);
      const chunks = [...stored.chunks];
      while (countItems(chunks) < count) {
        const pageToken = chunks.at(-1)?.next;
        if (pageToken === undefined) break;
        options.signal?.throwIfAborted();
        const fetched = await fetchNext(stored, pageToken, chunks, options);
        chunks.push(await store.append(id, chunks.length, fetched));
        options.onLoaded?.(countItems(chunks));
      }
      return { meta: stored.meta, chunks };
    });

  const fetchNext = async (stored: StoredResult, pageToken: string, before: Chunk[], options: LoadOptions) => {
    const { origin, pageSize } = stored.meta;
    const fetcher = fetchers[origin.tool];
    if (!fetcher) throw new Error(`nothing fetches ${origin.tool}`);
    try {
      return withoutRepeat(await fetcher(origin.input, { pageSize, pageToken }, options), before);
    } catch (error) {
      throw isInvalidArgument(error) ? expiredPage(stored, countItems(before)) : error;
    }
  };

  const showPage = async (id: string, page: number, options: LoadOptions = {}): Promise<Page> => {
    const { meta } = await store.read(id);
    const stored = await load(id, page * meta.pageSize, options);
    if (!existsIn(stored, page)) throw pastEnd(stored, `page ${page}`);
    return viewOf(stored, page);
  };

  const loadReference = async (reference: Reference, options: LoadOptions): Promise<StoredResult> => {
    const last = reference.runs === 'all' ? Number.POSITIVE_INFINITY : Math.max(...reference.runs.map(([, to]) => to));
    return load(reference.result, last, options);
  };

  return {
    prepare: () => store.prepare(),
    async open({ pageSize = DEFAULT_PAGE_SIZE, ...meta }, options = {}) {
      await store.prepare();
      const fetcher = fetchers[meta.origin.tool];
      if (!fetcher) throw new Error(`nothing fetches ${meta.origin.tool}`);
      const first = await fetcher(meta.origin.input, { pageSize }, options);
      const { meta: made } = await store.create({ ...meta, pageSize }, first);
      return showPage(made.id, 1, options);
    },
    async keep({ pageSize = DEFAULT_PAGE_SIZE, ...meta }, items) {
      return viewOf(await store.create({ ...meta, pageSize }, { items }), 1);
    },
    page: showPage,
    async pageOf(token, origin, options) {
      const { result, page } = parsePageToken(token);
      const { meta } = await store.read(result);
      if (!sameRequest(meta.origin, origin)) throw otherRequest(token, meta.origin);
      return showPage(result, page, options);
    },
    async all(result, options = {}) {
      const stored = await load(result, Number.POSITIVE_INFINITY, options);
      return { page: viewOf(stored, 1), items: stored.chunks.flatMap((chunk) => chunk.items) };
    },
    async resolve(text, options = {}) {
      const reference = parseReference(text);
      const stored = await loadReference(reference, options);
      const items = stored.chunks.flatMap((chunk) => chunk.items);
      const runs = reference.runs === 'all' ? [[1, items.length] as const] : reference.runs;
      return runs.flatMap(([from, to]) => {
        if (to > items.length) throw pastEnd(stored, `#${to}`);
        return items
          .slice(from - 1, to)
          .map((item, index) => ({ result: reference.result, position: from + index, item }));
      });
    },
  };
}

const countItems = (chunks: readonly Chunk[]): number => chunks.reduce((sum, chunk) => sum + chunk.items.length, 0);

const idOf = (item: ResultItem | undefined): string | undefined => (item && 'id' in item ? item.id : undefined);

/** The first item of a page can repeat the last of the page before (contract 1.2). */
function withoutRepeat(chunk: Chunk, before: readonly Chunk[]): Chunk {
  const last = idOf(before.findLast((earlier) => earlier.items.length > 0)?.items.at(-1));
  const repeats = last !== undefined && idOf(chunk.items[0]) === last;
  return repeats ? { ...chunk, items: chunk.items.slice(1) } : chunk;
}

/** Google may promise a page that turns out empty (contract 1.2): that one exists, as the end; beyond it there is none. */
function existsIn({ meta, chunks }: StoredResult, page: number): boolean {
  const before = (page - 1) * meta.pageSize;
  const loaded = countItems(chunks);
  const brokenPromise = chunks.length > 1 && chunks.at(-1)?.items.length === 0;
  return page === 1 || loaded > before || (loaded === before && brokenPromise);
}

function viewOf({ meta, chunks }: StoredResult, page: number): Page {
  const items = chunks.flatMap((chunk) => chunk.items);
  const end = page * meta.pageSize;
  const complete = chunks.at(-1)?.next === undefined;
  const more = items.length > end || !complete;
  return {
    result: meta.id,
    title: meta.title,
    noun: meta.noun,
    page,
    from: end - meta.pageSize + 1,
    items: items.slice(end - meta.pageSize, end),
    loaded: items.length,
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

const isInvalidArgument = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && error.status === 'INVALID_ARGUMENT';

const again = ({ tool, input }: Origin): string => `${tool} ${JSON.stringify(input)}`;

const expiredPage = ({ meta }: StoredResult, loaded: number) =>
  new AppError(
    'expiredPage',
    `Google no longer continues ${meta.id} (${meta.title}) after item ${loaded}: its page token expired.`,
    `What is loaded, ${meta.id}#1-${loaded}, stays usable. For the rest start again: ${again(meta.origin)}.`,
  );

const pastEnd = (stored: StoredResult, what: string) => {
  const { meta, chunks } = stored;
  const loaded = countItems(chunks);
  const size = loaded === 0 ? 'is empty' : `has ${loaded} ${meta.noun}`;
  return new AppError(
    'pastEnd',
    `Result ${meta.id} (${meta.title}) ${size}; ${what} is past the end.`,
    loaded === 0 ? `Start again: ${again(meta.origin)}.` : `Use ${meta.id}#1-${loaded} or a part of it.`,
  );
};

const otherRequest = (token: string, origin: Origin) =>
  new AppError(
    'pageTokenMismatch',
    `Page token ${token} belongs to another request: ${again(origin)}.`,
    `Call ${origin.tool} with pageToken "${token}" and nothing else.`,
  );
