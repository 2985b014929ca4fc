/** Which of the items named in a plan can be used, in which order. */
import { type ItemOrder, inOrder } from '../../results/order.ts';
import type { MediaItemEntry } from '../../results/types.ts';
import { timeOf } from '../media.ts';
import { type LibraryFacts, mediaItemIdOf } from './facts.ts';
import type { PlanItem } from './input.ts';
import type { Problems } from './problems.ts';

/** What an item is that has no id in the library, and what to do about it. */
const NOT_IN_LIBRARY: Record<string, { reason: string; next?: (name: string) => string }> = {
  localFile: {
    reason: 'a local file has to be uploaded first',
    next: (name) => `media_upload {"from": ["${name}"]}, then use its result`,
  },
  pickedItem: {
    reason: 'a picked photo has to be copied into the app’s library first',
    next: (name) => `media_upload {"from": ["${name}"]}, then use its result`,
  },
  album: {
    reason: 'that is an album, not a photo',
    next: (name) => `media_items_search {"albumId": "${name}"} gives its items`,
  },
  failed: { reason: 'that could not be read or uploaded' },
};

/** Ids of the items that can be used, each once; the others become problems. */
export function usableIds(
  items: readonly PlanItem[],
  facts: LibraryFacts,
  subject: string,
  problems: Problems,
): string[] {
  const ids = items.map((item) => usableId(item, facts, subject, problems));
  return [...new Set(ids.filter((id) => id !== undefined))];
}

/** The id of an item that can be used; another one becomes a problem. */
export function usableId(
  named: PlanItem,
  { unavailable }: LibraryFacts,
  subject: string,
  problems: Problems,
): string | undefined {
  const { name, item } = named;
  const id = mediaItemIdOf(named);
  if (id !== undefined && !unavailable.has(id)) return id;
  const { reason, next } = (id === undefined ? NOT_IN_LIBRARY[item.kind] : undefined) ?? {
    reason: 'Google has no such item for this app: it was deleted, or another app made it',
  };
  problems.add(subject, reason, { name, next: next?.(name) });
  return undefined;
}

const captureTime = (item: MediaItemEntry | undefined): number | undefined => item && timeOf(item);

export const idsInOrder = (ids: readonly string[], order: ItemOrder, { items }: LibraryFacts): string[] =>
  inOrder(ids, order, (id) => ({ filename: items.get(id)?.filename ?? '', time: captureTime(items.get(id)) }));

/** Whether items run from new to old, as Google lists them: seldom what a person wants of an album. */
export function runsBackwards(ids: readonly string[], { items }: LibraryFacts): boolean {
  const times = ids.map((id) => captureTime(items.get(id)) ?? Number.MAX_SAFE_INTEGER);
  const rises = times.some((time, index) => index > 0 && time > (times[index - 1] ?? time));
  return !rises && (times[0] ?? 0) > (times.at(-1) ?? 0);
}
