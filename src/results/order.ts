/** The orders in which items go into an album, which Google keeps for ever (contract 10.2). */

/** `captured`: oldest first. */
export type ItemOrder = 'captured' | 'name' | 'given';

/** What of an item its place depends on. */
export interface OrderFacts {
  filename: string;
  /** Tells files of one name apart. */
  path?: string;
  /** When it was taken, in milliseconds since 1970. */
  time?: number;
}

/** By numbers as people read them, 2 before 10, and the same on every machine. */
const names = new Intl.Collator('en', { numeric: true });

export const compareNames = (a: string, b: string): number => names.compare(a, b);

/** A new list. Items of the same time stay as they were given; those without a time come last. */
export function inOrder<T>(items: readonly T[], order: ItemOrder, factsOf: (item: T) => OrderFacts): T[] {
  const known = items.map((item) => ({ item, facts: factsOf(item) }));
  return known.toSorted((a, b) => COMPARE[order](a.facts, b.facts)).map(({ item }) => item);
}

const COMPARE: Readonly<Record<ItemOrder, (a: OrderFacts, b: OrderFacts) => number>> = {
  given: () => 0,
  captured: (a, b) => compareTimes(a.time, b.time),
  name: (a, b) =>
    compareNames(a.filename, b.filename) ||
    compareNames(a.path ?? '', b.path ?? '') ||
    comparePlainly(a.path ?? a.filename, b.path ?? b.filename),
};

const compareTimes = (a = Number.MAX_SAFE_INTEGER, b = Number.MAX_SAFE_INTEGER): number => a - b;

/** The collator finds some different names equal. */
const comparePlainly = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
