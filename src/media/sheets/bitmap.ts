/**
 * Pictures in memory and the few things we do with them: shrink, crop, put together. Our own, because it is faster than
 * the libraries and small.
 */

/** Opaque pixels, RGBA, row by row. */
export interface Bitmap {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

export type Color = readonly [red: number, green: number, blue: number];

export interface Box {
  width: number;
  height: number;
}

interface Region extends Box {
  x: number;
  y: number;
}

export function createBitmap({ width, height }: Box, color: Color): Bitmap {
  const bitmap = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  fill(bitmap, { x: 0, y: 0, width, height }, color);
  return bitmap;
}

/** Paints a rectangle; what lies outside the bitmap is left out. */
export function fill(bitmap: Bitmap, region: Region, [red, green, blue]: Color): void {
  const right = Math.min(bitmap.width, region.x + region.width);
  const bottom = Math.min(bitmap.height, region.y + region.height);
  for (let y = Math.max(0, region.y); y < bottom; y++) {
    for (let x = Math.max(0, region.x); x < right; x++) {
      const at = (y * bitmap.width + x) * 4;
      bitmap.data[at] = red;
      bitmap.data[at + 1] = green;
      bitmap.data[at + 2] = blue;
      bitmap.data[at + 3] = 255;
    }
  }
}

/** Copies `source` whole onto `target` with its upper left corner at (x, y); it must fit. */
export function paste(target: Bitmap, source: Bitmap, x: number, y: number): void {
  for (let row = 0; row < source.height; row++) {
    const from = row * source.width * 4;
    target.data.set(source.data.subarray(from, from + source.width * 4), ((y + row) * target.width + x) * 4);
  }
}

/** Puts transparent pixels on white, in place: JPEG knows no transparency and would show what lies hidden below. */
export function flatten(bitmap: Bitmap): Bitmap {
  const { data } = bitmap;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 255;
    if (alpha === 255) continue;
    for (let channel = at; channel < at + 3; channel++) {
      data[channel] = ((data[channel] ?? 0) * alpha + 255 * (255 - alpha)) / 255;
    }
    data[at + 3] = 255;
  }
  return bitmap;
}

/** The largest size of the same shape whose long edge is at most `maxEdge`; never larger than it is. */
export function fitWithin({ width, height }: Box, maxEdge: number): Box {
  const scale = Math.min(1, maxEdge / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

export function shrinkToFit(bitmap: Bitmap, maxEdge: number): Bitmap {
  const size = fitWithin(bitmap, maxEdge);
  return size.width === bitmap.width && size.height === bitmap.height
    ? bitmap
    : resample(bitmap, { x: 0, y: 0, width: bitmap.width, height: bitmap.height }, size);
}

/** The middle square, scaled to `edge` pixels. */
export function cropToSquare(bitmap: Bitmap, edge: number): Bitmap {
  const side = Math.min(bitmap.width, bitmap.height);
  if (bitmap.width === edge && bitmap.height === edge) return bitmap;
  const middle = { x: (bitmap.width - side) / 2, y: (bitmap.height - side) / 2, width: side, height: side };
  return resample(bitmap, middle, { width: edge, height: edge });
}

interface Taps {
  /** First source index of each target pixel. */
  start: Int32Array;
  /** Weights of the source pixels from there on; they add up to 1. */
  weights: Float32Array[];
}

/** Averages a region into a new size (box filter when shrinking, linear when growing). */
export function resample(source: Bitmap, region: Region, size: Box): Bitmap {
  const columns = taps(region.x, region.width, size.width, source.width);
  const rows = taps(region.y, region.height, size.height, source.height);
  const narrow = resampleRows(source, columns, size.width);
  const target = createBitmap(size, [0, 0, 0]);
  for (let y = 0; y < size.height; y++) {
    const weights = rows.weights[y] ?? new Float32Array();
    const first = rows.start[y] ?? 0;
    for (let x = 0; x < size.width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0;
        for (let tap = 0; tap < weights.length; tap++) {
          sum += (weights[tap] ?? 0) * (narrow[((first + tap) * size.width + x) * 3 + channel] ?? 0);
        }
        target.data[(y * size.width + x) * 4 + channel] = sum;
      }
    }
  }
  return target;
}

/** One pass over all rows of the source: RGB floats, `width` pixels a row. */
function resampleRows(source: Bitmap, { start, weights }: Taps, width: number): Float32Array {
  const narrow = new Float32Array(source.height * width * 3);
  for (let x = 0; x < width; x++) {
    const row = weights[x] ?? new Float32Array();
    const first = start[x] ?? 0;
    for (let y = 0; y < source.height; y++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = 0; tap < row.length; tap++) {
        const at = (y * source.width + first + tap) * 4;
        const weight = row[tap] ?? 0;
        red += weight * (source.data[at] ?? 0);
        green += weight * (source.data[at + 1] ?? 0);
        blue += weight * (source.data[at + 2] ?? 0);
      }
      narrow.set([red, green, blue], (y * width + x) * 3);
    }
  }
  return narrow;
}

function taps(from: number, length: number, count: number, limit: number): Taps {
  const ratio = length / count;
  const spans = Array.from({ length: count }, (_, index) =>
    ratio > 1 ? boxTap(from + index * ratio, ratio, limit) : linearTap(from + (index + 0.5) * ratio - 0.5, limit),
  );
  return { start: Int32Array.from(spans, (span) => span.start), weights: spans.map((span) => span.weights) };
}

function boxTap(from: number, length: number, limit: number) {
  const start = Math.floor(from);
  const end = Math.min(limit, Math.ceil(from + length - 1e-6));
  const weights = Float32Array.from({ length: end - start }, (_, index) => {
    const pixel = start + index;
    return (Math.min(from + length, pixel + 1) - Math.max(from, pixel)) / length;
  });
  return { start, weights };
}

function linearTap(center: number, limit: number) {
  const start = Math.max(0, Math.min(limit - 2, Math.floor(center)));
  const second = Math.max(0, Math.min(1, center - start));
  return { start, weights: limit < 2 ? Float32Array.of(1) : Float32Array.of(1 - second, second) };
}
