/** What `results_read` can narrow a result by (design 3); every condition given must hold. */
import { AppError } from '../app-error.ts';
import { compareNames } from '../results/order.ts';
import type { AlbumEntry, FailedEntry, MediaEntry, ResultItem } from '../results/types.ts';
import { cameraOf, dateOf, identitiesOf, isMedia, timeOf } from './media.ts';
import { fold, isPattern, patternMatcher } from './name-pattern.ts';

export type SortOrder = 'oldest' | 'newest' | 'name' | 'largest';

export interface ResultFilter {
  /** First day, month or year: `2024-07-14`, `2024-07`, `2024`. Inclusive, as `to` is. */
  from?: string;
  to?: string;
  mediaType?: 'photo' | 'video';
  /** Part of maker or model. */
  camera?: string;
  /** Part of the name, or a pattern with `*`, `?` and `{a,b}` for the whole of it. Albums: the title. */
  filename?: string;
  /** Part of the description; `*` for any at all, the empty string for none. */
  description?: string;
  /** Pixels. */
  minWidth?: number;
  minHeight?: number;
  /** Identities (`identitySet`) of the items of another result. */
  inResult?: ReadonlySet<string>;
  notInResult?: ReadonlySet<string>;
  sort?: SortOrder;
  /** At most so many, after sorting. */
  limit?: number;
}

type Condition = (item: ResultItem) => boolean;

/** The items that pass, in their order unless `sort` gives another. Throws AppError `badDate`, `badPattern`. */
export function filterItems(items: readonly ResultItem[], filter: ResultFilter): ResultItem[] {
  const conditions = conditionsOf(filter);
  const passed = items.filter((item) => conditions.every((holds) => holds(item)));
  const sorted = filter.sort ? passed.toSorted(ORDERS[filter.sort]) : passed;
  return sorted.slice(0, filter.limit);
}

function conditionsOf(filter: ResultFilter): Condition[] {
  const { from, to, mediaType, camera, filename, description, minWidth, minHeight, inResult, notInResult } = filter;
  const first = from === undefined ? undefined : checkDate(from);
  const last = to === undefined ? undefined : checkDate(to);
  const matchesName = filename ? nameMatcher(filename) : undefined;
  const conditions: (Condition | false)[] = [
    first !== undefined && onMedia((item) => (dateOf(item) ?? '') >= first),
    last !== undefined && onMedia((item) => isUpTo(dateOf(item), last)),
    mediaType !== undefined && onMedia((item) => item.type === mediaType),
    camera !== undefined && onMedia((item) => contains(cameraNames(item), camera)),
    matchesName !== undefined && ((item) => matchesName(nameOf(item))),
    description !== undefined && onMedia((item) => describes(item, description)),
    minWidth !== undefined && onMedia((item) => (item.width ?? 0) >= minWidth),
    minHeight !== undefined && onMedia((item) => (item.height ?? 0) >= minHeight),
    inResult !== undefined && ((item) => identitiesOf(item).some((id) => inResult.has(id))),
    notInResult !== undefined && ((item) => !identitiesOf(item).some((id) => notInResult.has(id))),
  ];
  return conditions.filter((condition) => condition !== false);
}

const onMedia =
  (holds: (item: MediaEntry) => boolean): Condition =>
  (item) =>
    isMedia(item) && holds(item);

/** Dates sort as strings; a month or year compares with as much of the date as it has. */
const isUpTo = (date: string | undefined, last: string): boolean =>
  date !== undefined && date.slice(0, last.length) <= last;

function checkDate(text: string): string {
  const [year, month = '01', day = '01'] = text.split('-');
  const isShaped = /^\d{4}(-\d{2}){0,2}$/.test(text);
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (isShaped && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)) return text;
  throw new AppError(
    'badDate',
    `"${text.slice(0, 40)}" is not a date of the calendar.`,
    'Write dates as 2024, 2024-07 or 2024-07-14.',
  );
}

const contains = (text: string, part: string): boolean => fold(text).includes(fold(part));

const cameraNames = (item: MediaEntry): string =>
  `${item.cameraMake ?? ''} ${item.cameraModel ?? ''} ${cameraOf(item) ?? ''}`;

function describes({ description = '' }: MediaEntry, wanted: string): boolean {
  if (wanted === '*') return description !== '';
  return wanted === '' ? description === '' : contains(description, wanted);
}

const nameOf = (item: MediaEntry | AlbumEntry | FailedEntry): string =>
  item.kind === 'album' ? item.title : item.filename;

const nameMatcher = (text: string): ((name: string) => boolean) =>
  isPattern(text) ? patternMatcher(text) : (name) => contains(name, text);

const byTime = (a: ResultItem, b: ResultItem): number => timeForSort(a) - timeForSort(b);

const timeForSort = (item: ResultItem): number => (isMedia(item) ? timeOf(item) : undefined) ?? Number.MAX_SAFE_INTEGER;

/** What has no date comes last, whichever way the others run. */
const ORDERS: Record<SortOrder, (a: ResultItem, b: ResultItem) => number> = {
  oldest: byTime,
  newest: (a, b) => Number(isUndated(a)) - Number(isUndated(b)) || byTime(b, a),
  name: (a, b) => compareNames(nameOf(a), nameOf(b)),
  largest: (a, b) => sizeOf(b) - sizeOf(a),
};

const isUndated = (item: ResultItem): boolean => timeForSort(item) === Number.MAX_SAFE_INTEGER;

/** Pixels of a photo or video; items of an album. */
function sizeOf(item: ResultItem): number {
  if (item.kind === 'album') return item.count;
  return isMedia(item) ? (item.width ?? 0) * (item.height ?? 0) : 0;
}
