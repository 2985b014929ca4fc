import { beforeEach, describe, expect, test } from 'vitest';
import { inspect } from '../../src/emulator/uploads/inspect.ts';
import { fixture } from './fixtures.ts';
import { type Harness, startHarness } from './harness.ts';

let client: Harness;
beforeEach(async () => {
  client = await startHarness();
});

/** The per-item result of batchCreate for these bytes under this name. */
async function result(bytes: Uint8Array, fileName: string) {
  const newMediaItems = [{ simpleMediaItem: { uploadToken: await client.upload(bytes), fileName } }];
  return (await client.api('POST', '/v1/mediaItems:batchCreate', { newMediaItems })).json.newMediaItemResults[0];
}

const BAD_IMAGE = { code: 3, message: 'BAD_IMAGE: There was an error while trying to create this media item.' };

describe('photos', () => {
  test('JPEG: EXIF date as UTC, camera, exposure', async () => {
    const { mediaItem } = await result(await fixture('exif.jpg'), 'IMG_1.jpg');
    expect(mediaItem).toMatchObject({
      mimeType: 'image/jpeg',
      filename: 'IMG_1.jpg',
      mediaMetadata: {
        creationTime: '2024-07-14T12:11:47Z',
        width: '64',
        height: '48',
        photo: {
          cameraMake: 'Apple',
          cameraModel: 'iPhone X',
          focalLength: 6,
          apertureFNumber: 2.4,
          isoEquivalent: 16,
          exposureTime: '0.008s',
        },
      },
    });
  });

  test('GPS is remembered, not shown', async () => {
    const { mediaItem } = await result(await fixture('exif.jpg'), 'IMG_1.jpg');
    expect(JSON.stringify(mediaItem)).not.toMatch(/38\.7|latitude/i);
    const item = client.emulator.state.items.get(mediaItem.id);
    expect(item?.latitude).toBeCloseTo(38.7139, 4);
    expect(item?.longitude).toBeCloseTo(-9.1334, 4);
  });

  test.each([
    [1, '64', '48'],
    [2, '64', '48'],
    [3, '64', '48'],
    [4, '64', '48'],
    [5, '48', '64'],
    [6, '48', '64'],
    [7, '48', '64'],
    [8, '48', '64'],
  ])('EXIF orientation %i shows %s by %s', async (orientation, width, height) => {
    const { mediaItem } = await result(withOrientation(await fixture('exif.jpg'), orientation), 'a.jpg');
    expect(mediaItem.mediaMetadata).toMatchObject({ width, height });
  });

  test.each([
    ['photo.png', 'image/png', '64', '48'],
    ['photo.gif', 'image/gif', '32', '24'],
    ['photo.webp', 'image/webp', '64', '48'],
    ['photo.bmp', 'image/bmp', '16', '12'],
    ['photo.ico', 'image/x-icon', '16', '16'],
    ['photo.tiff', 'image/tiff', '64', '48'],
    ['photo.heic', 'image/heif', '64', '48'],
    ['photo.avif', 'image/avif', '64', '48'],
    ['photo.dng', 'image/x-adobe-dng', '64', '48'],
  ])('%s is %s', async (name, mimeType, width, height) => {
    const { status, mediaItem } = await result(await fixture(name), name);
    expect(status).toEqual({ message: 'Success' });
    expect(mediaItem).toMatchObject({ mimeType, mediaMetadata: { width, height } });
    expect(mediaItem.mediaMetadata.video).toBeUndefined();
  });

  test.each([
    ['photo.heic', '2024-07-14T12:11:47Z'],
    ['photo.avif', '2024-07-14T12:11:47Z'],
    ['photo.png', '2023-01-02T03:04:05Z'],
    ['photo.webp', '2023-01-02T03:04:05Z'],
    ['photo.tiff', '2023-01-02T03:04:05Z'],
  ])('%s was taken at %s', async (name, time) => {
    expect((await result(await fixture(name), name)).mediaItem.mediaMetadata.creationTime).toBe(time);
  });

  test('the content decides, not the name; RAW that looks like TIFF goes by its name', async () => {
    expect((await result(await fixture('photo.png'), 'holiday.jpg')).mediaItem.mimeType).toBe('image/png');
    expect((await result(await fixture('photo.tiff'), 'DSC_1.NEF')).mediaItem.mimeType).toBe('image/x-nikon-nef');
  });

  test('RAW: the largest picture counts, not the thumbnail in front', async () => {
    const { mediaItem } = await result(rawWithThumbnail(), 'DSC_2.NEF');
    expect(mediaItem.mediaMetadata).toMatchObject({ width: '6000', height: '4000' });
  });

  test('what follows the end of a JPEG does not matter (motion photos)', async () => {
    const motion = Buffer.concat([await fixture('exif.jpg'), await fixture('clip.mp4')]);
    expect((await result(motion, 'motion.jpg')).mediaItem.mimeType).toBe('image/jpeg');
  });

  test('rule 31: without a capture date it shows the time of upload', async () => {
    client.emulator.advance(0);
    const before = Math.floor(Date.now() / 1000) * 1000;
    const { mediaItem } = await result(await fixture('plain.jpg'), 'plain.jpg');
    const time = Date.parse(mediaItem.mediaMetadata.creationTime);
    expect(time).toBeGreaterThanOrEqual(before);
    expect(time).toBeLessThanOrEqual(Date.now());
    expect(client.emulator.state.items.get(mediaItem.id)?.captureTime).toBeUndefined();
  });
});

