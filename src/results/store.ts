/**
 * What is kept of results, whoever keeps it: files (`file-store.ts`), or a shared database. A store is made for one person,
 * and what it has shown never changes: a result grows at its end, chunk by chunk, and of two writers of the same chunk the
 * first wins. Ids come from outside; each implementation holds them against `isResultId` before it uses them.
 */
import { AppError } from '../app-error.ts';
import { count, shorten } from '../text/text.ts';
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

/** What a result is made of, before it has an id. */
export type NewMeta = Omit<ResultMeta, 'id' | 'createdAt'>;

/** A run of items as one request brought them. */
export interface Chunk {
  items: readonly ResultItem[];
  /** Google's token behind it; absent when there is no more. */
  next?: string;
}

/** A result without its items: what it is, and how far it is loaded. */
export interface Extent {
  meta: ResultMeta;
  /** Number of chunks so far; the next one gets this number, counted from 0. */
  chunks: number;
  /** Number of items so far. */
  items: number;
  /** Google's token behind the last chunk; absent when the result is whole. */
  next?: string;
  /** The last chunk brought nothing: Google promised a page that turned out empty (contract 1.2). */
  endsEmpty: boolean;
}

export interface ResultStore {
  /** Makes sure that results can be kept, before anything is sent whose outcome would be lost. Throws AppError `stateFolder`. */
  prepare(): Promise<void>;
  create(meta: NewMeta, first: Chunk): Promise<Extent>;
  /** How far it is loaded, by whichever process. A use: its life starts anew. Throws AppError `unknownResult`, `expiredResult`, … */
  extent(id: string): Promise<Extent>;
  /**
   * The items at 0-based positions `from` up to, but not including, `to`, as far as they are loaded. Costs what it reads,
   * however large the result is. Throws AppError as `extent`, and `corruptResult`.
   */
  read(id: string, from: number, to: number): Promise<ResultItem[]>;
  /** Adds chunk number `index` (0-based) unless another writer was first; either way answers how far the result is then. */
  append(id: string, index: number, chunk: Chunk): Promise<Extent>;
}

/** "media items" → "media item": what one of them is called. */
export const singular = (noun: string): string => noun.replace(/s$/, '');

/** "1 media item", "3,000 media items": a number of what a result has, whose noun is in the plural. */
export const countOf = (number: number, noun: string): string => count(number, singular(noun), noun);

/** A result lives so long after its last use, in days. */
export const LIFETIME_DAYS = 30;

/** Of a title within a sentence. */
export const TITLE_BYTES = 120;

export const unknownResult = (id: string): AppError =>
  new AppError(
    'unknownResult',
    `There is no result ${shorten(id, 40)}.`,
    'List or search again and use the result id of that reply.',
  );

export const expiredResult = ({ id, title, origin }: ResultMeta): AppError =>
  new AppError(
    'expiredResult',
    `Result ${id} (${shorten(title, TITLE_BYTES)}) expired: it was not used for ${LIFETIME_DAYS} days.`,
    `Get it again: ${again(origin)}.`,
  );

export const corruptResult = (id: string): AppError =>
  new AppError(
    'corruptResult',
    `Result ${id} is damaged on disk.`,
    'List or search again; nothing in Google Photos is affected.',
  );

/** The call that makes such a result anew, as an assistant would write it. */
export const again = ({ tool, input }: Origin): string => `${tool} ${JSON.stringify(input)}`;
