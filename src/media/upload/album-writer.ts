/**
 * Upload tokens → media items, in order: full batches of 50, one request at a time, straight into the album. What is in
 * the library already is added to the album, what is in the album is left alone, and what comes late finds its place.
 */
import { GoogleError } from '../../google/errors.ts';
import { LIMITS } from '../../google/limits.ts';
import type { MediaItem } from '../../google/types.ts';
import { isFatal } from '../errors.ts';
import type { UploadToken } from '../ledger/ledger.ts';
import { AlbumPositions } from './album-positions.ts';
import { type AlbumTarget, existingItems } from './album-target.ts';
import type { Prepared } from './byte-uploader.ts';
import { ItemCreator } from './item-creator.ts';
import type { Job } from './job.ts';
import { entryFor, failed } from './outcome.ts';
import { mediaItemIdOf, type Pending, startPending } from './pending.ts';
import type { UploadContext } from './upload-context.ts';

export class AlbumWriter {
  readonly #deps: UploadContext;
  readonly #target?: AlbumTarget;
  readonly #creator: ItemCreator;
  readonly #positions = new AlbumPositions();
  #creates: Pending[] = [];
  /** In the library, to be added to the album, or without an album to be looked up. */
  #known: Pending[] = [];

  constructor(deps: UploadContext, target?: AlbumTarget) {
    this.#deps = deps;
    this.#target = target;
    this.#creator = new ItemCreator(
      deps,
      this.#positions,
      (pending, item, isNew) => this.#done(pending, item, isNew),
      target,
    );
  }

  /** @throws what ends the run; jobs without an outcome are then left. */
  async run(jobs: readonly Job[], prepared: readonly Promise<Prepared>[]): Promise<void> {
    await this.#learnPositions(jobs);
    for (const [index, job] of jobs.entries()) {
      const content = await prepared[index];
      if (!content || content.kind === 'stopped') return;
      await this.#take(job, index, content);
    }
    await this.#flush();
  }

  /** Those of the run who stand in the album from an earlier call, as far as that can be told without reading the files. */
  async #learnPositions(jobs: readonly Job[]): Promise<void> {
    if (!this.#target) return;
    const known: (string | undefined)[] = [];
    for (const job of jobs) {
      const hash = await job.knownHash();
      known.push(hash === undefined ? undefined : await this.#deps.ledger.mediaItemOf(hash));
    }
    if (known.every((id) => id === undefined)) return;
    const members = await this.#target.members();
    for (const [index, id] of known.entries()) if (id !== undefined && members.has(id)) this.#positions.set(index, id);
  }

  async #take(job: Job, index: number, content: Exclude<Prepared, { kind: 'stopped' }>): Promise<void> {
    if (content.kind === 'failed') return this.#deps.finish(job, failed(job, content.reason));
    this.#target?.prefetch();
    const twin = this.#deps.seen.get(content.hash);
    const pending = startPending(job, index, content.hash);
    if (!twin) this.#deps.seen.set(content.hash, pending);
    else if (twin.state.kind !== 'done') return void twin.twins.push(job);
    else if (twin.state.outcome.kind === 'failed')
      return this.#deps.finish(job, failed(job, twin.state.outcome.reason));
    const mediaItemId = (twin && mediaItemIdOf(twin)) ?? (content.kind === 'known' ? content.mediaItemId : undefined);
    if (mediaItemId !== undefined) return this.#takeKnown(pending, mediaItemId);
    if (content.kind === 'token') await this.#takeNew(pending, content);
  }

  async #takeNew(pending: Pending, token: UploadToken): Promise<void> {
    pending.state = { kind: 'toCreate', token };
    await this.#flushKnown();
    await this.#pushCreate(pending);
  }

  async #pushCreate(pending: Pending): Promise<void> {
    this.#creates.push(pending);
    if (this.#creates.length === LIMITS.batch) await this.#flushCreates();
  }

  async #takeKnown(pending: Pending, mediaItemId: string): Promise<void> {
    pending.state = { kind: 'inLibrary', mediaItemId };
    const member = await this.#memberOf(mediaItemId);
    if (member) {
      this.#positions.set(pending.index, mediaItemId);
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
    const mediaItemIds = [...new Set(batch.flatMap((pending) => mediaItemIdOf(pending) ?? []))];
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
      this.#positions.set(pending.index, mediaItemIdOf(pending) ?? '');
      this.#done(pending, undefined, false);
    }
  }

  /** What the library still has is added by itself, the rest is sent again: with its album, batchCreate takes anything. */
  async #addOneWayOrAnother(batch: readonly Pending[], target: AlbumTarget): Promise<void> {
    const existing = await this.#existing(batch);
    const isAllThere = batch.every((pending) => existing?.has(mediaItemIdOf(pending) ?? ''));
    for (const pending of batch) {
      if (existing?.has(mediaItemIdOf(pending) ?? '') && !isAllThere) await this.#addToAlbum([pending], target);
      else await this.#sendAnew(pending);
    }
    await this.#flushCreates();
  }

  /** The ledger's word is good, Google's is better: an item that a person has deleted since is sent again. */
  async #confirm(batch: readonly Pending[]): Promise<void> {
    const existing = await this.#existing(batch);
    for (const pending of batch) {
      const item = existing?.get(mediaItemIdOf(pending) ?? '');
      if (item || !existing) this.#done(pending, item, false);
      else await this.#sendAnew(pending);
    }
  }

  /** Undefined when Google would not say. */
  async #existing(batch: readonly Pending[]): Promise<Map<string, MediaItem> | undefined> {
    const ids = batch.flatMap((pending) => mediaItemIdOf(pending) ?? []);
    try {
      return await existingItems(this.#deps.google, ids, this.#deps.signal);
    } catch (error) {
      if (isFatal(error) || this.#deps.signal.aborted) throw error;
      return undefined;
    }
  }

  async #sendAnew(pending: Pending): Promise<void> {
    const { ledger, uploader } = this.#deps;
    await ledger.forgetMediaItem(pending.hash);
    pending.state = { kind: 'toSend' };
    pending.resends += 1;
    const content = await uploader.again(pending.job);
    if (content.kind === 'failed') await this.#creator.fail(pending, content.reason);
    if (content.kind !== 'token') return;
    pending.state = { kind: 'toCreate', token: content };
    await this.#pushCreate(pending);
  }

  #done(pending: Pending, item: MediaItem | undefined, isNew: boolean): void {
    const id = mediaItemIdOf(pending) ?? item?.id ?? '';
    const outcome = entryFor(pending.job, id, item, isNew);
    pending.state = { kind: 'done', outcome };
    this.#deps.finish(pending.job, outcome);
    for (const twin of pending.twins) this.#deps.finish(twin, entryFor(twin, id, item, false));
  }
}
