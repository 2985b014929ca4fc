/** Journeys, parties and other heaps of photos, cut out of everyday ones. */
import { type Day, findEventDays } from './days.ts';
import { distinctiveWords, quoteSome } from './distinctive-words.ts';
import { AWAY_KM, findHome, kilometresBetween, mainPlace, type Point, pointOf } from './geo.ts';
import { groupBy, inTimeOrder, type Placed, positionsOf, type Timed } from './media.ts';

export interface PhotoEvent {
  /** First and last calendar date, `2024-07-12`. */
  from: string;
  to: string;
  /** Positions in the result, oldest item first. */
  positions: number[];
  /** Middle of where most of it was taken; only local files know. */
  place?: Point;
  /** Words that the descriptions of this event have and others have not. */
  words: string[];
  /** A few of the descriptions themselves, in quotation marks; empty when there are none. */
  said: string;
}

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** An item this close to an event's edge belongs to it, whatever side of midnight it is on. */
const CLOSE = 4 * HOUR;
/** Days: quiet ones within an event are event days too, but after so many another event begins. */
const LONGEST_SILENCE = 3;
/** Fewer is no event, however quiet the rest. */
const FEWEST = 3;

/** Events, oldest first. Runs of days are found by `findEventDays`; works in any order of the result. */
export function findEvents(placed: readonly Placed[]): PhotoEvent[] {
  const items = inTimeOrder(placed);
  if (items.length === 0) return [];
  const home = findHome(items);
  const days = dayNumbers(items);
  const first = days.reduce((a, b) => Math.min(a, b));
  const isEvent = findEventDays(calendarOf(items, days, home));
  const runs = runsOf(days, (day) => isEvent[day - first] ?? false);
  const events = runs.map((run, index) => {
    const neighbours: Run = [middle(runs[index - 1], run) ?? -1, middle(run, runs[index + 1]) ?? items.length];
    return withoutHome(widen(items, run, neighbours), home);
  });
  return events.filter((run) => run.length >= FEWEST).map((run) => describe(run, items));
}

/** Day of each item, counted from 1970. Days begin in the quietest hours, not at midnight in Greenwich. */
function dayNumbers(items: readonly Timed[]): number[] {
  const start = quietHour(items) * HOUR;
  return items.map(({ clock }) => Math.floor((clock - start) / DAY));
}

/** The middle of the five hours of the day with the fewest photos. */
function quietHour(items: readonly Timed[]): number {
  const byHour = new Array<number>(24).fill(0);
  for (const { clock } of items) {
    const hour = Math.floor((((clock % DAY) + DAY) % DAY) / HOUR);
    byHour[hour] = (byHour[hour] ?? 0) + 1;
  }
  const around = (hour: number) =>
    [-2, -1, 0, 1, 2].reduce((sum, step) => sum + (byHour[(hour + step + 24) % 24] ?? 0), 0);
  const hours = [4, 3, 2, 5, 1, 0, 6, ...Array.from({ length: 17 }, (_, index) => 7 + index)];
  return hours.reduce((best, hour) => (around(hour) < around(best) ? hour : best));
}

function calendarOf(items: readonly Timed[], days: readonly number[], home: Point | undefined): Day[] {
  const byDay = groupBy(
    items.map((item, index) => ({ item, day: String(days[index]) })),
    ({ day }) => day,
  );
  const first = days.reduce((a, b) => Math.min(a, b));
  const last = days.reduce((a, b) => Math.max(a, b));
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const members = (byDay.get(String(first + index)) ?? []).map(({ item }) => item);
    return { count: members.length, away: awayness(members, home) };
  });
}

function awayness(items: readonly Timed[], home: Point | undefined): number {
  const votes = items.map((item) => awayVote(item, home)).filter((vote) => vote !== 0);
  return Math.sign(votes.reduce((sum, vote) => sum + vote, 0));
}

function awayVote(item: Timed, home: Point | undefined): number {
  const point = pointOf(item);
  if (!point || !home) return 0;
  return kilometresBetween(point, home) > AWAY_KM ? 1 : -1;
}

type Run = readonly [from: number, to: number];

/** Index between two runs; each may grow up to it. */
const middle = (a: Run | undefined, b: Run | undefined): number | undefined => a && b && (a[1] + b[0]) / 2;

/** Inclusive index ranges of neighbours on event days without an ordinary day or a long silence between them. */
function runsOf(days: readonly number[], isEvent: (day: number) => boolean): Run[] {
  const runs: [number, number][] = [];
  for (const [index, day] of days.entries()) {
    if (!isEvent(day)) continue;
    const last = runs.at(-1);
    if (last && last[1] === index - 1 && day - (days[index - 1] ?? day) <= LONGEST_SILENCE) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

/** Takes in the neighbours that midnight (Google's is London's) has cut off; what an earlier event took stays there. */
function widen(items: readonly Timed[], [from, to]: Run, [after, before]: Run): Timed[] {
  const isClose = (item: Timed | undefined, edge: Timed | undefined) =>
    item !== undefined && edge !== undefined && Math.abs(item.time - edge.time) <= CLOSE;
  let start = from;
  while (start - 1 > after && isClose(items[start - 1], items[from])) start--;
  let end = to;
  while (end + 1 < before && isClose(items[end + 1], items[to])) end++;
  return items.slice(start, end + 1);
}

/** What was taken at home, on the days of leaving and coming back, is not part of a journey. */
function withoutHome(run: Timed[], home: Point | undefined): Timed[] {
  return awayness(run, home) > 0 ? run.filter((item) => awayVote(item, home) >= 0) : run;
}

function describe(run: readonly Timed[], all: readonly Timed[]): PhotoEvent {
  const dates = run.map(({ date }) => date).sort();
  return {
    from: dates[0] ?? '',
    to: dates.at(-1) ?? '',
    positions: positionsOf(run),
    place: mainPlace(run),
    words: distinctiveWords(run, all),
    said: quoteSome(run),
  };
}
