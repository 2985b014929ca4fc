import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { from1904, fromExif, fromIso } from '../../src/media/metadata/dates.ts';
import { examine } from '../../src/media/metadata/read.ts';
import { FILES, jpeg, temporaryFolder, write } from './harness.ts';

const factsOf = async (name: string, folder = FILES) => {
  const path = join(folder, name);
  const seen = await examine(path, statSync(path).size);
  return 'facts' in seen ? seen.facts : seen;
};

const size = { width: 64, height: 48 };

describe('what a file says of itself', () => {
  it.each([
    [
      'full.jpg',
      {
        type: 'photo',
        mimeType: 'image/jpeg',
        creationTime: '2024-07-14T12:11:33.12+01:00',
        cameraMake: 'Apple',
        cameraModel: 'iPhone 14 Pro',
        latitude: 38.7139,
        longitude: -9.1334,
        description: 'XMP caption é',
        ...size,
      },
    ],
    [
      'iptc.jpg',
      {
        type: 'photo',
        mimeType: 'image/jpeg',
        creationTime: '2024-07-14T12:11:33',
        description: 'Legenda – é',
        ...size,
      },
    ],
    [
      'exifonly.jpg',
      {
        type: 'photo',
        mimeType: 'image/jpeg',
        creationTime: '2024-07-14T12:11:33',
        description: 'EXIF caption',
        ...size,
      },
    ],
    ['xmponly.jpg', { type: 'photo', mimeType: 'image/jpeg', creationTime: '2024-07-14T12:11:33+09:00', ...size }],
    ['plain.jpg', { type: 'photo', mimeType: 'image/jpeg', ...size }],
    ['orient6.jpg', { type: 'photo', mimeType: 'image/jpeg', width: 48, height: 64 }],
    ['exif.png', { type: 'photo', mimeType: 'image/png', creationTime: '2023-01-02T03:04:05', ...size }],
    [
      'exif.webp',
      { type: 'photo', mimeType: 'image/webp', creationTime: '2023-01-02T03:04:05', cameraModel: 'Pixel', ...size },
    ],
    ['exif.tif', { type: 'photo', mimeType: 'image/tiff', creationTime: '2023-01-02T03:04:05', ...size }],
    ['base.gif', { type: 'photo', mimeType: 'image/gif', ...size }],
    ['base.bmp', { type: 'photo', mimeType: 'image/bmp', ...size }],
    [
      'exif.heic',
      {
        type: 'photo',
        mimeType: 'image/heif',
        creationTime: '2024-07-14T12:11:33+01:00',
        cameraModel: 'iPhone 14 Pro',
        latitude: 38.7139,
        longitude: -9.1334,
        ...size,
      },
    ],
    [
      'raw.nef',
      {
        type: 'photo',
        mimeType: 'image/x-nikon-nef',
        creationTime: '2023-01-02T03:04:05',
        cameraMake: 'NIKON',
        width: 4000,
        height: 6000,
      },
    ],
    [
      'v.mp4',
      {
        type: 'video',
        mimeType: 'video/mp4',
        creationTime: '2024-07-14T11:11:33Z',
        duration: 1,
        latitude: 38.7139,
        longitude: -9.1334,
        ...size,
      },
    ],
    [
      'v.mov',
      {
        type: 'video',
        mimeType: 'video/quicktime',
        creationTime: '2024-07-14T12:11:33+01:00',
        duration: 1,
        cameraMake: 'Apple',
        cameraModel: 'iPhone 14 Pro',
        latitude: 38.7139,
        longitude: -9.1334,
        ...size,
      },
    ],
    [
      'v.3gp',
      {
        type: 'video',
        mimeType: 'video/3gpp',
        creationTime: '2024-07-14T11:11:33Z',
        duration: 1,
        width: 128,
        height: 96,
      },
    ],
    ['v.avi', { type: 'video', mimeType: 'video/x-msvideo' }],
    ['v.mkv', { type: 'video', mimeType: 'video/x-matroska' }],
    ['v.mpg', { type: 'video', mimeType: 'video/mpeg' }],
    ['v.mts', { type: 'video', mimeType: 'video/mp2t' }],
    ['v.wmv', { type: 'video', mimeType: 'video/x-ms-asf' }],
    ['v.webm', { found: 'video/webm' }],
  ])('%s', async (name, expected) => {
    expect(await factsOf(name)).toEqual(expected);
  });

  it('goes by the content, not by the name', async () => {
    const folder = temporaryFolder();
    write(join(folder, 'film.jpg'), readFileSync(join(FILES, 'v.mp4')));
    write(join(folder, 'text.jpg'), 'text');
    expect(await factsOf('film.jpg', folder)).toMatchObject({ type: 'video', mimeType: 'video/mp4' });
    expect(await factsOf('text.jpg', folder)).toEqual({ found: undefined });
  });

  it('reads a film of many gigabytes, its facts at the end, without reading its pictures', async () => {
    const folder = temporaryFolder();
    const film = readFileSync(join(FILES, 'v.mp4'));
    const moov = film.indexOf('moov') - 4;
    const mdat = film.indexOf('mdat') - 4;
    const [before, after] =
      mdat < moov ? [film.subarray(0, mdat), film.subarray(moov)] : [film.subarray(0, moov), film.subarray(moov, mdat)];
    const path = write(join(folder, 'large.mp4'), before);
    const large = 6 * 1024 ** 3;
    const head = Buffer.alloc(16);
    head.writeUInt32BE(1, 0);
    head.write('mdat', 4, 'latin1');
    head.writeBigUInt64BE(BigInt(large), 8);
    writeFileSync(path, head, { flag: 'a' });
    truncateSync(path, before.length + large);
    writeFileSync(path, after, { flag: 'a' });
    expect(await factsOf('large.mp4', folder)).toMatchObject({
      creationTime: '2024-07-14T11:11:33Z',
      duration: 1,
      ...size,
    });
  });

  it('survives every file that is cut or spoilt', async () => {
    const folder = temporaryFolder();
    const files = ['full.jpg', 'exif.heic', 'exif.png', 'exif.webp', 'exif.tif', 'v.mov', 'v.mp4', 'v.3gp'];
    for (const name of files) {
      const bytes = readFileSync(join(FILES, name));
      for (let step = 0; step < 40; step++) {
        const spoilt = Buffer.from(bytes.subarray(0, Math.ceil((bytes.length * (step + 1)) / 40)));
        for (let at = step; at < spoilt.length; at += 97) spoilt[at] = (step * 31 + at) & 0xff;
        const path = write(join(folder, name), spoilt);
        await expect(examine(path, spoilt.length)).resolves.toBeDefined();
      }
    }
  });
});

