/** What a download is asked to do, what it needs for it, and what it has to say afterwards. */
import type { Clock } from '../../google/clock.ts';
import type { Google } from '../../google/google.ts';
import type { FailedEntry, LocalFileEntry, PickedItemEntry } from '../../results/types.ts';
import type { AllowedFolders } from '../allowed-folders.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** A media item's id, or an item that the person picked. */
export type Wanted = string | PickedItemEntry;

export interface DownloadRequest {
  items: readonly Wanted[];
  /** Made where it does not exist. */
  dir: string;
}

export interface DownloadDeps {
  google: Google;
  ledger: Ledger;
  allowed: AllowedFolders;
  clock: Clock;
  /** Opens the bytes of a picked item (contract 8.5). */
  picked?: { fetch(item: PickedItemEntry, signal: AbortSignal): Promise<Response> };
}

export interface DownloadProgress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  /** Name of the file that moved last. */
  current: string;
}

export interface DownloadOptions {
  signal?: AbortSignal;
  onProgress?: (progress: DownloadProgress) => void;
}

/** What became of one photo. */
export type DownloadOutcome =
  | { outcome: 'downloaded' | 'already there'; entry: LocalFileEntry }
  | { outcome: 'failed'; entry: FailedEntry };

export interface DownloadReport {
  /** Absolute. */
  dir: string;
  /** One a photo, in the order asked for; those that were not come to are missing. */
  files: DownloadOutcome[];
  counts: { downloaded: number; alreadyThere: number; failed: number; left: number };
  /** Bytes that were fetched. */
  bytes: number;
  /** Why there are photos left. */
  stopped?: { by: 'cancel' } | { by: 'error'; error: unknown };
}

export const idOf = (item: Wanted): string => (typeof item === 'string' ? item : item.id);
