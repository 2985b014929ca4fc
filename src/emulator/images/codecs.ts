/** JPEG, PNG, WebP and GIF in, JPEG out. Every codec is loaded when it is first needed. */
import { pictureSides } from '../picture-size.ts';
import { compileWasm, once } from './modules.ts';
import { flatten, type Pixels } from './pixels.ts';

/** The codecs print to the console otherwise, and stdout may belong to a protocol. */
const QUIET = { print() {}, printErr() {} };

/** Enough for good photographs at a third of the size of 95. */
const QUALITY = 82;

/** The bytes are no picture of the type they claim to be, or of a kind that cannot be read. */
export class UnreadableImageError extends Error {
  constructor(mimeType: string, cause: unknown) {
    super(`cannot decode this ${mimeType}`, { cause });
    this.name = 'UnreadableImageError';
  }
}

interface Codec<Run> {
  init(module: WebAssembly.Module, options: typeof QUIET): Promise<void>;
  default: Run;
}

/**
 * A jsquash codec. Its instance is broken for good after some dozens of failures (the stack is not unwound), so it is made anew from the
 * compiled module after each one. One module-level codec each, because the packages themselves keep their instance in a module variable.
 */
function codec<Run extends (...args: never[]) => Promise<unknown>>(load: () => Promise<Codec<Run>>, wasm: string) {
  const ready = once(async () => {
    const [loaded, module] = await Promise.all([load(), compileWasm(wasm)]);
    await loaded.init(module, QUIET);
    return { run: loaded.default, renew: () => loaded.init(module, QUIET) };
  });
  return async (...args: Parameters<Run>): Promise<Awaited<ReturnType<Run>>> => {
    const { run, renew } = await ready();
    try {
      return (await run(...args)) as Awaited<ReturnType<Run>>;
    } catch (thrown) {
      await renew();
      throw thrown;
    }
  };
}

/** What the packages read and write of a browser's `ImageData`. */
interface Image {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

// The packages' types do not know the first of the two arguments that `init` takes outside browsers.
type Decode = (bytes: ArrayBuffer, options?: { preserveOrientation?: boolean }) => Promise<Image>;
type Encode = (data: Image, options?: { quality?: number; progressive?: boolean }) => Promise<ArrayBuffer>;

const jpegDecoder = codec<Decode>(
  async () => (await import('@jsquash/jpeg/decode.js')) as unknown as Codec<Decode>,
  '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
);
const jpegEncoder = codec<Encode>(
  async () => (await import('@jsquash/jpeg/encode.js')) as unknown as Codec<Encode>,
  '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
);
const webpDecoder = codec<Decode>(
  async () => (await import('@jsquash/webp/decode.js')) as unknown as Codec<Decode>,
  '@jsquash/webp/codec/dec/webp_dec.wasm',
);

const pixelsOf = ({ width, height, data }: { width: number; height: number; data: ArrayLike<number> }): Pixels => ({
  width,
  height,
  rgba: data instanceof Uint8ClampedArray ? data : new Uint8ClampedArray(data),
});

/** A buffer of its own: Node's small buffers share a pool that must not be handed over. */
const detached = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/** `preserveOrientation` means that the EXIF rotation is applied. */
const decodeJpeg = async (bytes: Uint8Array) =>
  pixelsOf(await jpegDecoder(detached(bytes), { preserveOrientation: true }));
const decodeWebp = async (bytes: Uint8Array) => pixelsOf(await webpDecoder(detached(bytes)));

async function decodePng(bytes: Uint8Array): Promise<Pixels> {
  const { PNG } = await import('pngjs');
  return pixelsOf(PNG.sync.read(Buffer.from(bytes)));
}

/** The first frame. */
async function decodeGif(bytes: Uint8Array): Promise<Pixels> {
  const { GifReader } = await import('omggif');
  const reader = new GifReader(bytes);
  const rgba = new Uint8ClampedArray(reader.width * reader.height * 4);
  reader.decodeAndBlitFrameRGBA(0, rgba);
  return { width: reader.width, height: reader.height, rgba };
}

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => Promise<Pixels>>> = {
  'image/jpeg': decodeJpeg,
  'image/png': decodePng,
  'image/webp': decodeWebp,
  'image/gif': decodeGif,
};

/** Whether `decode` knows this type at all. */
export const canDecode = (mimeType: string): boolean => Object.hasOwn(DECODERS, mimeType);

/** More than this takes more than half a gigabyte to decode. */
const MOST_PIXELS = 64e6;

/** Looks at the header only: a hundred bytes may claim to be four billion pixels. */
function refuseHuge(bytes: Uint8Array, mimeType: string): void {
  const sides = pictureSides(mimeType, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  if (sides === undefined) throw new RangeError('its head states no size');
  const { width, height } = sides;
  if (width * height > MOST_PIXELS) throw new RangeError(`${width}×${height} is too large`);
}

/** Opaque pixels of a picture, upright. @throws UnreadableImageError for broken bytes and for types other than the four. */
export async function decode(bytes: Uint8Array, mimeType: string): Promise<Pixels> {
  const run = DECODERS[mimeType];
  if (run === undefined) throw new UnreadableImageError(mimeType, 'no decoder');
  try {
    refuseHuge(bytes, mimeType);
    return flatten(await run(bytes));
  } catch (thrown) {
    // The codecs throw things that are not errors.
    throw new UnreadableImageError(mimeType, thrown);
  }
}

/** Baseline, 4:2:0: half the time of a progressive one for one hundredth more bytes. */
export async function encodeJpeg(pixels: Pixels, quality: number = QUALITY): Promise<Uint8Array> {
  const { width, height, rgba: data } = pixels;
  return new Uint8Array(await jpegEncoder({ width, height, data }, { quality, progressive: false }));
}
