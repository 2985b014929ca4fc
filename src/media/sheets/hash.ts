/** Perceptual hashes: nearly the same picture gives nearly the same 64 bits, whatever its size, quality or brightness. */
import { type Bitmap, resample } from './bitmap.ts';

const GRID = 32;
const KEPT = 8;

/** `COSINES[u][x]` of the discrete cosine transform. */
const COSINES = Array.from({ length: KEPT }, (_, u) =>
  Float64Array.from({ length: GRID }, (_, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * GRID))),
);

/** 16 hex digits: whether each of the 8×8 lowest frequencies of the 32×32 grey picture is above their median. */
export function perceptualHash(bitmap: Bitmap): string {
  const { width, height } = bitmap;
  const small = resample(bitmap, { x: 0, y: 0, width, height }, { width: GRID, height: GRID });
  const frequencies = lowFrequencies(greyOf(small));
  const median = medianOf(frequencies);
  let hash = 0n;
  for (const frequency of frequencies) hash = (hash << 1n) | (frequency > median ? 1n : 0n);
  return hash.toString(16).padStart(16, '0');
}

/** A hash as two 32-bit numbers, for comparing many. */
export const hashWords = (hash: string): readonly [number, number] => [
  Number.parseInt(hash.slice(0, 8), 16),
  Number.parseInt(hash.slice(8), 16),
];

export const wordDistance = (a: readonly [number, number], b: readonly [number, number]): number =>
  bitsOf(a[0] ^ b[0]) + bitsOf(a[1] ^ b[1]);

/** How many of the 64 bits differ. Up to 8: the same picture. From 14: different ones (measured). */
export const hashDistance = (a: string, b: string): number => wordDistance(hashWords(a), hashWords(b));

function bitsOf(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return (Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24) & 0xff;
}

function greyOf({ data }: Bitmap): Float64Array {
  return Float64Array.from(
    { length: GRID * GRID },
    (_, pixel) =>
      0.299 * (data[pixel * 4] ?? 0) + 0.587 * (data[pixel * 4 + 1] ?? 0) + 0.114 * (data[pixel * 4 + 2] ?? 0),
  );
}

function lowFrequencies(grey: Float64Array): number[] {
  const rows = Array.from({ length: GRID }, (_, y) =>
    COSINES.map((cosines) => cosines.reduce((sum, cosine, x) => sum + cosine * (grey[y * GRID + x] ?? 0), 0)),
  );
  return COSINES.flatMap((cosines) =>
    COSINES.map((_, u) => cosines.reduce((sum, cosine, y) => sum + cosine * (rows[y]?.[u] ?? 0), 0)),
  );
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
