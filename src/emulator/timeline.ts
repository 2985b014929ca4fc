/** Walks over things sorted by time, newest first: by range, in either order, from where an earlier walk stopped. */

/** A place in time; ids decide between things of the same instant. */
export interface Cursor {
  /** Milliseconds. */
  time: number;
  id: string;
}

/** A list that may be virtual: newest first, by `comparePlaces`. */
export interface Timeline<T extends Cursor> {
  readonly count: number;
  at(index: number): T;
}

/** Milliseconds, start included, end not. */
export interface TimeRange {
  start: number;
  end: number;
}

export interface Walk {
  /** `newest` first by default. */
  order?: 'newest' | 'oldest';
  /** Only what lies in one of these; sorted ascending, not overlapping. Everything by default. */
  ranges?: readonly TimeRange[];
  /** Goes on behind this place, whether or not something is there. */
  after?: Cursor;
}

const ALL_TIME: readonly TimeRange[] = [{ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }];

/** Negative when `a` comes first, newest first. */
export function comparePlaces(a: Cursor, b: Cursor): number {
  return b.time - a.time || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The first index at which `isPast` holds, given that it holds for all later ones too. */
export function firstIndex<T extends Cursor>({ count, at }: Timeline<T>, isPast: (place: T) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(at(middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Two timelines as one. */
export function* walkTogether<T extends Cursor>(a: Timeline<T>, b: Timeline<T>, walk: Walk): Generator<T> {
  const { order = 'newest', ranges = ALL_TIME, after } = walk;
  for (const range of order === 'newest' ? [...ranges].reverse() : ranges) {
    const [left, right] = [a, b].map((timeline) => walkRange(timeline, range, order, after));
    if (left && right) yield* merge(left, right, order);
  }
}

function* walkRange<T extends Cursor>(line: Timeline<T>, range: TimeRange, order: Walk['order'], after?: Cursor) {
  let from = range.end === Number.POSITIVE_INFINITY ? 0 : firstIndex(line, ({ time }) => time < range.end);
  let to = range.start === Number.NEGATIVE_INFINITY ? line.count : firstIndex(line, ({ time }) => time < range.start);
  if (order === 'oldest') {
    if (after)
      to = Math.min(
        to,
        firstIndex(line, (place) => comparePlaces(place, after) >= 0),
      );
    for (let index = to - 1; index >= from; index -= 1) yield line.at(index);
    return;
  }
  if (after)
    from = Math.max(
      from,
      firstIndex(line, (place) => comparePlaces(place, after) > 0),
    );
  for (let index = from; index < to; index += 1) yield line.at(index);
}

function* merge<T extends Cursor>(left: Generator<T>, right: Generator<T>, order: Walk['order']): Generator<T> {
  const sign = order === 'oldest' ? -1 : 1;
  let [a, b] = [left.next(), right.next()];
  while (!a.done || !b.done) {
    if (b.done || (!a.done && comparePlaces(a.value, b.value) * sign < 0)) {
      if (!a.done) yield a.value;
      a = left.next();
    } else {
      yield b.value;
      b = right.next();
    }
  }
}
