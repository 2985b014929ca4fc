/** mediaItems.search: filters, dates, order (contract 3.15; rules of 12.3 by number). */
import { expect, test } from 'vitest';
import { type Harness, startHarness } from './harness.ts';

/** File names found, in order. */
async function find({ api }: Harness, filters: object | undefined, more: object = {}): Promise<string[]> {
  const { status, json } = await api('POST', '/v1/mediaItems:search', { filters, pageSize: 100, ...more });
  expect(json.error).toBeUndefined();
  expect(status).toBe(200);
  return (json.mediaItems ?? []).map(({ filename }: { filename: string }) => filename);
}

async function refused({ api }: Harness, body: object): Promise<string> {
  const { status, json } = await api('POST', '/v1/mediaItems:search', body);
  expect([status, json.error?.status]).toEqual([400, 'INVALID_ARGUMENT']);
  return json.error.message;
}

const DAYS = [
  '2022-12-25',
  '2023-12-25',
  '2024-02-29',
  '2024-06-30',
  '2024-07-01',
  '2024-07-14',
  '2024-07-31',
  '2024-12-25',
];

async function calendar(): Promise<Harness> {
  const self = await startHarness();
  for (const day of DAYS) self.put({ filename: day, captureTime: `${day}T12:00:00Z` });
  self.put({ filename: 'last second', captureTime: '2024-07-31T23:59:59Z' });
  self.put({ filename: 'next month', captureTime: '2024-08-01T00:00:00Z' });
  self.put({ filename: 'undated', captureTime: undefined, uploadTime: '2024-07-14T12:00:00Z' });
  return self;
}

const date = (year: number, month: number, day: number) => ({ year, month, day });

test.each([
  ['a day', date(2024, 7, 14), ['2024-07-14']],
  ['a month', date(2024, 7, 0), ['last second', '2024-07-31', '2024-07-14', '2024-07-01']],
  ['a month of last resort', date(2024, 2, 0), ['2024-02-29']],
  ['a year', date(2023, 0, 0), ['2023-12-25']],
  ['an anniversary', date(0, 12, 25), ['2024-12-25', '2023-12-25', '2022-12-25']],
  ['29 February in any year', date(0, 2, 29), ['2024-02-29']],
  ['a day without photos', date(2024, 7, 15), []],
])('rule 6: %s', async (_, wanted, expected) => {
  expect(await find(await calendar(), { dateFilter: { dates: [wanted] } })).toEqual(expected);
});

test.each([
  ['nothing at all', date(0, 0, 0)],
  ['a day without its month', date(2024, 0, 5)],
  ['a month of any year', date(0, 7, 0)],
  ['a day of any month', date(0, 0, 5)],
  ['30 February', date(2024, 2, 30)],
  ['29 February 2023', date(2023, 2, 29)],
  ['31 June of any year', date(0, 6, 31)],
  ['month 13', date(2024, 13, 1)],
  ['day 32', date(2024, 1, 32)],
  ['year 10000', date(10_000, 1, 1)],
  ['a negative year', date(-1, 1, 1)],
])('rule 6: %s is refused', async (_, wanted) => {
  const self = await startHarness();
  await refused(self, { filters: { dateFilter: { dates: [wanted] } } });
  await refused(self, { filters: { dateFilter: { ranges: [{ startDate: wanted, endDate: wanted }] } } });
});

test('rule 6: five dates and five ranges, not six', async () => {
  const self = await startHarness();
  const day = date(2024, 7, 14);
  const range = { startDate: day, endDate: day };
  const filters = (dates: number, ranges: number) => ({
    dateFilter: { dates: Array(dates).fill(day), ranges: Array(ranges).fill(range) },
  });
  expect(await find(self, filters(5, 5))).toEqual([]);
  await refused(self, { filters: filters(6, 0) });
  await refused(self, { filters: filters(0, 6) });
});

test('dates and ranges add up, both ends included, nothing twice', async () => {
  const self = await calendar();
  const ranges = [{ startDate: date(2024, 6, 30), endDate: date(2024, 7, 14) }];
  expect(await find(self, { dateFilter: { dates: [date(2024, 7, 1), date(2022, 0, 0)], ranges } })).toEqual([
    '2024-07-14',
    '2024-07-01',
    '2024-06-30',
    '2022-12-25',
  ]);
  const months = [{ startDate: date(2024, 6, 0), endDate: date(2024, 7, 0) }];
  expect(await find(self, { dateFilter: { ranges: months } })).toEqual([
    'last second',
    '2024-07-31',
    '2024-07-14',
    '2024-07-01',
    '2024-06-30',
  ]);
  const years = [{ startDate: date(2022, 0, 0), endDate: date(2023, 0, 0) }];
  expect(await find(self, { dateFilter: { ranges: years } })).toEqual(['2023-12-25', '2022-12-25']);
  const everySummer = [{ startDate: date(0, 6, 1), endDate: date(0, 7, 1) }];
  expect(await find(self, { dateFilter: { ranges: everySummer } })).toEqual(['2024-07-01', '2024-06-30']);
});

