import { describe, expect, it } from 'vitest';
import { creationTimeOf } from '../../src/emulator/items.ts';
import type { StoredMediaItem } from '../../src/emulator/model.ts';
import { DEFAULT_SEED } from '../../src/emulator/options.ts';
import { demoLibrary } from '../../src/emulator/seed/demo/library.ts';
import { demoPickerLibrary } from '../../src/emulator/seed/demo/picker-library.ts';
import { startHarness } from './harness.ts';

const { items: source, albums } = demoLibrary(DEFAULT_SEED);
const items = Array.from({ length: source.count }, (_, index) => source.at(index));
const sceneOf = ({ content }: StoredMediaItem) => (content.kind === 'scene' ? content.scene : '');
const seedOf = ({ content }: StoredMediaItem) => (content.kind === 'scene' ? content.seed : 0);
const showing = (word: string) => items.filter((item) => sceneOf(item).includes(word));
const within = (from: string, to: string) =>
  items.filter((item) => (item.captureTime ?? '') >= from && (item.captureTime ?? '') < to);

/** Contract 3.15. */
const CATEGORIES = [
  ...[
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
  ],
  ...[
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
  ],
];

const EXTENSIONS: Record<string, RegExp> = {
  'image/heif': /^IMG_E?\d{4}\.HEIC$/,
  'image/jpeg': /^(PXL_\d{8}_\d{9}|DSC\d{5}|DJI_\d{4}|scan\d{4})(~2)?\.jpe?g$/i,
  'image/png': /^Screenshot_\d{8}-\d{6}\.png$/,
  'video/quicktime': /^IMG_\d{4}\.MOV$/,
  'video/mp4': /^(PXL_\d{8}_\d{9}|DJI_\d{4}|C\d{4})\.mp4$/i,
};

