/** What fills a camera roll by itself: receipts, whiteboards, screenshots, papers, walks, meals. */
import { createRandom, hash32, type Random } from '../../scenes/random.ts';
import { type Day, day, type Moment, type MomentOptions, PLACES, type Place } from './story.ts';

interface Habit {
  scenes: readonly [string, ...string[]];
  /** How often in three years. */
  count: number;
  /** Between these hours, not including the last. */
  hours: readonly [number, number];
  frames?: readonly [number, ...number[]];
  notes?: readonly [string, ...string[]];
  workdays?: boolean;
  place?: Place;
  options?: MomentOptions;
}

const HABITS: readonly Habit[] = [
  { scenes: ['receipt'], count: 17, hours: [12, 21], place: PLACES.home, options: { camera: 'pixel', portrait: true } },
  {
    scenes: ['whiteboard', 'whiteboard', 'whiteboard meeting'],
    count: 9,
    hours: [10, 17],
    frames: [1, 1, 2],
    notes: ['', '', 'Planning', 'Retro'],
    workdays: true,
    place: PLACES.office,
    options: { camera: 'pixel' },
  },
  {
    scenes: ['screenshot chat', 'screenshot map', 'screenshot weather', 'screenshot'],
    count: 15,
    hours: [8, 23],
    options: { camera: 'phoneScreen' },
  },
  {
    scenes: ['document', 'letter', 'document contract'],
    count: 7,
    hours: [17, 21],
    place: PLACES.home,
    options: { camera: 'pixel', portrait: true, archived: true },
  },
  {
    scenes: ['dog park', 'dog park autumn', 'dog street', 'dog room'],
    count: 11,
    hours: [8, 19],
    frames: [1, 1, 2],
    notes: ['', '', '', 'Luna', 'Luna again'],
    place: PLACES.home,
  },
  {
    scenes: ['plate of food', 'pizza', 'ramen', 'coffee', 'sushi'],
    count: 8,
    hours: [12, 21],
    notes: ['', '', 'Lunch', 'Homemade'],
    place: PLACES.home,
  },
];

const FIRST_DAY = Date.UTC(2023, 3, 10) / 86_400_000;
const LAST_DAY = Date.UTC(2025, 9, 20) / 86_400_000;

const isWorkday = (dayNumber: number) => ![0, 6].includes(new Date(dayNumber * 86_400_000).getUTCDay());

function momentOf(habit: Habit, random: Random): Moment {
  const hour = random.whole(habit.hours[0], habit.hours[1] - 1);
  const time = [hour, random.whole(0, 59)].map((part) => String(part).padStart(2, '0')).join(':');
  const note = habit.notes ? random.pick(habit.notes) : '';
  return [time, random.pick(habit.scenes), random.pick(habit.frames ?? [1]), note, habit.options ?? {}];
}

/** Each habit's days, spread evenly with some chance, and never on two of the same. */
function daysOf(habit: Habit, index: number, seed: number): Day[] {
  const random = createRandom(hash32('habit', index, seed));
  const step = (LAST_DAY - FIRST_DAY) / habit.count;
  return Array.from({ length: habit.count }, (_, turn) => {
    let at = Math.floor(FIRST_DAY + (turn + random.between(0.05, 0.9)) * step);
    while (habit.workdays && !isWorkday(at)) at += 1;
    return day(new Date(at * 86_400_000).toISOString().slice(0, 10), habit.place, momentOf(habit, random));
  });
}

export const routine = (seed: number): Day[] => HABITS.flatMap((habit, index) => daysOf(habit, index, seed));
