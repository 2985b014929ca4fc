import { describe, expect, it } from 'vitest';
import { filterItems, type ResultFilter } from '../../src/organize/filter.ts';
import { identitySet } from '../../src/organize/media.ts';
import type { LocalFileEntry, ResultItem } from '../../src/results/types.ts';
import { photo } from './library.ts';

const local: LocalFileEntry = {
  kind: 'localFile',
  path: '/photos/trip/Ärger.png',
  filename: 'Ärger.png',
  type: 'photo',
  mimeType: 'image/png',
  creationTime: '2025-01-31T23:30:00+01:00',
  size: 10,
  width: 10,
  height: 10,
  mediaItemId: 'item-2',
};

const items: ResultItem[] = [
  photo(10, '2024-07-14T12:00:00Z', { description: 'Beach at Cascais' }),
  photo(2, '2024-07-31T23:59:59Z', { type: 'video', filename: 'MOV_2.MP4', width: 1920, height: 1080 }),
  photo(3, '2023-12-31T10:00:00Z', { cameraMake: 'Google', cameraModel: 'Pixel 8', filename: 'PXL_2023.jpg' }),
  local,
  photo(5, '2024-08-01T00:00:00Z', { creationTime: undefined, filename: 'Screenshot (1).png' }),
  { kind: 'failed', filename: 'broken.jpg', reason: 'damaged' },
];

const names = (filter: ResultFilter) =>
  filterItems(items, filter).map((item) => (item.kind === 'album' ? item.title : item.filename));

describe('filter', () => {
  it.each<[ResultFilter, string[]]>([
    [{ from: '2024' }, ['IMG_0010.JPG', 'MOV_2.MP4', 'Ärger.png']],
    [{ from: '2024-07', to: '2024-07' }, ['IMG_0010.JPG', 'MOV_2.MP4']],
    [{ to: '2024-07-14' }, ['IMG_0010.JPG', 'PXL_2023.jpg']],
    [{ from: '2024-07-15', to: '2025' }, ['MOV_2.MP4', 'Ärger.png']],
    [{ from: '2025-01-31', to: '2025-01-31' }, ['Ärger.png']],
    [{ mediaType: 'video' }, ['MOV_2.MP4']],
    [{ camera: 'pixel' }, ['PXL_2023.jpg']],
    [{ camera: 'apple iphone' }, ['IMG_0010.JPG', 'MOV_2.MP4', 'Screenshot (1).png']],
    [{ filename: 'img' }, ['IMG_0010.JPG']],
    [{ filename: '*.{jpg,png}' }, ['IMG_0010.JPG', 'PXL_2023.jpg', 'Ärger.png', 'Screenshot (1).png', 'broken.jpg']],
    [{ filename: 'a\u0308rger.png' }, ['Ärger.png']],
    [{ filename: 'screenshot (?).*' }, ['Screenshot (1).png']],
    [{ filename: 'IMG_????.JPG' }, ['IMG_0010.JPG']],
    [{ description: 'cascais' }, ['IMG_0010.JPG']],
    [{ description: '*' }, ['IMG_0010.JPG']],
    [{ description: '', mediaType: 'photo' }, ['PXL_2023.jpg', 'Ärger.png', 'Screenshot (1).png']],
    [{ minWidth: 2000 }, ['IMG_0010.JPG', 'PXL_2023.jpg', 'Screenshot (1).png']],
    [{ minHeight: 1080, mediaType: 'video' }, ['MOV_2.MP4']],
    [
      { sort: 'oldest' },
      ['PXL_2023.jpg', 'IMG_0010.JPG', 'MOV_2.MP4', 'Ärger.png', 'Screenshot (1).png', 'broken.jpg'],
    ],
    [{ sort: 'newest', limit: 2 }, ['Ärger.png', 'MOV_2.MP4']],
    [{ sort: 'largest', limit: 3 }, ['IMG_0010.JPG', 'PXL_2023.jpg', 'Screenshot (1).png']],
    [{ sort: 'name', limit: 2 }, ['Ärger.png', 'broken.jpg']],
    [{ limit: 1 }, ['IMG_0010.JPG']],
    [{}, ['IMG_0010.JPG', 'MOV_2.MP4', 'PXL_2023.jpg', 'Ärger.png', 'Screenshot (1).png', 'broken.jpg']],
  ])('%j', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });

  it('sorts undated items last, newest first too', () => {
    expect(names({ sort: 'newest', mediaType: 'photo' }).at(-1)).toBe('Screenshot (1).png');
  });

  it('compares with another result by id, and a local file by what it became', () => {
    const other = identitySet([photo(2, '2024-07-31T23:59:59Z')]);
    expect(names({ inResult: other })).toEqual(['MOV_2.MP4', 'Ärger.png']);
    expect(names({ notInResult: other, mediaType: 'photo' })).toEqual([
      'IMG_0010.JPG',
      'PXL_2023.jpg',
      'Screenshot (1).png',
    ]);
  });

  it.each(['2024-13', '2024-02-30', '24', 'July', '2024-7-1', '2024-07-14T12:00', ''])(
    'refuses the date "%s"',
    (from) => {
      expect(() => filterItems(items, { from })).toThrow('is not a date of the calendar');
    },
  );
});