describe('dates', () => {
  it.each([
    ['2024:07:14 12:11:33', undefined, undefined, '2024-07-14T12:11:33'],
    ['2024:07:14 12:11:33', '120', '+01:00', '2024-07-14T12:11:33.120+01:00'],
    ['2024:07:14 12:11:33', '   ', '   :  ', '2024-07-14T12:11:33'],
    ['0000:00:00 00:00:00', undefined, undefined, undefined],
    ['    :  :     :  :  ', undefined, undefined, undefined],
    ['2024:02:30 12:11:33', undefined, undefined, undefined],
    ['2024:07:14 25:11:33', undefined, undefined, undefined],
    [undefined, undefined, undefined, undefined],
  ])('EXIF %j %j %j is %j', (date, subSeconds, offset, expected) => {
    expect(fromExif(date, subSeconds, offset)).toBe(expected);
  });

  it.each([
    ['2024-07-14T12:11:33+0100', '2024-07-14T12:11:33+01:00'],
    ['2024-07-14T12:11', '2024-07-14T12:11:00'],
    ['2024-07-14 12:11:33Z', '2024-07-14T12:11:33Z'],
    ['2024-07-14', undefined],
    ['yesterday', undefined],
  ])('ISO %j is %j', (date, expected) => {
    expect(fromIso(date)).toBe(expected);
  });

  it.each([
    [3_803_800_293, '2024-07-14T11:11:33Z'],
    [0, undefined],
    [1_720_955_493, '2024-07-14T11:11:33Z'],
  ])('%d seconds since 1904 is %j', (seconds, expected) => {
    expect(from1904(seconds)).toBe(expected);
  });
});

it('a photo of our kit has the date it was given', async () => {
  const folder = temporaryFolder();
  write(join(folder, 'x.jpg'), jpeg('x', { taken: '2024:07:14 12:11:33' }));
  expect(await factsOf('x.jpg', folder)).toMatchObject({ creationTime: '2024-07-14T12:11:33' });
});