describe('videos', () => {
  test('MP4: size, frame rate, date of its header', async () => {
    const { mediaItem } = await result(await fixture('clip.mp4'), 'clip.mp4');
    expect(mediaItem).toMatchObject({
      mimeType: 'video/mp4',
      mediaMetadata: {
        creationTime: '2024-07-14T12:15:00Z',
        width: '64',
        height: '48',
        video: { fps: 10, status: 'PROCESSING' },
      },
    });
    expect(client.emulator.state.items.get(mediaItem.id)?.video?.durationSeconds).toBe(1.5);
  });

  test('MOV: turned by a quarter, camera, and Apple’s date with its zone', async () => {
    const { mediaItem } = await result(await fixture('clip.mov'), 'clip.mov');
    expect(mediaItem).toMatchObject({
      mimeType: 'video/quicktime',
      mediaMetadata: {
        creationTime: '2024-07-14T12:15:00Z',
        width: '48',
        height: '64',
        video: { cameraMake: 'Apple', cameraModel: 'iPhone X' },
      },
    });
    expect(client.emulator.state.items.get(mediaItem.id)).toMatchObject({ latitude: 38.7139, longitude: -9.1334 });
  });

  test.each([
    ['clip.3gp', 'video/3gpp', '128', '96', 10],
    ['clip.avi', 'video/x-msvideo', '64', '48', 10],
    ['clip.mkv', 'video/x-matroska', '64', '48', undefined],
    ['clip.wmv', 'video/x-ms-wmv', '64', '48', undefined],
    ['clip.mpg', 'video/mpeg', '64', '48', 25],
    ['clip.m2ts', 'video/mp2t', '64', '48', 25],
  ])('%s is %s', async (name, mimeType, width, height, fps) => {
    const { status, mediaItem } = await result(await fixture(name), name);
    expect(status).toEqual({ message: 'Success' });
    expect(mediaItem).toMatchObject({ mimeType, mediaMetadata: { width, height, video: { status: 'PROCESSING' } } });
    expect(mediaItem.mediaMetadata.video.fps).toBe(fps);
  });

  test.each([
    ['clip.mkv', 1.5],
    ['clip.wmv', 1.5],
    ['clip.avi', 1.5],
  ])('%s lasts %s s', async (name, seconds) => {
    const { mediaItem } = await result(await fixture(name), name);
    const { video } = client.emulator.state.items.get(mediaItem.id) ?? {};
    expect(video?.durationSeconds).toBeCloseTo(seconds, 1);
  });

  test('the date of a Matroska file', async () => {
    const { mediaItem } = await result(await fixture('clip.mkv'), 'clip.mkv');
    expect(mediaItem.mediaMetadata.creationTime).toBe('2024-07-14T12:15:00Z');
  });
});

