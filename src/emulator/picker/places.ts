/** Names for coordinates, as far as the demo's person has been: what a search by place finds. */
import type { StoredMediaItem } from '../model.ts';
import { PLACES } from '../seed/demo/story.ts';

const KM_PER_DEGREE = 111;
const NEAR_KM = 12;

/** The nearest place within 12 km; undefined for items without coordinates and for unknown parts of the world. */
export function placeName({
  latitude,
  longitude,
}: Pick<StoredMediaItem, 'latitude' | 'longitude'>): string | undefined {
  if (latitude === undefined || longitude === undefined) return undefined;
  let nearest: { name: string; km: number } | undefined;
  for (const place of Object.values(PLACES)) {
    const north = (place.latitude - latitude) * KM_PER_DEGREE;
    const east = (place.longitude - longitude) * KM_PER_DEGREE * Math.cos((latitude * Math.PI) / 180);
    const km = Math.hypot(north, east);
    if (km < (nearest?.km ?? NEAR_KM)) nearest = { name: place.name, km };
  }
  return nearest?.name;
}
