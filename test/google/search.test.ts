/** Contract 3.15 and 3.15.1, as literals. */
import { expect, test } from 'vitest';
import { describeSearch, toDate, toSearchRequest } from '../../src/google/search.ts';

test.each([
  ['2024', { year: 2024 }],
  ['2024-07', { year: 2024, month: 7 }],
  ['2024-07-14', { year: 2024, month: 7, day: 14 }],
  ['--07-14', { month: 7, day: 14 }],
  ['2024-02-29', { year: 2024, month: 2, day: 29 }],
  ['--02-29', { month: 2, day: 29 }],
  ['0001', { year: 1 }],
])('date %s', (text, expected) => expect(toDate(text)).toEqual(expected));

test.each([
  '2023-02-29',
  '2024-13',
  '2024-00',
  '2024-07-32',
  '2024-07-00',
  '--02-30',
  '0000',
  '14.07.2024',
  '2024-7-1',
  '',
  '--07',
  'July',
])('date %s is refused', (text) => expect(() => toDate(text)).toThrow(text === '' ? /not a date/ : text));

test('everything a search can say', () => {
  expect(
    toSearchRequest({
      dates: ['2024', '--07-14'],
      ranges: ['2023-06-01/2023-08-31', '2021/2022'],
      includedContentCategories: ['PETS'],
      excludedContentCategories: ['SCREENSHOTS'],
      mediaType: 'PHOTO',
      favorites: true,
      includeArchivedMedia: true,
    }),
  ).toEqual({
    filters: {
      dateFilter: {
        dates: [{ year: 2024 }, { month: 7, day: 14 }],
        ranges: [
          { startDate: { year: 2023, month: 6, day: 1 }, endDate: { year: 2023, month: 8, day: 31 } },
          { startDate: { year: 2021 }, endDate: { year: 2022 } },
        ],
      },
      contentFilter: { includedContentCategories: ['PETS'], excludedContentCategories: ['SCREENSHOTS'] },
      mediaTypeFilter: { mediaTypes: ['PHOTO'] },
      featureFilter: { includedFeatures: ['FAVORITES'] },
      includeArchivedMedia: true,
    },
  });
});

test('nothing said is no filter; flags that are off say nothing', () => {
  expect(toSearchRequest({})).toEqual({});
  expect(toSearchRequest({ favorites: false, includeArchivedMedia: false })).toEqual({});
  expect(toSearchRequest({ albumId: 'A' })).toEqual({ albumId: 'A' });
});

test('order', () => {
  expect(toSearchRequest({ dates: ['2024'], orderBy: 'oldest' }).orderBy).toBe('MediaMetadata.creation_time');
  expect(toSearchRequest({ dates: ['2024'], orderBy: 'newest' }).orderBy).toBe('MediaMetadata.creation_time desc');
});

test.each([
  [{ albumId: 'A', dates: ['2024'] }, /cannot be combined/],
  [{ albumId: 'A', includeArchivedMedia: true }, /cannot be combined/],
  [{ albumId: 'A', orderBy: 'oldest' as const }, /orderBy/],
  [{ orderBy: 'oldest' as const }, /orderBy/],
  [{ dates: ['2024'], mediaType: 'PHOTO' as const, orderBy: 'oldest' as const }, /orderBy/],
  [{ dates: ['2019', '2020', '2021', '2022', '2023', '2024'] }, /at most 5 dates, not 6/],
  [{ ranges: Array(6).fill('2023/2024') }, /at most 5 ranges, not 6/],
  [{ ranges: ['2023/2024-05'] }, /ends of different forms/],
  [{ ranges: ['2024/2023'] }, /ends before it starts/],
  [{ ranges: ['2024'] }, /not a range/],
  [{ includedContentCategories: Array(11).fill('PETS') }, /at most 10 included/],
  [{ includedContentCategories: ['PETS'], excludedContentCategories: ['PETS'] }, /PETS is both/],
])('%j is refused before any request', (input, message) => {
  expect(() => toSearchRequest(input)).toThrow(message);
});

test('a search in words', () => {
  expect(describeSearch({})).toBe('everything');
  expect(describeSearch({ dates: ['2024-07'], mediaType: 'PHOTO' })).toBe('July 2024, photos');
  expect(describeSearch({ ranges: ['2024-07-01/2024-07-31'], excludedContentCategories: ['SCREENSHOTS'] })).toBe(
    '1 July 2024 to 31 July 2024, without screenshots',
  );
});
