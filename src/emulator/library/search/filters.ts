/** Search filters (contract 3.15): their messages, what is forbidden, and what they let through. */
import { invalidArgument } from '../../errors.ts';
import { bool, type Decoded, enumeration, list, message } from '../../json.ts';
import type { StoredMediaItem } from '../../model.ts';
import { CONTENT_CATEGORIES } from './categories.ts';
import { dateFilter } from './dates.ts';

const category = enumeration('ContentCategory', CONTENT_CATEGORIES);

export const filters = message({
  dateFilter,
  contentFilter: message({ includedContentCategories: list(category), excludedContentCategories: list(category) }),
  mediaTypeFilter: message({
    mediaTypes: list(enumeration('MediaTypeFilter.MediaType', ['ALL_MEDIA', 'VIDEO', 'PHOTO'])),
  }),
  featureFilter: message({ includedFeatures: list(enumeration('FeatureFilter.Feature', ['NONE', 'FAVORITES'])) }),
  includeArchivedMedia: bool,
  excludeNonAppCreatedData: bool,
});
export type Filters = NonNullable<Decoded<typeof filters>>;

type Test = (item: StoredMediaItem) => boolean;

/** Whether the message says anything at all; a lone `includeArchivedMedia` counts (contract 3.15). */
export function isFiltering({ includeArchivedMedia, excludeNonAppCreatedData, ...rest }: Filters): boolean {
  return includeArchivedMedia || excludeNonAppCreatedData || Object.values(rest).some((filter) => filter !== undefined);
}

/** Whether it looks at what items are; then items dated in the future never match (contract 3.15). */
export function looksAtItems({ dateFilter, contentFilter, mediaTypeFilter, featureFilter }: Filters): boolean {
  return [dateFilter, contentFilter, mediaTypeFilter, featureFilter].some((filter) => filter !== undefined);
}

/** All filters but the date filter, as one test; throws 400 for what is forbidden. Archived items are not its business. */
export function filterTest({ contentFilter, mediaTypeFilter, featureFilter }: Filters): Test {
  const tests = [
    categoryTest(contentFilter?.includedContentCategories ?? [], contentFilter?.excludedContentCategories ?? []),
    mediaTypeTest(mediaTypeFilter?.mediaTypes ?? []),
    featureTest(featureFilter?.includedFeatures ?? []),
  ];
  return (item) => tests.every((test) => test(item));
}

function categoryTest(included: readonly string[], excluded: readonly string[]): Test {
  if (included.length > 10 || excluded.length > 10) {
    throw invalidArgument('Content filter must not have more than 10 included or excluded categories.');
  }
  if (included.some((name) => name !== 'NONE' && excluded.includes(name))) {
    throw invalidArgument('Content filter must not include and exclude the same category.');
  }
  const wanted = included.filter((name) => name !== 'NONE');
  return ({ categories }) =>
    (wanted.length === 0 || wanted.some((name) => categories.includes(name))) &&
    !excluded.some((name) => categories.includes(name));
}

function mediaTypeTest(mediaTypes: readonly string[]): Test {
  if (mediaTypes.length > 1) throw invalidArgument('Media type filter must have exactly one media type.');
  const [wanted = 'ALL_MEDIA'] = mediaTypes;
  if (wanted === 'ALL_MEDIA') return () => true;
  return ({ video }) => (wanted === 'VIDEO') === (video !== undefined);
}

const featureTest =
  (features: readonly string[]): Test =>
  ({ favorite }) =>
    favorite || !features.includes('FAVORITES');

/** `orderBy` goes with a date filter and nothing else but the two flags (contract 3.15). */
export function readOrder(orderBy: string, given: Filters | undefined): 'newest' | 'oldest' {
  if (orderBy === '') return 'newest';
  const order = ORDERS[orderBy.trim().replaceAll(/\s+/g, ' ')];
  if (!order) throw invalidArgument(`Invalid order by: ${orderBy}`);
  if (!given?.dateFilter) throw invalidArgument('Order by is only supported together with a date filter.');
  if (given.contentFilter || given.mediaTypeFilter || given.featureFilter) {
    throw invalidArgument('Order by is not supported together with content, media type or feature filters.');
  }
  return order;
}

const ORDERS: Readonly<Record<string, 'newest' | 'oldest'>> = {
  'MediaMetadata.creation_time': 'oldest',
  'MediaMetadata.creation_time desc': 'newest',
};
