/** From the words of a search (ISO dates, flags) to Google's filters, with every rule of contract 3.15 checked before a request. */
import { AppError } from '../app-error.ts';
import { LIMITS } from './limits.ts';
import type { DateRange, Filters, GoogleDate, RequestOf } from './types.ts';

export const CONTENT_CATEGORIES = [
  'LANDSCAPES',
  'RECEIPTS',
  'CITYSCAPES',
  'LANDMARKS',
  'SELFIES',
  'PEOPLE',
  'PETS',
  'WEDDINGS',
  'BIRTHDAYS',
  'DOCUMENTS',
  'TRAVEL',
  'ANIMALS',
  'FOOD',
  'SPORT',
  'NIGHT',
  'PERFORMANCES',
  'WHITEBOARDS',
  'SCREENSHOTS',
  'UTILITY',
  'ARTS',
  'CRAFTS',
  'FASHION',
  'HOUSES',
  'GARDENS',
  'FLOWERS',
  'HOLIDAYS',
] as const;

export interface SearchInput {
  albumId?: string;
  /** `2024`, `2024-07`, `2024-07-14`, `--07-14` (that day of every year). */
  dates?: string[];
  /** `2024-07-01/2024-07-31`, `2023/2024`: both ends included, both in the same form. */
  ranges?: string[];
  includedContentCategories?: string[];
  excludedContentCategories?: string[];
  mediaType?: 'ALL_MEDIA' | 'PHOTO' | 'VIDEO';
  favorites?: boolean;
  includeArchivedMedia?: boolean;
  excludeNonAppCreatedData?: boolean;
  orderBy?: 'newest' | 'oldest';
}

type SearchRequest = Omit<RequestOf<'mediaItems.search'>, 'pageSize' | 'pageToken'>;

/** Throws AppError `badSearch` with one line about the first rule that is broken. */
export function toSearchRequest(input: SearchInput): SearchRequest {
  const filters = toFilters(input);
  const { albumId, orderBy } = input;
  if (albumId !== undefined && filters) throw refuse('albumId cannot be combined with filters.', ALBUM_WITH_FILTERS);
  if (albumId !== undefined) {
    if (orderBy) throw refuse('orderBy works only with dates or ranges, not with an album.', ALBUM_WITH_FILTERS);
    return { albumId };
  }
  return { ...(filters && { filters }), ...(orderBy && { orderBy: toOrderBy(orderBy, filters) }) };
}

const ALBUM_WITH_FILTERS =
  'Search the album alone, then narrow the result with results_read (from, to, mediaType, …), which costs no request.';

function toOrderBy(order: 'newest' | 'oldest', filters: Filters | undefined): string {
  const others = filters?.contentFilter ?? filters?.mediaTypeFilter ?? filters?.featureFilter;
  if (!filters?.dateFilter || others) {
    throw refuse(
      'Google takes orderBy only with dates or ranges and no other filter.',
      'Leave orderBy out (newest first), or sort the result with results_read {sort}.',
    );
  }
  return `MediaMetadata.creation_time${order === 'newest' ? ' desc' : ''}`;
}

function toFilters(input: SearchInput): Filters | undefined {
  const filters: Filters = {
    ...toDateFilter(input),
    ...toContentFilter(input),
    ...(input.mediaType && { mediaTypeFilter: { mediaTypes: [input.mediaType] } }),
    ...(input.favorites && { featureFilter: { includedFeatures: ['FAVORITES' as const] } }),
    ...(input.includeArchivedMedia && { includeArchivedMedia: true }),
    ...(input.excludeNonAppCreatedData && { excludeNonAppCreatedData: true }),
  };
  return Object.keys(filters).length > 0 ? filters : undefined;
}

function toDateFilter({ dates = [], ranges = [] }: SearchInput): Pick<Filters, 'dateFilter'> {
  for (const [name, list] of Object.entries({ dates, ranges })) {
    if (list.length > LIMITS.dates) {
      throw refuse(
        `Google takes at most ${LIMITS.dates} ${name}, not ${list.length}.`,
        'Search in parts, or use one range that covers them and narrow it with results_read.',
      );
    }
  }
  if (dates.length + ranges.length === 0) return {};
  return {
    dateFilter: {
      ...(dates.length > 0 && { dates: dates.map(toDate) }),
      ...(ranges.length > 0 && { ranges: ranges.map(toRange) }),
    },
  };
}

