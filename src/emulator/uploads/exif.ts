/** What EXIF tells about a photo, in the API's terms. */
import type { IncludeTagsOptions } from 'exifreader';
import type { StoredMediaItem } from '../model.ts';

export interface ExifFacts {
  /** RFC 3339; `DateTimeOriginal` taken as UTC whatever zone stands beside it. */
  captureTime?: string;
  photo: NonNullable<StoredMediaItem['photo']>;
  latitude?: number;
  longitude?: number;
  /** EXIF orientation 1 to 8. */
  orientation: number;
  /** The size EXIF states, for RAW formats that say it nowhere else. */
  size?: { width: number; height: number };
}

/** The few shapes in which exifreader hands out a value. */
interface Tag {
  value?: unknown;
  description?: string;
}

const includeTags = {
  exif: [
    'DateTimeOriginal',
    'Make',
    'Model',
    'FocalLength',
    'FNumber',
    'ISOSpeedRatings',
    'ExposureTime',
    'Orientation',
    'PixelXDimension',
    'PixelYDimension',
    'GPSLatitude',
    'GPSLatitudeRef',
    'GPSLongitude',
    'GPSLongitudeRef',
  ],
  gps: true,
} satisfies IncludeTagsOptions;

/** Reads the facts out of a picture of any kind; a picture without EXIF gives an empty answer. */
export async function exifFacts(bytes: Buffer): Promise<ExifFacts> {
  const { default: ExifReader } = await import('exifreader');
  try {
    const { exif = {}, gps } = ExifReader.load(bytes, { expanded: true, includeTags });
    // Its types name every tag on its own; here all of them are read alike.
    return factsOf(exif as Tags, gps);
  } catch {
    // exifreader throws on pictures that carry no metadata and on damaged blocks alike: neither makes a bad picture.
    return { photo: {}, orientation: 1 };
  }
}

type Tags = Readonly<Record<string, Tag | undefined>>;

function factsOf(exif: Tags, gps?: { Latitude?: number; Longitude?: number }): ExifFacts {
  const captureTime = timeOf(exif.DateTimeOriginal?.description);
  const width = numberOf(exif.PixelXDimension);
  const height = numberOf(exif.PixelYDimension);
  return {
    ...(captureTime ? { captureTime } : {}),
    photo: withoutUndefined({
      cameraMake: textOf(exif.Make),
      cameraModel: textOf(exif.Model),
      focalLength: numberOf(exif.FocalLength),
      apertureFNumber: numberOf(exif.FNumber),
      isoEquivalent: numberOf(exif.ISOSpeedRatings),
      exposureTime: numberOf(exif.ExposureTime),
    }),
    ...withoutUndefined({ latitude: gps?.Latitude, longitude: gps?.Longitude }),
    orientation: numberOf(exif.Orientation) ?? 1,
    ...(width && height ? { size: { width, height } } : {}),
  };
}

/** `2024:07:14 12:11:47` → `2024-07-14T12:11:47Z`; zeros and blanks, as cameras without a set clock write, are no date. */
function timeOf(text: string | undefined): string | undefined {
  const match = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text ?? '');
  if (!match) return undefined;
  const time = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6]}Z`;
  const date = new Date(time);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(time.slice(0, 10));
  return exists ? time : undefined;
}

/** Milliseconds since 1970 as RFC 3339 to the second; undefined for times that no calendar has. */
export function timeOfMs(ms: number): string | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : timeOf(date.toISOString());
}

function textOf(tag: Tag | undefined): string | undefined {
  return tag?.description?.replaceAll('\0', '').trim() || undefined;
}

/** A number, a list with one number, or a rational `[numerator, denominator]`; zero means the camera did not know. */
function numberOf(tag: Tag | undefined): number | undefined {
  const value = tag?.value;
  const [first, second] = Array.isArray(value) ? value : [value];
  const number = typeof second === 'number' && typeof first === 'number' ? first / second : first;
  return typeof number === 'number' && Number.isFinite(number) && number > 0 ? number : undefined;
}

function withoutUndefined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
