/**
 * A FILE says what is on a picture, not how it was composed. Here that is settled so that what belongs together looks alike:
 * frames of the same scene within a minute and a half are one moment, items with the same hash are the same picture.
 */
import { EDITED_FRAME, seedOf } from '../scenes/compose.ts';
import { hash32 } from '../scenes/random.ts';

interface Pictured {
  id: string;
  scene: string;
  /** Capture time in ms, when there is one. */
  time?: number;
  sha256?: string;
  seed?: number;
}

const BURST_MS = 90_000;
const MOMENT_BITS = 0x0fffffff;

/** The moment of a scene that begins at this time, or with this item. */
const momentOf = (scene: string, begin: number | string) => hash32('moment', scene, begin) & MOMENT_BITS;

/** @returns the seed of each item, by id. Follows from the items alone, whatever their order. */
export function assignSeeds(items: readonly Pictured[]): Map<string, number> {
  const seeds = new Map<string, number>();
  const bySha256 = new Map<string, number>();
  const runs = new Map<string, { begin: number; last: number; frame: number }>();
  const timed = (item: Pictured) => item.time ?? Number.POSITIVE_INFINITY;
  const ordered = [...items].sort((a, b) => timed(a) - timed(b) || (a.id < b.id ? -1 : 1));
  for (const item of ordered) {
    const twin = item.sha256 === undefined ? undefined : `${item.sha256} ${item.scene}`;
    const seed = item.seed ?? (twin === undefined ? undefined : bySha256.get(twin)) ?? nextFrame(runs, item);
    seeds.set(item.id, seed);
    if (twin !== undefined) bySha256.set(twin, seed);
  }
  return seeds;
}

function nextFrame(
  runs: Map<string, { begin: number; last: number; frame: number }>,
  { id, scene, time }: Pictured,
): number {
  if (time === undefined) return seedOf(momentOf(scene, id));
  const run = runs.get(scene);
  if (run === undefined || time - run.last > BURST_MS) {
    runs.set(scene, { begin: time, last: time, frame: 0 });
    return seedOf(momentOf(scene, time));
  }
  run.last = time;
  run.frame += 1;
  return seedOf(momentOf(scene, run.begin), run.frame % EDITED_FRAME);
}