function toContentFilter(input: SearchInput): Pick<Filters, 'contentFilter'> {
  const { includedContentCategories: included = [], excludedContentCategories: excluded = [] } = input;
  for (const [name, list] of Object.entries({ included, excluded })) {
    if (list.length > LIMITS.categories) {
      throw refuse(`Google takes at most ${LIMITS.categories} ${name} categories, not ${list.length}.`, 'Name fewer.');
    }
  }
  const both = included.find((category) => excluded.includes(category));
  if (both) throw refuse(`Category ${both} is both included and excluded.`, 'Name it in one of the two lists.');
  if (included.length + excluded.length === 0) return {};
  return {
    contentFilter: {
      ...(included.length > 0 && { includedContentCategories: included }),
      ...(excluded.length > 0 && { excludedContentCategories: excluded }),
    },
  };
}

const DATE = /^(?:(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?|--(\d{2})-(\d{2}))$/;

/** The four date forms that Google knows (contract 3.15.1). */
export function toDate(text: string): GoogleDate {
  const match = DATE.exec(text.trim());
  if (!match) throw badDate(text, 'is not a date');
  const [year, month, day] = [match[1], match[2] ?? match[4], match[3] ?? match[5]].map((part) =>
    part === undefined ? undefined : Number(part),
  );
  // 2000 was a leap year: an anniversary on 29 February exists.
  if (year === 0 || !exists(year ?? 2000, month, day)) throw badDate(text, 'does not exist in the calendar');
  return { ...(year && { year }), ...(month && { month }), ...(day && { day }) };
}

function exists(year: number, month = 1, day = 1): boolean {
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function toRange(text: string): DateRange {
  const [start = '', end = '', ...more] = text.split('/');
  if (more.length > 0 || end === '') throw badDate(text, 'is not a range');
  const [startDate, endDate] = [toDate(start), toDate(end)];
  if (form(startDate) !== form(endDate)) throw badDate(text, 'has ends of different forms');
  if (comparable(startDate) > comparable(endDate)) throw badDate(text, 'ends before it starts');
  return { startDate, endDate };
}

const form = (date: GoogleDate): string => Object.keys(date).join();

const comparable = ({ year = 0, month = 0, day = 0 }: GoogleDate): number => (year * 100 + month) * 100 + day;

const badDate = (text: string, what: string) =>
  refuse(
    `"${text.slice(0, 40)}" ${what}.`,
    'Write dates as 2024, 2024-07, 2024-07-14 or --07-14 (every year), ranges as 2024-07-01/2024-07-31.',
  );

const refuse = (message: string, next: string) => new AppError('badSearch', message, next);

/** What a search looks for, in words: "2024-07, photos, without SCREENSHOTS". */
export function describeSearch(input: SearchInput): string {
  const list = (names: string[] | undefined) => names?.join(' or ').toLowerCase();
  const parts = [
    [...(input.dates ?? []).map(dateInWords), ...(input.ranges ?? []).map(rangeInWords)].join(' or '),
    { PHOTO: 'photos', VIDEO: 'videos', ALL_MEDIA: '' }[input.mediaType ?? 'ALL_MEDIA'],
    list(input.includedContentCategories),
    input.excludedContentCategories?.length ? `without ${list(input.excludedContentCategories)}` : '',
    input.favorites ? 'favourites' : '',
    input.includeArchivedMedia ? 'archived too' : '',
    input.orderBy === 'oldest' ? 'oldest first' : '',
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'everything';
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

function dateInWords(text: string): string {
  const { year, month, day } = toDate(text);
  return [day, month && MONTHS[month - 1], year ?? 'every year'].filter(Boolean).join(' ');
}

const rangeInWords = (text: string): string => text.split('/').map(dateInWords).join(' to ');
