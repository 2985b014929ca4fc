/** JPEG renditions of whatever an item is made of, at the size asked for, with a small memory of the last ones. */
import { contentBytes } from '../content.ts';
import type { StoredMediaItem } from '../model.ts';
import { decode, encodeJpeg } from './codecs.ts';
import { createDrawing, type DrawJpeg } from './draw-jpeg.ts';
import { cropTo, fitInside, type Pixels, resize, type Size } from './pixels.ts';
import { drawable, renderScene } from './render.ts';

/** What a rendition is made from: a media item, or as much of one; `width` and `height` are the original's. */
export type Original = Pick<StoredMediaItem, 'content' | 'mimeType' | 'width' | 'height' | 'sha256'>;

/** Google's `w`, `h` and `-c`: fit inside, one side may be open; with `crop` exactly that size. Nothing given: the full size. */
export interface Box {
  width?: number;
  height?: number;
  crop?: boolean;
}

export interface Rendition extends Size {
  jpeg: Uint8Array;
}

export interface Renditions {
  /** @throws UnreadableImageError when uploaded bytes cannot be decoded here (HEIC, RAW, video). */
  toJpeg(original: Original, box?: Box): Promise<Rendition>;
}

/** A crop never enlarges: a picture smaller than the box gives the largest piece of the box's shape. */
function targetSize(original: Size, box: Box): Size {
  if (!box.crop) return fitInside(original, box);
  const width = box.width ?? box.height ?? original.width;
  const height = box.height ?? box.width ?? original.height;
  const scale = Math.min(1, original.width / width, original.height / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The size at which the whole original must be drawn so that a crop of it fills the target. */
function coveringSize(original: Size, target: Size): Size {
  const scale = Math.max(target.width / original.width, target.height / original.height);
  return {
    width: Math.max(target.width, Math.round(original.width * scale)),
    height: Math.max(target.height, Math.round(original.height * scale)),
  };
}

async function pixelsAt(original: Original, size: Size): Promise<Pixels> {
  const { content } = original;
  if (content.kind === 'scene') return renderScene({ ...content, ...size });
  return decode(await contentBytes(content), original.mimeType);
}

async function make(original: Original, box: Box, draw: DrawJpeg): Promise<Rendition> {
  const target = targetSize(original, box);
  const { content } = original;
  if (content.kind === 'scene' && !box.crop) {
    const size = drawable(target.width, target.height);
    return { ...size, jpeg: await draw({ ...content, ...size }) };
  }
  const pixels = await pixelsAt(original, box.crop ? coveringSize(original, target) : target);
  const shaped = box.crop ? cropTo(pixels, target) : pixels;
  const fitted = box.crop ? targetSize(shaped, { ...target, crop: true }) : fitInside(shaped, box);
  const result = resize(shaped, fitted.width, fitted.height);
  return { width: result.width, height: result.height, jpeg: await encodeJpeg(result) };
}

function keyOf({ content, sha256, width, height }: Original, box: Box): string {
  const what = content.kind === 'scene' ? [content.scene, content.seed] : [sha256];
  return JSON.stringify([what, width, height, box.width, box.height, box.crop ?? false]);
}

/** @param budget bytes of JPEG to remember; the least recently used go first. */
export function createRenditions(budget = 32 * 1024 * 1024): Renditions {
  const kept = new Map<string, Rendition>();
  const draw = createDrawing();
  let size = 0;

  const drop = (key: string) => {
    size -= kept.get(key)?.jpeg.length ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, rendition: Rendition) => {
    if (kept.has(key)) drop(key);
    kept.set(key, rendition);
    size += rendition.jpeg.length;
    for (const oldest of kept.keys()) {
      if (size <= budget) break;
      drop(oldest);
    }
  };

  return {
    async toJpeg(original, box = {}) {
      const key = keyOf(original, box);
      const rendition = kept.get(key) ?? (await make(original, box, draw));
      keep(key, rendition);
      return rendition;
    },
  };
}
