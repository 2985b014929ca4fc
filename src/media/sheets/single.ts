import { fitWithin, shrinkToFit } from './bitmap.ts';
import { type ImageCodecs, isGif, isJpeg, isPng, isWebp } from './codecs.ts';
import { encodeWithin } from './jpeg.ts';

export interface ViewImage {
  bytes: Uint8Array;
  mimeType: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif';
  width: number;
  height: number;
}

export const DEFAULT_EDGE = 1024;
/** A picture of 1,024 pixels seldom needs more; larger ones would only fill the client's memory. */
const MAX_SINGLE_BYTES = 1_000_000;

const SHOWABLE = [
  [isJpeg, 'image/jpeg'],
  [isPng, 'image/png'],
  [isWebp, 'image/webp'],
  [isGif, 'image/gif'],
] as const;

/**
 * One picture as an assistant can look at it: long edge at most `maxEdge` pixels. Passed through as it is when it is
 * small enough and needs no turning, else a JPEG. Throws an Error for what is no picture or is damaged.
 */
export async function viewImage(codecs: ImageCodecs, bytes: Uint8Array, maxEdge = DEFAULT_EDGE): Promise<ViewImage> {
  const { imageSize } = await import('image-size');
  const mimeType = SHOWABLE.find(([looksLike]) => looksLike(bytes))?.[1];
  if (!mimeType) throw new Error('Not a JPEG, PNG, WebP or GIF picture.');
  const { width, height, orientation = 1 } = imageSize(bytes);
  const fits = fitWithin({ width, height }, maxEdge).width === width;
  if (fits && orientation === 1 && bytes.length <= MAX_SINGLE_BYTES) return { bytes, mimeType, width, height };
  return await encodeWithin(codecs, shrinkToFit(await codecs.decode(bytes), maxEdge), MAX_SINGLE_BYTES);
}
