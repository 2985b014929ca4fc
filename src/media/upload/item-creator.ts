/** batchCreate with all its ways to fail (contract 3.10, 5.4): per item, for one bad token, for a lost answer. */
import { GoogleError } from '../../google/errors.ts';
import { LIMITS } from '../../google/limits.ts';
import { withRetry } from '../../google/retry.ts';
import type { AlbumPosition, MediaItem, NewMediaItemResult } from '../../google/types.ts';
import { clip } from '../../text/text.ts';
import { delayForMore } from '../errors.ts';
import type { AlbumPositions } from './album-positions.ts';
import type { AlbumTarget } from './album-target.ts';
import { TOKEN_LIFE } from './byte-uploader.ts';
import { findItem } from './find-item.ts';
import { failed, reasonIn, verdictOn } from './outcome.ts';
import type { Pending } from './pending.ts';
import type { UploadContext } from './upload-context.ts';

const MAX_ROUNDS = 4;
const MAX_TRIES = 3;
const FIRST_WAIT = 1000;
/** So many single items refused in the same words, and the request itself is wrong. */
const SAME_REFUSALS = 3;

export class ItemCreator {
  readonly #deps: UploadContext;
  readonly #positions: AlbumPositions;
  readonly #done: (pending: Pending, item: MediaItem | undefined, isNew: boolean) => void;
  readonly #target?: AlbumTarget;
  #refusals: string[] = [];

  constructor(
    deps: UploadContext,
    positions: AlbumPositions,
    done: (pending: Pending, item: MediaItem | undefined, isNew: boolean) => void,
    target?: AlbumTarget,
  ) {
    this.#deps = deps;
    this.#positions = positions;
    this.#done = done;
    this.#target = target;
  }

  /**
   * Makes items of a batch in its order.
   * @returns those that the library has from elsewhere, and that the album may still lack.
   */
  async create(batch: readonly Pending[]): Promise<Pending[]> {
    await this.#renewTokens(batch.filter((pending) => this.#isStale(pending)));
    const elsewhere: Pending[] = [];
    let rest = batch.filter(isOpen);
    for (let round = 1; rest.length > 0; round++) {
      const results = new Map<Pending, NewMediaItemResult | undefined>();
      for (const run of this.#runs(rest)) await this.#submit(run, results);
      const { again, renew } = await this.#judge(rest, results, elsewhere, round);
      await this.#renewTokens(renew);
      if (again.size > 0) await this.#deps.clock.sleep(FIRST_WAIT * 2 ** (round - 1), this.#deps.signal);
      rest = rest.filter((pending) => isOpen(pending) && (again.has(pending) || renew.includes(pending)));
    }
    return elsewhere;
  }

  /** Pieces that fit between those who stand in the album already; without an album all in one. */
  #runs(batch: readonly Pending[]): Pending[][] {
    const runs: Pending[][] = [];
    for (const pending of batch) {
      const run = runs.at(-1);
      const before = run?.at(-1);
      if (run && before && !(this.#target && this.#positions.isBetween(before.index, pending.index))) run.push(pending);
      else runs.push([pending]);
    }
    return runs;
  }

  async #judge(
    batch: readonly Pending[],
    results: ReadonlyMap<Pending, NewMediaItemResult | undefined>,
    elsewhere: Pending[],
    round: number,
  ): Promise<{ again: Set<Pending>; renew: Pending[] }> {
    const again = new Set<Pending>();
    const renew: Pending[] = [];
    for (const pending of batch) {
      if (!isOpen(pending)) continue;
      const result = results.get(pending);
      const verdict = verdictOn(result, pending.resends);
      if (verdict === 'created') await this.#created(pending, result?.mediaItem);
      else if (verdict === 'exists') await this.#exists(pending, result?.mediaItem, elsewhere);
      else if (verdict === 'failed' || round === MAX_ROUNDS) await this.fail(pending, reasonIn(result));
      else if (verdict === 'again') again.add(pending);
      else renew.push(pending);
    }
    return { again, renew };
  }

  async #created(pending: Pending, item: MediaItem | undefined): Promise<void> {
    if (!item) return;
    pending.state = { kind: 'inLibrary', mediaItemId: item.id };
    this.#positions.set(pending.index, item.id);
    await this.#deps.ledger.rememberMediaItem(pending.hash, item.id);
    // Identical bytes give the item that is there, under its first name (contract 10.2).
    const isFirst = item.filename === undefined || item.filename === pending.job.entry.filename;
    this.#done(pending, item, isFirst);
  }

