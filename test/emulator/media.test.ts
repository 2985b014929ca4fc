import ExifReader from 'exifreader';
import { imageSize } from 'image-size';
import { beforeEach, describe, expect, test } from 'vitest';
import { decode } from '../../src/emulator/images/codecs.ts';
import type { StoredMediaItem } from '../../src/emulator/model.ts';
import { fixture } from './fixtures.ts';
import { type Harness, startHarness, TOKEN } from './harness.ts';

let client: Harness;
beforeEach(async () => {
  client = await startHarness();
});

const baseUrl = async (id: string): Promise<string> => (await client.api('GET', `/v1/mediaItems/${id}`)).json.baseUrl;

/** The base URL of a picture that is drawn, 1600 by 1200 unless told otherwise. */
const drawn = (item: Partial<StoredMediaItem> = {}) => baseUrl(client.put({ width: 1600, height: 1200, ...item }));

/** The base URL of an uploaded file. */
const uploaded = async (name: string) => baseUrl((await client.create(await fixture(name), name)).id);

const video = {
  mimeType: 'video/mp4',
  filename: 'MOV_1.mp4',
  photo: undefined,
  video: { durationSeconds: 3, fps: 30, readyAt: 0 },
};

const get = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers });
const bytesOf = async (url: string) => Buffer.from(await (await get(url)).arrayBuffer());

async function sizeOf(url: string) {
  const response = await get(url);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const { width, height } = imageSize(Buffer.from(await response.arrayBuffer()));
  return [width, height];
}

describe('sizes (contract 4.8)', () => {
  test.each([
    ['=w400-h300', [400, 300]],
    ['=w400-h400', [400, 300]],
    ['=h400-w1000', [533, 400]],
    ['=w200', [200, 150]],
    ['=h60', [80, 60]],
    ['=w256-h256-c', [256, 256]],
    ['=w16383-h16383', [1600, 1200]],
  ])('%s', async (suffix, size) => {
    expect(await sizeOf(`${await drawn()}${suffix}`)).toEqual(size);
  });

  test.each(['exif.jpg', 'photo.png', 'photo.gif', 'photo.webp'])('an uploaded %s is made smaller', async (name) => {
    expect(await sizeOf(`${await uploaded(name)}=w16-h12`)).toEqual([16, 12]);
  });

  test('an uploaded picture turned by EXIF stands upright', async () => {
    const turned = Buffer.from(await fixture('exif.jpg'));
    turned.writeUInt16BE(6, turned.indexOf(Buffer.from('0112000300000001', 'hex')) + 8);
    expect(await sizeOf(`${await baseUrl((await client.create(turned, 'a.jpg')).id)}=w24-h32`)).toEqual([24, 32]);
  });

  test.each(['photo.heic', 'photo.avif', 'photo.tiff', 'photo.dng'])(
    '%s, which cannot be decoded, is a sign of its shape',
    async (name) => {
      expect(await sizeOf(`${await uploaded(name)}=w32-h24`)).toEqual([32, 24]);
    },
  );

  test('a name with control characters and half a letter does not spoil its sign', async () => {
    const name = 'a\u0007<b>&\ud83d.heic';
    const id = client.put({
      filename: name,
      content: { kind: 'bytes', bytes: await fixture('photo.heic') },
      mimeType: 'image/heif',
    });
    expect(await sizeOf(`${await baseUrl(id)}=w32`)).toEqual([32, 24]);
  });

  test.each(['', '=', '=x', '=w0', '=w16384', '=dv-w100', '=d-w100', '=w10-w20', '=w10-d', '=c'])(
    '"%s" is an error',
    async (suffix) => {
      const response = await get(`${await drawn()}${suffix}`);
      expect(response.status).toBe(400);
    },
  );
});

