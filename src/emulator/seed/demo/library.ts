/** The demo library: some four hundred items of one person's three years, all made through the app. */
import { arraySource } from '../../items.ts';
import type { StoredMediaItem } from '../../model.ts';
import { DEMO_PROJECT, type Library } from '../../state.ts';
import { CAMERAS } from '../cameras.ts';
import { demoAlbums } from './albums.ts';
import { ODDITIES, YEAR_2023, YEAR_2024, YEAR_2025 } from './everyday.ts';
import { KYOTO } from './kyoto.ts';
import { LISBON } from './lisbon.ts';
import { routine } from './routine.ts';
import { itemOf, type Shot, takeShots } from './shots.ts';
import { WINTER_HUT } from './winter-hut.ts';

/** Where each maker's running number stands before the first shot. */
const COUNTERS: Readonly<Record<string, number>> = { Apple: 420, SONY: 1802, DJI: 11 };

/** Numbers every shot as its camera would: one series per maker, an edited copy keeps the number of its original. */
export function numbered(
  shots: readonly Shot[],
  start: Readonly<Record<string, number>> = COUNTERS,
): { shot: Shot; count: number }[] {
  const counters = new Map(Object.entries(start));
  const given = new Map<string, number>();
  return shots.map((shot) => {
    const series = CAMERAS[shot.camera].make ?? shot.camera;
    const original = `${series} ${shot.time} ${shot.scene}`;
    const count = (shot.isEdited ? given.get(original) : undefined) ?? (counters.get(series) ?? 0) + 1;
    if (!shot.isEdited) counters.set(series, count);
    given.set(original, count);
    return { shot, count };
  });
}

/** @returns the items, oldest first. */
function demoItems(seed: number): StoredMediaItem[] {
  const days = [
    ...YEAR_2023,
    ...YEAR_2024,
    ...YEAR_2025,
    ...LISBON,
    ...KYOTO,
    ...WINTER_HUT,
    ...ODDITIES,
    ...routine(seed),
  ];
  return numbered(takeShots(days, seed)).map(({ shot, count }, index) => itemOf(shot, index, count, DEMO_PROJECT));
}

/** @param seed the compositions, the small chances and the routine days follow from it; the story is always the same. */
export function demoLibrary(seed: number): Library {
  const items = demoItems(seed);
  return { items: arraySource(items), albums: demoAlbums(items) };
}
