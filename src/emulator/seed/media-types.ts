/** MIME types and file names that go together. */
import { extname } from 'node:path';

const BY_EXTENSION: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.heic': 'image/heif',
  '.heif': 'image/heif',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.bmp': 'image/bmp',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.dng': 'image/x-adobe-dng',
  '.mp4': 'video/mp4',
  '.m4v': 'video/x-m4v',
  '.mov': 'video/quicktime',
  '.3gp': 'video/3gpp',
  '.avi': 'video/x-msvideo',
  '.mkv': 'video/x-matroska',
  '.mpg': 'video/mpeg',
  '.wmv': 'video/x-ms-wmv',
  '.mts': 'video/mp2t',
};

/** As Google names it; undefined for names that say nothing. */
export const mimeTypeOf = (filename: string): string | undefined => BY_EXTENSION[extname(filename).toLowerCase()];

/** `IMG_0001.JPG` for the first image/jpeg; names without a known type end in `.jpg`. */
export function filenameFor(mimeType: string, count: number): string {
  const found = Object.entries(BY_EXTENSION).find(([, type]) => type === mimeType)?.[0];
  const extension = found ?? (mimeType.startsWith('video/') ? '.mp4' : '.jpg');
  return `IMG_${String(count).padStart(4, '0')}${extension.toUpperCase()}`;
}
