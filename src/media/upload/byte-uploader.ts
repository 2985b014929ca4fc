/**
 * Bytes → upload tokens, several files at a time. What the ledger knows is not sent; what changes while it is sent is
 * sent again; tokens go into the ledger at once, so that a killed process has sent nothing in vain.
 */
import { stat } from 'node:fs/promises';
import PQueue from 'p-queue';
import type { Clock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import type { Google } from '../../google/google.ts';
import { type RetryPolicy, withRetry } from '../../google/retry.ts';
import { delayForMore, isFatal, reasonFor } from '../errors.ts';
import { FileChanged, isSameStamp, stampOf } from '../file-hash.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { sourceOf } from './file-source.ts';
import type { Bytes, Job } from './job.ts';
import { Semaphore } from './semaphore.ts';

/** What a job's content turned out to be; never an exception. */
export type Prepared =
  | { kind: 'known'; hash: string; mediaItemId: string }
  | { kind: 'token'; hash: string; token: string; at: number }
  | { kind: 'failed'; reason: string }
  /** The run ended before this job was done. */
  | { kind: 'stopped' };

export interface ByteUploaderDeps {
  google: Google;
  ledger: Ledger;
  clock: Clock;
  /** Ends everything at once. */
  signal: AbortSignal;
  /** Bytes of the job that Google has. */
  onBytes(job: Job, sent: number, total: number): void;
  /** No other file would fare better: sign-in, quota, storage. */
  onFatal(error: unknown): void;
}

/** Google's upload tokens last a day (contract 5.4); an hour is left for using them. */
export const TOKEN_LIFE = 23 * 60 * 60 * 1000;
/** Requests in flight. Small files spend their time waiting for the answer, when their bytes have long gone. */
const IN_FLIGHT = 8;
const MAX_CHANGES = 4;
const MAX_TRIES = 3;
/** So many files in a row that Google would not answer for, and the trouble is not the files. */
const MAX_FAILURES_IN_A_ROW = 5;

export class ByteUploader {
  readonly #deps: ByteUploaderDeps;
  readonly #inFlight: PQueue;
  readonly #bodies: Semaphore;
  /** By content: two files with the same bytes are sent once. */
  readonly #sending = new Map<string, Promise<Prepared>>();
  #failuresInARow = 0;

  /** @param concurrency bodies on the line at a time. */
  constructor(deps: ByteUploaderDeps, concurrency: number) {
    this.#deps = deps;
    this.#bodies = new Semaphore(concurrency);
    this.#inFlight = new PQueue({ concurrency: Math.max(IN_FLIGHT, concurrency) });
  }

  /** Queues a job; jobs start in the order in which they are given. */
  prepare(job: Job): Promise<Prepared> {
    return this.#queued(() => this.#prepare(job, false), 0);
  }

  /** Sends the bytes although a token or a media item is known for them, ahead of the queue: a batch waits for them. */
  again(job: Job): Promise<Prepared> {
    return this.#queued(() => this.#prepare(job, true), 1);
  }

  async #queued(work: () => Promise<Prepared>, priority: number): Promise<Prepared> {
    const run = async (): Promise<Prepared> => {
      try {
        return this.#deps.signal.aborted ? { kind: 'stopped' } : await work();
      } catch (error) {
        return this.#explained(error);
      }
    };
    return this.#inFlight.add(run, { priority });
  }

  async #prepare(job: Job, anew: boolean): Promise<Prepared> {
    const hash = await job.knownHash();
    const known = anew || hash === undefined ? undefined : await this.#lookUp(hash);
    if (known) return known;
    for (let change = 0; change < MAX_CHANGES; change++) {
      const bytes = await this.#bytesOf(job);
      if (!bytes) continue;
      try {
        const prepared = await this.#share(job, bytes, anew);
        if (prepared.kind !== 'token' || isSameStamp(bytes.stamp, stampOf(await stat(bytes.path)))) return prepared;
      } catch (error) {
        if (!isChange(error)) throw error;
      } finally {
        await bytes.release();
      }
    }
    return { kind: 'failed', reason: 'changed every time it was read' };
  }

  async #bytesOf(job: Job): Promise<Bytes | undefined> {
    try {
      return await withRetry(this.#policy('media'), this.#deps.clock, () => job.bytes(this.#deps.signal));
    } catch (error) {
      if (error instanceof FileChanged) return undefined;
      throw error;
    }
  }

  async #lookUp(hash: string): Promise<Prepared | undefined> {
    const { ledger, clock } = this.#deps;
    const mediaItemId = await ledger.mediaItemOf(hash);
    if (mediaItemId !== undefined) return { kind: 'known', hash, mediaItemId };
    const token = await ledger.uploadTokenOf(hash);
    return token && clock.now() - token.at < TOKEN_LIFE ? { kind: 'token', hash, ...token } : undefined;
  }

  async #share(job: Job, bytes: Bytes, anew: boolean): Promise<Prepared> {
    if (!anew) {
      const known = this.#sending.get(bytes.hash) ?? (await this.#lookUp(bytes.hash));
      if (known) return known;
    }
    // Nothing is waited for between looking and saying that it is on its way: of two files with the same bytes one is sent.
    const underWay = anew ? undefined : this.#sending.get(bytes.hash);
    if (underWay) return underWay;
    const sending = this.#send(job, bytes);
    this.#sending.set(bytes.hash, sending);
    return sending.finally(() => this.#sending.delete(bytes.hash));
  }

  #send(job: Job, bytes: Bytes): Promise<Prepared> {
    return withRetry(this.#policy('uploads'), this.#deps.clock, () => this.#sendOnce(job, bytes));
  }

  #policy(method: string): RetryPolicy {
    return { method, delayOf: delayForMore, attempts: MAX_TRIES, signal: this.#deps.signal };
  }

  async #sendOnce(job: Job, bytes: Bytes): Promise<Prepared> {
    const { google, ledger, clock, signal, onBytes } = this.#deps;
    const slot = await this.#bodies.take();
    try {
      const token = await google.upload(sourceOf(job, bytes), {
        signal,
        onBytes: (sent, total) => {
          onBytes(job, sent, total);
          if (sent === total) slot.free();
        },
      });
      this.#failuresInARow = 0;
      if (!isSameStamp(bytes.stamp, stampOf(await stat(bytes.path)))) throw new FileChanged();
      const at = clock.now();
      await ledger.rememberUploadToken(bytes.hash, { token, at });
      return { kind: 'token', hash: bytes.hash, token, at };
    } finally {
      slot.free();
    }
  }

  #explained(error: unknown): Prepared {
    const { signal, onFatal } = this.#deps;
    if (signal.aborted) return { kind: 'stopped' };
    const isGoogles = error instanceof GoogleError && error.retryable;
    this.#failuresInARow += isGoogles ? 1 : 0;
    if (isFatal(error) || this.#failuresInARow >= MAX_FAILURES_IN_A_ROW) {
      onFatal(error);
      return { kind: 'stopped' };
    }
    return { kind: 'failed', reason: reasonFor(error) };
  }
}

const isChange = (error: unknown): boolean =>
  error instanceof FileChanged || (error instanceof GoogleError && error.reason === 'sourceChanged');
