/**
 * Upload tokens → media items, in order: full batches of 50, one request at a time, straight into the album. What is in
 * the library already is added to the album, what is in the album is left alone, and what comes late finds its place.
 */
import type { Clock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import type { Google } from '../../google/google.ts';
import { LIMITS } from '../../google/limits.ts';
import type { MediaItem } from '../../google/types.ts';
import type { FailedEntry, MediaItemEntry } from '../../results/types.ts';
import type { Ledger, UploadToken } from '../ledger/ledger.ts';
import { Places } from './album-positions.ts';
import { type AlbumTarget, existingItems } from './album-target.ts';
import type { Prepared, Sender } from './byte-uploader.ts';
import { isFatal } from './errors.ts';
import { Creator } from './item-creator.ts';
import type { Job } from './job.ts';
import { entryFor, failed } from './outcome.ts';

/** A job whose content is known, on its way into library and album. */
export interface Pending {
  readonly job: Job;
  /** Place in the order of its album. */
  readonly index: number;
  readonly hash: string;
  token?: UploadToken;
  mediaItemId?: string;
  /** How often its bytes were sent again, because Google did not take the token. */
  resends: number;
  /** Files of the same content that came later. */
  readonly twins: Job[];
  outcome?: MediaItemEntry | FailedEntry;
}

export interface WriterDeps {
  google: Google;
  ledger: Ledger;
  clock: Clock;
  sender: Sender;
  /** Ends waiting; `writeSignal` follows a little later, so that a request in flight can be heard out. */
  signal: AbortSignal;
  writeSignal: AbortSignal;
  describe(job: Job): string | undefined;
  finish(job: Job, outcome: MediaItemEntry | FailedEntry): void;
  /** Contents met in this run, over all its albums. */
  seen: Map<string, Pending>;
}

export class Writer {
  readonly #deps: WriterDeps;
  readonly #target?: AlbumTarget;
  readonly #creator: Creator;
  readonly #places = new Places();
  #creates: Pending[] = [];
  /** In the library, to be added to the album, or without an album to be looked up. */
  #known: Pending[] = [];

  constructor(deps: WriterDeps, target?: AlbumTarget) {
    this.#deps = deps;
    this.#target = target;
    this.#creator = new Creator(deps, this.#places, (pending, item, isNew) => this.#done(pending, item, isNew), target);
  }

  /** @throws what ends the run; jobs without an outcome are then left. */
  async run(jobs: readonly Job[], prepared: readonly Promise<Prepared>[]): Promise<void> {
    await this.#learnPlaces(jobs);
    for (const [index, job] of jobs.entries()) {
      const content = await prepared[index];
      if (!content || content.kind === 'stopped') return;
      await this.#take(job, index, content);
    }
    await this.#flush();
  }

  /** Those of the run who stand in the album from an earlier call, as far as that can be told without reading the files. */
  async #learnPlaces(jobs: readonly Job[]): Promise<void> {
    if (!this.#target) return;
    const known = jobs.map((job) => {
      const hash = job.knownHash();
      return hash === undefined ? undefined : this.#deps.ledger.mediaItemOf(hash);
    });
    if (known.every((id) => id === undefined)) return;
    const members = await this.#target.members();
    for (const [index, id] of known.entries()) if (id !== undefined && members.has(id)) this.#places.set(index, id);
  }

  async #take(job: Job, index: number, content: Exclude<Prepared, { kind: 'stopped' }>): Promise<void> {
    if (content.kind === 'failed') return this.#deps.finish(job, failed(job, content.reason));
    this.#target?.prefetch();
    const twin = this.#deps.seen.get(content.hash);
    const pending: Pending = { job, index, hash: content.hash, resends: 0, twins: [] };
    if (!twin) this.#deps.seen.set(content.hash, pending);
    else if (!twin.outcome) return void twin.twins.push(job);
    else if (twin.outcome.kind === 'failed') return this.#deps.finish(job, failed(job, twin.outcome.reason));
    const mediaItemId = twin?.mediaItemId ?? (content.kind === 'known' ? content.mediaItemId : undefined);
    if (mediaItemId !== undefined) return this.#takeKnown(pending, mediaItemId);
    if (content.kind === 'token') await this.#takeNew(pending, content);
  }

  async #takeNew(pending: Pending, token: UploadToken): Promise<void> {
    pending.token = token;
    await this.#flushKnown();
    await this.#pushCreate(pending);
  }

  async #pushCreate(pending: Pending): Promise<void> {
    this.#creates.push(pending);
    if (this.#creates.length === LIMITS.batch) await this.#flushCreates();
  }

  async #takeKnown(pending: Pending, mediaItemId: string): Promise<void> {
    pending.mediaItemId = mediaItemId;
    const member = await this.#memberOf(mediaItemId);
    if (member) {
      this.#places.set(pending.index, mediaItemId);
      return this.#done(pending, member, false);
    }
    // Order matters in an album only.
    if (this.#target) await this.#flushCreates();
    this.#known.push(pending);
    if (this.#known.length === LIMITS.batch) await this.#flushKnown();
  }

  async #memberOf(mediaItemId: string): Promise<MediaItem | undefined> {
    return (await this.#target?.members())?.get(mediaItemId);
  }

  async #flush(): Promise<void> {
    // Each can leave something for the other: an item that is gone is made anew, one that exists is added.
    while (this.#creates.length + this.#known.length > 0) {
      await this.#flushKnown();
      await this.#flushCreates();
    }
  }

  async #flushCreates(): Promise<void> {
    const batch = this.#creates;
    this.#creates = [];
    if (batch.length > 0) this.#known.push(...(await this.#creator.create(batch)));
  }

  async #flushKnown(): Promise<void> {
    const batch = this.#known;
    this.#known = [];
    if (batch.length === 0) return;
    if (this.#target) await this.#addToAlbum(batch, this.#target);
    else await this.#confirm(batch);
  }

  /** Appended in their order (contract 3.5). */
  async #addToAlbum(batch: readonly Pending[], target: AlbumTarget): Promise<void> {
    const { id: albumId } = await target.album();
    const mediaItemIds = [...new Set(batch.flatMap(({ mediaItemId }) => mediaItemId ?? []))];
    try {
      await this.#deps.google.call(
        'albums.batchAddMediaItems',
        { albumId, mediaItemIds },
        { signal: this.#deps.writeSignal },
      );
    } catch (error) {
      // All or none: one item that is gone, or that another app made (contract 10.2), and the whole request is refused.
      if (!(error instanceof GoogleError) || error.reason !== 'invalid' || /album/i.test(error.message)) throw error;
      return this.#addOneWayOrAnother(batch, target);
    }
    for (const pending of batch) {
      this.#places.set(pending.index, pending.mediaItemId ?? '');
      this.#done(pending, undefined, false);
    }
  }

  /** What the library still has is added by itself, the rest is sent again: with its album, batchCreate takes anything. */
  async #addOneWayOrAnother(batch: readonly Pending[], target: AlbumTarget): Promise<void> {
    const existing = await this.#existing(batch);
    const isNobodyGone = batch.every(({ mediaItemId }) => existing?.has(mediaItemId ?? ''));
    for (const pending of batch) {
      if (existing?.has(pending.mediaItemId ?? '') && !isNobodyGone) await this.#addToAlbum([pending], target);
      else await this.#sendAnew(pending);
    }
    await this.#flushCreates();
  }

  /** The ledger's word is good, Google's is better: an item that a person has deleted since is sent again. */
  async #confirm(batch: readonly Pending[]): Promise<void> {
    const existing = await this.#existing(batch);
    for (const pending of batch) {
      const item = existing?.get(pending.mediaItemId ?? '');
      if (item || !existing) this.#done(pending, item, false);
      else await this.#sendAnew(pending);
    }
  }

  /** Undefined when Google would not say. */
  async #existing(batch: readonly Pending[]): Promise<Map<string, MediaItem> | undefined> {
    const ids = batch.flatMap(({ mediaItemId }) => mediaItemId ?? []);
    try {
      return await existingItems(this.#deps.google, ids, this.#deps.signal);
    } catch (error) {
      if (isFatal(error) || this.#deps.signal.aborted) throw error;
      return undefined;
    }
  }

  async #sendAnew(pending: Pending): Promise<void> {
    const { ledger, sender } = this.#deps;
    ledger.forgetMediaItem(pending.hash);
    pending.mediaItemId = undefined;
    pending.resends += 1;
    const content = await sender.again(pending.job);
    if (content.kind === 'failed') this.#creator.fail(pending, content.reason);
    if (content.kind !== 'token') return;
    pending.token = content;
    await this.#pushCreate(pending);
  }

  #done(pending: Pending, item: MediaItem | undefined, isNew: boolean): void {
    const id = pending.mediaItemId ?? item?.id ?? '';
    pending.mediaItemId = id;
    pending.outcome = entryFor(pending.job, id, item, isNew);
    this.#deps.finish(pending.job, pending.outcome);
    for (const twin of pending.twins) this.#deps.finish(twin, entryFor(twin, id, item, false));
  }
}
