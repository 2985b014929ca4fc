import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import type { LibraryAlbum, LibraryItem } from '../../src/emulator/index.ts';
import type { StoredMediaItem } from '../../src/emulator/model.ts';
import type { FileAlbum, FileItem } from '../../src/emulator/seed/file-schema.ts';
import { readLibraryFile } from '../../src/emulator/seed/library-file.ts';
import { loadLibrary } from '../../src/emulator/seed/load-library.ts';
import { startHarness } from './harness.ts';

/** The items of a library, newest first. */
function itemsOf(value: unknown): StoredMediaItem[] {
  const { items } = readLibraryFile(value);
  return Array.from({ length: items.count }, (_, index) => items.at(index));
}

const only = (item: object): StoredMediaItem => {
  const [first] = itemsOf({ mediaItems: [item] });
  if (first === undefined) throw new Error('no item');
  return first;
};

const seedOf = ({ content }: StoredMediaItem) => (content.kind === 'scene' ? content.seed : -1);

describe('a library file', () => {
  it('keeps what is given', () => {
    const item = only({
      id: 'photo-1',
      filename: 'beach.jpg',
      description: 'Our beach',
      mimeType: 'image/jpeg',
      creationTime: '2024-07-14T12:11:47Z',
      width: 640,
      height: 480,
      sha256: 'c0ffee'.padEnd(64, '0'),
      appCreated: false,
      favorite: true,
      archived: true,
      categories: ['TRAVEL'],
      scene: 'beach sunset',
      cameraMake: 'Apple',
      cameraModel: 'iPhone 13',
      latitude: 38.7,
      longitude: -9.4,
    });
    expect(item).toMatchObject({
      id: 'photo-1',
      filename: 'beach.jpg',
      description: 'Our beach',
      mimeType: 'image/jpeg',
      captureTime: '2024-07-14T12:11:47Z',
      width: 640,
      height: 480,
      sha256: 'c0ffee'.padEnd(64, '0'),
      appProject: null,
      favorite: true,
      archived: true,
      categories: ['TRAVEL'],
      content: { kind: 'scene', scene: 'beach sunset' },
      photo: { cameraMake: 'Apple', cameraModel: 'iPhone 13' },
      latitude: 38.7,
      longitude: -9.4,
    });
  });

  it('fills in what is missing', () => {
    const item = only({});
    expect(item.id).toMatch(/^[A-Za-z0-9_-]{98}$/);
    expect(item.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(item).toMatchObject({
      filename: 'IMG_0001.JPG',
      description: '',
      mimeType: 'image/jpeg',
      width: 4032,
      height: 3024,
      appProject: 'demo-project',
      favorite: false,
      archived: false,
      categories: ['LANDSCAPES'],
      photo: {},
    });
    expect(item.captureTime).toBeUndefined();
    expect(item.latitude).toBeUndefined();
  });

  it('guesses from names, scenes and lengths', () => {
    expect(only({ filename: 'a.HEIC' }).mimeType).toBe('image/heif');
    expect(only({ filename: 'a.mov' })).toMatchObject({
      mimeType: 'video/quicktime',
      width: 1920,
      height: 1080,
      video: { durationSeconds: 10 },
    });
    expect(only({ durationSeconds: 3, cameraModel: 'Pixel 8' })).toMatchObject({
      filename: 'IMG_0001.MP4',
      mimeType: 'video/mp4',
      video: { durationSeconds: 3, cameraModel: 'Pixel 8', readyAt: 0 },
    });
    expect(only({ scene: 'screenshot chat' })).toMatchObject({
      width: 1170,
      height: 2532,
      categories: ['SCREENSHOTS', 'UTILITY'],
    });
    expect(only({ width: 800 })).toMatchObject({ width: 800, height: 600 });
    expect(only({ height: 90, filename: 'a.mp4' })).toMatchObject({ width: 160, height: 90 });
    expect(only({ description: 'dog on the beach' }).content).toMatchObject({ scene: 'dog on the beach' });
    expect(only({ scene: 'receipt' }).categories).toEqual(['RECEIPTS', 'UTILITY']);
    expect(only({ scene: 'receipt', categories: [] }).categories).toEqual([]);
  });

  it.each([
    ['2024-07-14T12:11:47Z', '2024-07-14T12:11:47Z'],
    ['2024-07-14T12:11:47.250Z', '2024-07-14T12:11:47.250Z'],
    ['2024-07-14T12:11:47+02:00', '2024-07-14T10:11:47Z'],
    ['2024-07-14T12:11:47', '2024-07-14T12:11:47Z'],
    ['2024-07-14', '2024-07-14T00:00:00Z'],
    ['1958-01-01', '1958-01-01T00:00:00Z'],
  ])('reads the time %s', (given, stored) => {
    expect(only({ creationTime: given }).captureTime).toBe(stored);
  });

  it('takes null for missing, and knows the state form of an undated item', () => {
    expect(only({ description: null, creationTime: null, latitude: null })).toMatchObject({ description: '' });
    const undated = only({ creationTime: '2024-07-14T12:11:47Z', hasCaptureTime: false });
    expect([undated.captureTime, undated.uploadTime]).toEqual([undefined, '2024-07-14T12:11:47Z']);
  });

  it('composes bursts alike, other days otherwise, and equal hashes equally', () => {
    const at = (creationTime: string, more = {}) => ({ scene: 'tram', creationTime, ...more });
    const [later, second, first] = itemsOf({
      mediaItems: [at('2024-07-14T12:00:00Z'), at('2024-07-14T12:00:03Z'), at('2024-07-14T15:00:00Z')],
    }).map(seedOf);
    expect((first ?? 0) >>> 4).toBe((second ?? 1) >>> 4);
    expect(first).not.toBe(second);
    expect((later ?? 0) >>> 4).not.toBe((first ?? 0) >>> 4);
    const sha256 = 'ab'.repeat(32);
    const twins = itemsOf({ mediaItems: [at('2024-01-01', { sha256 }), at('2025-01-01', { sha256 })] });
    expect(seedOf(twins[0] as StoredMediaItem)).toBe(seedOf(twins[1] as StoredMediaItem));
  });

  it('reads albums with all kinds of entries', () => {
    const location = { locationName: 'Lisbon', latlng: { latitude: 38.7, longitude: -9.1 } };
    const { albums } = readLibraryFile({
      mediaItems: [{ id: 'a' }, { id: 'b' }],
      albums: [
        {
          id: 'album-1',
          title: 'Trip',
          coverPhotoMediaItemId: 'b',
          entries: [
            { enrichmentId: 'e1', text: 'Day one' },
            { mediaItemId: 'a' },
            { location },
            { map: { origin: location, destination: {} } },
            { mediaItemId: 'b' },
          ],
        },
        { title: 'Empty', appCreated: false, coverPhotoMediaItemId: '' },
        {},
      ],
    });
    expect(albums[0]).toMatchObject({
      id: 'album-1',
      title: 'Trip',
      appProject: 'demo-project',
      coverPhotoMediaItemId: 'b',
    });
    expect(albums[0]?.entries).toMatchObject([
      { enrichmentId: 'e1', text: 'Day one' },
      { mediaItemId: 'a' },
      { location },
      { map: { origin: location } },
      { mediaItemId: 'b' },
    ]);
    expect(albums[0]?.entries[2]).toHaveProperty('enrichmentId', expect.stringMatching(/^[A-Za-z0-9_-]{76}$/));
    expect(albums[1]).toEqual({
      id: expect.stringMatching(/^[A-Za-z0-9_-]{76}$/),
      title: 'Empty',
      appProject: null,
      entries: [],
    });
    expect(albums[2]).toMatchObject({ title: '', entries: [] });
  });

  it.each([
    [[], 'library must be an object with mediaItems and albums'],
    [{ mediaItems: {} }, 'library: mediaItems must be a list'],
    [{ mediaItems: [{}, 7] }, 'library: mediaItems[1] must be an object'],
    [
      { mediaItems: [{ creationTime: 'yesterday' }] },
      'library: mediaItems[0].creationTime must be a time such as "2024-07-14T12:11:47Z", not "yesterday"',
    ],
    [
      { mediaItems: [{ creationTime: '2024-02-30' }] },
      'library: mediaItems[0].creationTime must be a time such as "2024-07-14T12:11:47Z", not "2024-02-30"',
    ],
    [{ mediaItems: [{ width: '640' }] }, 'library: mediaItems[0].width must be a whole number of pixels'],
    [{ mediaItems: [{ width: 0 }] }, 'library: mediaItems[0].width must be at least 1'],
    [{ mediaItems: [{ latitude: 91 }] }, 'library: mediaItems[0].latitude must be at most 90'],
    [{ mediaItems: [{ favorite: 'yes' }] }, 'library: mediaItems[0].favorite must be true or false'],
    [
      { mediaItems: [{ mimeType: 'text/plain' }] },
      'library: mediaItems[0].mimeType must be an image or video type such as "image/jpeg"',
    ],
    [
      { mediaItems: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] },
      'library: mediaItems[2].id is also that of mediaItems[0]',
    ],
    [
      { albums: [{ entries: [{ mediaItemId: 'nobody' }] }] },
      'library: albums[0].entries[0].mediaItemId names no item of the file: "nobody"',
    ],
    [
      { albums: [{ entries: [{}] }] },
      'library: albums[0].entries[0] must have exactly one of mediaItemId, text, location, map',
    ],
    [
      { mediaItems: [{ id: 'a' }], albums: [{ coverPhotoMediaItemId: 'a' }] },
      'library: albums[0].coverPhotoMediaItemId names no item of the album: "a"',
    ],
    [{ albums: [{ id: 'x' }, { id: 'x' }] }, 'library: albums[1].id is also that of albums[0]'],
  ])('refuses %j in one line', (value, message) => {
    expect(() => readLibraryFile(value)).toThrow(message);
    expect(() => readLibraryFile(value)).toThrow(/^[^\n]+$/);
  });

  it('is read from disk, and broken JSON is named', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'library-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const file = join(folder, 'mine.json');
    await writeFile(file, '{"mediaItems":[{"id":"a"}]}');
    expect((await loadLibrary({ file }, 1)).items.count).toBe(1);
    await writeFile(file, '{"mediaItems":[{"id":"a"');
    await expect(loadLibrary({ file }, 1)).rejects.toThrow(/^mine\.json is not JSON: /);
    await writeFile(file, '{"mediaItems":[{"width":1.5}]}');
    await expect(loadLibrary({ file }, 1)).rejects.toThrow(
      'mine.json: mediaItems[0].width must be a whole number of pixels',
    );
  });

  it('made of one emulator’s state gives the same state in another', async () => {
    const first = await startHarness({ library: 'demo' });
    const state = (await first.control('GET', 'state')).json;
    const second = await startHarness({ library: state });
    expect((await second.control('GET', 'state')).json).toEqual(state);
  });
});

it('has the members that its published types name', () => {
  expectTypeOf<keyof LibraryItem>().toEqualTypeOf<keyof FileItem>();
  expectTypeOf<keyof LibraryAlbum>().toEqualTypeOf<keyof FileAlbum>();
  expectTypeOf<Omit<LibraryItem, 'categories'>>().toExtend<Partial<Omit<FileItem, 'categories'>>>();
  expectTypeOf<Omit<LibraryAlbum, 'entries' | 'share'>>().toExtend<Partial<Omit<FileAlbum, 'entries' | 'share'>>>();
});