  /** Some accounts get a refusal instead of the item (contract 10.2); then it has to be looked for. */
  async #exists(pending: Pending, item: MediaItem | undefined, elsewhere: Pending[]): Promise<void> {
    const found = item ?? (await findItem(this.#deps.google, pending.job.entry, this.#deps.signal));
    if (!found) return this.fail(pending, 'is in the library already, but Google does not say as which item');
    pending.state = { kind: 'inLibrary', mediaItemId: found.id };
    await this.#deps.ledger.rememberMediaItem(pending.hash, found.id);
    if (this.#target) elsewhere.push(pending);
    else this.#done(pending, found, false);
  }

  /** For good. */
  async fail(pending: Pending, reason: string): Promise<void> {
    const { job, twins } = pending;
    const outcome = failed(job, reason);
    pending.state = { kind: 'done', outcome };
    await this.#deps.ledger.forgetUploadToken(pending.hash);
    this.#deps.finish(job, outcome);
    for (const twin of twins) this.#deps.finish(twin, failed(twin, reason));
  }

  #isStale({ state }: Pending): boolean {
    return state.kind !== 'toCreate' || this.#deps.clock.now() - state.token.at > TOKEN_LIFE;
  }

  async #renewTokens(batch: readonly Pending[]): Promise<void> {
    await Promise.all(
      batch.map(async (pending) => {
        pending.resends += 1;
        const content = await this.#deps.uploader.again(pending.job);
        if (content.kind === 'token') pending.state = { kind: 'toCreate', token: content };
        else if (content.kind === 'failed') await this.fail(pending, content.reason);
      }),
    );
    this.#deps.signal.throwIfAborted();
  }

  /** One request; where it is refused as a whole, its parts, until the culprit is found. */
  async #submit(run: readonly Pending[], results: Map<Pending, NewMediaItemResult | undefined>): Promise<void> {
    const first = run[0];
    if (!first) return;
    const position = this.#target && this.#positions.positionFor(first.index);
    try {
      await this.#request(run, position, results);
    } catch (error) {
      if (!(error instanceof GoogleError) || error.reason !== 'invalid' || isAboutAlbum(error)) throw error;
      if (position) return this.#request(run, undefined, results);
      if (run.length === 1) return this.#refuse(first, error);
      const middle = Math.ceil(run.length / 2);
      await this.#submit(run.slice(0, middle), results);
      await this.#submit(run.slice(middle), results);
    }
  }

  async #refuse(pending: Pending, error: GoogleError): Promise<void> {
    this.#refusals.push(error.message);
    if (this.#refusals.length >= SAME_REFUSALS && new Set(this.#refusals).size === 1) throw error;
    await this.fail(pending, `was refused by Google: ${error.message}`);
  }

  async #request(
    run: readonly Pending[],
    position: AlbumPosition | undefined,
    results: Map<Pending, NewMediaItemResult | undefined>,
  ): Promise<void> {
    const { google, describe, writeSignal, signal } = this.#deps;
    const album = await this.#target?.album();
    signal.throwIfAborted();
    const request = {
      ...(album && { albumId: album.id }),
      newMediaItems: run.map(({ job, state }) => ({
        ...description(describe(job)),
        simpleMediaItem: {
          uploadToken: state.kind === 'toCreate' ? state.token.token : '',
          fileName: fileNameFor(job.entry.filename),
        },
      })),
      ...(position && { albumPosition: position }),
    };
    const reply = await this.#patiently(() => google.call('mediaItems.batchCreate', request, { signal: writeSignal }));
    this.#refusals = [];
    for (const [index, pending] of run.entries()) results.set(pending, reply.newMediaItemResults?.[index]);
    // Placed at once, so that the next piece knows its neighbours.
    for (const pending of run) {
      const result = results.get(pending);
      if (verdictOn(result, 0) === 'created') this.#positions.set(pending.index, result?.mediaItem?.id ?? '');
    }
  }

  /** The client gives up with the call of an assistant; a long upload has more time. */
  #patiently<T>(call: () => Promise<T>): Promise<T> {
    const { clock, signal } = this.#deps;
    const policy = { method: 'mediaItems.batchCreate', delayOf: delayForMore, attempts: MAX_TRIES, signal };
    return withRetry(policy, clock, call);
  }
}

const isOpen = ({ state }: Pending): boolean => state.kind !== 'done';

const isAboutAlbum = ({ message }: GoogleError): boolean =>
  /permission to add|storage|album id|capacity|full/i.test(message);

const description = (text: string | undefined): { description?: string } => (text ? { description: text } : {});

/** At most 255 characters (contract 3.10); the extension is what matters to Google. */
function fileNameFor(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot) : '';
  return name.length > LIMITS.fileName ? clip(name, LIMITS.fileName - extension.length) + extension : name;
}
