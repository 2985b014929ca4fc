/** Where photos were taken, as far as local files tell; items of the Library and the Picker carry no position (contract 4.3). */
import { groupBy, type Timed } from './media.ts';

export interface Point {
  latitude: number;
  longitude: number;
}

const EARTH_RADIUS_KM = 6371;
/** Cells of about 20 km for finding the places where the person often is. */
const CELL_DEGREES = 0.2;
/** What is farther from home than this is a journey. */
export const AWAY_KM = 50;

/** Where an item was taken; only local files know. */
export function pointOf({ item }: Timed): Point | undefined {
  if (item.kind !== 'localFile' || item.latitude === undefined || item.longitude === undefined) return undefined;
  return { latitude: item.latitude, longitude: item.longitude };
}

/** Great-circle distance. */
export function kilometresBetween(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const latitude = Math.sin(radians(b.latitude - a.latitude) / 2) ** 2;
  const longitude = Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  const chord = latitude + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * longitude;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** The middle of the place with the most different days; undefined when no place stands out as the person's home. */
export function findHome(items: readonly Timed[]): Point | undefined {
  const cells = [...groupBy(items, cellOf).values()].map((members) => ({
    members,
    months: new Set(members.map(({ date }) => date.slice(0, 7))).size,
    days: new Set(members.map(({ date }) => date)).size,
  }));
  // A single long journey must not become home: home comes back month after month.
  const [best] = cells.filter(({ months }) => months >= 3).sort((a, b) => b.months - a.months || b.days - a.days);
  return best && middleOf(best.members);
}

/** The middle of the place where most of the items were taken. */
export function mainPlace(items: readonly Timed[]): Point | undefined {
  const [largest] = [...groupBy(items, cellOf).values()].sort((a, b) => b.length - a.length);
  return largest && middleOf(largest);
}

function cellOf(item: Timed): string | undefined {
  const point = pointOf(item);
  return point && `${Math.round(point.latitude / CELL_DEGREES)},${Math.round(point.longitude / CELL_DEGREES)}`;
}

function middleOf(items: readonly Timed[]): Point {
  const points = items.map(pointOf).filter((point) => point !== undefined);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    latitude: mean(points.map(({ latitude }) => latitude)),
    longitude: mean(points.map(({ longitude }) => longitude)),
  };
}
