/**
 * What the emulator remembers (contract 12.1). Plain data: routes read and change it, `control/` shows it.
 * One emulator holds one person's library, seen by several OAuth projects.
 */

/** An OAuth project (Google Cloud project): items and albums belong to the project that made them. */
export type ProjectId = string;

/**
 * Where an item's picture comes from: drawn on demand from words, or bytes that an app uploaded. Big uploads lie in a file
 * of the emulator's temporary folder (`size` in bytes); read both kinds through `content.ts`.
 */
export type Content =
  | { kind: 'scene'; scene: string; seed: number }
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'file'; path: string; size: number };

export interface StoredMediaItem {
  id: string;
  filename: string;
  description: string;
  mimeType: string;
  /** Capture time, RFC 3339 UTC; absent when the bytes carry none (contract 3.15: then no date filter matches). */
  captureTime?: string;
  /** When the item reached the library, RFC 3339 UTC. Shown as `creationTime` when there is no capture time. */
  uploadTime: string;
  width: number;
  height: number;
  /** Hex SHA-256 of the content: identical bytes are the same item (contract 10.2). */
  sha256: string;
  /** The project that created the item; null for what came from elsewhere (the phone app). */
  appProject: ProjectId | null;
  favorite: boolean;
  archived: boolean;
  categories: string[];
  content: Content;
  photo?: {
    cameraMake?: string;
    cameraModel?: string;
    focalLength?: number;
    apertureFNumber?: number;
    isoEquivalent?: number;
    /** Seconds. */
    exposureTime?: number;
  };
  video?: {
    cameraMake?: string;
    cameraModel?: string;
    fps?: number;
    durationSeconds?: number;
    /** Emulator time in ms at which PROCESSING becomes READY (contract 4.4). */
    readyAt: number;
  };
  latitude?: number;
  longitude?: number;
  /** The other person who put this item into a shared album: then it is not in the user's library. Only under `--legacy-sharing`. */
  contributor?: string;
}

export interface Location {
  locationName?: string;
  latlng?: { latitude?: number; longitude?: number };
}

export type Enrichment =
  | { text: string }
  | { location: Location }
  | { map: { origin: Location; destination: Location } };

export type AlbumEntry = { mediaItemId: string } | ({ enrichmentId: string } & Enrichment);

export interface SharedAlbumOptions {
  isCollaborative: boolean;
  isCommentable: boolean;
}

export interface StoredAlbum {
  id: string;
  title: string;
  appProject: ProjectId | null;
  entries: AlbumEntry[];
  coverPhotoMediaItemId?: string;
  /** Only under `--legacy-sharing`. */
  share?: {
    shareToken: string;
    options: SharedAlbumOptions;
    /** Albums of other people that the user may join or has joined; the user's own are always joined. */
    ownedByUser: boolean;
    joined: boolean;
    /** Shown in the Sharing tab although not joined yet. */
    invited?: boolean;
    /** Who owns an album that the user does not. */
    owner?: string;
  };
}
