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

/** Of one person's library. What a promise has remembered stays, whatever becomes of the process. */
export interface Ledger {
  /** The SHA-256 (hex) of a file that has not changed since it was last hashed. */
  hashOf(path: string, stamp: FileStamp): Promise<string | undefined>;
  rememberHash(path: string, stamp: FileStamp, hash: string): Promise<void>;
  /** The media item of that content. */
  mediaItemOf(hash: string): Promise<string | undefined>;
  rememberMediaItem(hash: string, mediaItemId: string): Promise<void>;
  /** The item is gone from the library: next time the content is sent again. */
  forgetMediaItem(hash: string): Promise<void>;
  uploadTokenOf(hash: string): Promise<UploadToken | undefined>;
  rememberUploadToken(hash: string, token: UploadToken): Promise<void>;
  forgetUploadToken(hash: string): Promise<void>;
  /** The album that this title last stood for; only a hint, people rename albums. */
  albumOf(title: string): Promise<string | undefined>;
  rememberAlbum(title: string, albumId: string): Promise<void>;
}

/** The media item that is known for an unchanged file, without reading the file. */
export async function knownMediaItem(ledger: Ledger, path: string, stamp: FileStamp): Promise<string | undefined> {
  const hash = await ledger.hashOf(path, stamp);
  return hash === undefined ? undefined : ledger.mediaItemOf(hash);
}
