/** The pictures behind base URLs: an item at a size, a still with its play button, and what stands in where nothing can be shown. */
import { decode, encodeJpeg, UnreadableImageError } from '../images/codecs.ts';
import type { Pixels, Size } from '../images/pixels.ts';
import { rasterise } from '../images/render.ts';
import type { Box, Renditions } from '../images/renditions.ts';
import type { StoredMediaItem } from '../model.ts';
import { page } from '../render-page.ts';
import { fill } from '../template.ts';

/** A JPEG of a photo, or a still of a video, fitted into the box. */
export async function pictureOf(
  renditions: Renditions,
  item: StoredMediaItem,
  box: Box,
  overlay: boolean,
): Promise<Uint8Array> {
  const jpeg = await plainPicture(renditions, item, box);
  if (!item.video || !overlay) return jpeg;
  return encodeJpeg(withPlayButton(await decode(jpeg, 'image/jpeg')));
}

async function plainPicture(renditions: Renditions, item: StoredMediaItem, box: Box): Promise<Uint8Array> {
  if (item.video && item.content.kind !== 'scene') return fileSign(renditions, item, box);
  try {
    return (await renditions.toJpeg({ ...item, ...sizeOf(item) }, box)).jpeg;
  } catch (error) {
    if (!(error instanceof UnreadableImageError)) throw error;
    return fileSign(renditions, item, box);
  }
}

/** HEIC, RAW, TIFF and videos cannot be decoded here: a sheet of the right shape with the file's name stands for them. */
async function fileSign(renditions: Renditions, item: StoredMediaItem, box: Box): Promise<Uint8Array> {
  const { width, height } = sizeOf(item);
  const scale = Math.min(1, longestSign / Math.max(width, height));
  const drawing = await drawn('file.svg', {
    width: String(Math.max(1, Math.round(width * scale))),
    height: String(Math.max(1, Math.round(height * scale))),
    ...signLayout(width / height, item.filename),
  });
  return fitted(renditions, drawing, { width, height }, `sign of ${item.id}`, box);
}

/** A sign says no more in more pixels. */
const longestSign = 2048;

function signLayout(aspect: number, filename: string): Record<string, string> {
  const boxWidth = Math.max(100, 100 * aspect);
  const boxHeight = boxWidth / aspect;
  const letters = Array.from(filename.replaceAll(/\p{C}/gu, ' '));
  const label = (letters.length > 28 ? [...letters.slice(0, 14), '…', ...letters.slice(-12)] : letters).join('');
  const fontSize = Math.min(9, (boxWidth * 0.9) / (0.62 * Math.max(1, Math.min(27, letters.length))));
  const numbers = { boxWidth, boxHeight, centreX: boxWidth / 2, centreY: boxHeight / 2, fontSize };
  return { label, ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, value.toFixed(2)])) };
}

/** What is not known of a file's size is made up: containers that we do not look into are taken for Full HD. */
export function sizeOf({ width, height }: StoredMediaItem): { width: number; height: number } {
  return width > 0 && height > 0 ? { width, height } : { width: 1920, height: 1080 };
}

const square = { width: 512, height: 512 };

/** Cover of an album without items (contract 3.3), fitted into the box. */
export async function emptyAlbumPicture(renditions: Renditions, box: Box): Promise<Uint8Array> {
  return fitted(renditions, await drawn('empty-album.svg', {}), square, 'empty album', box);
}

/** A contributor's picture: the first letter of the name. */
export async function profilePicture(renditions: Renditions, name: string, box: Box): Promise<Uint8Array> {
  const initial = (Array.from(name)[0] ?? '?').toUpperCase();
  return fitted(renditions, await drawn('profile.svg', { initial }), square, `profile ${initial}`, box);
}

/** The image in the body of a 404 (contract 4.8). */
export const notFoundPicture = (): Promise<Uint8Array> => drawn('not-found.svg', {});

async function drawn(name: string, values: Record<string, string>): Promise<Uint8Array> {
  return encodeJpeg(await rasterise(fill(await page(name), values)));
}

/** @param key tells drawings apart, as a hash tells uploads apart. */
async function fitted(
  renditions: Renditions,
  bytes: Uint8Array,
  size: Size,
  key: string,
  box: Box,
): Promise<Uint8Array> {
  const original = { ...size, content: { kind: 'bytes' as const, bytes }, mimeType: 'image/jpeg', sha256: key };
  return (await renditions.toJpeg(original, box)).jpeg;
}

/** A dark disc with a white triangle in the middle, a fifth of the shorter side across. Changes the pixels it is given. */
function withPlayButton(picture: Pixels): Pixels {
  const { width, height, rgba } = picture;
  const radius = Math.max(3, Math.min(width, height) / 10);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [dx, dy] = [(x + 0.5 - width / 2) / radius, (y + 0.5 - height / 2) / radius];
      if (dx * dx + dy * dy > 1) continue;
      const inTriangle = dx > -0.3 && dx < 0.5 && Math.abs(dy) < (0.5 - dx) * 0.58;
      const at = (y * width + x) * 4;
      for (let channel = at; channel < at + 3; channel++) rgba[channel] = inTriangle ? 255 : (rgba[channel] ?? 0) * 0.4;
    }
  }
  return picture;
}
