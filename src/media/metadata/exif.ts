/** Facts of photos: EXIF, GPS, IPTC and XMP from the head of JPEG, HEIC, AVIF, PNG, WebP, GIF, TIFF and RAW files. */
import type { FileHandle } from 'node:fs/promises';
import type { ExpandedTags } from 'exifreader';
import { fromExif, fromIso } from './dates.ts';
import type { Details } from './facts.ts';

const MiB = 1024 * 1024;
/** The most that is read of one photo, for metadata that stands behind the picture (HEIC, PNG). */
const LONGEST_READ = 16 * MiB;
/** Orientations 5 to 8 lie on their side. */
const FIRST_SIDEWAYS = 5;

const OPTIONS = {
  expanded: true,
  includeOffsets: true,
  includeTags: {
    exif: [
      ...[
        'DateTimeOriginal',
        'DateTimeDigitized',
        'DateTime',
        'OffsetTime',
        'OffsetTimeOriginal',
        'OffsetTimeDigitized',
      ],
      ...['SubSecTimeOriginal', 'SubSecTimeDigitized', 'Make', 'Model', 'Orientation', 'ImageDescription'],
      ...['PixelXDimension', 'PixelYDimension'],
    ],
    gps: true,
    iptc: true,
    xmp: true,
    file: true,
    png: true,
    pngText: true,
    riff: true,
    gif: true,
  },
  // Without this, phones' embedded previews count as metadata and are asked for.
  excludeTags: { mpf: true },
} as const;

/** Reads the details of a photo whose first bytes are `head`; whatever cannot be read is left out, never an error. */
export async function readPhotoDetails(
  file: FileHandle,
  fileSize: number,
  head: Buffer,
  mimeType: string,
): Promise<Details> {
  const load = await exifLoad();
  let bytes = head;
  let tags = tryLoad(load, bytes);
  const wanted = bytesWanted(tags, fileSize, mimeType);
  if (wanted > head.length) {
    bytes = await readUpTo(file, wanted);
    tags = tryLoad(load, bytes) ?? tags;
  }
  return { ...(tags && detailsOf(tags)), ...(await dimensions(bytes, mimeType, tags)) };
}

type Load = typeof import('exifreader').load;

/** CommonJS: Node shows its members under `default` only, bundlers beside it as well; its types know neither. */
async function exifLoad(): Promise<Load> {
  const module: { load?: Load; default?: { load: Load } } = await import('exifreader');
  const load = module.default?.load ?? module.load;
  if (!load) throw new Error('exifreader has no load function');
  return load;
}

function tryLoad(load: Load, bytes: Buffer): ExpandedTags | undefined {
  try {
    // The tag lists are narrower than exifreader's own types describe for some groups, and typed readonly here.
    return load(bytes, OPTIONS as unknown as { expanded: true; includeOffsets: true });
  } catch {
    return undefined;
  }
}

/** How much more of the file would help: the range that the container names, or a megabyte of a TIFF, which names none. */
function bytesWanted(tags: ExpandedTags | undefined, fileSize: number, mimeType: string): number {
  const range = tags?.metadataRange;
  if (range && !range.complete) return Math.min(range.end, fileSize, LONGEST_READ);
  const isTiff = !range && (mimeType === 'image/tiff' || mimeType.startsWith('image/x-'));
  return isTiff ? Math.min(MiB, fileSize) : 0;
}

async function readUpTo(file: FileHandle, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, 0);
  return buffer.subarray(0, bytesRead);
}

function detailsOf(tags: ExpandedTags): Details {
  const { exif, gps } = tags;
  const found: Details = {
    creationTime: creationTime(tags),
    cameraMake: text(exif?.Make),
    cameraModel: text(exif?.Model),
    description: text(tags.xmp?.description) ?? text(tags.iptc?.['Caption/Abstract']) ?? text(exif?.ImageDescription),
    ...place(gps?.Latitude, gps?.Longitude),
  };
  return found;
}

function creationTime({ exif, xmp, pngText }: ExpandedTags): string | undefined {
  return (
    fromExif(text(exif?.DateTimeOriginal), text(exif?.SubSecTimeOriginal), text(exif?.OffsetTimeOriginal)) ??
    fromExif(text(exif?.DateTimeDigitized), text(exif?.SubSecTimeDigitized), text(exif?.OffsetTimeDigitized)) ??
    fromXmp(xmp?.DateTimeOriginal) ??
    fromXmp(xmp?.DateCreated) ??
    fromXmp(xmp?.CreateDate) ??
    fromIso(text(pngText?.['Creation Time'])) ??
    fromExif(text(pngText?.['Creation Time']))
  );
}

function fromXmp(tag: unknown): string | undefined {
  const value = rawText(tag) ?? text(tag);
  return fromIso(value) ?? fromExif(value);
}

/** A tag's text without the blanks and NULs that cameras pad with; undefined when nothing remains. */
function text(tag: unknown): string | undefined {
  if (typeof tag !== 'object' || tag === null || !('description' in tag)) return undefined;
  const trimmed = String(tag.description)
    .replace(/[\0\s]+$/g, '')
    .trim();
  return trimmed === '' ? undefined : trimmed;
}

/** exifreader rewrites XMP dates for reading; the raw value keeps the zone. */
function rawText(tag: unknown): string | undefined {
  return typeof tag === 'object' && tag !== null && 'value' in tag && typeof tag.value === 'string'
    ? tag.value
    : undefined;
}

function place(latitude: number | undefined, longitude: number | undefined): Details {
  if (latitude === undefined || longitude === undefined) return {};
  const sane = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
  return sane ? { latitude, longitude } : {};
}

async function dimensions(bytes: Buffer, mimeType: string, tags: ExpandedTags | undefined): Promise<Details> {
  if (mimeType.startsWith('image/x-') && mimeType !== 'image/x-icon') return rawDimensions(tags);
  const size = await imageSizeOf(bytes);
  const [width, height] = [size?.width, size?.height];
  if (!width || !height) return {};
  // In HEIC and AVIF the container turns the picture, and image-size has seen to it.
  const orientation =
    mimeType === 'image/heif' || mimeType === 'image/avif' ? 1 : orientationOf(tags, size?.orientation);
  return orientation >= FIRST_SIDEWAYS ? { width: height, height: width } : { width, height };
}

function orientationOf(tags: ExpandedTags | undefined, fromSize: number | undefined): number {
  const value = tags?.exif?.Orientation?.value;
  return typeof value === 'number' ? value : (fromSize ?? 1);
}

/** The first directory of a RAW file often describes its thumbnail, so only EXIF's own pixel counts are believed. */
function rawDimensions(tags: ExpandedTags | undefined): Details {
  const width = tags?.exif?.PixelXDimension?.value;
  const height = tags?.exif?.PixelYDimension?.value;
  if (typeof width !== 'number' || typeof height !== 'number') return {};
  return orientationOf(tags, undefined) >= FIRST_SIDEWAYS ? { width: height, height: width } : { width, height };
}

async function imageSizeOf(
  bytes: Buffer,
): Promise<{ width?: number; height?: number; orientation?: number } | undefined> {
  const { imageSize } = await import('image-size');
  try {
    return imageSize(bytes);
  } catch {
    return undefined;
  }
}
