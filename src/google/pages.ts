/**
 * Lists page by page (contract 1.2): the one loop over `pageToken`. Empty pages with a token exist, dozens in a row, and
 * so do replies that give the token they were asked with (contract 14); whatever a server answers, the loop ends.
 */
import { AppError } from '../app-error.ts';
import { count } from '../text/text.ts';
import { BUDGETS } from './budgets.ts';
import type { CallOptions } from './call-options.ts';
import { type Clock, systemClock } from './clock.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Token of the page behind it; absent or empty on the last one. */
  readonly next?: string;
}

/** One request. `pageToken` is undefined for the first page; the options are to be handed on to the call. */
export type FetchPage<T> = (pageToken: string | undefined, options: CallOptions) => Promise<Page<T>>;

export interface PagesOptions {
  /** Of what is listed, in the singular, for errors: "album". */
  readonly noun: string;
  /** What to do when the time is over, for the error: a way to read the same in parts. */
  readonly next?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds for all pages together; that of a tool call by default. Infinity where a person watches and can stop it. */
  readonly budgetMs?: number;
  readonly clock?: Pick<Clock, 'now'>;
}

/** A reader saw 80 in a row in a library that was in order (contract 10.1). */
const MAX_EMPTY_PAGES = 200;
/** A page that is begun gets at least so long, however little of the budget is left. */
const LEAST_FOR_PAGE_MS = 5_000;

/**
 * The pages of a list, one array for each that brought something new. An item comes once, also when a page repeats what
 * an earlier one had. What was yielded before an error is good.
 * Throws AppError `listStuck` when a token comes a second time or page after page is empty, `listTooLong` when the
 * budget is over before the list is, and whatever `fetchPage` throws.
 */
export async function* pages<T extends { readonly id: string }>(
  fetchPage: FetchPage<T>,
  { noun, next, signal, budgetMs = BUDGETS.toolCall, clock = systemClock }: PagesOptions,
): AsyncGenerator<T[], void, void> {
  const watch = watchPages({ noun, next, budgetMs, clock });
  const known = new Set<string>();
  let pageToken: string | undefined;
  do {
    const page = await fetchPage(pageToken, { signal, budgetMs: watch.begin(pageToken, known.size) });
    const fresh = page.items.filter(({ id }) => !known.has(id) && known.add(id));
    if (fresh.length > 0) yield fresh;
    pageToken = page.next || undefined;
    watch.end(pageToken, fresh.length, known.size);
  } while (pageToken !== undefined);
}

/** The rules by which a loop over pages ends, for `pages` and for what keeps its pages itself. */
export interface PageWatch {
  /**
   * Before a request; answers the milliseconds it may take. Throws AppError `listTooLong`, but never before the first.
   * @param read how many items there are so far.
   */
  begin(pageToken: string | undefined, read: number): number;
  /** After it: the token that came, and how many items were new. Throws AppError `listStuck`. */
  end(next: string | undefined, fresh: number, read: number): void;
}

export function watchPages({
  noun,
  next: advice,
  budgetMs = BUDGETS.toolCall,
  clock = systemClock,
}: Omit<PagesOptions, 'signal'>): PageWatch {
  const until = clock.now() + budgetMs;
  const tokens = new Set<string>();
  let isFirst = true;
  let emptyPages = 0;
  return {
    begin(pageToken, read) {
      if (!isFirst && clock.now() >= until) throw tooLong(read, noun, advice);
      isFirst = false;
      if (pageToken !== undefined) tokens.add(pageToken);
      return Math.max(until - clock.now(), LEAST_FOR_PAGE_MS);
    },
    end(next, fresh, read) {
      emptyPages = fresh > 0 ? 0 : emptyPages + 1;
      if (next !== undefined && (tokens.has(next) || emptyPages >= MAX_EMPTY_PAGES)) throw stuck(read, noun);
    },
  };
}

/** The items of such pages, one by one. */
export async function* itemsOf<T>(list: AsyncIterable<readonly T[]>): AsyncGenerator<T, void, void> {
  for await (const page of list) yield* page;
}

/** All that a generator gives. */
export async function collect<T>(list: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of list) all.push(item);
  return all;
}

const stuck = (read: number, noun: string): AppError =>
  new AppError(
    'listStuck',
    `Google's list of ${noun}s does not get on: after ${count(read, noun)} it gave the same page, or empty ones, again and again.`,
    'Call again in a few minutes.',
    { retryable: true },
  );

const tooLong = (read: number, noun: string, next = 'Call again when Google answers faster.'): AppError =>
  new AppError(
    'listTooLong',
    `Google's list of ${noun}s is too long for one call: ${count(read, noun)} were read when the time was over, and there are more.`,
    next,
    { retryable: true },
  );
