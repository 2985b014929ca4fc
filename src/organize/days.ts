/**
 * Which days stand out. Everyday photos come a few at a time, a journey or a party in heaps: a two-state model over the
 * days (everyday, event) learns both rates from the library itself and finds the most likely story. So no gap is fixed:
 * where a person takes ten photos a day an event needs more of them than where they take one a week, and a quiet day
 * within a journey does not cut it in two.
 */

export interface Day {
  /** Photos and videos of the day. */
  count: number;
  /** What is known of the place: 1 away from home, −1 at home, 0 unknown. */
  away: number;
}

/** Cost in nats of a change between everyday and event: what keeps single small heaps from becoming events. */
const CHANGE = 3.5;
/** What knowing the place is worth, in nats. */
const PLACE = 4;
const ROUNDS = 5;
/** Everyday habits change over the years, so their rate is taken from this many days before and after. */
const WINDOW = 90;
/** Weight, in days, of the whole library's rate within a window. */
const PRIOR = 30;
const FEWEST_A_DAY = 0.02;
/** In fewer days than this there may be nothing but one journey, so that quiet days are added to compare it with. */
const SHORT = 45;

/** For each day of an unbroken calendar whether it belongs to an event. Days must be consecutive. */
export function findEventDays(days: readonly Day[]): boolean[] {
  const margin = days.length < SHORT ? new Array<Day>(SHORT).fill({ count: 0, away: 0 }) : [];
  const calendar = [...margin, ...days, ...margin];
  let isEvent = firstGuess(calendar);
  for (let round = 0; round < ROUNDS; round++) {
    const everyday = everydayRates(calendar, isEvent);
    const busy = Math.max(6, meanOf(calendar.filter((_, index) => isEvent[index])));
    isEvent = likeliestStates(calendar.map((day, index) => eventOdds(day, everyday[index] ?? FEWEST_A_DAY, busy)));
  }
  return trimEdges(calendar, isEvent).slice(margin.length, margin.length + days.length);
}

/**
 * An event's own rate tells better than that of all events whether its first and last days belong to it: one photo on the
 * day before thirty a day is everyday.
 */
function trimEdges(days: readonly Day[], isEvent: readonly boolean[]): boolean[] {
  const everyday = everydayRates(days, isEvent);
  const trimmed = [...isEvent];
  for (const [from, to] of runsOf(isEvent)) {
    const busy = medianOf(days.slice(from, to + 1).map(({ count }) => count));
    const isOrdinary = (index: number) => {
      const day = days[index];
      return day !== undefined && eventOdds(day, everyday[index] ?? FEWEST_A_DAY, busy) < 0;
    };
    for (let index = from; index < to && isOrdinary(index); index++) trimmed[index] = false;
    for (let index = to; index > from && isOrdinary(index); index--) trimmed[index] = false;
  }
  return trimmed;
}

function runsOf(states: readonly boolean[]): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (const [index, state] of states.entries()) {
    if (!state) continue;
    const last = runs.at(-1);
    if (last && last[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The fullest tenth of the days that have photos at all. */
function firstGuess(days: readonly Day[]): boolean[] {
  const counts = days.map(({ count }) => count).sort((a, b) => b - a);
  const limit = Math.max(4, counts[Math.floor(counts.filter((count) => count > 0).length / 10)] ?? 0);
  return days.map(({ count }) => count >= limit);
}

const meanOf = (days: readonly Day[]): number =>
  days.length === 0 ? 0 : days.reduce((sum, { count }) => sum + count, 0) / days.length;

function everydayRates(days: readonly Day[], isEvent: readonly boolean[]): number[] {
  const quiet = days.map((day, index) => (isEvent[index] ? undefined : day.count));
  const sums = [0];
  const sizes = [0];
  for (const [index, count] of quiet.entries()) {
    sums.push((sums[index] ?? 0) + (count ?? 0));
    sizes.push((sizes[index] ?? 0) + (count === undefined ? 0 : 1));
  }
  const total = (sums.at(-1) ?? 0) / Math.max(1, sizes.at(-1) ?? 0);
  return days.map((_, index) => {
    const from = Math.max(0, index - WINDOW);
    const to = Math.min(days.length, index + WINDOW + 1);
    const sum = (sums[to] ?? 0) - (sums[from] ?? 0);
    const size = (sizes[to] ?? 0) - (sizes[from] ?? 0);
    return Math.max(FEWEST_A_DAY, (sum + PRIOR * total) / (size + PRIOR));
  });
}

/**
 * Log odds that a day with so many photos is part of an event. Everyday: Poisson. Events: negative binomial with two
 * degrees of freedom, because their days differ widely, down to none.
 */
function eventOdds({ count, away }: Day, everyday: number, busy: number): number {
  const stop = 2 / (2 + Math.max(1, busy));
  const asEvent = Math.log(count + 1) + 2 * Math.log(stop) + count * Math.log(1 - stop);
  const asEveryday = count * Math.log(everyday) - everyday - logFactorial(count);
  return asEvent - asEveryday + PLACE * away;
}

/** Stirling's series; exact enough from 1 on. */
function logFactorial(n: number): number {
  return n < 2 ? 0 : n * Math.log(n) - n + Math.log(2 * Math.PI * n) / 2 + 1 / (12 * n);
}

/** Viterbi: the sequence of states with the highest total odds less the cost of its changes. */
function likeliestStates(odds: readonly number[]): boolean[] {
  let everyday = 0;
  let event = -CHANGE;
  const cameFromEvent = { everyday: [] as boolean[], event: [] as boolean[] };
  for (const gain of odds) {
    cameFromEvent.everyday.push(event - CHANGE > everyday);
    cameFromEvent.event.push(event >= everyday - CHANGE);
    const stay = Math.max(everyday, event - CHANGE);
    event = Math.max(event, everyday - CHANGE) + gain;
    everyday = stay;
  }
  const states = new Array<boolean>(odds.length).fill(false);
  let state = event - CHANGE > everyday;
  for (let index = odds.length - 1; index >= 0; index--) {
    states[index] = state;
    state = (state ? cameFromEvent.event[index] : cameFromEvent.everyday[index]) ?? false;
  }
  return states;
}
