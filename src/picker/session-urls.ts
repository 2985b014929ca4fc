/**
 * Base URLs of what was picked in one session. They live an hour at most (contract 8.5) and come a hundred at a time with
 * the list, so a page is listed when one of its URLs is wanted, and again when it has grown old or was refused.
 */
import type { Clock } from '../google/clock.ts';
import { GoogleError } from '../google/errors.ts';
import type { PickedMediaItem, Picker } from '../google/picker.ts';
import type { VideoStatus } from '../google/types.ts';

export interface PickedUrl {
  url: string;
  /** Absent for photos. */
  status?: VideoStatus;
  /** When it was listed, in ms. */
  at: number;
}

const FRESH_MS = 45 * 60_000;
const PAGE_SIZE = 100;

/** A page as it was last listed; `token` is what lists it again, empty for the first. */
interface Listed {
  token: string;
  next?: string;
  at: number;
}

export class SessionUrls {
  readonly #picker: Picker;
  readonly #clock: Clock;
  readonly #sessionId: string;
  readonly #pages = new Map<string, Listed>();
  readonly #known = new Map<string, PickedUrl & { token: string }>();
  #turn: Promise<unknown> = Promise.resolve();
  #gone?: GoogleError;

  constructor(picker: Picker, clock: Clock, sessionId: string) {
    this.#picker = picker;
    this.#clock = clock;
    this.#sessionId = sessionId;
  }

  /** Everything that was picked, in Google's order. */
  all(signal?: AbortSignal, onListed?: (items: number) => void): Promise<PickedMediaItem[]> {
    return this.#oneAtATime(async () => {
      const items: PickedMediaItem[] = [];
      for (let token: string | undefined = ''; token !== undefined; ) {
        const page = await this.#list(token, signal);
        items.push(...page.items);
        onListed?.(items.length);
        token = page.next;
      }
      return items;
    });
  }

  /**
   * @param after a URL listed at this time or before is not good enough: it was refused.
   * @throws GoogleError `notFound` when the session is gone, or does not have the item.
   */
  async of(id: string, signal?: AbortSignal, after = 0): Promise<PickedUrl> {
    const good = this.#good(id, after);
    return good ?? this.#oneAtATime(() => this.#good(id, after) ?? this.#renew(id, signal, after));
  }

  #good(id: string, after: number): PickedUrl | undefined {
    const known = this.#known.get(id);
    return known && known.at > after && this.#isFresh(known.at) ? known : undefined;
  }

  #isFresh(at: number): boolean {
    return this.#clock.now() - at < FRESH_MS;
  }

  async #renew(id: string, signal: AbortSignal | undefined, after: number): Promise<PickedUrl> {
    const token = this.#known.get(id)?.token;
    if (token !== undefined) await this.#listAgain(token, signal);
    return this.#good(id, after) ?? this.#search(id, signal);
  }

  /** A page token may have died; then the page is looked for from the start. */
  async #listAgain(token: string, signal?: AbortSignal): Promise<void> {
    try {
      await this.#list(token, signal);
    } catch (error) {
      if (!(error instanceof GoogleError) || error.reason !== 'invalid') throw error;
      this.#pages.clear();
    }
  }

  /** Pages that are fresh are known not to have it. */
  async #search(id: string, signal?: AbortSignal): Promise<PickedUrl> {
    for (let token: string | undefined = ''; token !== undefined; ) {
      const page: Listed | undefined = this.#pages.get(token);
      token = page && this.#isFresh(page.at) ? page.next : (await this.#list(token, signal)).next;
      const found = this.#known.get(id);
      if (found && this.#isFresh(found.at)) return found;
    }
    throw missing('Google no longer has it among what was picked');
  }

  async #list(token: string, signal?: AbortSignal): Promise<{ items: PickedMediaItem[]; next?: string }> {
    if (this.#gone) throw this.#gone;
    const page = { pageSize: PAGE_SIZE, ...(token && { pageToken: token }) };
    try {
      const { mediaItems: items = [], nextPageToken: next } = await this.#picker.list(this.#sessionId, page, {
        signal,
      });
      this.#remember(token, items, next);
      return { items, next };
    } catch (error) {
      if (error instanceof GoogleError && error.reason === 'notFound') this.#gone = error;
      throw error;
    }
  }

  #remember(token: string, items: readonly PickedMediaItem[], next: string | undefined): void {
    const at = this.#clock.now();
    this.#pages.set(token, { token, next, at });
    for (const { id, mediaFile } of items) {
      const status = mediaFile?.mediaFileMetadata?.videoMetadata?.processingStatus;
      this.#known.set(id, { url: mediaFile?.baseUrl ?? '', status, at, token });
    }
  }

  /** Of many who want URLs of the same page, the first lists it, the others find it listed. */
  #oneAtATime<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

export function missing(message: string): GoogleError {
  return new GoogleError({
    method: 'picker.mediaItems.list',
    reason: 'notFound',
    message,
    status: 'NOT_FOUND',
    code: 5,
  });
}
