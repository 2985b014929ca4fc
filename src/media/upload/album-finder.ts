/**
 * An album by its title: found, or made, and never a second one of the same name (contract 10.2). Two calls of a process
 * wait for each other, and so do two processes on one state folder.
 */
import type { Clock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import type { Google } from '../../google/google.ts';
import { LIMITS } from '../../google/limits.ts';
import type { Album } from '../../google/types.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { withClaim } from './claim.ts';

export interface FoundAlbum {
  id: string;
  title: string;
  isNew: boolean;
}

export interface AlbumFinderDeps {
  google: Google;
  ledger: Ledger;
  clock: Clock;
  /** Where processes tell each other which titles they are making; inside the account's state folder. */
  claimsDir: string;
}

const MAX_CREATES = 3;
const AFTER_UNCLEAR = 1000;

export class AlbumFinder {
  readonly #deps: AlbumFinderDeps;
  readonly #searches = new Map<string, Promise<FoundAlbum>>();

  constructor(deps: AlbumFinderDeps) {
    this.#deps = deps;
  }

  /** @throws {GoogleError} */
  async byTitle(title: string, signal?: AbortSignal): Promise<FoundAlbum> {
    const key = title.normalize();
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
    const { clock, claimsDir } = this.#deps;
    const remembered = await this.#remembered(title, signal);
    const found =
      remembered ?? (await withClaim(title, { folder: claimsDir, clock, signal }, () => this.#search(title, signal)));
    this.#deps.ledger.rememberAlbum(title, found.id);
    return found;
  }

  /** One request instead of listing all albums; a person may have renamed or removed it since. */
  async #remembered(title: string, signal?: AbortSignal): Promise<FoundAlbum | undefined> {
    const { ledger, google } = this.#deps;
    const albumId = ledger.albumOf(title);
    if (albumId === undefined) return undefined;
    try {
      return match(await google.call('albums.get', { albumId }, { signal }), title);
    } catch (error) {
      if (error instanceof GoogleError && (error.reason === 'notFound' || error.reason === 'invalid')) return undefined;
      throw error;
    }
  }

  async #search(title: string, signal?: AbortSignal): Promise<FoundAlbum> {
    for (let attempt = 1; ; attempt++) {
      const found = await this.#list(title, signal);
      if (found) return found;
      try {
        const album = await this.#deps.google.call('albums.create', { album: { title } }, { signal });
        return { id: album.id, title, isNew: true };
      } catch (error) {
        const mayTryAgain = error instanceof GoogleError && (error.outcomeUnknown || error.retryable);
        if (!mayTryAgain || error.reason === 'quotaDay' || attempt === MAX_CREATES) throw error;
        // It may have been made although no answer came: look again before making another.
        await this.#deps.clock.sleep((error.retryAfterSeconds ?? 0) * 1000 || AFTER_UNCLEAR, signal);
      }
    }
  }

  /** All pages, since titles are not unique and albums.list knows no filter. */
  async #list(title: string, signal?: AbortSignal): Promise<FoundAlbum | undefined> {
    let pageToken: string | undefined;
    do {
      const request = { pageSize: LIMITS.albumsPage.max, ...(pageToken && { pageToken }) };
      const page = await this.#deps.google.call('albums.list', request, { signal });
      for (const album of page.albums ?? []) {
        const found = match(album, title);
        if (found) return found;
      }
      pageToken = page.nextPageToken;
    } while (pageToken);
    return undefined;
  }
}

/** Only albums of this app can be written to. */
function match(album: Album, title: string): FoundAlbum | undefined {
  const isIt = album.title?.normalize() === title && album.isWriteable !== false;
  return isIt ? { id: album.id, title, isNew: false } : undefined;
}
