import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bitmap, createBitmap, cropToSquare, resample } from '../../src/media/sheets/bitmap.ts';
import { createImageCodecs } from '../../src/media/sheets/codecs.ts';
import { layoutSheet } from '../../src/media/sheets/layout.ts';
import { readLocalPicture } from '../../src/media/sheets/local.ts';
import { drawSheet, drawSheets } from '../../src/media/sheets/sheet.ts';
import { viewImage } from '../../src/media/sheets/single.ts';
import { BLUE, blobs, colorAt, isNear, jpegOf, RED, twoHalves, withExif } from './pictures.ts';

const codecs = createImageCodecs();
const numbered = (count: number, first = 1) => Array.from({ length: count }, (_, i) => ({ n: first + i, item: i }));

describe('contact sheet', () => {
  let tiles: Uint8Array[];
  beforeAll(async () => {
    tiles = await Promise.all([1, 2, 3, 4, 5].map((seed) => jpegOf(codecs, blobs(256, 192, seed))));
  });
  const fetchTile = async (item: number) => tiles[item % tiles.length];

  it('puts 60 items on one image of at most 300 kB and 1,568 pixels', async () => {
    const sheet = await drawSheet(numbered(60), { codecs, fetchTile });
    expect([sheet.width, sheet.height]).toEqual([1568, 1568]);
    expect(sheet.bytes.length).toBeLessThanOrEqual(300_000);
    expect([...sheet.bytes.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
    expect(sheet.numbers).toHaveLength(60);
  });

  it('keeps to 300 kB when every tile is noise', async () => {
    let seed = 1;
    const noise = createBitmap({ width: 256, height: 256 }, [0, 0, 0]);
    for (let at = 0; at < noise.data.length; at += 4) {
      seed = (seed * 1664525 + 1013904223) >>> 0;
      noise.data.set([seed >>> 24, (seed >>> 16) & 255, (seed >>> 8) & 255], at);
    }
    const bytes = await jpegOf(codecs, noise);
    const sheet = await drawSheet(numbered(60), { codecs, fetchTile: async () => bytes });
    expect(sheet.bytes.length).toBeLessThanOrEqual(300_000);
  });

  it('burns "#17" in, readable back from the JPEG', async () => {
    const sheet = await codecs.decode((await drawSheet(numbered(60, 17), { codecs, fetchTile })).bytes);
    expect(readLabel(sheet, 2, 2, 3)).toEqual([
      '.#.#. ..#.. #####',
      '.#.#. .##.. ....#',
      '##### ..#.. ...#.',
      '.#.#. ..#.. ..#..',
      '##### ..#.. .#...',
      '.#.#. ..#.. .#...',
      '.#.#. .###. .#...',
    ]);
  });

  it('draws a crossed grey tile for what is missing, broken or fails, and says which', async () => {
    const answers = [
      async () => tiles[0],
      async () => undefined,
      async () => new Uint8Array([0xff, 0xd8, 0xff, 1, 2, 3]),
      async () => Promise.reject(new Error('HTTP 404')),
    ];
    const sheet = await drawSheet(numbered(4), { codecs, fetchTile: async (item) => await answers[item]?.() });
    expect(sheet.failed).toEqual([2, 3, 4]);
    const drawn = await codecs.decode(sheet.bytes);
    expect(isNear(colorAt(drawn, 384 + 192, 100), [128, 128, 128])).toBe(true);
    expect(isNear(colorAt(drawn, 384 + 192, 192), [96, 96, 96])).toBe(true);
  });

  it('survives hundreds of broken pictures', async () => {
    const broken = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xd9]);
    for (let i = 0; i < 200; i++) await expect(codecs.decode(broken)).rejects.toThrow(Error);
    await expect(codecs.decode(tiles[0] ?? broken)).resolves.toMatchObject({ width: 256, height: 192 });
  });

  it('makes several sheets, each fetched only when it is asked for', async () => {
    let fetched = 0;
    const progress: number[] = [];
    const sheets = drawSheets(numbered(130), {
      codecs,
      fetchTile: async (item) => {
        fetched++;
        return tiles[item % 5];
      },
      onTile: (done) => progress.push(done),
    });
    const first = await sheets.next();
    expect(first.value.numbers).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(fetched).toBe(60);
    const rest = [];
    for await (const sheet of sheets) rest.push(sheet.numbers.length);
    expect(rest).toEqual([60, 10]);
    expect(progress.at(-1)).toBe(130);
  });

  it('fetches a few tiles at a time and stops when told to', async () => {
    let running = 0;
    let most = 0;
    const abort = new AbortController();
    const call = drawSheet(numbered(60), {
      codecs,
      signal: abort.signal,
      concurrency: 4,
      fetchTile: async (item) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 1));
        running--;
        if (item === 20) abort.abort();
        return tiles[0];
      },
    });
    await expect(call).rejects.toThrow(/abort/i);
    expect(most).toBe(4);
  });

  it.each([
    [1, 1, 380],
    [5, 3, 380],
    [16, 4, 380],
    [25, 5, 309],
    [48, 7, 220],
    [60, 8, 192],
  ])('lays %i tiles out in %i columns of %i pixels', (count, columns, tile) => {
    expect(layoutSheet(count)).toMatchObject({ columns, tile });
  });
});

