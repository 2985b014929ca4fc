import { quoteSome } from './distinctive-words.ts';
import { cameraOf, dateOf, groupBy, type Placed, positionsOf } from './media.ts';

/** A named part of a result. */
export interface Group {
  label: string;
  /** More about it, where there is room. */
  detail?: string;
  positions: number[];
}

export interface Counts {
  /** Newest first; items without a date at the end, under "no date". */
  years: (Group & { months: Group[] })[];
  /** Oldest first, with what their descriptions say; only of a result that spans few days, such as a trip. */
  days: Group[];
  /** Most frequent first, "unknown" among them. */
  cameras: Group[];
  types: Group[];
  withoutDescription: Group;
}

/** How many items by year and month, camera and type, and which have no description. */
export function countItems(placed: readonly Placed[]): Counts {
  const years = groupsOf(placed, ({ item }) => dateOf(item)?.slice(0, 4) ?? 'no date').sort(newestFirst);
  return {
    years: years.map((year) => ({ ...toGroup(year), months: monthsOf(year[1]) })),
    days: daysOf(placed),
    cameras: groupsOf(placed, ({ item }) => cameraOf(item) ?? 'unknown')
      .sort(largestFirst)
      .map(toGroup),
    types: groupsOf(placed, ({ item }) => item.type)
      .sort(largestFirst)
      .map(toGroup),
    withoutDescription: toGroup(['without description', placed.filter(({ item }) => !item.description)]),
  };
}

type Named = [label: string, members: readonly Placed[]];

const groupsOf = (placed: readonly Placed[], key: (item: Placed) => string): Named[] => [...groupBy(placed, key)];

const toGroup = ([label, members]: Named): Group => ({ label, positions: positionsOf(members) });

const monthsOf = (placed: readonly Placed[]): Group[] =>
  [...groupBy(placed, ({ item }) => dateOf(item)?.slice(0, 7))].sort(newestFirst).map(toGroup);

/** From the first to the last calendar date. */
const FEW_DAYS = 40;
const DAY_MS = 86_400_000;

function daysOf(placed: readonly Placed[]): Group[] {
  const days = [...groupBy(placed, ({ item }) => dateOf(item))].sort(([a], [b]) => a.localeCompare(b));
  const [first, last] = [days[0]?.[0], days.at(-1)?.[0]];
  if (first === last || Date.parse(last ?? '') - Date.parse(first ?? '') > FEW_DAYS * DAY_MS) return [];
  return days.map(([label, members]) => ({ label, detail: quoteSome(members), positions: positionsOf(members) }));
}

const newestFirst = ([a]: Named, [b]: Named): number =>
  Number(a === 'no date') - Number(b === 'no date') || b.localeCompare(a);

const largestFirst = (a: Named, b: Named): number => b[1].length - a[1].length;
