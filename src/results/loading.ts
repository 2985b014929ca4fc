/** Loads more of a result: repeats its request with Google's token until there is enough, and keeps what comes. */
import { AppError } from '../app-error.ts';
import type { CallOptions } from '../google/call-options.ts';
import type { Clock } from '../google/clock.ts';
import { watchPages } from '../google/pages.ts';
import { shorten } from '../text/text.ts';
import { again, type Chunk, type Extent, type Origin, type ResultStore, singular, TITLE_BYTES } from './store.ts';
import type { ResultItem } from './types.ts';

/** Fetches one run of items: the first when `pageToken` is undefined. One function per kind of request to Google. */
export type FetchChunk = (
  input: Record<string, unknown>,
  page: { pageSize: number; pageToken?: string },
  options: CallOptions,
) => Promise<Chunk>;

export interface LoadOptions {
  signal?: AbortSignal;
  /** Told after each request how many items are loaded. */
  onLoaded?: (items: number) => void;
  /** Milliseconds since 1970 at which loading ends in an answer; a tool call's time from now by default. */
  until?: number;
}

export interface Loader {
  /** The first run of a new result. */
  first(origin: Origin, pageSize: number, options: LoadOptions): Promise<Chunk>;
  /**
   * Loads until the result has so many items, or is whole. Throws AppError `expiredPage`, `listStuck` and `listTooLong`
   * (contract 1.2): what is loaded by then stays.
   * @param before how far it was when the caller looked.
   */
  load(before: Extent, count: number, options: LoadOptions & { until: number }): Promise<Extent>;
}

/** @param fetchers how each listing tool gets its items, by tool name. */
export function createLoader(
  store: ResultStore,
  fetchers: Readonly<Record<string, FetchChunk>>,
  clock: Pick<Clock, 'now'>,
): Loader {
  const inTurn = createTurns();

  const fetcherOf = (tool: string): FetchChunk => {
    const fetcher = fetchers[tool];
    if (!fetcher) throw new Error(`nothing fetches ${tool}`);
    return fetcher;
  };

  const loadMore: Loader['load'] = async (extent, count, options) => {
    const { meta } = extent;
    const part = extent.items > 0 ? `; or use a part, such as ${meta.id}#1-${extent.items}` : '';
    const next = `What is loaded stays, and calling again goes on${part}.`;
    const budgetMs = options.until - clock.now();
    const watch = watchPages({ noun: singular(meta.noun), next, budgetMs, clock });
    let at = extent;
    while (at.items < count && at.next !== undefined) {
      options.signal?.throwIfAborted();
      const call = { signal: options.signal, budgetMs: watch.begin(at.next, at.items) };
      const chunk = await fetchBehind(at, fetcherOf(meta.origin.tool), call);
      const fresh = withoutRepeat(chunk, await lastItem(at));
      watch.end(fresh.next, fresh.items.length, at.items);
      at = await store.append(meta.id, at.chunks, fresh);
      options.onLoaded?.(at.items);
    }
    return at;
  };

  const lastItem = async ({ meta, items }: Extent): Promise<ResultItem | undefined> =>
    items === 0 ? undefined : (await store.read(meta.id, items - 1, items))[0];

  return {
    first: ({ tool, input }, pageSize, { signal }) => fetcherOf(tool)(input, { pageSize }, { signal }),
    async load(before, count, options) {
      const { id } = before.meta;
      if (isEnough(before, count)) return before;
      return inTurn(id, async (hasWaited) => loadMore(hasWaited ? await store.extent(id) : before, count, options));
    },
  };
}

const isEnough = ({ items, next }: Extent, count: number): boolean => items >= count || next === undefined;

/** Two readers of the same unloaded page must cost one request: the second waits, and then finds it loaded. */
function createTurns(): <T>(id: string, work: (hasWaited: boolean) => Promise<T>) => Promise<T> {
  const turns = new Map<string, Promise<unknown>>();
  return (id, work) => {
    const before = turns.get(id);
    const turn = (before ?? Promise.resolve()).catch(() => undefined).then(() => work(before !== undefined));
    turns.set(id, turn);
    const done = () => {
      if (turns.get(id) === turn) turns.delete(id);
    };
    turn.then(done, done);
    return turn;
  };
}

async function fetchBehind({ meta, next, items }: Extent, fetcher: FetchChunk, options: CallOptions): Promise<Chunk> {
  const { origin, pageSize } = meta;
  try {
    return await fetcher(origin.input, { pageSize, pageToken: next }, options);
  } catch (error) {
    if (!isInvalidArgument(error)) throw error;
    throw new AppError(
      'expiredPage',
      `Google no longer continues ${meta.id} (${shorten(meta.title, TITLE_BYTES)}) after item ${items}: its page token expired.`,
      `What is loaded, ${meta.id}#1-${items}, stays usable. For the rest start again: ${again(origin)}.`,
    );
  }
}

const isInvalidArgument = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && error.status === 'INVALID_ARGUMENT';

/** The first item of a page can repeat the last of the page before (contract 1.2). */
function withoutRepeat(chunk: Chunk, last: ResultItem | undefined): Chunk {
  const repeats = idOf(last) !== undefined && idOf(chunk.items[0]) === idOf(last);
  return repeats ? { ...chunk, items: chunk.items.slice(1) } : chunk;
}

const idOf = (item: ResultItem | undefined): string | undefined => (item && 'id' in item ? item.id : undefined);
