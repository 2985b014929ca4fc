/** A result at a glance: everything that `summary.ts` puts into words. */
import type { ResultItem } from '../results/types.ts';
import { type Burst, findBursts } from './bursts.ts';
import { type Counts, countItems } from './counts.ts';
import { type Duplicates, findLookalikes, findSameFacts } from './duplicates.ts';
import { findEvents, type PhotoEvent } from './events.ts';
import { identitiesOf, inTimeOrder, type Placed, placeMedia, positionsOf } from './media.ts';

export interface Overview {
  /** Photos and videos; albums and failed files in the result are not counted. */
  items: number;
  /** First and last calendar date. */
  from?: string;
  to?: string;
  counts: Counts;
  /** Oldest first. */
  events: PhotoEvent[];
  /** Dated items that belong to no event. */
  everyday: number[];
  bursts: Burst[];
  duplicates: Duplicates[];
  /** Only when `albumItems` was given. */
  inNoAlbum?: number[];
}

export interface OverviewOptions {
  /** Positions to look at; all when absent. */
  only?: ReadonlySet<number>;
  /** Ids of all media items that are in any album. */
  albumItems?: ReadonlySet<string>;
  /** Perceptual hashes by identity (media item id, path or picked item id), as far as there are any. */
  hashes?: ReadonlyMap<string, string>;
}

/** All positions are 1-based places in `items`, whose order does not matter. */
export function describeResult(items: readonly ResultItem[], options: OverviewOptions = {}): Overview {
  const { only } = options;
  const placed = placeMedia(items).filter(({ position }) => only?.has(position) ?? true);
  const timed = inTimeOrder(placed);
  const dates = timed.map(({ date }) => date).sort();
  const events = findEvents(timed);
  const inEvents = new Set(events.flatMap(({ positions }) => positions));
  return {
    items: placed.length,
    from: dates[0],
    to: dates.at(-1),
    counts: countItems(placed),
    events,
    everyday: positionsOf(timed).filter((position) => !inEvents.has(position)),
    bursts: findBursts(timed),
    duplicates: findDuplicates(timed, options.hashes),
    inNoAlbum: options.albumItems && positionsOf(outsideOf(placed, options.albumItems)),
  };
}

/** Lookalikes that equal facts have found already are not told twice. */
function findDuplicates(placed: readonly Placed[], hashes: ReadonlyMap<string, string> = new Map()): Duplicates[] {
  const sameFacts = findSameFacts(placed);
  const known = new Set(sameFacts.map(key));
  const lookalikes = findLookalikes(placed, hashes).filter((group) => !known.has(key(group)));
  return [...sameFacts, ...lookalikes].sort((a, b) => a.at.localeCompare(b.at));
}

const key = ({ positions }: Duplicates): string => [...positions].sort((a, b) => a - b).join();

const outsideOf = (placed: readonly Placed[], ids: ReadonlySet<string>): Placed[] =>
  placed.filter(({ item }) => !identitiesOf(item).some((id) => ids.has(id)));