describe('addresses', () => {
  test('look like Google’s and need no Authorization', async () => {
    const url = await drawn();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/lr\/[A-Za-z0-9_-]{60,}$/);
    expect((await fetch(`${url}=w10`)).status).toBe(200);
  });

  test('rule 29: an expired one is 403 with a page', async () => {
    const url = await drawn();
    client.emulator.advance(3600);
    const response = await get(`${url}=w10`);
    expect([response.status, response.headers.get('content-type')]).toEqual([403, 'text/html; charset=UTF-8']);
    expect(await response.text()).toContain('<!DOCTYPE html>');
  });

  test('is good for nearly an hour', async () => {
    const url = await drawn();
    client.emulator.advance(3590);
    expect((await get(`${url}=w10`)).status).toBe(200);
  });

  test('an unknown one is 404, and its body is a picture all the same', async () => {
    const url = await drawn();
    for (const forged of [`${client.origin}/lr/abc=w10`, `${url.slice(0, -4)}AAAA=w10`]) {
      const response = await get(forged);
      expect([response.status, response.headers.get('content-type')]).toEqual([404, 'image/jpeg']);
      expect(imageSize(Buffer.from(await response.arrayBuffer())).type).toBe('jpg');
    }
  });

  test('past the daily quota it is 429', async () => {
    client.emulator.overrides.mediaBytesPerDay = 2;
    const url = await drawn();
    const statuses = [];
    for (let n = 0; n < 3; n++) statuses.push((await get(`${url}=w10`)).status);
    expect(statuses).toEqual([200, 200, 429]);
    client.emulator.advance(24 * 60 * 60);
    expect((await get(`${url}=w10`)).status).toBe(403);
  });

  test('an empty album’s cover is a placeholder, a filled one’s its first item', async () => {
    const empty = await client.album('Empty');
    const { json } = await client.api('GET', `/v1/albums/${empty}`);
    expect(json.coverPhotoMediaItemId).toBeUndefined();
    expect(await sizeOf(`${json.coverPhotoBaseUrl}=w100-h100`)).toEqual([100, 100]);
    const item = client.put({ width: 800, height: 400 });
    const filled = (await client.api('GET', `/v1/albums/${await client.album('Full', [item])}`)).json;
    expect(await sizeOf(`${filled.coverPhotoBaseUrl}=w100-h100`)).toEqual([100, 50]);
  });

  test('rule 37: a picked item’s needs a bearer with the Picker’s scope', async () => {
    const { mintBaseUrl } = await import('../../src/emulator/base-urls.ts');
    const { createClock } = await import('../../src/emulator/clock.ts');
    const id = client.put();
    const deps = { clock: createClock(), overrides: client.emulator.overrides, secret: 'emulator-20250331' };
    const url = mintBaseUrl(deps, client.origin, { kind: 'picked', id, project: 'demo-project' });
    expect((await get(`${url}=w10`)).status).toBe(403);
    const reader = client.token(['photoslibrary.readonly.appcreateddata']);
    expect((await get(`${url}=w10`, { authorization: `Bearer ${reader}` })).status).toBe(403);
    expect((await get(`${url}=w10`, { authorization: `Bearer ${TOKEN}` })).status).toBe(200);
  });
});

describe('HEAD and Range', () => {
  test('HEAD tells the length that GET has', async () => {
    const url = `${await uploaded('exif.jpg')}=d`;
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '2908']);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    expect((await bytesOf(url)).length).toBe(2908);
    const { methods } = (await client.control('GET', 'requests')).json;
    expect(methods['media.bytes']).toBe(2);
  });

  test('a drawn picture is the same bytes every time', async () => {
    const url = `${await drawn()}=d`;
    const head = await fetch(url, { method: 'HEAD' });
    const [first, second] = [await bytesOf(url), await bytesOf(url)];
    expect(first.equals(second)).toBe(true);
    expect(head.headers.get('content-length')).toBe(String(first.length));
  });

  test('parts: first bytes, from the middle, last bytes', async () => {
    const url = `${await uploaded('plain.jpg')}=d`;
    const whole = await bytesOf(url);
    expect(whole.length).toBe(1825);
    for (const [range, expected, start, end] of [
      ['bytes=0-99', 'bytes 0-99/1825', 0, 100],
      ['bytes=1000-', 'bytes 1000-1824/1825', 1000, 1825],
      ['bytes=-25', 'bytes 1800-1824/1825', 1800, 1825],
      ['bytes=1800-99999', 'bytes 1800-1824/1825', 1800, 1825],
    ] as const) {
      const response = await get(url, { range });
      expect([response.status, response.headers.get('content-range')]).toEqual([206, expected]);
      expect(Buffer.from(await response.arrayBuffer()).equals(whole.subarray(start, end))).toBe(true);
    }
  });

  test('a range past the end is 416', async () => {
    const response = await get(`${await uploaded('plain.jpg')}=d`, { range: 'bytes=1825-' });
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */1825']);
  });

  test('works on a video that lies in a file', async () => {
    const clip = await fixture('clip.mp4');
    const free = Buffer.alloc(2_000_000);
    free.writeUInt32BE(free.length, 0);
    free.write('free', 4);
    free.write('the end', free.length - 7);
    const { id } = await client.create(Buffer.concat([clip, free]), 'large.mp4');
    client.emulator.advance(60);
    const url = `${await baseUrl(id)}=dv`;
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('2002494');
    const part = await get(url, { range: 'bytes=-7' });
    expect([part.status, await part.text()]).toEqual([206, 'the end']);
    expect((await bytesOf(url)).subarray(0, 2494).equals(clip)).toBe(true);
  });
});

