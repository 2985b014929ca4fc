/**
 * An album by its title: found, or made, and never a second one of the same name (contract 10.2). Two calls of a process
 * wait for each other, and so do two processes on one state folder.
 */
import { listAlbums, sameTitle, titleKey } from '../../google/albums.ts';
import type { Clock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import type { Google } from '../../google/google.ts';
import { type DelayOf, withRetry } from '../../google/retry.ts';
import type { Album } from '../../google/types.ts';
import type { Leases } from '../../storage/lease.ts';
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
const AFTER_UNCLEAR_MS = 1000;

export class AlbumFinder {
  readonly #deps: AlbumFinderDeps;
  readonly #searches = new Map<string, Promise<FoundAlbum>>();

  constructor(deps: AlbumFinderDeps) {
    this.#deps = deps;
  }

  /** @throws {GoogleError} */
  async byTitle(title: string, signal?: AbortSignal): Promise<FoundAlbum> {
    const key = titleKey(title);
    const before = this.#searches.get(key);
    const search = (async () => {
      // What an earlier call found or made, this one finds through the ledger; its failure is its own affair.
      await before?.catch(() => undefined);
      return this.#findOrMake(key, signal);
    })();
    this.#searches.set(key, search);
    try {
      return await search;
    } finally {
      if (this.#searches.get(key) === search) this.#searches.delete(key);
    }
  }

  async #findOrMake(title: string, signal?: AbortSignal): Promise<FoundAlbum> {
    const { leases } = this.#deps;
    const remembered = await this.#remembered(title, signal);
    const found =
      remembered ?? (await withLock(leases, `album ${title}`, { signal }, () => this.#search(title, signal)));
    await this.#deps.ledger.rememberAlbum(title, found.id);
    return found;
  }

  /** One request instead of listing all albums; a person may have renamed or removed it since. */
  async #remembered(title: string, signal?: AbortSignal): Promise<FoundAlbum | undefined> {
    const { ledger, google } = this.#deps;
    const albumId = await ledger.albumOf(title);
    if (albumId === undefined) return undefined;
    try {
      return match(await google.call('albums.get', { albumId }, { signal }), title);
    } catch (error) {
      if (error instanceof GoogleError && (error.reason === 'notFound' || error.reason === 'invalid')) return undefined;
      throw error;
    }
  }

  #search(title: string, signal?: AbortSignal): Promise<FoundAlbum> {
    const policy = { method: 'albums.create', delayOf: delayUntilClear, attempts: MAX_CREATES, signal };
    // A create without an answer may have been done: each attempt looks before it makes another.
    return withRetry(
      policy,
      this.#deps.clock,
      async () => (await this.#list(title, signal)) ?? this.#create(title, signal),
    );
  }

  async #create(title: string, signal?: AbortSignal): Promise<FoundAlbum> {
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
  return (error.retryAfterSeconds ?? 0) * 1000 || AFTER_UNCLEAR_MS;
};

/** Only albums of this app can be written to. */
function match(album: Album, title: string): FoundAlbum | undefined {
  const isIt = sameTitle(album.title, title) && album.isWriteable !== false;
  return isIt ? { id: album.id, title, isNew: false } : undefined;
}
