/** Captions, places and maps of an album, at their positions (contract 3.7, 4.6). */
import { LIMITS } from '../../google/limits.ts';
import type { AlbumPosition, Location, NewEnrichmentItem } from '../../google/types.ts';
import { groupBy } from '../media.ts';
import { mediaItemIdOf } from './facts.ts';
import type { AlbumPlan, PlanAnchor, PlanItem, PlanPlace } from './input.ts';
import { quoteStart } from './planning.ts';
import type { Problems } from './problems.ts';

/** A caption, place or map as it is sent. */
export interface PlacedEnrichment {
  newEnrichmentItem: NewEnrichmentItem;
  albumPosition: AlbumPosition;
}

interface Wanted extends PlanAnchor {
  enrichment: NewEnrichmentItem;
}

/**
 * What to send, in the order in which to send it. Several at one place go in backwards, each directly behind the same
 * item, so that they end up as given without any of them having to know the id of another.
 * @param content the album's items as they will be by then.
 */
export function placeEnrichments(
  plan: AlbumPlan,
  content: readonly string[],
  subject: string,
  problems: Problems,
): PlacedEnrichment[] {
  const positions = new Map(content.map((id, index) => [id, index]));
  const placed = wantedIn(plan, subject, problems).flatMap((wanted) => {
    const anchor = anchorOf(wanted, positions, subject, problems);
    return anchor === undefined ? [] : [{ anchor, isBefore: wanted.before !== undefined, ...wanted }];
  });
  // Stable: at one place those "after" the item stand before those "before" the next one.
  const inAlbumOrder = placed.toSorted((a, b) => a.anchor - b.anchor || Number(a.isBefore) - Number(b.isBefore));
  return [...groupBy(inAlbumOrder, ({ anchor }) => String(anchor)).values()].flatMap((group) =>
    group.toReversed().map(({ enrichment, anchor }) => ({
      newEnrichmentItem: enrichment,
      albumPosition: positionAfter(content[anchor]),
    })),
  );
}

const positionAfter = (mediaItemId: string | undefined): AlbumPosition =>
  mediaItemId === undefined
    ? { position: 'FIRST_IN_ALBUM' }
    : { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: mediaItemId };

/** Index of the item to stand behind, −1 for the beginning; undefined when the item is not in the album. */
function anchorOf(
  { after, before }: PlanAnchor,
  positions: ReadonlyMap<string, number>,
  subject: string,
  problems: Problems,
): number | undefined {
  const items = after ?? before;
  if (!items) return -1;
  const places = items.map((item) => positionOf(item, positions)).filter((position) => position !== undefined);
  if (places.length > 0) return after ? Math.max(...places) : Math.min(...places) - 1;
  const next = 'add it to the album, or name another item';
  problems.add(subject, 'a caption, place or map stands at an item that is not in the album', {
    name: items[0]?.name,
    next,
  });
  return undefined;
}

function positionOf(item: PlanItem, positions: ReadonlyMap<string, number>): number | undefined {
  const id = mediaItemIdOf(item);
  return id === undefined ? undefined : positions.get(id);
}

function wantedIn({ captions = [], places = [], maps = [] }: AlbumPlan, subject: string, problems: Problems): Wanted[] {
  return [
    ...captions.flatMap(({ text, ...anchor }) =>
      isCaption(text, subject, problems) ? [{ ...anchor, enrichment: { textEnrichment: { text } } }] : [],
    ),
    ...places.flatMap(({ after, before, ...place }) => {
      const location = toLocation(place, subject, problems);
      return location ? [{ after, before, enrichment: { locationEnrichment: { location } } }] : [];
    }),
    ...maps.flatMap(({ origin, destination, ...anchor }) => {
      const [from, to] = [origin, destination].map((place) => toLocation(place, subject, problems));
      return from && to ? [{ ...anchor, enrichment: { mapEnrichment: { origin: from, destination: to } } }] : [];
    }),
  ];
}

function isCaption(text: string, subject: string, problems: Problems): boolean {
  const isTooLong = text.length > LIMITS.enrichmentText;
  if (isTooLong)
    problems.add(subject, `a caption has more than ${LIMITS.enrichmentText} characters`, { name: quoteStart(text) });
  else if (text.trim() === '') problems.add(subject, 'a caption is empty');
  return !isTooLong && text.trim() !== '';
}

function toLocation(
  { name, latitude, longitude }: PlanPlace,
  subject: string,
  problems: Problems,
): Location | undefined {
  if (name.trim() === '') problems.add(subject, 'a place has no name');
  else if ((latitude === undefined) !== (longitude === undefined)) {
    problems.add(subject, 'a place has only one of latitude and longitude', { name });
  } else if (Math.abs(latitude ?? 0) > 90 || Math.abs(longitude ?? 0) > 180) {
    problems.add(subject, 'a place is beyond ±90° latitude or ±180° longitude', { name });
  } else
    return latitude === undefined ? { locationName: name } : { locationName: name, latlng: { latitude, longitude } };
  return undefined;
}
