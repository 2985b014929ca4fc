/** Items that are probably the same photo twice. */
import { hashWords, wordDistance } from '../media/sheets/hash.ts';
import { groupBy, identitiesOf, inTimeOrder, type Placed, positionsOf, runsOf, type Timed } from './media.ts';

export interface Duplicates {
  filenames: string[];
  /** Capture time of the first. */
  at: string;
  positions: number[];
  /** Why: equal facts, or alike to the eye. */
  because: 'same name, size and time' | 'look alike';
}

/** At most this many of 64 bits differ between copies of one picture (measured) … */
const SAME_PICTURE = 8;
/** … and between pictures taken within seconds of each other. */
const SAME_MOMENT_PICTURE = 12;
const SAME_MOMENT_MS = 10_000;

/** Same file name but for a copy's number, same size in pixels (and bytes, where known), same second. */
export function findSameFacts(placed: readonly Placed[]): Duplicates[] {
  const second = ({ time }: Timed) => Math.floor(time / 1000);
  const together = runsOf(inTimeOrder(placed), (before, item) => second(before) === second(item));
  return together
    .filter((moment) => moment.length > 1)
    .flatMap((moment) => [...groupBy(moment, factsOf).values()])
    .filter((group) => group.length > 1)
    .map((group) => toDuplicates(group, 'same name, size and time'));
}

const factsOf = ({ item }: Timed): string =>
  [originalName(item.filename), item.width, item.height, item.kind === 'localFile' ? item.size : ''].join('|');

/** `IMG_1 (2).JPG`, `IMG_1~2.jpg` and `img_1 copy.jpg` are copies of `img_1.jpg`. */
export const originalName = (filename: string): string =>
  filename.toLowerCase().replace(/(?: ?\(\d+\)|~\d+|[ _-]copy(?: \d+)?)(?=\.[^.]+$)/, '');

/**
 * Pictures of one day that look alike, by perceptual hashes (16 hex digits) under any identity of the item.
 * Linked ones form a group: a is like b and b like c puts all three together.
 */
export function findLookalikes(placed: readonly Placed[], hashes: ReadonlyMap<string, string>): Duplicates[] {
  if (hashes.size === 0) return [];
  const hashed = inTimeOrder(placed).flatMap((item) => {
    const hash = identitiesOf(item.item)
      .map((id) => hashes.get(id))
      .find((found) => found !== undefined);
    return hash === undefined ? [] : [{ ...item, words: hashWords(hash) }];
  });
  const days = [...groupBy(hashed, ({ date }) => date).values()];
  return days.flatMap(linked).map((group) => toDuplicates(group, 'look alike'));
}

type Hashed = Timed & { words: readonly [number, number] };

function areAlike(a: Hashed, b: Hashed): boolean {
  const limit = Math.abs(a.time - b.time) <= SAME_MOMENT_MS ? SAME_MOMENT_PICTURE : SAME_PICTURE;
  return wordDistance(a.words, b.words) <= limit;
}

/** Groups of two and more that are connected by likeness. */
function linked(items: readonly Hashed[]): Hashed[][] {
  const group = items.map((_, index) => index);
  const root = (index: number): number => {
    const parent = group[index] ?? index;
    return parent === index ? index : root(parent);
  };
  for (const [i, a] of items.entries()) {
    for (let j = i + 1; j < items.length; j++) {
      const b = items[j];
      if (b && areAlike(a, b)) group[root(j)] = root(i);
    }
  }
  const indexes = items.map((item, index) => ({ item, root: String(root(index)) }));
  return [...groupBy(indexes, (entry) => entry.root).values()]
    .filter((members) => members.length > 1)
    .map((members) => members.map(({ item }) => item));
}

const toDuplicates = (group: readonly Timed[], because: Duplicates['because']): Duplicates => ({
  filenames: group.map(({ item }) => item.filename),
  at: group[0]?.item.creationTime ?? '',
  positions: positionsOf(group),
  because,
});
