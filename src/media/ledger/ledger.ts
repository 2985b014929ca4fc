/**
 * What has been uploaded, per account: content hash → media item. It makes any retry safe: whatever interrupted an
 * upload, the same call goes on where it stopped. The API has no "is this there?" (contract 5.5), hence our own book.
 */
import type { FileStamp } from '../file-hash.ts';

/** Bytes that Google has, waiting to become a media item (contract 5.4). */
export interface UploadToken {
  token: string;
  /** When it was given, ms since 1970; it can be used for a day. */
  at: number;
}

export interface Ledger {
  /** The SHA-256 (hex) of a file that has not changed since it was last hashed. */
  hashOf(path: string, stamp: FileStamp): string | undefined;
  rememberHash(path: string, stamp: FileStamp, hash: string): void;
  /** The media item of that content. */
  mediaItemOf(hash: string): string | undefined;
  rememberMediaItem(hash: string, mediaItemId: string): void;
  /** The item is gone from the library: next time the content is sent again. */
  forgetMediaItem(hash: string): void;
  uploadTokenOf(hash: string): UploadToken | undefined;
  rememberUploadToken(hash: string, token: UploadToken): void;
  forgetUploadToken(hash: string): void;
  /** The album that this title last stood for; only a hint, people rename albums. */
  albumOf(title: string): string | undefined;
  rememberAlbum(title: string, albumId: string): void;
}

/** The media item that is known for an unchanged file, without reading the file. */
export function knownMediaItem(ledger: Ledger, path: string, stamp: FileStamp): string | undefined {
  const hash = ledger.hashOf(path, stamp);
  return hash === undefined ? undefined : ledger.mediaItemOf(hash);
}
