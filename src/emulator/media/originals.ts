/** What `=d` and `=dv` give: the photo or video itself (contract 4.8). */
import { extname } from 'node:path';
import { contentBytes, type UploadedContent } from '../content.ts';
import type { Renditions } from '../images/renditions.ts';
import type { StoredMediaItem } from '../model.ts';
import { exifBlock, withExif } from './exif-writer.ts';
import { writeMovie } from './mp4.ts';
import { sizeOf } from './pictures.ts';
import { withoutLocation } from './strip-gps.ts';

export interface Original {
  content: UploadedContent;
  mimeType: string;
  filename: string;
}

/** The photo: uploaded bytes without their place, or the picture drawn at full size with date and camera in its EXIF. */
export async function originalPhoto(renditions: Renditions, item: StoredMediaItem): Promise<Original> {
  const { content, mimeType, filename } = item;
  if (content.kind === 'scene') {
    const { jpeg } = await renditions.toJpeg({ ...item, ...sizeOf(item) });
    return jpegFile(withExif(jpeg, exifBlock(item)), filename);
  }
  const bytes = withoutLocation(await contentBytes(content));
  return { content: { kind: 'bytes', bytes }, mimeType, filename };
}

/** The video: uploaded bytes as they came (Google transcodes), or a movie of drawn frames. */
export async function originalVideo(renditions: Renditions, item: StoredMediaItem): Promise<Original> {
  const { content, mimeType, filename } = item;
  if (content.kind !== 'scene') return { content, mimeType, filename };
  const { width, height } = sizeOf(item);
  const durationSeconds = item.video?.durationSeconds ?? 1;
  const quickTime = mimeType === 'video/quicktime';
  const frames = await drawnFrames(renditions, item, durationSeconds);
  const { captureTime } = item;
  const bytes = writeMovie({ frames, width, height, durationSeconds, captureTime, quickTime });
  return { content: { kind: 'bytes', bytes }, mimeType: quickTime ? mimeType : 'video/mp4', filename };
}

/** A frame a second, four at most: as the camera's small movements change them. */
async function drawnFrames(
  renditions: Renditions,
  item: StoredMediaItem,
  durationSeconds: number,
): Promise<Uint8Array[]> {
  const { content } = item;
  if (content.kind !== 'scene') return [];
  const frames: Uint8Array[] = [];
  for (let n = 0; n < Math.max(1, Math.min(4, Math.round(durationSeconds))); n++) {
    const frame = {
      ...item,
      ...sizeOf(item),
      content: { ...content, seed: content.seed ^ n },
    };
    frames.push((await renditions.toJpeg(frame)).jpeg);
  }
  return frames;
}

/** A drawn photo is a JPEG whatever the item says it is; its name follows. */
export function jpegFile(bytes: Uint8Array, filename: string): Original {
  const extension = extname(filename);
  const named = /^\.jpe?g$/i.test(extension)
    ? filename
    : `${filename.slice(0, filename.length - extension.length)}.jpg`;
  return { content: { kind: 'bytes', bytes }, mimeType: 'image/jpeg', filename: named };
}
