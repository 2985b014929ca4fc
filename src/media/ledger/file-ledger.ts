/** The ledger on disk, shared by all processes that use the state folder. */
import { join } from 'node:path';
import { AppError } from '../../app-error.ts';
import { type FileStamp, isSameStamp } from '../file-hash.ts';
import { Generations } from './generations.ts';
import type { Ledger, UploadToken } from './ledger.ts';
import { type LedgerRecord, LedgerState, parseRecord } from './records.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A ledger below this is not worth compacting. */
const SMALL = 4 * 1024 * 1024;
/** Bytes a record takes on average; twice as many per live record means that half of the file is history. */
const BYTES_PER_RECORD = 300;

export interface LedgerOptions {
  stateDir: string;
  /** Names one library: the account, and the origin where it is not Google's. Library ids mean nothing elsewhere. */
  account: string;
  now?: () => number;
}

/** @throws {AppError} `stateNotWritable` */
export function openLedger({ stateDir, account, now = Date.now }: LedgerOptions): FileLedger {
  const folder = join(stateDir, 'ledger', encodeURIComponent(account));
  return new FileLedger(
    guard(folder, () => new Generations(folder)),
    folder,
    now(),
  );
}

export class FileLedger implements Ledger {
  readonly #generations: Generations;
  readonly #folder: string;
  readonly #state = new LedgerState();

  constructor(generations: Generations, folder: string, now: number) {
    this.#generations = generations;
    this.#folder = folder;
    this.#catchUp();
    const wasteful = Math.max(SMALL, 2 * BYTES_PER_RECORD * this.#state.size);
    if (generations.bytes > wasteful) this.compact(now);
  }

  hashOf(path: string, stamp: FileStamp): string | undefined {
    const known = this.#fresh().files.get(path);
    return known && isSameStamp(known.stamp, stamp) ? known.hash : undefined;
  }

  rememberHash(path: string, stamp: FileStamp, hash: string): void {
    this.#write({ file: path, stamp, hash });
  }

  mediaItemOf(hash: string): string | undefined {
    return this.#fresh().mediaItems.get(hash);
  }

  rememberMediaItem(hash: string, mediaItemId: string): void {
    if (this.mediaItemOf(hash) !== mediaItemId) this.#write({ hash, mediaItemId });
  }

  forgetMediaItem(hash: string): void {
    this.#write({ hash, mediaItemId: null });
  }

  uploadTokenOf(hash: string): UploadToken | undefined {
    return this.#fresh().uploadTokens.get(hash);
  }

  rememberUploadToken(hash: string, { token, at }: UploadToken): void {
    this.#write({ hash, uploadToken: token, at });
  }

  forgetUploadToken(hash: string): void {
    if (this.uploadTokenOf(hash)) this.#write({ hash, uploadToken: null, at: 0 });
  }

  albumOf(title: string): string | undefined {
    return this.#fresh().albums.get(title);
  }

  rememberAlbum(title: string, albumId: string): void {
    if (this.albumOf(title) !== albumId) this.#write({ album: title, albumId });
  }

  /** Starts a new generation without the history. */
  compact(now: number): void {
    guard(this.#folder, () => {
      const records = [...this.#fresh().records(now - DAY)];
      this.#generations.compact(
        records.map((record) => JSON.stringify(record)),
        now,
      );
    });
  }

  close(): void {
    this.#generations.close();
  }

  /** With what other processes have written meanwhile. */
  #fresh(): LedgerState {
    if (this.#generations.hasGrown()) this.#catchUp();
    return this.#state;
  }

  #catchUp(): void {
    for (const line of this.#generations.newLines()) {
      const record = parseRecord(line);
      if (record) this.#state.apply(record);
    }
  }

  #write(record: LedgerRecord): void {
    guard(this.#folder, () => this.#generations.append(JSON.stringify(record)));
    this.#state.apply(record);
  }
}

function guard<T>(folder: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new AppError(
      'stateNotWritable',
      `The upload ledger in ${folder} cannot be used (${reason}).`,
      'Make that folder writable and give it space, or choose another one with --state-dir.',
      { cause: error },
    );
  }
}
