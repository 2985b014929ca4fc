/** Made-up libraries whose truth is known: everyday photos, journeys, parties. */
import type { MediaItemEntry } from '../../src/results/types.ts';

/** mulberry32: repeatable chance. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function photo(n: number, creationTime: string, facts: Partial<MediaItemEntry> = {}): MediaItemEntry {
  return {
    kind: 'mediaItem',
    id: `item-${n}`,
    filename: `IMG_${String(n).padStart(4, '0')}.JPG`,
    type: 'photo',
    mimeType: 'image/jpeg',
    creationTime,
    width: 4032,
    height: 3024,
    cameraMake: 'Apple',
    cameraModel: 'iPhone 15',
    ...facts,
  };
}

const DAY = 24 * 3600_000;

export interface Journey {
  /** Day number from the library's start. */
  start: number;
  days: number;
  perDay: number;
}

export interface Profile {
  days: number;
  /** Everyday photos a day, on average. */
  everyday: number;
  journeys: Journey[];
  /** Hours by which local time is ahead of UTC. */
  offset?: number;
  seed: number;
}

export interface MadeLibrary {
  /** Newest first, as Google lists. */
  items: MediaItemEntry[];
  /** For each item the index of its journey, or −1. */
  truth: number[];
}

export function makeLibrary({ days, everyday, journeys, offset = 0, seed }: Profile): MadeLibrary {
  const random = chance(seed);
  const start = Date.parse('2021-01-01T00:00:00Z') - offset * 3600_000;
  const made: { time: number; journey: number }[] = [];
  const poisson = (mean: number) => {
    let count = 0;
    for (let p = random(); p > Math.exp(-mean); p *= random()) count++;
    return count;
  };
  const on = (day: number, count: number, journey: number) => {
    for (let i = 0; i < count; i++) made.push({ time: start + day * DAY + (8 + 13 * random()) * 3600_000, journey });
  };
  const away = new Set(journeys.flatMap((j) => Array.from({ length: j.days }, (_, k) => j.start + k)));
  for (let day = 0; day < days; day++) if (!away.has(day)) on(day, poisson(everyday), -1);
  for (const [index, journey] of journeys.entries()) {
    for (let day = 0; day < journey.days; day++) {
      on(journey.start + day, Math.max(1, Math.round(journey.perDay * (0.4 + 1.2 * random()))), index);
    }
  }
  made.sort((a, b) => b.time - a.time);
  return {
    items: made.map(({ time }, index) =>
      photo(made.length - index, new Date(time).toISOString().replace('.000Z', 'Z')),
    ),
    truth: made.map(({ journey }) => journey),
  };
}
