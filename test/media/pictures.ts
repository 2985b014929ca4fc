/** Pictures for tests: drawn, encoded and, where a test needs it, given EXIF by hand. */
import { type Bitmap, type Color, createBitmap, fill } from '../../src/media/sheets/bitmap.ts';
import type { ImageCodecs } from '../../src/media/sheets/codecs.ts';

export const RED: Color = [220, 20, 20];
export const BLUE: Color = [20, 20, 220];

/** Left half one colour, right half another. */
export function twoHalves(width: number, height: number, left = RED, right = BLUE): Bitmap {
  const bitmap = createBitmap({ width, height }, left);
  fill(bitmap, { x: Math.floor(width / 2), y: 0, width, height }, right);
  return bitmap;
}

/** A picture of soft blobs that differ with the seed; `shift` moves it by pixels, as in a burst. */
export function blobs(width: number, height: number, seed: number, { shift = 0, brighter = 0 } = {}): Bitmap {
  const bitmap = createBitmap({ width, height }, [0, 0, 0]);
  const waves = [1, 2, 3, 4].map((k) => ({
    fx: ((seed * 7 + k * 13) % 5) + 0.5,
    fy: ((seed * 11 + k * 5) % 7) / 2 + 0.5,
    phase: seed * k * 1.7,
  }));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = waves.reduce(
        (total, { fx, fy, phase }) =>
          total + Math.sin((fx * Math.PI * (x + shift)) / width + (fy * Math.PI * y) / height + phase),
        0,
      );
      const grey = 128 + sum * 25 + brighter;
      bitmap.data.set([grey, grey * 0.9, 255 - grey, 255], (y * width + x) * 4);
    }
  }
  return bitmap;
}

/** Colour at a pixel, for comparisons that JPEG's losses may blur a little. */
export const colorAt = ({ width, data }: Bitmap, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
];

export const isNear = (a: readonly number[], b: readonly number[], tolerance = 30): boolean =>
  a.every((value, index) => Math.abs(value - (b[index] ?? 0)) <= tolerance);

/** Puts an EXIF block with an orientation, and a JPEG preview when given, behind the start marker of a JPEG. */
export function withExif(jpeg: Uint8Array, orientation: number, preview: Uint8Array = new Uint8Array()): Uint8Array {
  const head = Buffer.alloc(8 + 2 + 12 + 4 + 2 + 36 + 4);
  head.write('II*\0', 0, 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(1, 8);
  writeEntry(head, 10, 0x0112, 3, orientation);
  const second = preview.length > 0 ? 26 : 0;
  head.writeUInt32LE(second, 22);
  head.writeUInt16LE(3, 26);
  writeEntry(head, 28, 0x0103, 3, 6);
  writeEntry(head, 40, 0x0201, 4, head.length);
  writeEntry(head, 52, 0x0202, 4, preview.length);
  const payload = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), head, preview]);
  const marker = Buffer.from([0xff, 0xe1, (payload.length + 2) >> 8, (payload.length + 2) & 0xff]);
  return Buffer.concat([jpeg.subarray(0, 2), marker, payload, jpeg.subarray(2)]);
}

function writeEntry(buffer: Buffer, at: number, tag: number, type: number, value: number): void {
  buffer.writeUInt16LE(tag, at);
  buffer.writeUInt16LE(type, at + 2);
  buffer.writeUInt32LE(1, at + 4);
  buffer.writeUInt32LE(value, at + 8);
}

export const jpegOf = (codecs: ImageCodecs, bitmap: Bitmap): Promise<Uint8Array> => codecs.encodeJpeg(bitmap, 90);
