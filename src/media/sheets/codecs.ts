/**
 * Reading and writing pictures with WebAssembly and plain JavaScript: no native code (design 6). Everything is loaded
 * when the first picture of its kind comes along.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { type Bitmap, flatten } from './bitmap.ts';

export interface ImageCodecs {
  /** JPEG (EXIF orientation applied), PNG, WebP or the first frame of a GIF. Throws an Error for anything else. */
  decode(bytes: Uint8Array): Promise<Bitmap>;
  /** `quality` 1 to 100. */
  encodeJpeg(bitmap: Bitmap, quality: number): Promise<Uint8Array>;
}

/** Above this a picture would take more memory than it is worth. */
const MAX_MEGAPIXELS = 64;

type Decode = (bytes: Uint8Array) => Promise<Bitmap>;

export function createImageCodecs(): ImageCodecs {
  const jpegDecoder = wasmCodec<JpegDecoder>(
    () => import('@jsquash/jpeg/codec/dec/mozjpeg_dec.js'),
    '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  );
  const jpegEncoder = wasmCodec<JpegEncoder>(
    () => import('@jsquash/jpeg/codec/enc/mozjpeg_enc.js'),
    '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
  );
  const webpDecoder = wasmCodec<WebpDecoder>(
    () => import('@jsquash/webp/codec/dec/webp_dec.js'),
    '@jsquash/webp/codec/dec/webp_dec.wasm',
  );
  const decoders: readonly (readonly [looksLike: (bytes: Uint8Array) => boolean, decode: Decode])[] = [
    [isJpeg, (bytes) => jpegDecoder((codec) => codec.decode(bytes, true))],
    [isPng, decodePng],
    [isWebp, async (bytes) => flatten(await webpDecoder((codec) => codec.decode(bytes)))],
    [isGif, decodeGif],
  ];
  return {
    async decode(bytes) {
      const decoder = decoders.find(([looksLike]) => looksLike(bytes));
      if (!decoder) throw new Error('Not a JPEG, PNG, WebP or GIF picture.');
      await refuseHuge(bytes);
      return await decoder[1](bytes);
    },
    async encodeJpeg({ data, width, height }, quality) {
      const { defaultEncodeOptions } = await import('@jsquash/jpeg/meta.js');
      // Not progressive: half the time for 1.5 % more bytes.
      const options = { ...defaultEncodeOptions, quality, progressive: false };
      const view = await jpegEncoder((codec) => codec.encode(data, width, height, options));
      return new Uint8Array(view);
    },
  };
}

async function refuseHuge(bytes: Uint8Array): Promise<void> {
  const { imageSize } = await import('image-size');
  const { width, height } = imageSize(bytes);
  if (width * height > MAX_MEGAPIXELS * 1e6) throw new Error(`The picture has more than ${MAX_MEGAPIXELS} megapixels.`);
}

interface JpegDecoder {
  /** `orient` applies the EXIF orientation. */
  decode(bytes: Uint8Array, orient: boolean): Bitmap | null;
}

interface WebpDecoder {
  decode(bytes: Uint8Array): Bitmap | null;
}

interface JpegEncoder {
  encode(pixels: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array;
}

interface EmscriptenOptions {
  noInitialRun: boolean;
  print(line: string): void;
  printErr(line: string): void;
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
}

/**
 * A codec whose instance is thrown away after every failure: it does not unwind its stack and, some eighty bad files
 * later, would fail for every good one too. What it throws is no Error either, so it is wrapped.
 */
function wasmCodec<Codec>(load: () => Promise<{ default: unknown }>, wasm: string) {
  let compiled: Promise<WebAssembly.Module> | undefined;
  let instance: Promise<Codec> | undefined;

  async function start(): Promise<Codec> {
    compiled ??= compile(wasm);
    const module = await compiled;
    // The packages' own types stand on a namespace that they do not export.
    const create = (await load()).default as (options: EmscriptenOptions) => Promise<Codec>;
    return await create({
      noInitialRun: true,
      print() {},
      printErr() {},
      instantiateWasm(imports, done) {
        const started = new WebAssembly.Instance(module, imports);
        done(started);
        return started.exports;
      },
    });
  }

  return async <Result>(use: (codec: Codec) => Result | null): Promise<Result> => {
    instance ??= start();
    try {
      const result = use(await instance);
      if (result === null) throw new Error('empty result');
      return result;
    } catch (cause) {
      instance = undefined;
      throw new Error('The picture is damaged or of a kind that cannot be shown.', { cause });
    }
  };
}

/** Emscripten itself would `fetch` a `file:` URL, which Node cannot. */
async function compile(wasm: string): Promise<WebAssembly.Module> {
  return await WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve(wasm)));
}

async function decodePng(bytes: Uint8Array): Promise<Bitmap> {
  const { PNG } = await import('pngjs');
  const { width, height, data } = PNG.sync.read(Buffer.from(bytes));
  return flatten({ width, height, data: new Uint8ClampedArray(data) });
}

async function decodeGif(bytes: Uint8Array): Promise<Bitmap> {
  const { GifReader } = (await import('omggif')).default;
  const gif = new GifReader(bytes);
  const data = new Uint8ClampedArray(gif.width * gif.height * 4);
  gif.decodeAndBlitFrameRGBA(0, data);
  return flatten({ width: gif.width, height: gif.height, data });
}

const startsWith = (bytes: Uint8Array, text: string, at = 0): boolean =>
  [...text].every((character, index) => bytes[at + index] === character.charCodeAt(0));

export const isJpeg = (bytes: Uint8Array): boolean => startsWith(bytes, '\xff\xd8\xff');
export const isPng = (bytes: Uint8Array): boolean => startsWith(bytes, '\x89PNG');
export const isGif = (bytes: Uint8Array): boolean => startsWith(bytes, 'GIF8');
export const isWebp = (bytes: Uint8Array): boolean => startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8);
