import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { canDecode, decode, encodeJpeg, UnreadableImageError } from '../../src/emulator/images/codecs.ts';
import { cropTo, fitInside, type Pixels, resize } from '../../src/emulator/images/pixels.ts';
import { drawable, renderScene } from '../../src/emulator/images/render.ts';
import { createRenditions, type Original } from '../../src/emulator/images/renditions.ts';
import { collectGarbage } from '../harness/memory.ts';

const drawn = (width: number, height: number, scene = 'tram lisbon'): Original => ({
  content: { kind: 'scene', scene, seed: 160 },
  mimeType: 'image/heif',
  width,
  height,
  sha256: 'ab'.repeat(32),
});

const uploaded = (bytes: Uint8Array, mimeType: string, width: number, height: number, sha256 = '00'): Original => ({
  content: { kind: 'bytes', bytes },
  mimeType,
  width,
  height,
  sha256,
});

/** Left half red, right half blue. */
function halves(width: number, height: number): Pixels {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at++)
    rgba.set(at % width < width / 2 ? [255, 0, 0, 255] : [0, 0, 255, 255], at * 4);
  return { width, height, rgba };
}

const pixel = ({ rgba, width }: Pixels, x: number, y: number) => [
  ...rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
];

function png(picture: Pixels): Uint8Array {
  const file = new PNG({ width: picture.width, height: picture.height });
  file.data = Buffer.from(picture.rgba);
  return PNG.sync.write(file);
}

/** 2×1, red and blue. */
const GIF = Buffer.from('R0lGODlhAgABAPEAAP8AAAAA/wAAAAAAACH5BAAAAAAALAAAAAACAAEAAAICRAoAOw==', 'base64');
/** 1×1, lossless, red. */
const WEBP = Buffer.from('UklGRhwAAABXRUJQVlA4TA8AAAAvAAAAAAcQ/Y/+ByKi/wEA', 'base64');

describe('renderScene', () => {
  it.each([
    [4032, 3024, 256, 192],
    [3024, 4032, 96, 128],
    [100, 100, 64, 64],
    [1000, 10, 100, 1],
  ])('draws %i×%i', async (_w, _h, width, height) => {
    const picture = await renderScene({ scene: 'beach', seed: 1, width, height });
    expect([picture.width, picture.height, picture.rgba.length]).toEqual([width, height, width * height * 4]);
  });

  it('is opaque everywhere, also where the camera moved', async () => {
    for (let frame = 0; frame < 16; frame++) {
      const { rgba } = await renderScene({ scene: 'dog snow', seed: 320 + frame, width: 64, height: 48 });
      expect(rgba.filter((value, at) => at % 4 === 3 && value !== 255)).toHaveLength(0);
    }
  });

  it('shrinks what could not be held in memory', () => {
    expect(drawable(60_000, 60_000)).toEqual({ width: 7071, height: 7071 });
    expect(drawable(4032, 3024)).toEqual({ width: 4032, height: 3024 });
    expect(drawable(0.2, 10.4)).toEqual({ width: 1, height: 10 });
  });

  it('blurs', async () => {
    const roughness = ({ rgba, width, height }: Pixels) => {
      let sum = 0;
      for (let y = 0; y < height; y++)
        for (let x = 1; x < width; x++)
          sum += Math.abs((rgba[(y * width + x) * 4] ?? 0) - (rgba[(y * width + x - 1) * 4] ?? 0));
      return sum / (width * height);
    };
    const size = { seed: 16, width: 128, height: 96 };
    const sharp = roughness(await renderScene({ scene: 'street', ...size }));
    const soft = roughness(await renderScene({ scene: 'blurry street', ...size }));
    expect(soft).toBeLessThan(sharp / 2);
  });

  it('gives back the memory it has drawn in', async () => {
    const held = async () => {
      await collectGarbage();
      return process.memoryUsage().rss - process.memoryUsage().arrayBuffers;
    };
    const draw = (seed: number) => renderScene({ scene: 'sunset', seed, width: 1024, height: 768 });
    for (let seed = 0; seed < 3; seed++) await draw(seed);
    const before = await held();
    for (let seed = 0; seed < 30; seed++) await draw(seed);
    expect((await held()) - before).toBeLessThan(60e6);
  });
});

