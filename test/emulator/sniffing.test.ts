/** The emulator reads files by itself: marks, sizes and EXIF, from bytes written down here. */
import { describe, expect, test } from 'vitest';
import { pictureSides } from '../../src/emulator/picture-size.ts';
import { exifFacts } from '../../src/emulator/uploads/exif.ts';
import { formatOf } from '../../src/emulator/uploads/formats.ts';

/** Bytes of a text whose characters are bytes, padded with zeros. */
const bytes = (text: string, length = 64): Buffer => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(length)]);
const hex = (text: string, length = 64): Buffer =>
  Buffer.concat([Buffer.from(text.replaceAll(' ', ''), 'hex'), Buffer.alloc(length)]);
const brand = (major: string, ...others: string[]): Buffer =>
  bytes(`\0\0\0${String.fromCharCode(16 + 4 * others.length)}ftyp${major}\0\0\0\0${others.join('')}`);

describe('marks', () => {
  test.each([
    ['JPEG', hex('ffd8ffe1'), 'image/jpeg'],
    ['PNG', hex('89504e470d0a1a0a'), 'image/png'],
    ['GIF 87', bytes('GIF87a'), 'image/gif'],
    ['GIF 89', bytes('GIF89a'), 'image/gif'],
    ['WebP', bytes('RIFF....WEBPVP8 '), 'image/webp'],
    ['BMP', bytes('BM....\0\0\0\0\x36\0\0\0\x28\0\0\0'), 'image/bmp'],
    ['ICO', hex('00000100'), 'image/x-icon'],
    ['TIFF', hex('49492a0008000000'), 'image/tiff'],
    ['TIFF, big-endian', hex('4d4d002a00000008'), 'image/tiff'],
    ['CR2', bytes('II*\0\x10\0\0\0CR\x02\0'), 'image/x-canon-cr2'],
    ['DNG', hex('49492a0008000000 0100 12c6 0100 04000000 01040000 00000000'), 'image/x-adobe-dng'],
    ['ORF', bytes('IIRO'), 'image/x-olympus-orf'],
    ['ORF, big-endian', bytes('MMOR'), 'image/x-olympus-orf'],
    ['RW2', bytes('IIU\0'), 'image/x-panasonic-rw2'],
    ['RAF', bytes('FUJIFILMCCD-RAW 0201'), 'image/x-fuji-raf'],
    ['CRW', bytes('II\x1a\0\0\0HEAPCCDR'), 'image/x-canon-crw'],
    ['MRW', bytes('\0MRM'), 'image/x-minolta-mrw'],
    ['X3F', bytes('FOVb'), 'image/x-sigma-x3f'],
    ['HEIC', brand('heic', 'mif1'), 'image/heif'],
    ['HEIF', brand('mif1', 'heic'), 'image/heif'],
    ['AVIF', brand('avif'), 'image/avif'],
    ['AVIF as an image of any coding', brand('mif1', 'avif'), 'image/avif'],
    ['CR3', brand('crx '), 'image/x-canon-cr3'],
    ['MP4', brand('isom', 'avc1'), 'video/mp4'],
    ['M4V', brand('M4V '), 'video/x-m4v'],
    ['MOV', brand('qt  '), 'video/quicktime'],
    ['MOV without a brand', bytes('\0\0\0\x08wide'), 'video/quicktime'],
    ['3GP', brand('3gp4'), 'video/3gpp'],
    ['3G2', brand('3g2a'), 'video/3gpp2'],
    ['AVI', bytes('RIFF....AVI LIST'), 'video/x-msvideo'],
    ['Matroska', hex('1a45dfa3 93 4282 88 6d6174726f736b61'), 'video/x-matroska'],
    ['ASF', hex('3026b2758e66cf11a6d900aa0062ce6c'), 'video/x-ms-asf'],
    ['MPEG program stream', hex('000001ba44'), 'video/mpeg'],
    ['MPEG video', hex('000001b3'), 'video/mpeg'],
    ['MPEG transport stream', Buffer.concat([hex('47', 187), hex('47')]), 'video/mp2t'],
    ['M2TS', Buffer.concat([hex('0000000047', 191), hex('47')]), 'video/mp2t'],
  ])('%s', (_, head, mimeType) => {
    const kind = mimeType.startsWith('image/') ? 'photo' : 'video';
    expect(formatOf(head, 'file.bin')).toEqual({ kind, mimeType });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['words that begin like a bitmap', bytes('BMW drives on, and on, and on')],
    ['words that begin like a GIF', bytes('GIFTS for everyone')],
    ['a sound file of the same family', brand('M4A ', 'isom')],
    ['an audio book', brand('M4B ')],
    ['WebM', hex('1a45dfa3 93 4282 84 7765626d')],
    ['WAVE', bytes('RIFF....WAVEfmt ')],
    ['WMA', hex(`3026b2758e66cf11a6d900aa0062ce6c ${'00'.repeat(40)} 409e69f84d5bcf11a8fd00805f5c442b`)],
    ['a cursor', hex('00000200')],
    ['PDF', bytes('%PDF-1.7')],
    ['JPEG XL', hex('0000000c4a584c200d0a870a')],
    ['one byte of a transport stream', hex('47', 400)],
  ])('not taken: %s', (_, head) => {
    expect(formatOf(head, 'file.jpg')).toBeUndefined();
  });

  test('a name tells apart what looks like TIFF, and nothing else', () => {
    expect(formatOf(hex('49492a0008000000'), 'DSC_1.ARW')?.mimeType).toBe('image/x-sony-arw');
    expect(formatOf(hex('ffd8ffe1'), 'DSC_1.ARW')?.mimeType).toBe('image/jpeg');
  });
});

