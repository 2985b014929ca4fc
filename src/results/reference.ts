/**
 * References: `k7m2#3`, `k7m2#1-25,40`, `k7m2#all`. The one place that knows their syntax.
 */
import { AppError } from '../app-error.ts';
import { shorten } from '../text/text.ts';
import { isResultId } from './ids.ts';

export { formatReference } from './format-reference.ts';

/** Inclusive, 1-based. */
export type Run = readonly [from: number, to: number];

export interface Reference {
  result: string;
  /** In the order written, or everything the result has. */
  runs: 'all' | readonly Run[];
}

const EXAMPLE = 'Write references like k7m2#3, k7m2#1-25,40 or k7m2#all.';

/** Whether a parameter that takes ids was given a reference instead; ids of Google never contain `#`. */
export const isReference = (text: string): boolean => text.includes('#');

/** Where paths are welcome too: only what can be nothing else is a reference; file names may contain `#`. */
export const isReferenceNotPath = (text: string): boolean => {
  const [result = '', positions = '', ...extra] = text.trim().split('#');
  return extra.length === 0 && isResultId(result) && /^(all|[\d,\s–-]+)$/.test(positions);
};

/** A result's id alone, `k7m2`, means all of it. Throws AppError `badReference`. */
export const parsePart = (text: string): Reference =>
  isReference(text) ? parseReference(text) : { result: text.trim(), runs: 'all' };

/** Whether it names only some items of a result. Throws AppError `badReference`. */
export const isPart = (text: string): boolean => parsePart(text).runs !== 'all';

/** The result of a reference, as it is written; undefined for what is none. */
export const resultOf = (text: string): string | undefined =>
  isReference(text) ? text.split('#', 1)[0]?.trim() : undefined;

/** Whether all these names are references to one and the same result. */
export function areOfOneResult(names: readonly string[]): boolean {
  const results = new Set(names.map(resultOf));
  return results.size === 1 && !results.has(undefined);
}

/** How many positions the runs name, those that overlap as often as they do: counted, never listed. */
export const positionsIn = (runs: readonly Run[]): number => runs.reduce((sum, [from, to]) => sum + to - from + 1, 0);

/** Reads a reference. Throws AppError `badReference`. */
export function parseReference(text: string): Reference {
  const [result = '', positions = '', ...extra] = text.trim().split('#');
  if (extra.length > 0 || !isResultId(result)) throw badReference(text);
  if (positions.trim() === 'all') return { result, runs: 'all' };
  return { result, runs: positions.split(',').map((run) => parseRun(run.trim(), text)) };
}

function parseRun(run: string, whole: string): Run {
  const match = /^#?(\d{1,7})(?:\s*[-–]\s*#?(\d{1,7}))?$/.exec(run);
  if (!match) throw badReference(whole);
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  if (from < 1 || to < from) throw badReference(whole);
  return [from, to];
}

const badReference = (text: string) =>
  new AppError('badReference', `"${shorten(text, 60)}" is not a reference.`, EXAMPLE);

/** The short token of a page, `k7m2.2`: what a tool's `pageToken` takes and gives. */
export const formatPageToken = (result: string, page: number): string => `${result}.${page}`;

/** Reads a page token. Throws AppError `badPageToken`. */
export function parsePageToken(token: string): { result: string; page: number } {
  const match = /^([a-z0-9]+)\.([1-9]\d{0,6})$/.exec(token.trim());
  if (!match || !isResultId(match[1] ?? '')) {
    throw new AppError(
      'badPageToken',
      `"${shorten(token, 60)}" is not a page token of this server.`,
      'Use the short pageToken that the last reply gave, such as k7m2.2.',
    );
  }
  return { result: match[1] ?? '', page: Number(match[2]) };
}

/** Where a page of a result can be read as a resource. */
export const pageUri = (result: string, page: number): string => `gphotos://results/${result}/pages/${page}`;