describe('=d of a photo', () => {
  test('is what was uploaded, byte for byte, when it has no place', async () => {
    const response = await get(`${await uploaded('photo.gif')}=d`);
    expect(response.headers.get('content-type')).toBe('image/gif');
    expect(response.headers.get('content-disposition')).toBe('attachment;filename="photo.gif"');
    expect(Buffer.from(await response.arrayBuffer()).equals(await fixture('photo.gif'))).toBe(true);
  });

  test.each([
    ['exif.jpg', 2908],
    ['photo.png', 868],
    ['photo.webp', 1098],
    ['photo.tiff', 936],
    ['photo.heic', 2134],
    ['photo.avif', 1859],
    ['photo.dng', 948],
  ])('%s loses its place and keeps its date', async (name, length) => {
    const original = await fixture(name);
    expect(ExifReader.load(original, { expanded: true }).gps?.Latitude).toBeCloseTo(38.7139, 4);
    const bytes = await bytesOf(`${await uploaded(name)}=d`);
    const tags = ExifReader.load(bytes, { expanded: true });
    expect(tags.gps).toBeUndefined();
    expect(Object.keys(tags.exif ?? {}).filter((tag) => tag.includes('GPS'))).toEqual([]);
    expect(tags.exif?.DateTimeOriginal?.description).toMatch(/^202[34]:/);
    expect(bytes.length).toBe(length);
    expect(original.length).toBe(length);
  });

  test('places in XMP go too; captions stay', async () => {
    const original = await fixture('exif.jpg');
    expect(original.toString('latin1')).toContain('exif:GPSLatitude');
    const text = (await bytesOf(`${await uploaded('exif.jpg')}=d`)).toString('latin1');
    expect(text).not.toContain('GPSLatitude');
    expect(text).toContain('Alfama');
  });

  test('a PNG is still a sound PNG', async () => {
    const bytes = await bytesOf(`${await uploaded('photo.png')}=d`);
    expect((await decode(bytes, 'image/png')).width).toBe(64);
    expect((await client.create(bytes, 'again.png')).mimeType).toBe('image/png');
  });

  test('a drawn photo has its date and camera, and no place', async () => {
    const url = await drawn({
      filename: 'IMG_7.HEIC',
      captureTime: '2025-04-03T02:01:00Z',
      latitude: 35.0,
      longitude: 135.7,
      photo: {
        cameraMake: 'Google',
        cameraModel: 'Pixel 8',
        focalLength: 6.9,
        apertureFNumber: 1.68,
        isoEquivalent: 64,
        exposureTime: 0.004,
      },
    });
    const response = await get(`${url}=d`);
    expect(response.headers.get('content-disposition')).toBe('attachment;filename="IMG_7.jpg"');
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([imageSize(bytes).width, imageSize(bytes).height]).toEqual([1600, 1200]);
    const { exif, gps } = ExifReader.load(bytes, { expanded: true });
    expect(exif?.DateTimeOriginal?.description).toBe('2025:04:03 02:01:00');
    expect([exif?.Make?.description, exif?.Model?.description]).toEqual(['Google', 'Pixel 8']);
    expect([exif?.FNumber?.value, exif?.FocalLength?.value]).toEqual([
      [168, 100],
      [690, 100],
    ]);
    expect([exif?.ISOSpeedRatings?.value, exif?.ExposureTime?.description]).toEqual([64, '1/250']);
    expect(gps).toBeUndefined();
  });

  test('a name that ASCII cannot hold is given in full', async () => {
    const { id } = await client.create(await fixture('plain.jpg'), 'Zürich "Nacht" 夜.jpg');
    const response = await fetch(`${await baseUrl(id)}=d`, { method: 'HEAD' });
    expect(response.headers.get('content-disposition')).toBe(
      `attachment;filename="Z_rich _Nacht_ _.jpg";filename*=UTF-8''Z%C3%BCrich%20%22Nacht%22%20%E5%A4%9C.jpg`,
    );
  });

  test('=dv of a photo is 404', async () => {
    expect((await get(`${await drawn()}=dv`)).status).toBe(404);
  });
});