describe('sizes', () => {
  test.each([
    ['image/jpeg', 'behind a comment', hex('ffd8 fffe0004abcd ffc0 0011 08 0140 01e0 03'), [480, 320]],
    ['image/jpeg', 'progressive, with a fill byte', hex('ffd8 ffff c2 0011 08 0140 01e0 03'), [480, 320]],
    ['image/png', '', hex('89504e470d0a1a0a 0000000d 49484452 000001e0 00000140'), [480, 320]],
    ['image/gif', '', hex('474946383961 e001 4001'), [480, 320]],
    ['image/webp', 'lossy', hex('524946460000000057454250 56503820 00000000 000000 9d012a e001 4001'), [480, 320]],
    ['image/webp', 'lossless', hex('524946460000000057454250 5650384c 00000000 2f df c1 4f 00'), [480, 320]],
    ['image/webp', 'extended', hex('524946460000000057454250 56503858 0a000000 00 000000 df0100 3f0100'), [480, 320]],
    ['image/bmp', '', hex('424d 00000000 00000000 36000000 28000000 e0010000 40010000'), [480, 320]],
    ['image/bmp', 'from the top down', hex('424d 00000000 00000000 36000000 28000000 e0010000 c0feffff'), [480, 320]],
    ['image/bmp', 'of OS/2', hex('424d 00000000 00000000 1a000000 0c000000 e001 4001'), [480, 320]],
    ['image/x-icon', '', hex('000001000100 0030'), [256, 48]],
  ])('%s %s', (mimeType, _, head, [width, height]) => {
    expect(pictureSides(mimeType, head)).toEqual({ width, height });
  });

  test.each([
    ['image/jpeg', 'cut in its head', Buffer.from('ffd8ffc00011', 'hex')],
    ['image/jpeg', 'without a frame', hex('ffd8 ffd9')],
    ['image/png', 'without a pixel', hex('89504e470d0a1a0a 0000000d 49484452 00000000 00000140')],
    ['image/webp', 'of a fourth kind', bytes('RIFF....WEBPVP9 ')],
    ['image/tiff', 'which is read elsewhere', hex('49492a0008000000')],
  ])('none: %s %s', (mimeType, _, head) => {
    expect(pictureSides(mimeType, head)).toBeUndefined();
  });
});

interface Entry {
  tag: number;
  type: 2 | 3 | 4 | 5;
  values: number[] | string;
}

/** A TIFF block with its first directory, and others that pointers (type 4, one value: the directory's name) lead to. */
function block(directories: Record<string, Entry[]>, littleEndian: boolean): Buffer {
  const out = Buffer.alloc(2048);
  const u16 = (value: number, at: number) =>
    littleEndian ? out.writeUInt16LE(value, at) : out.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    littleEndian ? out.writeUInt32LE(value, at) : out.writeUInt32BE(value, at);
  out.write(littleEndian ? 'II' : 'MM', 'latin1');
  u16(42, 2);
  u32(8, 4);
  const names = Object.keys(directories);
  const startOf = (name: string) => 8 + names.indexOf(name) * 256;
  let free = 1024;
  for (const [name, entries] of Object.entries(directories)) {
    u16(entries.length, startOf(name));
    for (const [index, { tag, type, values }] of entries.entries()) {
      const at = startOf(name) + 2 + index * 12;
      const isPointer = typeof values === 'string' && type === 4;
      const list = isPointer
        ? [startOf(values)]
        : typeof values === 'string'
          ? [...Buffer.from(`${values}\0`)]
          : values;
      const width = { 2: 1, 3: 2, 4: 4, 5: 4 }[type];
      u16(tag, at);
      u16(type, at + 2);
      u32(type === 5 ? list.length / 2 : list.length, at + 4);
      const outside = list.length * width > 4;
      if (outside) u32(free, at + 8);
      for (const [n, value] of list.entries()) {
        const where = (outside ? free : at + 8) + n * width;
        if (width === 1) out.writeUInt8(value, where);
        else if (width === 2) u16(value, where);
        else u32(value, where);
      }
      if (outside) free += list.length * width;
    }
  }
  return out;
}

