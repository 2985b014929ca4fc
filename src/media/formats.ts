/** What Google Photos takes (contract 5.1): by content, not by name, and how large. */
import { LIMITS } from '../google/limits.ts';

export type MediaType = 'photo' | 'video';

export interface Format {
  type: MediaType;
  mimeType: string;
}

const MiB = 1024 * 1024;

/** Bytes. */
export const SIZE_LIMIT: Readonly<Record<MediaType, number>> = {
  photo: LIMITS.photoMegabytes * MiB,
  video: LIMITS.videoGigabytes * 1024 * MiB,
};

export const SIZE_LIMIT_IN_WORDS: Readonly<Record<MediaType, string>> = {
  photo: `${LIMITS.photoMegabytes} MB`,
  video: `${LIMITS.videoGigabytes} GB`,
};

const photo = (mimeType: string): Format => ({ type: 'photo', mimeType });
const video = (mimeType: string): Format => ({ type: 'video', mimeType });

/** By the content's own marks, under the extensions that `file-type` gives. */
const BY_CONTENT: Readonly<Record<string, Format>> = {
  jpg: photo('image/jpeg'),
  png: photo('image/png'),
  apng: photo('image/png'),
  gif: photo('image/gif'),
  webp: photo('image/webp'),
  avif: photo('image/avif'),
  heic: photo('image/heif'),
  bmp: photo('image/bmp'),
  ico: photo('image/x-icon'),
  tif: photo('image/tiff'),
  arw: photo('image/x-sony-arw'),
  cr2: photo('image/x-canon-cr2'),
  cr3: photo('image/x-canon-cr3'),
  dng: photo('image/x-adobe-dng'),
  nef: photo('image/x-nikon-nef'),
  orf: photo('image/x-olympus-orf'),
  raf: photo('image/x-fuji-raf'),
  rw2: photo('image/x-panasonic-rw2'),
  mp4: video('video/mp4'),
  m4v: video('video/x-m4v'),
  mov: video('video/quicktime'),
  '3gp': video('video/3gpp'),
  '3g2': video('video/3gpp2'),
  avi: video('video/x-msvideo'),
  mkv: video('video/x-matroska'),
  asf: video('video/x-ms-asf'),
  mpg: video('video/mpeg'),
  mts: video('video/mp2t'),
};

/** RAW files that are TIFF inside: only the name tells them apart. */
const RAW_BY_NAME: Readonly<Record<string, string>> = {
  arw: 'image/x-sony-arw',
  cr2: 'image/x-canon-cr2',
  dng: 'image/x-adobe-dng',
  nef: 'image/x-nikon-nef',
  nrw: 'image/x-nikon-nrw',
  orf: 'image/x-olympus-orf',
  pef: 'image/x-pentax-pef',
  rw2: 'image/x-panasonic-rw2',
  sr2: 'image/x-sony-sr2',
  srw: 'image/x-samsung-srw',
};

/** Extensions under which people keep what Google takes: a file so named that is something else deserves a word. */
const MEDIA_EXTENSIONS = new Set([
  ...['avif', 'bmp', 'gif', 'heic', 'heif', 'hif', 'ico', 'jpg', 'jpeg', 'jpe', 'jfif', 'png', 'tif', 'tiff', 'webp'],
  ...Object.keys(RAW_BY_NAME),
  ...['cr3', 'raf', '3gp', '3g2', 'asf', 'avi', 'divx', 'm2t', 'm2ts', 'm4v', 'mkv', 'mmv', 'mod', 'mov', 'mp4'],
  ...['mpg', 'mpeg', 'mts', 'tod', 'wmv'],
]);

/** The format of a content that `file-type` called `found`, in a file of that extension; undefined when Google refuses it. */
export function acceptedFormat(found: string, extension: string): Format | undefined {
  const raw = found === 'tif' ? RAW_BY_NAME[extension] : undefined;
  return raw ? photo(raw) : BY_CONTENT[found];
}

export const hasMediaExtension = (extension: string): boolean => MEDIA_EXTENSIONS.has(extension);

/** The usual extension of a MIME type that Google hands out, without a dot; undefined when any will do. */
export function isPlausibleExtension(extension: string, found: string): boolean {
  const same = SAME_CONTENT.find((group) => group.includes(found)) ?? [found];
  return same.includes(extension) || (found === 'tif' && extension in RAW_BY_NAME);
}

/** Names of one and the same container. */
const SAME_CONTENT: readonly (readonly string[])[] = [
  ['jpg', 'jpeg', 'jpe', 'jfif'],
  ['png', 'apng'],
  ['tif', 'tiff'],
  ['heic', 'heif', 'hif'],
  ['mp4', 'm4v', '3gp', '3g2', 'mov', 'mmv'],
  ['asf', 'wmv'],
  ['avi', 'divx'],
  ['mpg', 'mpeg', 'mod', 'tod'],
  ['mts', 'm2ts', 'm2t', 'ts'],
];
