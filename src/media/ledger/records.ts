/** What a ledger's lines say, and what they add up to. Later lines win; what cannot be read is skipped. */
import type { FileStamp } from '../file-hash.ts';
import type { UploadToken } from './ledger.ts';

export type LedgerRecord =
  | { file: string; stamp: FileStamp; hash: string }
  | { hash: string; mediaItemId: string | null }
  | { hash: string; uploadToken: string | null; at: number }
  | { album: string; albumId: string };

export class LedgerState {
  readonly files = new Map<string, { stamp: FileStamp; hash: string }>();
  readonly mediaItems = new Map<string, string>();
  readonly uploadTokens = new Map<string, UploadToken>();
  readonly albums = new Map<string, string>();

  apply(record: LedgerRecord): void {
    if ('file' in record) this.files.set(record.file, { stamp: record.stamp, hash: record.hash });
    else if ('album' in record) this.albums.set(record.album, record.albumId);
    else if ('mediaItemId' in record) setOrDelete(this.mediaItems, record.hash, record.mediaItemId);
    else
      setOrDelete(this.uploadTokens, record.hash, record.uploadToken && { token: record.uploadToken, at: record.at });
  }

  get size(): number {
    return this.files.size + this.mediaItems.size + this.uploadTokens.size + this.albums.size;
  }

  /** The shortest list of records that adds up to this; upload tokens from before `oldest` are left out. */
  *records(oldest: number): Generator<LedgerRecord> {
    for (const [hash, mediaItemId] of this.mediaItems) yield { hash, mediaItemId };
    for (const [hash, { token, at }] of this.uploadTokens) {
      if (at >= oldest && !this.mediaItems.has(hash)) yield { hash, uploadToken: token, at };
    }
    for (const [album, albumId] of this.albums) yield { album, albumId };
    for (const [file, { stamp, hash }] of this.files) yield { file, stamp, hash };
  }
}

function setOrDelete<T>(map: Map<string, T>, key: string, value: T | null | ''): void {
  if (value === null || value === '') map.delete(key);
  else map.set(key, value);
}

/** Undefined for what is no record of this ledger. */
export const parseRecord = (value: unknown): LedgerRecord | undefined => (isRecord(value) ? value : undefined);

function isRecord(value: unknown): value is LedgerRecord {
  if (typeof value !== 'object' || value === null) return false;
  const record: Record<string, unknown> = { ...value };
  const isText = (key: string) => typeof record[key] === 'string';
  if (isText('file')) return isText('hash') && isStamp(record.stamp);
  if (isText('album')) return isText('albumId');
  if (!isText('hash')) return false;
  if ('mediaItemId' in record) return isText('mediaItemId') || record.mediaItemId === null;
  return typeof record.at === 'number' && (isText('uploadToken') || record.uploadToken === null);
}

function isStamp(value: unknown): value is FileStamp {
  if (typeof value !== 'object' || value === null) return false;
  const stamp: Record<string, unknown> = { ...value };
  return ['size', 'mtimeMs', 'ctimeMs', 'ino'].every((key) => typeof stamp[key] === 'number');
}
