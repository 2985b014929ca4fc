/**
 * Media items: a base that may be virtual (a million generated items, none of them kept) under an overlay of what clients
 * added or changed. Items are never deleted: the API cannot (contract 0.2 item 4).
 */
import type { StoredMediaItem } from './model.ts';

/** A library to start from, newest first by `creationTimeOf`. Items it returns are fresh or frozen: nobody changes them in place. */
export interface ItemSource {
  readonly count: number;
  /** @param index 0 is the newest. */
  at(index: number): StoredMediaItem;
  indexOf(id: string): number | undefined;
  /** The id of an item with this content; absent when the source cannot know without drawing every picture. */
  findBySha256?(sha256: string): string | undefined;
  /** Other people's items in shared albums: found by id, not counted, not in the library. */
  readonly elsewhere?: readonly StoredMediaItem[];
}

/** Where a walk stopped: the last item it gave. Survives additions, so page tokens may carry it. */
export interface Cursor {
  time: number;
  id: string;
  /** Index in the base of the next item in walking direction. */
  base: number;
}

/** Milliseconds, start included, end not. */
export interface TimeRange {
  start: number;
  end: number;
}

export interface Walk {
  /** `newest` first by default. */
  order?: 'newest' | 'oldest';
  /** Only items whose creation time lies in one of these; sorted ascending, not overlapping. All of them by default. */
  ranges?: readonly TimeRange[];
  after?: Cursor;
}

/** Shown as `mediaMetadata.creationTime`: capture time, else upload time (contract 4.4). */
export const creationTimeOf = (item: StoredMediaItem): string => item.captureTime ?? item.uploadTime;

/** As `creationTimeOf`, in ms. */
export const timeOf = (item: StoredMediaItem): number => Date.parse(creationTimeOf(item));

const ALL_TIME: readonly TimeRange[] = [{ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }];

/** An `ItemSource` over a list in any order. */
export function arraySource(items: readonly StoredMediaItem[]): ItemSource {
  const sorted = items
    .filter(({ contributor }) => contributor === undefined)
    .map((item) => ({ item, time: timeOf(item) }))
    .sort((a, b) => compare(a.time, a.item.id, b.time, b.item.id));
  const byId = new Map(sorted.map(({ item }, index) => [item.id, index]));
  const bySha256 = new Map(sorted.map(({ item }) => [item.sha256, item.id]));
  return {
    count: sorted.length,
    at(index) {
      const found = sorted[index];
      if (!found) throw new RangeError(`no item at ${index}`);
      return found.item;
    },
    indexOf: (id) => byId.get(id),
    findBySha256: (sha256) => bySha256.get(sha256),
    elsewhere: items.filter(({ contributor }) => contributor !== undefined),
  };
}

/** Newest first; ids decide between items of the same instant. */
function compare(timeA: number, idA: string, timeB: number, idB: string): number {
  return timeB - timeA || (idA < idB ? -1 : idA > idB ? 1 : 0);
}

