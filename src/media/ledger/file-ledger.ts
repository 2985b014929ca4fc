/** The ledger on disk, shared by all processes that use the state folder. */
import { join } from 'node:path';
import { AppError } from '../../app-error.ts';
import { codeOf } from '../../storage/errors.ts';
import { UnknownVersion } from '../../storage/log-lines.ts';
import { openRotatingLog, type RotatingLog } from '../../storage/rotating-log.ts';
import { type FileStamp, isSameStamp } from '../file-hash.ts';
import type { Ledger, UploadToken } from './ledger.ts';
import { type LedgerRecord, LedgerState, parseRecord } from './records.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A ledger below this is not worth compacting. */
const SMALL = 4 * 1024 * 1024;
/** Bytes a record takes on average; twice as many per live record means that half of the file is history. */
const BYTES_PER_RECORD = 300;
/** What a torn line of a killed process, or one that another program wrote, costs: a file is sent once more. */
const FORMAT = { version: 1, parse: parseRecord };

export interface LedgerOptions {
  stateDir: string;
  /** Names one library: the account, and the origin where it is not Google's. Library ids mean nothing elsewhere. */
  account: string;
  now?: () => number;
}

/** Opens its files when first asked. Each method throws AppError `stateNotWritable` where they cannot be used. */
export const openLedger = (options: LedgerOptions): FileLedger => new FileLedger(options);

export class FileLedger implements Ledger {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #state = new LedgerState();
  #log?: Promise<RotatingLog<LedgerRecord>>;

  constructor({ stateDir, account, now = Date.now }: LedgerOptions) {
    this.#folder = join(stateDir, 'ledger', encodeURIComponent(account));
    this.#now = now;
  }

  async hashOf(path: string, stamp: FileStamp): Promise<string | undefined> {
    const known = (await this.#fresh()).files.get(path);
    return known && isSameStamp(known.stamp, stamp) ? known.hash : undefined;
  }

  rememberHash(path: string, stamp: FileStamp, hash: string): Promise<void> {
    return this.#write({ file: path, stamp, hash });
  }

  async mediaItemOf(hash: string): Promise<string | undefined> {
    return (await this.#fresh()).mediaItems.get(hash);
  }

  async rememberMediaItem(hash: string, mediaItemId: string): Promise<void> {
    if ((await this.mediaItemOf(hash)) !== mediaItemId) await this.#write({ hash, mediaItemId });
  }

  forgetMediaItem(hash: string): Promise<void> {
    return this.#write({ hash, mediaItemId: null });
  }

  async uploadTokenOf(hash: string): Promise<UploadToken | undefined> {
    return (await this.#fresh()).uploadTokens.get(hash);
  }

  rememberUploadToken(hash: string, { token, at }: UploadToken): Promise<void> {
    return this.#write({ hash, uploadToken: token, at });
  }

  async forgetUploadToken(hash: string): Promise<void> {
    if (await this.uploadTokenOf(hash)) await this.#write({ hash, uploadToken: null, at: 0 });
  }

  async albumOf(title: string): Promise<string | undefined> {
    return (await this.#fresh()).albums.get(title);
  }

  async rememberAlbum(title: string, albumId: string): Promise<void> {
    if ((await this.albumOf(title)) !== albumId) await this.#write({ album: title, albumId });
  }

  /** Starts a new file without the history. */
  async compact(): Promise<void> {
    const log = await this.#opened();
    await this.#guarded(() => this.#compact(log));
  }

  async #opened(): Promise<RotatingLog<LedgerRecord>> {
    this.#log ??= this.#guarded(() => this.#open());
    try {
      return await this.#log;
    } catch (error) {
      // The disk may have room, or the folder its rights, when it is tried again.
      this.#log = undefined;
      throw error;
    }
  }

  async #open(): Promise<RotatingLog<LedgerRecord>> {
    const log = await openRotatingLog(this.#folder, FORMAT);
    await this.#catchUp(log);
    const wasteful = Math.max(SMALL, 2 * BYTES_PER_RECORD * this.#state.size);
    if ((await log.bytes()) > wasteful) await this.#compact(log);
    return log;
  }

  /** With what other processes have written meanwhile. */
  async #fresh(): Promise<LedgerState> {
    const log = await this.#opened();
    if (await log.hasGrown()) await this.#guarded(() => this.#catchUp(log));
    return this.#state;
  }

  async #catchUp(log: RotatingLog<LedgerRecord>): Promise<void> {
    for (const record of (await log.readNew()).records) this.#state.apply(record);
  }

  async #compact(log: RotatingLog<LedgerRecord>): Promise<void> {
    await log.compact(({ records }) => {
      for (const record of records) this.#state.apply(record);
      return this.#state.records(this.#now() - DAY);
    });
  }

  async #write(record: LedgerRecord): Promise<void> {
    const log = await this.#opened();
    await this.#guarded(() => log.append(record));
    this.#state.apply(record);
  }

  async #guarded<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (cause) {
      const newer = cause instanceof UnknownVersion;
      throw new AppError(
        'stateNotWritable',
        newer
          ? `The upload ledger in ${this.#folder} was written by a newer version of this program.`
          : `The upload ledger in ${this.#folder} cannot be used (${codeOf(cause) ?? 'unknown'}).`,
        newer
          ? 'Update this program, or choose another folder with --state-dir.'
          : 'Make that folder writable and give it space, or choose another one with --state-dir.',
        { cause },
      );
    }
  }
}
