/**
 * What results hold (design 1). An item keeps whatever filters, tables and tools need later, so that
 * a reference works without asking Google again. Base URLs are never kept: they expire after an hour (contract 4.8).
 */

/** What every item that is a photo or a video has, wherever it comes from. */
export interface MediaFacts {
  filename: string;
  type: 'photo' | 'video';
  mimeType: string;
  /** RFC 3339. Library and Picker: UTC, as Google gives it. Local files: as the file gives it, zone included where known. */
  creationTime?: string;
  /** Pixels as shown (local files: after EXIF orientation). */
  width?: number;
  height?: number;
  description?: string;
  cameraMake?: string;
  cameraModel?: string;
  /** Seconds. */
  duration?: number;
}

/** A media item of the app's library. */
export interface MediaItemEntry extends MediaFacts {
  kind: 'mediaItem';
  id: string;
  productUrl?: string;
  /** Video processing state (contract 4.4); absent for photos. */
  videoStatus?: 'UNSPECIFIED' | 'PROCESSING' | 'READY' | 'FAILED';
  /** Google's camera facts as they came, for the page resource. */
  photo?: { focalLength?: number; apertureFNumber?: number; isoEquivalent?: number; exposureTime?: string };
  fps?: number;
  /** Uploads only: which local file it came from and whether it was there already. */
  upload?: { path: string; outcome: 'uploaded' | 'already there' };
}

export interface AlbumEntry {
  kind: 'album';
  id: string;
  title: string;
  /** Number of media items; enrichments do not count. */
  count: number;
  productUrl?: string;
  isWriteable: boolean;
  coverPhotoMediaItemId?: string;
  shareToken?: string;
}

/** A photo or video in a local folder (`local_scan`). */
export interface LocalFileEntry extends MediaFacts {
  kind: 'localFile';
  /** Absolute. */
  path: string;
  /** Bytes. */
  size: number;
  latitude?: number;
  longitude?: number;
  /** The media item that the ledger knows for this content. */
  mediaItemId?: string;
}

/** A photo or video the person picked (contract 8.3). */
export interface PickedItemEntry extends MediaFacts {
  kind: 'pickedItem';
  id: string;
  sessionId: string;
  videoStatus?: 'UNSPECIFIED' | 'PROCESSING' | 'READY' | 'FAILED';
}

/** A file that could not be read, uploaded or downloaded: listed, so that nothing is lost silently. */
export interface FailedEntry {
  kind: 'failed';
  filename: string;
  path?: string;
  id?: string;
  reason: string;
}

export type MediaEntry = MediaItemEntry | LocalFileEntry | PickedItemEntry;
export type ResultItem = MediaEntry | AlbumEntry | FailedEntry;