describe('decode', () => {
  it('reads JPEG, PNG, GIF and WebP', async () => {
    const jpeg = await decode(await encodeJpeg(halves(64, 32)), 'image/jpeg');
    expect([jpeg.width, jpeg.height]).toEqual([64, 32]);
    expect(pixel(jpeg, 8, 8)[0]).toBeGreaterThan(230);
    expect(pixel(jpeg, 56, 8)[2]).toBeGreaterThan(230);
    expect(pixel(await decode(png(halves(4, 4)), 'image/png'), 3, 0)).toEqual([0, 0, 255]);
    expect(pixel(await decode(GIF, 'image/gif'), 0, 0)).toEqual([255, 0, 0]);
    expect(pixel(await decode(WEBP, 'image/webp'), 0, 0)).toEqual([255, 0, 0]);
  });

  it('makes the transparent white', async () => {
    const clear = { width: 1, height: 1, rgba: new Uint8ClampedArray([9, 9, 9, 0]) };
    expect(pixel(await decode(png(clear), 'image/png'), 0, 0)).toEqual([255, 255, 255]);
  });

  it('takes no other types', async () => {
    expect(['image/jpeg', 'image/heif', 'video/mp4', 'constructor'].map(canDecode)).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await expect(decode(new Uint8Array(9), 'image/heif')).rejects.toThrow('cannot decode this image/heif');
  });

  it('refuses what claims to be four billion pixels', async () => {
    const huge = Buffer.from(GIF);
    huge.fill(0xff, 6, 10);
    await collectGarbage();
    const before = process.memoryUsage().rss;
    await expect(decode(huge, 'image/gif')).rejects.toThrow(UnreadableImageError);
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
  });

  it('survives hundreds of JPEGs with broken tables, each of which breaks the decoder itself', async () => {
    const whole = await encodeJpeg(halves(48, 48));
    const table = whole.findIndex((byte, at) => byte === 0xff && whole[at + 1] === 0xc4);
    let failures = 0;
    for (let turn = 0; turn < 400; turn++) {
      const broken = Uint8Array.from(whole);
      broken.set([0xff, turn % 256], table + 4 + (turn % 5));
      await decode(broken, 'image/jpeg').catch(() => {
        failures += 1;
      });
    }
    expect(failures).toBeGreaterThan(200);
    expect((await decode(whole, 'image/jpeg')).width).toBe(48);
  });

  it.each(['image/jpeg', 'image/webp', 'image/png', 'image/gif'])('survives broken files: %s', async (mimeType) => {
    const good: Record<string, Uint8Array> = {
      'image/jpeg': await encodeJpeg(halves(48, 48)),
      'image/webp': WEBP,
      'image/png': png(halves(48, 48)),
      'image/gif': GIF,
    };
    const whole = good[mimeType] ?? WEBP;
    let failures = 0;
    for (let turn = 0; turn < 300; turn++) {
      const broken = Uint8Array.from(whole);
      broken.fill(turn % 256, 2 + (turn % 20), 12 + (turn % 40));
      try {
        await decode(turn % 3 === 0 ? whole.subarray(0, turn % 30) : broken, mimeType);
      } catch (error) {
        expect(error).toBeInstanceOf(UnreadableImageError);
        failures += 1;
      }
    }
    expect(failures).toBeGreaterThan(100);
    expect((await decode(whole, mimeType)).width).toBeGreaterThan(0);
  });
});