test('rule 7: the ends of a range have one format, and the start comes first', async () => {
  const self = await startHarness();
  const range = (startDate: object, endDate?: object) => ({
    filters: { dateFilter: { ranges: [{ startDate, endDate }] } },
  });
  await refused(self, range(date(2024, 7, 14), date(2024, 8, 0)));
  await refused(self, range(date(2023, 0, 0), date(2024, 8, 0)));
  await refused(self, range(date(2024, 7, 14), date(2024, 7, 13)));
  await refused(self, range(date(2024, 7, 14)));
});

test('rule 5: an album and filters exclude each other', async () => {
  const self = await startHarness();
  const albumId = await self.album('A');
  await refused(self, { albumId, filters: { mediaTypeFilter: { mediaTypes: ['PHOTO'] } } });
  await refused(self, { albumId, filters: { includeArchivedMedia: true } });
  expect(await find(self, undefined, { albumId })).toEqual([]);
  expect(await find(self, { mediaTypeFilter: { mediaTypes: ['PHOTO'] } }, { albumId: '' })).toEqual([]);
});

test('categories: any of the included, none of the excluded', async () => {
  const self = await startHarness();
  self.put({ filename: 'dog', categories: ['PETS', 'ANIMALS'] });
  self.put({ filename: 'cat on screen', categories: ['PETS', 'SCREENSHOTS'] });
  self.put({ filename: 'lunch', categories: ['FOOD'] });
  self.put({ filename: 'plain' });
  const find2 = async (includedContentCategories: string[], excludedContentCategories: string[]) =>
    (await find(self, { contentFilter: { includedContentCategories, excludedContentCategories } })).sort();
  expect(await find2(['PETS', 'FOOD'], [])).toEqual(['cat on screen', 'dog', 'lunch']);
  expect(await find2(['PETS'], ['SCREENSHOTS', 'FOOD'])).toEqual(['dog']);
  expect(await find2([], ['PETS'])).toEqual(['lunch', 'plain']);
  expect(await find2(['NONE', 'FOOD'], [])).toEqual(['lunch']);
});

test('rule 8: ten categories, not eleven, and none in both lists', async () => {
  const self = await startHarness();
  const ten = [
    'LANDSCAPES',
    'RECEIPTS',
    'CITYSCAPES',
    'LANDMARKS',
    'SELFIES',
    'PEOPLE',
    'PETS',
    'WEDDINGS',
    'BIRTHDAYS',
    'FOOD',
  ];
  expect(await find(self, { contentFilter: { includedContentCategories: ten } })).toEqual([]);
  await refused(self, { filters: { contentFilter: { includedContentCategories: [...ten, 'NIGHT'] } } });
  await refused(self, { filters: { contentFilter: { excludedContentCategories: [...ten, 'NIGHT'] } } });
  const both = { includedContentCategories: ['PETS'], excludedContentCategories: ['FOOD', 'PETS'] };
  await refused(self, { filters: { contentFilter: both } });
  const message = await refused(self, { filters: { contentFilter: { includedContentCategories: ['DOGS'] } } });
  expect(message).toContain("Invalid value at 'filters.content_filter.included_content_categories[0]'");
});

test('rule 9: one media type', async () => {
  const self = await startHarness();
  self.put({ filename: 'photo' });
  self.put({ filename: 'video', video: { readyAt: 0 } });
  const find2 = (mediaType: string) => find(self, { mediaTypeFilter: { mediaTypes: [mediaType] } });
  expect(await find2('PHOTO')).toEqual(['photo']);
  expect(await find2('VIDEO')).toEqual(['video']);
  expect((await find2('ALL_MEDIA')).sort()).toEqual(['photo', 'video']);
  await refused(self, { filters: { mediaTypeFilter: { mediaTypes: ['PHOTO', 'VIDEO'] } } });
});

test('favourites', async () => {
  const self = await startHarness();
  self.put({ filename: 'liked', favorite: true });
  self.put({ filename: 'other' });
  expect(await find(self, { featureFilter: { includedFeatures: ['FAVORITES'] } })).toEqual(['liked']);
  expect((await find(self, { featureFilter: { includedFeatures: ['NONE'] } })).sort()).toEqual(['liked', 'other']);
});

