/**
 * An album by its title: found, or made, and never a second one of the same name (contract 10.2). Two calls of a process
 * wait for each other, and so do two processes on one state folder; of one that is killed the request may still be on its
 * way to Google.
 */
import { listAlbums, sameTitle, titleKey } from '../../google/albums.ts';
import { BUDGETS } from '../../google/budgets.ts';
import type { Clock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import type { Google } from '../../google/google.ts';
import { type DelayOf, withRetry } from '../../google/retry.ts';
import type { Album } from '../../google/types.ts';
import { type Lease, LeaseLost, type Leases } from '../../storage/lease.ts';
import { withLock } from '../../storage/lock.ts';
import type { Ledger } from '../ledger/ledger.ts';

export interface FoundAlbum {
  id: string;
  title: string;
  isNew: boolean;
}

export interface AlbumFinderDeps {
  google: Google;
  ledger: Ledger;
  clock: Clock;
  /** By which processes that share the account take turns at making an album of one title. */
  leases: Leases;
}

const MAX_CREATES = 3;

export class AlbumFinder {
  readonly #deps: AlbumFinderDeps;

  constructor(deps: AlbumFinderDeps) {
    this.#deps = deps;
  }

  /** Throws GoogleError, what `listAlbums` and the ledger throw, and the signal's reason. */
  async byTitle(given: string, signal?: AbortSignal): Promise<FoundAlbum> {
    const title = titleKey(given);
    const albumId = await this.#deps.ledger.albumOf(title);
    const remembered = await this.#look(albumId, title, signal);
    return remembered ?? (await this.#findOrMake(title, albumId, signal));
  }

  /** One request instead of listing all albums; a person may have renamed or removed it since. */
  async #look(albumId: string | undefined, title: string, signal?: AbortSignal): Promise<FoundAlbum | undefined> {
    if (albumId === undefined) return undefined;
    try {
      return match(await this.#deps.google.call('albums.get', { albumId }, { signal }), title);
    } catch (error) {
      if (error instanceof GoogleError && (error.reason === 'notFound' || error.reason === 'invalid')) return undefined;
      throw error;
    }
  }

  /** @param staleId of the album that no longer has the title. */
  async #findOrMake(title: string, staleId: string | undefined, signal?: AbortSignal): Promise<FoundAlbum> {
    try {
      return await withLock(this.#deps.leases, `album ${title}`, { signal }, (lease) =>
        this.#findOrMakeAlone(title, staleId, lease, signal),
      );
    } catch (error) {
      // This process slept, and another may have made the album meanwhile.
      if (error instanceof LeaseLost) return this.#findOrMake(title, staleId, signal);
      throw error;
    }
  }

  async #findOrMakeAlone(title: string, staleId: string | undefined, lease: Lease, signal?: AbortSignal) {
    const { ledger } = this.#deps;
    const albumId = await ledger.albumOf(title);
    const known = albumId === staleId ? undefined : await this.#look(albumId, title, signal);
    if (known) return known;
    // An owner before this one went without an album: killed, perhaps, when it had just asked for it.
    const early = lease.epoch > 1 ? await this.#listThenWait(title, signal) : undefined;
    const found = early ?? (await this.#search(title, lease, signal));
    await ledger.rememberAlbum(title, found.id);
    return found;
  }

  /** Gives a request that is still on its way the time to take effect; the search looks again. */
  async #listThenWait(title: string, signal?: AbortSignal): Promise<FoundAlbum | undefined> {
    const found = await this.#list(title, signal);
    if (!found) await this.#deps.clock.sleep(BUDGETS.lateEffect, signal);
    return found;
  }

  #search(title: string, lease: Lease, signal?: AbortSignal): Promise<FoundAlbum> {
    const policy = { method: 'albums.create', delayOf: delayUntilClear, attempts: MAX_CREATES, signal };
    // A create without an answer may have been done: each attempt looks before it makes another.
    return withRetry(
      policy,
      this.#deps.clock,
      async () => (await this.#list(title, signal)) ?? this.#create(title, lease, signal),
    );
  }

  async #create(title: string, lease: Lease, signal?: AbortSignal): Promise<FoundAlbum> {
    await lease.assertHeld();
    const album = await this.#deps.google.call('albums.create', { album: { title } }, { signal });
    return { id: album.id, title, isNew: true };
  }

  /** All of them, since titles are not unique and albums.list knows no filter. */
  async #list(title: string, signal?: AbortSignal): Promise<FoundAlbum | undefined> {
    for await (const album of listAlbums(this.#deps.google, { signal })) {
      const found = match(album, title);
      if (found) return found;
    }
    return undefined;
  }
}

const delayUntilClear: DelayOf = (error) => {
  if (!(error instanceof GoogleError) || error.reason === 'quotaDay') return undefined;
  if (!error.outcomeUnknown && !error.retryable) return undefined;
  return (error.retryAfterSeconds ?? 0) * 1000 || BUDGETS.lateEffect;
};

/** Only albums of this app can be written to. */
function match(album: Album, title: string): FoundAlbum | undefined {
  const isIt = sameTitle(album.title, title) && album.isWriteable !== false;
  return isIt ? { id: album.id, title, isNew: false } : undefined;
}
