/** What EXIF tells about a photo, in the API's terms. */
import type { StoredMediaItem } from '../model.ts';
import {
  directoryAt,
  EXIF_DIRECTORY,
  GPS_DIRECTORY,
  numbersOf,
  openTiff,
  RATIONAL,
  rationalsOf,
  type Tiff,
  type TiffEntry,
  textOf,
  tiffBlocks,
} from '../tiff.ts';

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

/** What reads one tag, whichever directory it stands in. */
type Find = (tag: number) => TiffEntry | undefined;

const ORIENTATION = 0x0112;
const MAKE = 0x010f;
/** A block that has none of these in its first directory is not about a photo. */
const MAIN_TAGS = [MAKE, 0x0110, ORIENTATION, 0x0132, EXIF_DIRECTORY, GPS_DIRECTORY];

/** Reads the facts out of a picture of any kind; a picture without EXIF gives an empty answer, and so does a damaged block. */
export function exifFacts(bytes: Buffer): ExifFacts {
  for (const at of tiffBlocks(bytes)) {
    const facts = factsOf(bytes.subarray(at));
    if (facts) return facts;
  }
  return { photo: {}, orientation: 1 };
}

function factsOf(block: Buffer): ExifFacts | undefined {
  const tiff = openTiff(block);
  const main = tiff && directoryAt(block, tiff, tiff.firstDirectory);
  if (!tiff || !main?.entries.some(({ tag }) => MAIN_TAGS.includes(tag))) return undefined;
  const entriesBelow = (pointer: number): TiffEntry[] => {
    const entry = main.entries.find(({ tag }) => tag === pointer);
    return (entry && directoryAt(block, tiff, numbersOf(tiff, entry)[0] ?? 0)?.entries) ?? [];
  };
  const entries = [...main.entries, ...entriesBelow(EXIF_DIRECTORY)];
  const find: Find = (tag) => entries.find((entry) => entry.tag === tag);
  const places = entriesBelow(GPS_DIRECTORY);
  return {
    ...photoFacts(block, tiff, find),
    ...placeOf(block, tiff, (tag) => places.find((entry) => entry.tag === tag)),
  };
}

function photoFacts(block: Buffer, tiff: Tiff, find: Find): ExifFacts {
  const text = (tag: number) => {
    const entry = find(tag);
    return (entry && textOf(block, entry)) || undefined;
  };
  const number = (tag: number) => numberOf(tiff, find(tag));
  const captureTime = timeOf(text(0x9003));
  const [width, height] = [number(0xa002), number(0xa003)];
  return {
    ...(captureTime ? { captureTime } : {}),
    photo: withoutUndefined({
      cameraMake: text(MAKE),
      cameraModel: text(0x0110),
      focalLength: number(0x920a),
      apertureFNumber: number(0x829d),
      isoEquivalent: number(0x8827),
      exposureTime: number(0x829a),
    }),
    orientation: number(ORIENTATION) ?? 1,
    ...(width && height ? { size: { width, height } } : {}),
  };
}

/** A short, long or rational; zero means that the camera did not know. */
function numberOf(tiff: Tiff, entry: TiffEntry | undefined): number | undefined {
  const [number] = entry ? (entry.type === RATIONAL ? rationalsOf : numbersOf)(tiff, entry) : [];
  return number !== undefined && Number.isFinite(number) && number > 0 ? number : undefined;
}

/** Degrees, minutes and seconds, and a letter for the half of the globe; nothing when either side is missing. */
function placeOf(block: Buffer, tiff: Tiff, find: Find): { latitude?: number; longitude?: number } {
  const degrees = (reference: number, minus: string): number | undefined => {
    const [letter, value] = [find(reference), find(reference + 1)];
    if (!letter || value?.type !== RATIONAL) return undefined;
    const [whole = 0, minutes = 0, seconds = 0] = rationalsOf(tiff, value);
    const sum = whole + minutes / 60 + seconds / 3600;
    return textOf(block, letter) === minus ? -sum : sum;
  };
  const [latitude, longitude] = [degrees(1, 'S'), degrees(3, 'W')];
  return Number.isFinite(latitude) && Number.isFinite(longitude) ? { latitude, longitude } : {};
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

function withoutUndefined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
