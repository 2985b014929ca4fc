/**
 * Reads uploaded bytes for real, when an item is made of them: Google refuses what is no photo or video only then, per
 * item (contract 5.1 and 3.10 `BAD_IMAGE`).
 */
import type { ContentReader, UploadedContent } from '../content.ts';
import { withContent } from '../content.ts';
import type { StoredMediaItem } from '../model.ts';
import { pictureSides, type Sides } from '../picture-size.ts';
import { largestPicture } from '../tiff.ts';
import { containerFacts, containerHeadBytes } from './containers.ts';
import { exifFacts } from './exif.ts';
import type { Format } from './formats.ts';
import { formatHeadBytes, formatOf } from './formats.ts';
import { heifSides } from './heif.ts';
import { isWholePicture } from './integrity.ts';
import { type MovieFacts, movieFacts } from './movie.ts';

/** What an item takes over from its bytes. Sides are those of the upright picture; 0 where the format does not tell. */
export interface MediaFacts {
  mimeType: string;
  width: number;
  height: number;
  captureTime?: string;
  photo?: NonNullable<StoredMediaItem['photo']>;
  video?: Omit<NonNullable<StoredMediaItem['video']>, 'readyAt'>;
  latitude?: number;
  longitude?: number;
}

export type Inspection = { ok: true; facts: MediaFacts } | { ok: false };

/** Contract 5.1, in bytes. */
const maxPhotoBytes = 200 * 1024 * 1024;
const maxVideoBytes = 20 * 1024 * 1024 * 1024;

/**
 * Says what uploaded bytes are. The content decides; `fileName` only tells RAW formats apart that look like TIFF.
 * Not ok: no photo or video that Google takes, cut or damaged, or over the size limit.
 */
export async function inspect(content: UploadedContent, fileName: string): Promise<Inspection> {
  return withContent(content, async (reader): Promise<Inspection> => {
    const facts = await factsOf(reader, fileName);
    return facts ? { ok: true, facts } : { ok: false };
  });
}

async function factsOf(reader: ContentReader, fileName: string): Promise<MediaFacts | undefined> {
  const format = formatOf(await reader.read(0, formatHeadBytes), fileName);
  if (!format || reader.size > (format.kind === 'photo' ? maxPhotoBytes : maxVideoBytes)) return undefined;
  try {
    return await (format.kind === 'photo' ? photoFacts(reader, format) : videoFacts(reader, format));
  } catch (error) {
    // A length in a damaged file leads outside of it: no walker here checks every one of them.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

async function photoFacts(reader: ContentReader, format: Format): Promise<MediaFacts | undefined> {
  const bytes = await reader.read(0, reader.size);
  if (!isWholePicture(format.mimeType, bytes)) return undefined;
  const { orientation, size, ...exif } = exifFacts(bytes);
  const sides = (await sidesOf(reader, bytes, format.mimeType)) ?? size ?? rawSides(format.mimeType);
  if (!sides) return undefined;
  // HEIF turns its picture by a property of its own, which `heifSides` has applied.
  const turned = orientation >= 5 && !isHeif(format.mimeType);
  const { width, height } = turned ? { width: sides.height, height: sides.width } : sides;
  return { mimeType: format.mimeType, width, height, ...exif };
}

const isHeif = (mimeType: string) => mimeType === 'image/heif' || mimeType === 'image/avif';
const isTiffLike = (mimeType: string) => mimeType === 'image/tiff' || mimeType.startsWith('image/x-');

async function sidesOf(reader: ContentReader, bytes: Buffer, mimeType: string): Promise<Sides | undefined> {
  if (isHeif(mimeType)) return heifSides(reader);
  if (mimeType === 'image/x-canon-cr3') return movieFacts(reader);
  if (mimeType !== 'image/x-icon' && isTiffLike(mimeType)) return positive(largestPicture(bytes));
  return pictureSides(mimeType, bytes);
}

function positive(sides: Sides | undefined): Sides | undefined {
  return sides && sides.width > 0 && sides.height > 0 ? { width: sides.width, height: sides.height } : undefined;
}

/** A RAW file that does not say its size where we look is still a photo; a TIFF that does not is a broken one. */
function rawSides(mimeType: string): Sides | undefined {
  return mimeType.startsWith('image/x-') && mimeType !== 'image/x-icon' ? { width: 0, height: 0 } : undefined;
}

const boxed = new Set(['video/mp4', 'video/quicktime', 'video/x-m4v', 'video/3gpp', 'video/3gpp2']);

/** Containers other than MP4's family are taken by their mark and described by their head: Google looks inside later. */
async function videoFacts(reader: ContentReader, format: Format): Promise<MediaFacts | undefined> {
  const movie = boxed.has(format.mimeType)
    ? await movieFacts(reader)
    : containerFacts(format.mimeType, await reader.read(0, containerHeadBytes));
  if (!movie) return undefined;
  const { width, height, captureTime, latitude, longitude, ...video }: MovieFacts = movie;
  return {
    mimeType: format.mimeType,
    width,
    height,
    video,
    ...(captureTime ? { captureTime } : {}),
    ...(latitude !== undefined && longitude !== undefined ? { latitude, longitude } : {}),
  };
}
