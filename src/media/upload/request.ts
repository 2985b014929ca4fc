/** What an upload is asked to do, what it needs for it, and what it has to say afterwards. */
import type { Clock } from '../../google/clock.ts';
import type { Google } from '../../google/google.ts';
import type { ItemOrder } from '../../results/order.ts';
import type { FailedEntry, LocalFileEntry, MediaItemEntry, PickedItemEntry } from '../../results/types.ts';
import type { AllowedFolders } from '../allowed-folders.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SkippedFile } from '../scan/scan.ts';
import type { AlbumFinder } from './album-finder.ts';

export interface UploadRequest {
  /** Paths of files and folders, patterns, and photos that the person picked. */
  from: readonly (string | PickedItemEntry)[];
  /** Folders within folders; true by default. */
  recursive?: boolean;
  /** At most one of these three. */
  albumId?: string;
  /** Found among the app's albums, or made. */
  albumTitle?: string;
  /** An album for each folder, named after it. */
  albumPerFolder?: boolean;
  /** At most 1,000 characters (contract 3.10). */
  description?: string;
  /** XMP, IPTC or EXIF text of each file, cut to 1,000 characters; wins over `description` where there is one. */
  descriptionFromMetadata?: boolean;
  /** `captured` by default. */
  order?: ItemOrder;
  /** Says what would happen; sends nothing. */
  dryRun?: boolean;
  /** Files whose bytes are on their way at a time, 1 to 8; 5 by default. */
  concurrency?: number;
}

export interface UploadDeps {
  google: Google;
  ledger: Ledger;
  allowed: AllowedFolders;
  /** One for the process, so that two calls do not both make the album that neither found. */
  albums: AlbumFinder;
  clock: Clock;
  /** Opens the bytes of a picked item (contract 8.5) and the folder where they may rest on their way; both or none. */
  picked?: { fetch(item: PickedItemEntry, signal: AbortSignal): Promise<Response>; spoolDir: string };
}

export interface UploadProgress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  bytesTotal: number;
  /** Name of the file that moved last. */
  current: string;
}

export interface UploadOptions {
  signal?: AbortSignal;
  onProgress?: (progress: UploadProgress) => void;
}

export interface UploadReport {
  /**
   * One entry a file, in the order of the album: uploaded or already there, or failed and why. In a dry run local files,
   * with `mediaItemId` where they are there already. Files that were not come to are missing.
   */
  items: (MediaItemEntry | LocalFileEntry | PickedItemEntry | FailedEntry)[];
  /** In a dry run `uploaded` counts what would be. */
  counts: { uploaded: number; alreadyThere: number; failed: number; left: number };
  /** Bytes of the files that are, or would be, uploaded. */
  bytes: number;
  /** Neither photos nor videos, left alone in their folders. */
  skipped: SkippedFile[];
  albums: { id: string; title?: string; isNew: boolean }[];
  /** Why there are files left. */
  stopped?: { by: 'cancel' } | { by: 'error'; error: unknown };
}
