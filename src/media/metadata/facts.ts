import type { Format } from '../formats.ts';

/** What a file says of itself, read from its head. */
export interface FileFacts extends Format {
  /** ISO 8601: with offset where the file knows it, local time of the place without one otherwise. */
  creationTime?: string;
  /** Pixels as shown, after orientation. */
  width?: number;
  height?: number;
  cameraMake?: string;
  cameraModel?: string;
  /** Degrees, WGS84. */
  latitude?: number;
  longitude?: number;
  /** Seconds. */
  duration?: number;
  /** XMP description, IPTC caption or EXIF ImageDescription, whichever comes first. */
  description?: string;
}

export type Details = Omit<FileFacts, keyof Format>;