describe('arithmetic', () => {
  it('means the area that a pixel covers', () => {
    const four = {
      width: 4,
      height: 1,
      rgba: new Uint8ClampedArray([0, 0, 0, 255, 100, 0, 0, 255, 200, 0, 0, 255, 40, 0, 0, 255]),
    };
    expect(pixel(resize(four, 2, 1), 0, 0)[0]).toBe(50);
    expect(pixel(resize(four, 2, 1), 1, 0)[0]).toBe(120);
    expect(pixel(resize(four, 1, 1), 0, 0)[0]).toBe(85);
    // 4 / 3: a third of the second pixel belongs to the first.
    expect(pixel(resize(four, 3, 1), 0, 0)[0]).toBe(25);
  });

  it.each([
    [
      { width: 4032, height: 3024 },
      { width: 2048, height: 1024 },
      { width: 1365, height: 1024 },
    ],
    [{ width: 4032, height: 3024 }, { width: 512 }, { width: 512, height: 384 }],
    [{ width: 3024, height: 4032 }, { height: 512 }, { width: 384, height: 512 }],
    [
      { width: 100, height: 50 },
      { width: 2048, height: 1024 },
      { width: 100, height: 50 },
    ],
    [{ width: 10_000, height: 10 }, { width: 100 }, { width: 100, height: 1 }],
  ])('fits %o into %o', (picture, box, size) => {
    expect(fitInside(picture, box)).toEqual(size);
  });

  it('crops the middle', () => {
    const cut = cropTo(halves(100, 20), { width: 10, height: 10 });
    expect([cut.width, cut.height]).toEqual([20, 20]);
    expect([pixel(cut, 0, 0), pixel(cut, 19, 19)]).toEqual([
      [255, 0, 0],
      [0, 0, 255],
    ]);
  });
});

describe('renditions', () => {
  const sizeOf = async (original: Original, box: Parameters<ReturnType<typeof createRenditions>['toJpeg']>[1]) => {
    const { jpeg, width, height } = await createRenditions().toJpeg(original, box);
    const read = await decode(jpeg, 'image/jpeg');
    expect([read.width, read.height]).toEqual([width, height]);
    return [width, height];
  };

  it('fit inside the box, crop to it, and never enlarge', async () => {
    expect(await sizeOf(drawn(4032, 3024), { width: 192, height: 192 })).toEqual([192, 144]);
    expect(await sizeOf(drawn(4032, 3024), { width: 192, height: 192, crop: true })).toEqual([192, 192]);
    expect(await sizeOf(drawn(3024, 4032), { width: 100 })).toEqual([100, 133]);
    expect(await sizeOf(drawn(64, 48), { width: 2048, height: 1024 })).toEqual([64, 48]);
    expect(await sizeOf(drawn(64, 48), { width: 256, height: 256, crop: true })).toEqual([48, 48]);
    expect(await sizeOf(drawn(64, 48), {})).toEqual([64, 48]);
    expect(await sizeOf(uploaded(png(halves(100, 20)), 'image/png', 100, 20), { width: 50 })).toEqual([50, 10]);
    expect(
      await sizeOf(uploaded(png(halves(100, 20)), 'image/png', 100, 20), { width: 10, height: 10, crop: true }),
    ).toEqual([10, 10]);
  });

  it('are remembered, until there are too many', async () => {
    const renditions = createRenditions(30_000);
    const first = await renditions.toJpeg(drawn(400, 300), { width: 200 });
    expect(await renditions.toJpeg(drawn(400, 300), { width: 200 })).toBe(first);
    expect(await renditions.toJpeg(drawn(400, 300), { width: 201 })).not.toBe(first);
    for (let width = 202; width < 212; width++) await renditions.toJpeg(drawn(400, 300), { width });
    expect(await renditions.toJpeg(drawn(400, 300), { width: 200 })).not.toBe(first);
  });

  it('do not confuse uploads of one size', async () => {
    const renditions = createRenditions();
    const one = await renditions.toJpeg(uploaded(png(halves(8, 8)), 'image/png', 8, 8, 'aa'));
    const other = await renditions.toJpeg(
      uploaded(png({ ...halves(8, 8), rgba: new Uint8ClampedArray(256).fill(255) }), 'image/png', 8, 8, 'bb'),
    );
    expect(other.jpeg).not.toEqual(one.jpeg);
  });
});
