/**
 * Media items: a base that may be virtual (a million generated items, none of them kept) under an overlay of what clients
 * added or changed. Items are never deleted: the API cannot (contract 0.2 item 4).
 */
import type { StoredMediaItem } from './model.ts';
import { type Cursor, comparePlaces, firstIndex, type Timeline, type Walk, walkTogether } from './timeline.ts';

export type { Cursor, TimeRange, Walk } from './timeline.ts';

/** A library to start from, newest first by `creationTimeOf`. Items it returns are fresh or frozen, never changed in place. */
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

/** Shown as `mediaMetadata.creationTime`: capture time, else upload time (contract 4.4). */
export const creationTimeOf = (item: StoredMediaItem): string => item.captureTime ?? item.uploadTime;

/** As `creationTimeOf`, in ms. */
export const timeOf = (item: StoredMediaItem): number => Date.parse(creationTimeOf(item));

/** An item with its place in time. */
interface Dated extends Cursor {
  item: StoredMediaItem;
}

const dated = (item: StoredMediaItem): Dated => ({ item, id: item.id, time: timeOf(item) });

/** An `ItemSource` over a list in any order. */
export function arraySource(items: readonly StoredMediaItem[]): ItemSource {
  const own = items.filter(({ contributor }) => contributor === undefined);
  const sorted = own.map(dated).sort(comparePlaces);
  const byId = new Map(sorted.map(({ id }, index) => [id, index]));
  const bySha256 = new Map(sorted.map(({ item, id }) => [item.sha256, id]));
  return {
    count: sorted.length,
    at: (index) => required(sorted[index]).item,
    indexOf: (id) => byId.get(id),
    findBySha256: (sha256) => bySha256.get(sha256),
    elsewhere: items.filter(({ contributor }) => contributor !== undefined),
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('no such item');
  return value;
}

export interface ItemStore {
  readonly count: number;
  get(id: string): StoredMediaItem | undefined;
  /** The id of an item of the user's library with this content (contract 10.2). */
  findBySha256(sha256: string): string | undefined;
  /** An item with a `contributor` is found by id only: it is in another person's library. */
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
  const added: Dated[] = [];
  const addedById = new Map<string, Dated>();
  const changed = new Map<string, StoredMediaItem>();
  const shaOfAdded = new Map<string, string>();
  const elsewhere = new Map((base.elsewhere ?? []).map((item) => [item.id, item]));

  const baseAt = (index: number): StoredMediaItem => {
    const item = base.at(index);
    return changed.get(item.id) ?? item;
  };
  const baseLine: Timeline<Dated> = { count: base.count, at: (index) => dated(baseAt(index)) };
  const addedLine: Timeline<Dated> = {
    get count() {
      return added.length;
    },
    at: (index) => required(added[index]),
  };

  const get = (id: string): StoredMediaItem | undefined => {
    const own = addedById.get(id);
    if (own) return own.item;
    const index = base.indexOf(id);
    return index === undefined ? (changed.get(id) ?? elsewhere.get(id)) : baseAt(index);
  };

  const add = (item: StoredMediaItem): void => {
    const entry = dated(item);
    addedById.set(item.id, entry);
    if (item.contributor) return;
    added.splice(
      firstIndex(addedLine, (place) => comparePlaces(place, entry) > 0),
      0,
      entry,
    );
    if (!shaOfAdded.has(item.sha256)) shaOfAdded.set(item.sha256, item.id);
  };

  for (const item of overlay?.added ?? []) add(item);
  for (const item of overlay?.changed ?? []) changed.set(item.id, item);

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
    *walk(walk = {}) {
      for (const { item, time, id } of walkTogether(baseLine, addedLine, walk)) yield { item, cursor: { time, id } };
    },
    overlay: () => ({ added: [...addedById.values()].map(({ item }) => item), changed: [...changed.values()] }),
  };
}