describe('rule 16: what is no whole photo or video', () => {
  test('text, XML, an executable, an audio file under a photo’s name', async () => {
    const others = [
      Buffer.from('just some words, nothing else\n'.repeat(20)),
      Buffer.from('<?xml version="1.0"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/>'),
      Buffer.from('7f454c4602010100000000000000000003003e0001000000', 'hex'),
      Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), Buffer.alloc(200, 0xff)]),
    ];
    for (const bytes of others) expect((await result(bytes, 'photo.jpg')).status).toEqual(BAD_IMAGE);
  });

  test.each([
    'exif.jpg',
    'plain.jpg',
    'photo.png',
    'photo.gif',
    'photo.webp',
    'photo.bmp',
    'photo.ico',
    'photo.heic',
    'photo.avif',
    'clip.mp4',
    'clip.mov',
    'clip.3gp',
  ])('%s cut short', async (name) => {
    const bytes = await fixture(name);
    expect((await result(bytes.subarray(0, bytes.length - 25), name)).status).toEqual(BAD_IMAGE);
    expect((await result(bytes.subarray(0, Math.floor(bytes.length / 2)), name)).status).toEqual(BAD_IMAGE);
  });

  test('a TIFF without its strips, a PNG with a flipped bit', async () => {
    const tiff = await fixture('photo.tiff');
    expect((await result(tiff.subarray(0, 400), 'a.tiff')).status).toEqual(BAD_IMAGE);
    const png = Buffer.from(await fixture('photo.png'));
    png.writeUInt8(png.readUInt8(60) ^ 1, 60);
    expect((await result(png, 'a.png')).status).toEqual(BAD_IMAGE);
  });

  test('one bad item spoils nothing else, and its token is spent', async () => {
    const bad = await client.upload(Buffer.from('no photo'));
    const good = await client.upload(await fixture('photo.png'));
    const newMediaItems = [bad, good].map((uploadToken) => ({ simpleMediaItem: { uploadToken, fileName: 'a.jpg' } }));
    const { status, json } = await client.api('POST', '/v1/mediaItems:batchCreate', { newMediaItems });
    expect(status).toBe(207);
    expect(json.newMediaItemResults.map((each: { status: object }) => each.status)).toEqual([
      BAD_IMAGE,
      { message: 'Success' },
    ]);
  });

  test('damage anywhere leads to an answer, never to an exception', async () => {
    const names = [
      'exif.jpg',
      'photo.png',
      'photo.gif',
      'photo.webp',
      'photo.tiff',
      'photo.heic',
      'photo.ico',
      'clip.mp4',
      'clip.mov',
    ];
    let seed = 1;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    for (const name of names) {
      const whole = await fixture(name);
      for (let round = 0; round < 60; round++) {
        const bytes = Buffer.from(whole);
        for (let hit = 0; hit < 4; hit++) bytes.writeUInt8(random(256), random(Math.min(bytes.length, 600)));
        expect(await inspect({ kind: 'bytes', bytes }, name)).toHaveProperty('ok');
      }
    }
  });

  test('a photo over 200 MB', { timeout: 120_000 }, async () => {
    const bytes = Buffer.concat([await fixture('plain.jpg'), Buffer.alloc(200 * 1024 * 1024)]);
    expect((await result(bytes, 'big.jpg')).status).toEqual(BAD_IMAGE);
  });
});

/** EXIF written by exiftool: the first directory's Orientation entry is tag 0x0112, type short, one value. */
function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const changed = Buffer.from(jpeg);
  const entry = changed.indexOf(Buffer.from('0112000300000001', 'hex'));
  expect(entry).toBeGreaterThan(0);
  changed.writeUInt16BE(orientation, entry + 8);
  return changed;
}

/** A little-endian TIFF: a 160×120 picture in front, and in its SubIFD one of 6000×4000, as Nikon writes them. */
function rawWithThumbnail(): Buffer {
  const entry = (tag: number, value: number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeUInt16LE(tag, 0);
    bytes.writeUInt16LE(4, 2);
    bytes.writeUInt32LE(1, 4);
    bytes.writeUInt32LE(value, 8);
    return bytes;
  };
  const directory = (...entries: Buffer[]) =>
    Buffer.concat([Buffer.from([entries.length, 0]), ...entries, Buffer.alloc(4)]);
  const second = 8 + 2 + 3 * 12 + 4;
  return Buffer.concat([
    Buffer.from('49492a0008000000', 'hex'),
    directory(entry(0x100, 160), entry(0x101, 120), entry(0x14a, second)),
    directory(entry(0x100, 6000), entry(0x101, 4000)),
    Buffer.alloc(4000),
  ]);
}