/** The first index in 0..count for which `isPast` holds, given that it holds for all later ones too. */
function firstIndex(count: number, isPast: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Added {
  item: StoredMediaItem;
  time: number;
}

export interface ItemStore {
  readonly count: number;
  get(id: string): StoredMediaItem | undefined;
  /** The id of an item of the user's library with this content (contract 10.2). */
  findBySha256(sha256: string): string | undefined;
  /** An item with a `contributor` is found by id only: it is in somebody else's library. */
  add(item: StoredMediaItem): void;
  /** Replaces some fields of an item; its times, id and content stay. */
  change(
    id: string,
    fields: Partial<Pick<StoredMediaItem, 'description' | 'favorite' | 'archived' | 'categories' | 'video'>>,
  ): StoredMediaItem | undefined;
  /** Items in time order, with the cursor to continue after each. */
  walk(walk?: Walk): Generator<{ item: StoredMediaItem; cursor: Cursor }>;
  /** The overlay, for the state file. */
  overlay(): { added: StoredMediaItem[]; changed: StoredMediaItem[] };
}

/** @param overlay what an earlier run added and changed. */
export function createItemStore(
  base: ItemSource,
  overlay?: { added: readonly StoredMediaItem[]; changed: readonly StoredMediaItem[] },
): ItemStore {
  const added: Added[] = [];
  const addedById = new Map<string, Added>();
  const changed = new Map<string, StoredMediaItem>();
  const shaOfAdded = new Map<string, string>();
  const elsewhere = new Map((base.elsewhere ?? []).map((item) => [item.id, item]));

  const baseAt = (index: number): StoredMediaItem => {
    const item = base.at(index);
    return changed.get(item.id) ?? item;
  };

  const get = (id: string): StoredMediaItem | undefined => {
    const own = addedById.get(id);
    if (own) return own.item;
    const index = base.indexOf(id);
    return index === undefined ? elsewhere.get(id) : baseAt(index);
  };

  const add = (item: StoredMediaItem): void => {
    const entry = { item, time: timeOf(item) };
    addedById.set(item.id, entry);
    if (item.contributor) return;
    const index = firstIndex(added.length, (i) => isAfter(added[i], entry));
    added.splice(index, 0, entry);
    if (!shaOfAdded.has(item.sha256)) shaOfAdded.set(item.sha256, item.id);
  };

  for (const item of overlay?.added ?? []) add(item);
  for (const item of overlay?.changed ?? []) changed.set(item.id, item);

  function* walkRange(
    range: TimeRange,
    order: 'newest' | 'oldest',
    after?: Cursor,
  ): Generator<{ item: StoredMediaItem; cursor: Cursor }> {
    const step = order === 'newest' ? 1 : -1;
    let [baseFrom, baseTo] = bounds(base.count, (index) => timeOf(base.at(index)), range);
    let [addedFrom, addedTo] = bounds(added.length, (index) => added[index]?.time ?? 0, range);
    if (after) {
      const key = after;
      const next = firstIndex(added.length, (i) => isAfter(added[i], { time: key.time, item: { id: key.id } }));
      if (order === 'newest') {
        baseFrom = Math.max(baseFrom, key.base);
        addedFrom = Math.max(addedFrom, next);
      } else {
        baseTo = Math.min(baseTo, key.base + 1);
        addedTo = Math.min(
          addedTo,
          firstIndex(added.length, (i) => !isBefore(added[i], { time: key.time, item: { id: key.id } })),
        );
      }
    }
    let inBase = order === 'newest' ? baseFrom : baseTo - 1;
    let inAdded = order === 'newest' ? addedFrom : addedTo - 1;
    const baseLeft = (): boolean => inBase >= baseFrom && inBase < baseTo;
    while (true) {
      const ofBase = baseLeft() ? baseAt(inBase) : undefined;
      const ofAdded = inAdded >= addedFrom && inAdded < addedTo ? added[inAdded] : undefined;
      if (!ofBase && !ofAdded) return;
      const baseTime = ofBase ? timeOf(ofBase) : 0;
      const takeAdded = ofAdded && (!ofBase || compare(ofAdded.time, ofAdded.item.id, baseTime, ofBase.id) * step < 0);
      const item = takeAdded ? ofAdded.item : ofBase;
      if (!item) return;
      if (takeAdded) inAdded += step;
      else inBase += step;
      yield { item, cursor: { time: takeAdded ? ofAdded.time : baseTime, id: item.id, base: inBase } };
    }
  }

  return {
    get count() {
      return base.count + added.length;
    },
    get,
    add,
    findBySha256: (sha256) => shaOfAdded.get(sha256) ?? base.findBySha256?.(sha256),
    change(id, fields) {
      const item = get(id);
      if (!item) return undefined;
      const next = { ...item, ...fields };
      const own = addedById.get(id);
      if (own) own.item = next;
      else changed.set(id, next);
      return next;
    },
    *walk({ order = 'newest', ranges = ALL_TIME, after } = {}) {
      const ordered = order === 'newest' ? [...ranges].reverse() : ranges;
      for (const range of ordered) {
        if (after && isDone(range, order, after.time)) continue;
        yield* walkRange(range, order, after);
      }
    },
    overlay: () => ({ added: [...addedById.values()].map(({ item }) => item), changed: [...changed.values()] }),
  };
}

function isDone(range: TimeRange, order: 'newest' | 'oldest', time: number): boolean {
  return order === 'newest' ? range.start > time : range.end <= time;
}

/** Indexes [from, to) of a newest-first list whose times lie in the range. */
function bounds(count: number, timeAt: (index: number) => number, range: TimeRange): [number, number] {
  if (range === ALL_TIME[0]) return [0, count];
  return [firstIndex(count, (i) => timeAt(i) < range.end), firstIndex(count, (i) => timeAt(i) < range.start)];
}

type Key = { time: number; item: { id: string } };

function isAfter(a: Key | undefined, b: Key): boolean {
  return a !== undefined && compare(a.time, a.item.id, b.time, b.item.id) > 0;
}

function isBefore(a: Key | undefined, b: Key): boolean {
  return a !== undefined && compare(a.time, a.item.id, b.time, b.item.id) < 0;
}