describe('videos', () => {
  test('rule 28: nothing until it is READY', async () => {
    const created = await client.create(await fixture('clip.mp4'), 'clip.mp4');
    expect(created.mediaMetadata.video.status).toBe('PROCESSING');
    const url = await baseUrl(created.id);
    for (const suffix of ['=dv', '=w10', '=d']) expect((await get(`${url}${suffix}`)).status).toBe(404);
    client.emulator.advance(60);
    const ready = (await client.api('GET', `/v1/mediaItems/${created.id}`)).json;
    expect(ready.mediaMetadata.video.status).toBe('READY');
    const response = await get(`${ready.baseUrl}=dv`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'video/mp4']);
    expect(Buffer.from(await response.arrayBuffer()).equals(await fixture('clip.mp4'))).toBe(true);
  });

  test('=w and =d are stills with a play button, -no is without', async () => {
    const url = await drawn(video);
    expect(await sizeOf(`${url}=w400-h300`)).toEqual([400, 300]);
    expect(await sizeOf(`${url}=d`)).toEqual([1600, 1200]);
    const [with_, without] = [await centre(`${url}=w400-h300`), await centre(`${url}=w400-h300-no`)];
    expect(Math.min(...with_)).toBeGreaterThan(240);
    expect(Math.min(...without)).toBeLessThan(240);
    expect(await centre(`${url}=d-no`)).not.toEqual(await centre(`${url}=d`));
  });

  test('a photo has no play button', async () => {
    const url = await drawn();
    expect(await centre(`${url}=w400-h300`)).toEqual(await centre(`${url}=w400-h300-no`));
  });

  test('an uploaded one shows a sign of its shape', async () => {
    const { id } = await client.create(await fixture('clip.mov'), 'clip.mov');
    client.emulator.advance(60);
    expect(await sizeOf(`${await baseUrl(id)}=w24-h32`)).toEqual([24, 32]);
  });

  test.each([
    ['video/mp4', 'isom'],
    ['video/quicktime', 'qt  '],
  ])('a drawn %s is a real movie of its size and length', async (mimeType, brand) => {
    const url = await drawn({ ...video, mimeType, width: 320, height: 180, captureTime: '2024-07-14T12:15:00Z' });
    const response = await get(`${url}=dv`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, mimeType]);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.toString('latin1', 4, 12)).toBe(`ftyp${brand}`);
    const again = await client.create(bytes, 'again.mp4');
    expect(again).toMatchObject({
      mimeType,
      mediaMetadata: { creationTime: '2024-07-14T12:15:00Z', width: '320', height: '180', video: { fps: 1 } },
    });
    expect(client.emulator.state.items.get(again.id)?.video?.durationSeconds).toBe(3);
    const frame = bytes.subarray(bytes.indexOf('mdat') + 4);
    expect([imageSize(frame).width, imageSize(frame).height]).toEqual([320, 180]);
  });
});

/** Red, green and blue in the middle of a picture. */
async function centre(url: string): Promise<number[]> {
  const { width, height, rgba } = await decode(await bytesOf(url), 'image/jpeg');
  const at = (Math.floor(height / 2) * width + Math.floor(width / 2)) * 4;
  return [...rgba.subarray(at, at + 3)];
}
