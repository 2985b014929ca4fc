/**
 * The rest of the same person's library: what the phone backed up by itself. No app made it, so only the Picker shows it; it is not part
 * of `GET state`. Found there by dates and by the words of descriptions and scenes.
 */
import { arraySource, type ItemSource } from '../../items.ts';
import { createRandom, hash32, type Random } from '../../scenes/random.ts';
import { YEAR_2023, YEAR_2024, YEAR_2025 } from './everyday.ts';
import { KYOTO } from './kyoto.ts';
import { numbered } from './library.ts';
import { LISBON } from './lisbon.ts';
import { itemOf, takeShots } from './shots.ts';
import { type Day, day, type Moment, PLACES } from './story.ts';
import { WINTER_HUT } from './winter-hut.ts';

type Pool = readonly [string, ...string[]];

const ALWAYS: Pool = [
  'dog park',
  'dog room',
  'plate of food',
  'coffee',
  'selfie street',
  'cat room',
  'street',
  'street night',
  'screenshot chat',
  'receipt',
  'family room',
  'people park',
  'pizza',
  'museum',
  'market',
  'skyline',
  'church',
  'car street',
  'train',
  'blurry dog park',
];

const BY_SEASON: Readonly<Record<'winter' | 'spring' | 'summer' | 'autumn', Pool>> = {
  winter: [
    'dog snow',
    'park snow',
    'ski slope',
    'mountain winter',
    'snowman',
    'forest winter',
    'christmas tree',
    'market night winter',
  ],
  spring: [
    'cherry blossom',
    'flowers',
    'garden',
    'bicycle park spring',
    'children playground',
    'lake spring',
    'birds lake',
  ],
  summer: [
    'beach',
    'lake',
    'boat lake',
    'sunset',
    'children beach',
    'stage concert night',
    'waterfall',
    'cliff',
    'balloon hills',
    'lighthouse sea',
    'mountain',
  ],
  autumn: [
    'forest autumn',
    'dog forest autumn',
    'park autumn',
    'castle',
    'runners',
    'hills autumn',
    'street rain',
    'bridge',
  ],
};

const SEASON_OF_MONTH = [
  'winter',
  'winter',
  'spring',
  'spring',
  'spring',
  'summer',
  'summer',
  'summer',
  'autumn',
  'autumn',
  'autumn',
  'winter',
] as const;

const FIRST_WEEK = Date.UTC(2022, 0, 3);
const LAST_WEEK = Date.UTC(2025, 9, 20);
const DAY_MS = 86_400_000;

function moment(random: Random, month: number): Moment {
  const pool = random.chance(0.45) ? ALWAYS : BY_SEASON[SEASON_OF_MONTH[month] ?? 'summer'];
  const time = [random.whole(8, 21), random.whole(0, 59)].map((part) => String(part).padStart(2, '0')).join(':');
  return [time, random.pick(pool), random.whole(1, 4)];
}

/** Two days a week, mostly at its end. */
function ordinaryDays(seed: number): Day[] {
  const days: Day[] = [];
  for (let week = FIRST_WEEK; week < LAST_WEEK; week += 7 * DAY_MS) {
    const random = createRandom(hash32('week', seed, week));
    for (const offset of [random.pick([1, 2, 4]), random.pick([5, 6])]) {
      const date = new Date(week + offset * DAY_MS);
      const moments = Array.from({ length: random.whole(1, 2) }, () => moment(random, date.getUTCMonth()));
      days.push(
        day(
          date.toISOString().slice(0, 10),
          random.pick([PLACES.home, PLACES.home, PLACES.lake, PLACES.parents]),
          ...moments,
        ),
      );
    }
  }
  return days;
}

/** The told days again, some minutes later and with more frames: people do not upload every photo of a trip to an app. */
function moreOf(told: Day): Day {
  const moments = told.moments
    .filter(([, , , , options]) => !options?.video && !options?.undated)
    .map(
      ([time, scene, frames = 1, , options]): Moment => [
        later(time),
        scene,
        frames + 2,
        '',
        { ...options, favorite: false, edited: false },
      ],
    );
  return { ...told, moments };
}

/** Three minutes later, within the same hour. */
const later = (time: string): string =>
  `${time.slice(0, 3)}${String(Math.min(59, Number(time.slice(3, 5)) + 3)).padStart(2, '0')}`;

/** Some 2,000 photos from 2022 to 2025, made anew on every call; keep what it returns. */
export function demoPickerLibrary(seed: number): ItemSource {
  const told = [...YEAR_2023, ...YEAR_2024, ...YEAR_2025, ...LISBON, ...KYOTO, ...WINTER_HUT].map(moreOf);
  const shots = takeShots([...told, ...ordinaryDays(seed)], hash32('picker', seed));
  const start = { Apple: 3180, SONY: 6400, DJI: 204 };
  return arraySource(numbered(shots, start).map(({ shot, count }, index) => itemOf(shot, index, count, null)));
}
