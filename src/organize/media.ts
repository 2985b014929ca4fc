/** What every function of this folder needs to know of an item in a result. */
import type { MediaEntry, ResultItem } from '../results/types.ts';

/** A photo or video with its 1-based position in the result. */
export interface Placed<Item extends ResultItem = MediaEntry> {
  position: number;
  item: Item;
}

export const isMedia = (item: ResultItem): item is MediaEntry => item.kind !== 'album' && item.kind !== 'failed';

/** The photos and videos of a result with their positions; albums and failed files are passed over. */
export const placeMedia = (items: readonly ResultItem[]): Placed[] =>
  items.flatMap((item, index) => (isMedia(item) ? [{ position: index + 1, item }] : []));

export const positionsOf = (placed: readonly Placed[]): number[] => placed.map(({ position }) => position);

/**
 * Everything an item can be recognised by in another result: a local file also by the media item that it was uploaded as.
 */
export function identitiesOf(item: ResultItem): string[] {
  const identities =
    item.kind === 'localFile'
      ? [item.path, item.mediaItemId]
      : item.kind === 'failed'
        ? [item.path, item.id]
        : [item.id];
  return identities.filter((identity) => identity !== undefined);
}

/** Everything that items can be recognised by, together. */
export const identitySet = (items: readonly ResultItem[]): Set<string> => new Set(items.flatMap(identitiesOf));

/** Calendar date as the item gives it, `2024-07-14`: UTC from Google, wall clock from a file. */
export const dateOf = ({ creationTime }: MediaEntry): string | undefined => creationTime?.slice(0, 10);

/** Milliseconds since 1970; a time without zone counts as UTC, so that the machine's own zone never matters. */
export function timeOf({ creationTime }: MediaEntry): number | undefined {
  if (creationTime === undefined) return undefined;
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(creationTime) ? creationTime : `${creationTime}Z`);
  return Number.isNaN(time) ? undefined : time;
}

/** "Apple iPhone X", or the model alone when it names its maker. */
export function cameraOf({ cameraMake, cameraModel }: MediaEntry): string | undefined {
  if (!cameraMake || !cameraModel) return cameraModel || cameraMake || undefined;
  const [maker = ''] = cameraMake.split(' ');
  return cameraModel.toLowerCase().startsWith(maker.toLowerCase()) ? cameraModel : `${cameraMake} ${cameraModel}`;
}

export interface Timed extends Placed {
  /** Milliseconds since 1970. */
  time: number;
  /** Milliseconds of the date and time as written, whatever the zone. */
  clock: number;
  /** `2024-07-14`. */
  date: string;
}

/** Those with a capture time, oldest first, whatever the order of the result. What has its time already keeps it. */
export const inTimeOrder = (placed: readonly Placed[]): Timed[] =>
  placed.flatMap((each) => (isTimed(each) ? each : (withTime(each) ?? []))).sort(byTime);

const isTimed = (placed: Placed): placed is Timed => 'clock' in placed;

const byTime = (a: Timed, b: Timed): number => a.time - b.time || a.position - b.position;

function withTime({ position, item }: Placed): Timed | undefined {
  const time = timeOf(item);
  const date = dateOf(item);
  if (time === undefined || date === undefined) return undefined;
  return { position, item, time, clock: Date.parse(`${item.creationTime?.slice(0, 19)}Z`), date };
}

/** Neighbours for which `isSame` holds, runs of one included: of what is in order a grouping that needs no names. */
export function runsOf<Item>(items: readonly Item[], isSame: (before: Item, item: Item) => boolean): Item[][] {
  const runs: Item[][] = [];
  let run: Item[] = [];
  for (const item of items) {
    const before = run.at(-1);
    if (before === undefined || !isSame(before, item)) {
      run = [];
      runs.push(run);
    }
    run.push(item);
  }
  return runs;
}

/** Groups by a key, in order of first appearance; items whose key is undefined are left out. */
export function groupBy<Item>(items: readonly Item[], key: (item: Item) => string | undefined): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
}