test('different filters must all agree', async () => {
  const self = await startHarness();
  self.put({ filename: 'yes', favorite: true, categories: ['PETS'], captureTime: '2024-07-14T00:00:00Z' });
  self.put({ filename: 'other year', favorite: true, categories: ['PETS'], captureTime: '2023-07-14T00:00:00Z' });
  self.put({ filename: 'not liked', categories: ['PETS'], captureTime: '2024-07-14T00:00:00Z' });
  self.put({ filename: 'archived', favorite: true, archived: true, categories: ['PETS'] });
  const filters = {
    dateFilter: { dates: [date(2024, 0, 0)] },
    contentFilter: { includedContentCategories: ['PETS'] },
    featureFilter: { includedFeatures: ['FAVORITES'] },
    mediaTypeFilter: { mediaTypes: ['PHOTO'] },
  };
  expect(await find(self, filters)).toEqual(['yes']);
  expect((await find(self, { ...filters, includeArchivedMedia: true })).sort()).toEqual(['archived', 'yes']);
});

test('orderBy turns a date search round', async () => {
  const self = await calendar();
  const filters = { dateFilter: { dates: [date(2024, 6, 0), date(2024, 7, 1), date(2023, 0, 0)] } };
  const oldest = ['2023-12-25', '2024-06-30', '2024-07-01'];
  expect(await find(self, filters, { orderBy: 'MediaMetadata.creation_time' })).toEqual(oldest);
  expect(await find(self, filters, { orderBy: 'MediaMetadata.creation_time desc' })).toEqual(oldest.toReversed());
  expect(
    await find(
      self,
      { ...filters, includeArchivedMedia: true, excludeNonAppCreatedData: true },
      { orderBy: 'MediaMetadata.creation_time' },
    ),
  ).toEqual(oldest);
});

test('oldest first works over pages too', async () => {
  const self = await calendar();
  const body = {
    filters: { dateFilter: { dates: [date(2024, 7, 0), date(2022, 0, 0)] } },
    orderBy: 'MediaMetadata.creation_time',
    pageSize: 2,
  };
  const first = await self.api('POST', '/v1/mediaItems:search', body);
  const second = await self.api('POST', '/v1/mediaItems:search', { ...body, pageToken: first.json.nextPageToken });
  const third = await self.api('POST', '/v1/mediaItems:search', { ...body, pageToken: second.json.nextPageToken });
  const names = [first, second, third].map(({ json }) =>
    json.mediaItems.map(({ filename }: { filename: string }) => filename),
  );
  expect(names).toEqual([['2022-12-25', '2024-07-01'], ['2024-07-14', '2024-07-31'], ['last second']]);
  expect(third.json.nextPageToken).toBeUndefined();
});

test('rule 10: orderBy goes with a date filter only', async () => {
  const self = await startHarness();
  const orderBy = 'MediaMetadata.creation_time';
  const dateFilter = { dates: [date(2024, 0, 0)] };
  await refused(self, { orderBy });
  await refused(self, { orderBy, filters: { includeArchivedMedia: true } });
  await refused(self, { orderBy, filters: { dateFilter, contentFilter: { includedContentCategories: ['PETS'] } } });
  await refused(self, { orderBy, filters: { dateFilter, mediaTypeFilter: { mediaTypes: ['PHOTO'] } } });
  await refused(self, { orderBy, filters: { dateFilter, featureFilter: { includedFeatures: ['FAVORITES'] } } });
  await refused(self, { orderBy: 'filename', filters: { dateFilter } });
});

test('rule 31: without a capture date no date matches, not even that of the upload', async () => {
  const self = await calendar();
  expect(await find(self, { dateFilter: { dates: [date(2024, 7, 14)] } })).toEqual(['2024-07-14']);
  expect(await find(self, undefined)).toContain('undated');
  expect(await find(self, { mediaTypeFilter: { mediaTypes: ['PHOTO'] } })).toContain('undated');
});

test('what is dated in the future matches no filter, but is there', async () => {
  const self = await startHarness();
  const future = new Date(Date.now() + 1e10).toISOString();
  const item = self.put({ filename: 'future', captureTime: future });
  const albumId = await self.album('A', [item]);
  expect(await find(self, { dateFilter: { dates: [date(Number(future.slice(0, 4)), 0, 0)] } })).toEqual([]);
  expect(await find(self, { mediaTypeFilter: { mediaTypes: ['PHOTO'] } })).toEqual([]);
  expect(await find(self, undefined)).toEqual(['future']);
  expect(await find(self, undefined, { albumId })).toEqual(['future']);
});