const PHOTO: Record<string, Entry[]> = {
  main: [
    { tag: 0x010f, type: 2, values: 'Nokia' },
    { tag: 0x0110, type: 2, values: ' N95 ' },
    { tag: 0x0112, type: 3, values: [6] },
    { tag: 0x8769, type: 4, values: 'exif' },
    { tag: 0x8825, type: 4, values: 'gps' },
  ],
  exif: [
    { tag: 0x829a, type: 5, values: [1, 250] },
    { tag: 0x829d, type: 5, values: [28, 10] },
    { tag: 0x8827, type: 3, values: [200] },
    { tag: 0x9003, type: 2, values: '2024:02:29 23:59:58' },
    { tag: 0x920a, type: 5, values: [56, 10] },
    { tag: 0xa002, type: 4, values: [3000] },
    { tag: 0xa003, type: 4, values: [2000] },
  ],
  gps: [
    { tag: 1, type: 2, values: 'S' },
    { tag: 2, type: 5, values: [22, 1, 30, 1, 36, 1] },
    { tag: 3, type: 2, values: 'W' },
    { tag: 4, type: 5, values: [43, 1, 15, 1, 0, 1] },
  ],
};

describe('EXIF', () => {
  test.each([
    ['little-endian, as a file of its own', block(PHOTO, true)],
    ['big-endian, as a file of its own', block(PHOTO, false)],
    ['in a JPEG', Buffer.concat([Buffer.from('\xff\xd8\xff\xe1\x08\x08Exif\0\0', 'latin1'), block(PHOTO, true)])],
    ['behind a chance hit', Buffer.concat([bytes('....II*\0\xff\xff\xff\x7f....MM\0*'), block(PHOTO, false)])],
  ])('%s', (_, picture) => {
    expect(exifFacts(picture)).toEqual({
      captureTime: '2024-02-29T23:59:58Z',
      photo: {
        cameraMake: 'Nokia',
        cameraModel: 'N95',
        exposureTime: 0.004,
        apertureFNumber: 2.8,
        isoEquivalent: 200,
        focalLength: 5.6,
      },
      orientation: 6,
      size: { width: 3000, height: 2000 },
      latitude: -22.51,
      longitude: -43.25,
    });
  });

  const EMPTY = { photo: {}, orientation: 1 };

  test.each<[string, Record<string, Entry[]>, object]>([
    [
      'a date of zeros',
      {
        main: [
          { tag: 0x9003, type: 2, values: '0000:00:00 00:00:00' },
          { tag: 0x0112, type: 3, values: [1] },
        ],
      },
      EMPTY,
    ],
    [
      'a day that no year has',
      {
        main: [
          { tag: 0x9003, type: 2, values: '2023:02:29 10:00:00' },
          { tag: 0x0112, type: 3, values: [1] },
        ],
      },
      EMPTY,
    ],
    [
      'a fraction of nothing',
      {
        main: [
          { tag: 0x010f, type: 2, values: '' },
          { tag: 0x829d, type: 5, values: [28, 0] },
        ],
      },
      EMPTY,
    ],
    ['half a place', { main: [{ tag: 0x8825, type: 4, values: 'gps' }], gps: PHOTO.gps?.slice(0, 2) ?? [] }, EMPTY],
    ['directories that are not about a photo', { main: [{ tag: 0x0100, type: 4, values: [100] }] }, EMPTY],
  ])('%s says nothing', (_, directories, facts) => {
    expect(exifFacts(block(directories, true))).toEqual(facts);
  });

  test('no block cut anywhere leads to an exception', () => {
    const whole = block(PHOTO, true);
    for (let length = 0; length < 1200; length += 7)
      expect(exifFacts(whole.subarray(0, length))).toHaveProperty('photo');
  });

  test('a directory that points to itself, and one far outside, end', () => {
    const loop = block({ main: [{ tag: 0x8769, type: 4, values: 'main' }] }, true);
    expect(exifFacts(loop)).toEqual(EMPTY);
    const far = block({ main: [{ tag: 0x8769, type: 4, values: [0xfffffff0] }] }, true);
    expect(exifFacts(far)).toEqual(EMPTY);
  });
});
