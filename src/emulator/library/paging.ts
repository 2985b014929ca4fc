/** Pages and page tokens (contract 1.2). A token carries the request it belongs to: change anything and it is refused. */
import { createHash } from 'node:crypto';
import type { Overrides } from '../emulator.d.ts';
import { invalidArgument } from '../errors.ts';
import type { Exchange } from '../http.ts';

export interface PageRequest {
  /** 0 takes the method's default. */
  pageSize: number;
  pageToken: string;
}

interface Token<C> {
  /** Digest of the request. */
  request: string;
  /** Where to go on; null at the beginning, which only faults ask for. */
  after: C | null;
  /** The empty page that an override asks for has been given. */
  wasEmpty?: boolean;
  /** How many pages the fault `tokenOnly` has left empty so far: no two of their tokens are the same. */
  empty?: number;
}

/** An element with the cursor to continue after it; without `value` the source has looked long enough for one page. */
export type Step<T, C> = { value: T; cursor: C } | { value?: undefined; cursor: C };

export interface PageOptions<T, C> {
  overrides: Overrides;
  /** A fault may have something against the page. */
  exchange: Pick<Exchange, 'failure'>;
  /** Whatever identifies the request: method and all parameters but `pageToken`. */
  request: unknown;
  page: PageRequest;
  /** Page sizes of the method (contract 1.2). */
  sizes: { standard: number; max: number };
  /** Elements in order. */
  source(after: C | undefined): Iterable<Step<T, C>>;
}

export interface Page<T> {
  values: T[];
  nextPageToken?: string;
}

/** One page; throws 400 for a page size out of bounds and for a token of another request. */
export function readPage<T, C>(options: PageOptions<T, C>): Page<T> {
  const { exchange, request, page, sizes } = options;
  const size = pageSizeOf(page, sizes);
  const digest = digestOf([request, page.pageSize]);
  const token = page.pageToken ? readToken<C>(page.pageToken, digest) : undefined;
  if (exchange.failure === 'tokenOnly') return emptyPage(digest, token);
  const read = nextPage(options, size, digest, token);
  if (exchange.failure !== 'repeatToken') return read;
  return {
    ...read,
    nextPageToken: page.pageToken || read.nextPageToken || writeToken({ request: digest, after: null }),
  };
}

/** Takes the reader nowhere, with another token each time. */
function emptyPage<C>(request: string, token: Token<C> | undefined): Page<never> {
  const next = { ...token, request, after: token?.after ?? null, empty: (token?.empty ?? 0) + 1 };
  return { values: [], nextPageToken: writeToken(next) };
}

function nextPage<T, C>(
  { overrides, source }: PageOptions<T, C>,
  size: number,
  digest: string,
  token: Token<C> | undefined,
): Page<T> {
  if (token && overrides.emptyPages && !token.wasEmpty) {
    return { values: [], nextPageToken: writeToken({ ...token, wasEmpty: true }) };
  }
  const values: T[] = [];
  const cursors: C[] = [];
  let hasMore = false;
  for (const { value, cursor } of source(token?.after ?? undefined)) {
    if (value === undefined) return { values, nextPageToken: writeToken({ request: digest, after: cursor }) };
    hasMore = values.length === size;
    if (hasMore) break;
    values.push(value);
    cursors.push(cursor);
  }
  const isExtra = overrides.extraEmptyPage && values.length === size;
  const last = overrides.repeatLastItem && hasMore && size > 1 ? cursors.at(-2) : cursors.at(-1);
  if (last === undefined || !(hasMore || isExtra)) return { values };
  return { values, nextPageToken: writeToken({ request: digest, after: last }) };
}

/** A list reply: `{}` when there is nothing (contract 1, default omission). */
export function pageReply<N extends string>(name: N, { values, nextPageToken }: Page<object>): object {
  return { ...(values.length > 0 ? { [name]: values } : {}), ...(nextPageToken ? { nextPageToken } : {}) };
}

function pageSizeOf({ pageSize }: PageRequest, { standard, max }: { standard: number; max: number }): number {
  if (pageSize < 0 || pageSize > max) throw invalidArgument(`Page size must be between 0 and ${max}.`);
  return pageSize === 0 ? standard : pageSize;
}

const digestOf = (request: unknown): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('base64url').slice(0, 16);

const writeToken = (token: Token<unknown>): string => Buffer.from(JSON.stringify(token)).toString('base64url');

function readToken<C>(text: string, digest: string): Token<C> {
  const token = parseToken<C>(text);
  if (!token) throw invalidArgument('Invalid page token.');
  if (token.request !== digest) {
    throw invalidArgument('When using a page token, you must use the same parameters as the previous request.');
  }
  return token;
}

function parseToken<C>(text: string): Token<C> | undefined {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof token?.request === 'string' && token.after !== undefined ? token : undefined;
  } catch {
    return undefined;
  }
}