describe('codecs', () => {
  it('read PNG with transparency as seen on white', async () => {
    const png = new PNG({ width: 2, height: 1 });
    png.data = Buffer.from([255, 0, 0, 255, 0, 0, 0, 0]);
    const bitmap = await codecs.decode(PNG.sync.write(png));
    expect([...bitmap.data]).toEqual([255, 0, 0, 255, 255, 255, 255, 255]);
  });

  it('read WebP and GIF', async () => {
    const webp = Buffer.from('UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA', 'base64');
    const gif = Buffer.from('R0lGODlhAQABAIAAAP8AAP///ywAAAAAAQABAAACAkQBADs=', 'base64');
    await expect(codecs.decode(webp)).resolves.toMatchObject({ width: 1, height: 1 });
    expect([...(await codecs.decode(gif)).data]).toEqual([255, 0, 0, 255]);
  });

  it('refuse more than 64 megapixels before decoding them', async () => {
    const png = PNG.sync.write(new PNG({ width: 1, height: 1 }));
    png.writeUInt32BE(9000, 16);
    png.writeUInt32BE(9000, 20);
    await expect(codecs.decode(png)).rejects.toThrow('64 megapixels');
  });

  it('refuse what is no picture', async () => {
    await expect(codecs.decode(Buffer.from('hello world'))).rejects.toThrow('Not a JPEG, PNG, WebP or GIF');
  });

  it('apply the EXIF orientation', async () => {
    const jpeg = withExif(await jpegOf(codecs, twoHalves(64, 32)), 6);
    const bitmap = await codecs.decode(jpeg);
    expect([bitmap.width, bitmap.height]).toEqual([32, 64]);
    expect(isNear(colorAt(bitmap, 16, 8), RED)).toBe(true);
    expect(isNear(colorAt(bitmap, 16, 56), BLUE)).toBe(true);
  });
});

describe('resampling', () => {
  it('averages exactly when shrinking', () => {
    const checker = createBitmap({ width: 4, height: 4 }, [0, 0, 0]);
    for (let i = 0; i < 16; i += 2) checker.data.set([200, 100, 50], i * 4);
    const small = resample(checker, { x: 0, y: 0, width: 4, height: 4 }, { width: 2, height: 2 });
    expect([...small.data]).toEqual(Array.from({ length: 4 }, () => [100, 50, 25, 255]).flat());
  });

  it('takes the middle square', () => {
    const square = cropToSquare(twoHalves(300, 100), 50);
    expect(colorAt(square, 10, 25)).toEqual([...RED]);
    expect(colorAt(square, 40, 25)).toEqual([...BLUE]);
  });

  it('enlarges a single pixel', () => {
    const one = createBitmap({ width: 1, height: 1 }, RED);
    expect(colorAt(cropToSquare(one, 8), 7, 7)).toEqual([...RED]);
  });
});

describe('single picture', () => {
  it('passes a picture through that is small enough', async () => {
    const jpeg = await jpegOf(codecs, twoHalves(640, 480));
    const view = await viewImage(codecs, jpeg);
    expect(view).toMatchObject({ mimeType: 'image/jpeg', width: 640, height: 480 });
    expect(view.bytes).toBe(jpeg);
  });

  it('shrinks to a long edge of 1,024 unless told otherwise', async () => {
    const jpeg = await jpegOf(codecs, twoHalves(2000, 1000));
    await expect(viewImage(codecs, jpeg)).resolves.toMatchObject({ width: 1024, height: 512 });
    await expect(viewImage(codecs, jpeg, 500)).resolves.toMatchObject({ width: 500, height: 250 });
  });

  it('turns a small picture that lies on its side', async () => {
    const view = await viewImage(codecs, withExif(await jpegOf(codecs, twoHalves(64, 32)), 8));
    expect([view.width, view.height]).toEqual([32, 64]);
  });
});

describe('local pictures', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sheets-'));
  });
  afterAll(async () => await rm(folder, { recursive: true }));
  const file = async (name: string, bytes: Uint8Array) => {
    await writeFile(join(folder, name), bytes);
    return join(folder, name);
  };

  it('use the embedded preview for tiles, turned like the photo', async () => {
    const preview = await jpegOf(codecs, twoHalves(160, 120));
    const path = await file('a.jpg', withExif(await jpegOf(codecs, blobs(400, 300, 1)), 6, preview));
    const bitmap = await codecs.decode((await readLocalPicture(path, 192, codecs)) ?? new Uint8Array());
    expect([bitmap.width, bitmap.height]).toEqual([120, 160]);
    expect(isNear(colorAt(bitmap, 60, 20), RED)).toBe(true);
    expect(isNear(colorAt(bitmap, 60, 140), BLUE)).toBe(true);
  });

  it('use the file itself for a closer look or without a preview', async () => {
    const jpeg = withExif(await jpegOf(codecs, blobs(400, 300, 1)), 1, await jpegOf(codecs, twoHalves(160, 120)));
    const path = await file('b.jpg', jpeg);
    expect(await readLocalPicture(path, 1024, codecs)).toEqual(Buffer.from(jpeg));
    const plain = await jpegOf(codecs, blobs(400, 300, 2));
    expect(await readLocalPicture(await file('c.jpg', plain), 192, codecs)).toEqual(Buffer.from(plain));
  });

  it('have nothing to show for other files', async () => {
    expect(await readLocalPicture(await file('d.txt', Buffer.from('text')), 192, codecs)).toBeUndefined();
  });
});

/** Reads a label of three glyphs back: each dot by the middle of its square. */
function readLabel(bitmap: Bitmap, x: number, y: number, scale: number): string[] {
  return Array.from({ length: 7 }, (_, row) =>
    [0, 1, 2]
      .map((glyph) =>
        Array.from({ length: 5 }, (_, column) => {
          const left = x + (glyph * 6 + 1 + column) * scale + 1;
          return isNear(colorAt(bitmap, left, y + (row + 1) * scale + 1), [255, 255, 255], 100) ? '#' : '.';
        }).join(''),
      )
      .join(' '),
  );
}
