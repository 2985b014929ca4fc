/** A whole result, or the part of it that a reference names: `k7m2`, `k7m2#all`, `k7m2#14-74`. */
import { AppError } from '../app-error.ts';
import { isReference, parseReference } from './reference.ts';
import type { LoadOptions, Page, Results } from './results.ts';
import type { ResultItem } from './types.ts';

export interface ResultPart {
  /** First page of the result. */
  page: Page;
  /** All items of the result, so that position n is at n − 1. */
  all: ResultItem[];
  /** Those that are meant, in the order written. */
  items: ResultItem[];
  /** Their 1-based positions; absent when it is the whole result. */
  positions?: number[];
}

/** Loads what is missing. Throws AppError `unknownResult`, `badReference`, `pastEnd`, … */
export async function readPart(name: string, results: Results, options?: LoadOptions): Promise<ResultPart> {
  const { result, runs } = isReference(name) ? parseReference(name) : { result: name, runs: 'all' as const };
  const { page, items: all } = await results.all(result, options);
  if (runs === 'all') return { page, all, items: all };
  const positions = runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
  const past = positions.find((position) => position > all.length);
  if (past !== undefined) throw pastEnd(result, past, all.length);
  return { page, all, positions, items: positions.flatMap((position) => all[position - 1] ?? []) };
}

/** Whether it names only some items of a result. */
export const isPart = (name: string): boolean => isReference(name) && parseReference(name).runs !== 'all';

const pastEnd = (result: string, position: number, total: number) =>
  new AppError('pastEnd', `${result} has ${total} items; there is no #${position}.`, `Name items up to #${total}.`);