describe('the demo library', () => {
  it('holds about four hundred items of three years, all made by the app', () => {
    expect(items.length).toBeGreaterThan(380);
    expect(items.length).toBeLessThan(430);
    expect(new Set(items.map(({ appProject }) => appProject))).toEqual(new Set(['demo-project']));
    const years = items.map((item) => item.captureTime?.slice(0, 4) ?? 'none');
    expect(new Set(years)).toEqual(new Set(['2023', '2024', '2025', '2031', 'none']));
    for (const year of ['2023', '2024', '2025'])
      expect(years.filter((each) => each === year).length).toBeGreaterThan(80);
  });

  it('has ids, names and hashes of its own for every item', () => {
    for (const field of ['id', 'filename', 'sha256'] as const)
      expect(new Set(items.map((item) => item[field])).size).toBe(items.length);
    expect(items.filter(({ id }) => !/^[A-Za-z0-9_-]{98}$/.test(id))).toEqual([]);
  });

  it('is the same on every start', () => {
    const again = demoLibrary(DEFAULT_SEED);
    expect(again.albums).toEqual(albums);
    expect(Array.from({ length: again.items.count }, (_, index) => again.items.at(index))).toEqual(items);
  });

  it('has the beach of 14 July 2024', () => {
    expect(items.find(({ filename }) => filename === 'IMG_0569.HEIC')).toMatchObject({
      captureTime: '2024-07-14T12:11:47Z',
      description: 'Beach',
      width: 4032,
      height: 3024,
    });
    expect(items.find(({ filename }) => filename === 'IMG_0570.MOV')).toMatchObject({
      captureTime: '2024-07-14T12:15:20Z',
      video: { durationSeconds: 12 },
      width: 1920,
      height: 1080,
    });
  });

  it('tells of the trips, with bursts', () => {
    expect(within('2024-07-12', '2024-07-19').length).toBeGreaterThan(50);
    expect(within('2025-04-02', '2025-04-09').length).toBeGreaterThan(50);
    expect(within('2023-12-28', '2024-01-02').length).toBeGreaterThan(25);
    const moments = new Map<string, number>();
    for (const item of items)
      moments.set(
        `${sceneOf(item)} ${seedOf(item) >>> 4}`,
        (moments.get(`${sceneOf(item)} ${seedOf(item) >>> 4}`) ?? 0) + 1,
      );
    expect([...moments.values()].filter((frames) => frames >= 3).length).toBeGreaterThan(20);
  });

  it('shows what everybody has', () => {
    const atLeast = {
      dog: 30,
      'birthday cake': 10,
      receipt: 12,
      whiteboard: 8,
      screenshot: 12,
      tram: 6,
      temple: 8,
      document: 3,
      plate: 8,
      blurry: 3,
      torii: 5,
    };
    for (const [word, count] of Object.entries(atLeast))
      expect(showing(word).length, word).toBeGreaterThanOrEqual(count);
    expect(items.filter(({ video }) => video).length).toBeGreaterThanOrEqual(12);
    expect(items.filter(({ favorite }) => favorite).length).toBeGreaterThanOrEqual(10);
    expect(items.filter(({ archived }) => archived).length).toBeGreaterThanOrEqual(5);
    expect(items.filter(({ description }) => description).length).toBeGreaterThanOrEqual(80);
    expect(items.filter(({ latitude }) => latitude !== undefined).length).toBeGreaterThanOrEqual(200);
    expect(items.filter((item) => seedOf(item) % 16 >= 12).length).toBeGreaterThanOrEqual(4);
  });

  it('is untidy: two items without a date, one from the future', () => {
    expect(items.filter(({ captureTime }) => captureTime === undefined)).toHaveLength(2);
    expect(items.filter((item) => creationTimeOf(item) > '2026')).toHaveLength(1);
    expect(items.filter((item) => item.uploadTime > '2026')).toHaveLength(0);
  });

  it('names files as the cameras do, and categories as Google does', () => {
    for (const item of items) {
      expect(item.filename).toMatch(EXTENSIONS[item.mimeType] ?? /^$/);
      expect(item.mimeType.startsWith('video/')).toBe(item.video !== undefined);
      expect(CATEGORIES).toEqual(expect.arrayContaining(item.categories));
    }
    const models = new Set(items.map(({ photo, video }) => photo?.cameraModel ?? video?.cameraModel));
    expect(models).toEqual(new Set(['iPhone 13', 'iPhone 15 Pro', 'Pixel 8', 'ILCE-7C', 'FC3582', undefined]));
    expect(
      showing('screenshot').every(({ photo, height }) => photo?.cameraModel === undefined && height === 2532),
    ).toBe(true);
  });

  it('takes photos when people are awake', () => {
    const hours = items.flatMap(({ captureTime }) => (captureTime ? [Number(captureTime.slice(11, 13))] : []));
    expect(hours.filter((hour) => hour >= 1 && hour < 6)).toEqual([]);
  });

  it('has six albums, of which one is empty and one badly named', () => {
    expect(albums.map(({ title }) => title)).toEqual([
      'Luna',
      'New Year at the hut',
      'Birthdays',
      'asdf',
      'Kyoto, April 2025',
      'Untitled',
    ]);
    const known = new Set(items.map(({ id }) => id));
    for (const { entries, coverPhotoMediaItemId } of albums) {
      const ids = entries.flatMap((entry) => ('mediaItemId' in entry ? [entry.mediaItemId] : []));
      expect(ids.every((id) => known.has(id))).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
      if (coverPhotoMediaItemId) expect(ids).toContain(coverPhotoMediaItemId);
    }
    expect(albums.filter(({ coverPhotoMediaItemId }) => coverPhotoMediaItemId)).toHaveLength(3);
    const kinds = albums.flatMap(({ entries }) => entries.flatMap((entry) => Object.keys(entry)));
    for (const kind of ['text', 'location', 'map']) expect(kinds).toContain(kind);
    expect(albums[5]?.entries).toEqual([]);
  });

  it('is served and drawn', async () => {
    const { api, origin } = await startHarness({ library: 'demo' });
    const found = await api('POST', '/v1/mediaItems:search', {
      pageSize: 100,
      filters: { dateFilter: { dates: [{ year: 2024, month: 7, day: 14 }] } },
    });
    const beach = found.json.mediaItems.find((item: { filename: string }) => item.filename === 'IMG_0569.HEIC');
    expect(beach).toMatchObject({
      description: 'Beach',
      mimeType: 'image/heif',
      mediaMetadata: { width: '4032', photo: { cameraModel: 'iPhone 13' } },
    });
    const reply = await fetch(`${beach.baseUrl}=w128-h128`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect(origin).toContain('127.0.0.1');
  });
});

describe('the rest of the person’s library, for the Picker', () => {
  const rest = demoPickerLibrary(DEFAULT_SEED);
  const all = Array.from({ length: rest.count }, (_, index) => rest.at(index));

  it('is some two thousand photos that no app made', () => {
    expect(rest.count).toBeGreaterThan(1900);
    expect(rest.count).toBeLessThan(2400);
    expect(new Set(all.map(({ appProject }) => appProject))).toEqual(new Set([null]));
    expect(new Set([...all, ...items].map(({ id }) => id)).size).toBe(all.length + items.length);
  });

  it('has more of the same days, found by words and dates', () => {
    const july = all.filter(({ captureTime }) => captureTime?.startsWith('2024-07'));
    expect(july.length).toBeGreaterThan(100);
    expect(july.filter((item) => sceneOf(item).includes('tram')).length).toBeGreaterThan(8);
    expect(all.filter((item) => sceneOf(item).includes('dog')).length).toBeGreaterThan(100);
  });
});
