import { type Bitmap, shrinkToFit } from './bitmap.ts';
import type { ImageCodecs } from './codecs.ts';

/** Above 79 the encoder leaves 4:2:0 and files jump by half. */
const BEST_QUALITY = 75;
const WORST_QUALITY = 20;
/** Measured: one step of quality changes the size by about 1.55 %. */
const LN_BYTES_PER_STEP = 0.0155;

export interface JpegImage {
  bytes: Uint8Array;
  mimeType: 'image/jpeg';
  width: number;
  height: number;
}

/**
 * The best JPEG of at most `maxBytes`. Guesses the quality from the size of the attempt before, so that two encodings
 * nearly always do; shrinks the picture when even the worst quality is too large.
 */
export async function encodeWithin(codecs: ImageCodecs, bitmap: Bitmap, maxBytes: number): Promise<JpegImage> {
  let picture = bitmap;
  let quality = BEST_QUALITY;
  for (;;) {
    const bytes = await codecs.encodeJpeg(picture, quality);
    if (bytes.length <= maxBytes) {
      return { bytes, mimeType: 'image/jpeg', width: picture.width, height: picture.height };
    }
    if (quality === WORST_QUALITY) {
      picture = shrinkToFit(picture, Math.floor(Math.max(picture.width, picture.height) * 0.8));
      continue;
    }
    const steps = Math.ceil(Math.log(bytes.length / maxBytes) / LN_BYTES_PER_STEP) + 1;
    quality = Math.max(WORST_QUALITY, quality - steps);
  }
}
