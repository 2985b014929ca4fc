/** Raw pictures and the arithmetic on them. Pure. */

/** 8-bit RGBA, row by row, not premultiplied. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray;
}

export interface Size {
  width: number;
  height: number;
}

const blank = (width: number, height: number): Pixels => ({
  width,
  height,
  rgba: new Uint8ClampedArray(width * height * 4),
});

/** The largest size of the given shape within a box; never larger than the picture itself. One side of the box may be open. */
export function fitInside(picture: Size, box: Partial<Size>): Size {
  const scale = Math.min(1, (box.width ?? Infinity) / picture.width, (box.height ?? Infinity) / picture.height);
  return {
    width: Math.max(1, Math.round(picture.width * scale)),
    height: Math.max(1, Math.round(picture.height * scale)),
  };
}

/** For every target position along one axis: the first source position, and the weights of the ones it covers. */
function coverage(from: number, to: number): { starts: Int32Array; weights: Float32Array[] } {
  const step = from / to;
  const starts = new Int32Array(to);
  const weights: Float32Array[] = [];
  for (let index = 0; index < to; index++) {
    const low = index * step;
    const high = Math.min(from, low + step);
    const first = Math.floor(low);
    const last = Math.max(first, Math.ceil(high) - 1);
    starts[index] = first;
    const list = new Float32Array(last - first + 1);
    for (let at = first; at <= last; at++)
      list[at - first] = (Math.min(at + 1, high) - Math.max(at, low)) / (high - low);
    weights.push(list);
  }
  return { starts, weights };
}

/** Box filter: every target pixel is the mean of the source area it covers. */
export function resize(source: Pixels, width: number, height: number): Pixels {
  if (width === source.width && height === source.height) return source;
  const across = coverage(source.width, width);
  const down = coverage(source.height, height);
  const row = new Float32Array(source.width * 4);
  const target = blank(width, height);
  for (let y = 0; y < height; y++) {
    sumRows(source, down.starts[y] ?? 0, down.weights[y] ?? new Float32Array(), row);
    shrinkRow(row, across, target.rgba, y * width * 4, width);
  }
  return target;
}

function sumRows(source: Pixels, start: number, weights: Float32Array, row: Float32Array): void {
  row.fill(0);
  const stride = source.width * 4;
  for (let part = 0; part < weights.length; part++) {
    const weight = weights[part] ?? 0;
    const offset = (start + part) * stride;
    for (let at = 0; at < stride; at++) row[at] = (row[at] ?? 0) + (source.rgba[offset + at] ?? 0) * weight;
  }
}

function shrinkRow(
  row: Float32Array,
  across: ReturnType<typeof coverage>,
  out: Uint8ClampedArray,
  offset: number,
  width: number,
): void {
  for (let x = 0; x < width; x++) {
    const weights = across.weights[x] ?? new Float32Array();
    const from = (across.starts[x] ?? 0) * 4;
    for (let channel = 0; channel < 4; channel++) {
      let sum = 0;
      for (let part = 0; part < weights.length; part++)
        sum += (row[from + part * 4 + channel] ?? 0) * (weights[part] ?? 0);
      out[offset + x * 4 + channel] = sum;
    }
  }
}

function crop(source: Pixels, left: number, top: number, width: number, height: number): Pixels {
  const target = blank(width, height);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * source.width + left) * 4;
    target.rgba.set(source.rgba.subarray(from, from + width * 4), y * width * 4);
  }
  return target;
}

/** The middle of the picture in the shape of the box, as Google's `-c` cuts it. */
export function cropTo(source: Pixels, box: Size): Pixels {
  const scale = Math.max(box.width / source.width, box.height / source.height);
  const width = Math.min(source.width, Math.max(1, Math.round(box.width / scale)));
  const height = Math.min(source.height, Math.max(1, Math.round(box.height / scale)));
  return crop(source, (source.width - width) >> 1, (source.height - height) >> 1, width, height);
}

/** Transparent pixels turn white: JPEG knows no transparency. */
export function flatten(source: Pixels): Pixels {
  const { rgba } = source;
  for (let at = 3; at < rgba.length; at += 4) {
    const alpha = rgba[at] ?? 255;
    if (alpha === 255) continue;
    for (let channel = at - 3; channel < at; channel++)
      rgba[channel] = ((rgba[channel] ?? 0) * alpha + 255 * (255 - alpha)) / 255;
    rgba[at] = 255;
  }
  return source;
}

function blurAxis(
  source: Uint8ClampedArray,
  count: number,
  length: number,
  stride: number,
  step: number,
  radius: number,
): Uint8ClampedArray {
  const out = new Uint8ClampedArray(source.length);
  const clampTo = (at: number) => Math.min(length - 1, Math.max(0, at)) * stride;
  for (let lane = 0; lane < count; lane++) {
    for (let channel = 0; channel < 4; channel++) {
      const base = lane * step + channel;
      let sum = 0;
      for (let at = -radius; at <= radius; at++) sum += source[base + clampTo(at)] ?? 0;
      for (let at = 0; at < length; at++) {
        out[base + at * stride] = sum / (radius * 2 + 1);
        sum += (source[base + clampTo(at + radius + 1)] ?? 0) - (source[base + clampTo(at - radius)] ?? 0);
      }
    }
  }
  return out;
}

/** Two passes of a box in both directions. */
export function blur(source: Pixels, radius: number): Pixels {
  const { width, height } = source;
  let rgba = source.rgba;
  for (let pass = 0; pass < 2; pass++) {
    rgba = blurAxis(rgba, height, width, 4, width * 4, radius);
    rgba = blurAxis(rgba, width, height, width * 4, 4, radius);
  }
  return { width, height, rgba };
}

/** Bilinear: for the few pictures that are drawn smaller than they are shown. */
export function enlarge(source: Pixels, width: number, height: number): Pixels {
  const target = blank(width, height);
  const { rgba } = source;
  const columns = Array.from({ length: width }, (_, x) => between(x, width, source.width));
  for (let y = 0; y < height; y++) {
    const row = between(y, height, source.height);
    for (let x = 0; x < width; x++) {
      const column = columns[x] ?? row;
      const a = (row.low * source.width + column.low) * 4;
      const b = (row.low * source.width + column.high) * 4;
      const c = (row.high * source.width + column.low) * 4;
      const d = (row.high * source.width + column.high) * 4;
      const at = (y * width + x) * 4;
      for (let channel = 0; channel < 4; channel++) {
        const top = (rgba[a + channel] ?? 0) + ((rgba[b + channel] ?? 0) - (rgba[a + channel] ?? 0)) * column.part;
        const bottom = (rgba[c + channel] ?? 0) + ((rgba[d + channel] ?? 0) - (rgba[c + channel] ?? 0)) * column.part;
        target.rgba[at + channel] = top + (bottom - top) * row.part;
      }
    }
  }
  return target;
}

function between(at: number, to: number, from: number): { low: number; high: number; part: number } {
  const place = Math.min(from - 1, Math.max(0, ((at + 0.5) * from) / to - 0.5));
  const low = Math.floor(place);
  return { low, high: Math.min(from - 1, low + 1), part: place - low };
}
