/**
 * Base URLs of what was picked in one session. They live an hour at most (contract 8.5) and come a hundred at a time with
 * the list, so a page is listed when one of its URLs is wanted, and again when it has grown old or was refused.
 */
import type { CallOptions } from '../google/call-options.ts';
import type { Clock } from '../google/clock.ts';
import { GoogleError } from '../google/errors.ts';
import { type Page, pages, watchPages } from '../google/pages.ts';
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
const NOUN = 'picked item';

/** A page as it was last listed. */
interface Listed {
  ids: readonly string[];
  next?: string;
  at: number;
}

export class SessionUrls {
  readonly #picker: Picker;
  readonly #clock: Clock;
  readonly #sessionId: string;
  /** By what lists them again: Google's token, undefined for the first. */
  readonly #pages = new Map<string | undefined, Listed>();
  readonly #known = new Map<string, PickedUrl & { token: string | undefined }>();
  #turn: Promise<unknown> = Promise.resolve();
  #gone?: GoogleError;

  constructor(picker: Picker, clock: Clock, sessionId: string) {
    this.#picker = picker;
    this.#clock = clock;
    this.#sessionId = sessionId;
  }

  /** Everything that was picked, in Google's order. @throws what `pages` throws. */
  all(signal?: AbortSignal, onListed?: (items: number) => void): Promise<PickedMediaItem[]> {
    return this.#oneAtATime(async () => {
      const items: PickedMediaItem[] = [];
      const list = pages((token, options) => this.#list(token, options), { noun: NOUN, signal, clock: this.#clock });
      for await (const page of list) {
        items.push(...page);
        onListed?.(items.length);
      }
      return items;
    });
  }

  /**
   * @param after a URL listed at this time or before is not good enough: it was refused.
   * @throws GoogleError `notFound` when the session is gone, or does not have the item; AppError as `pages` does.
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
    const known = this.#known.get(id);
    if (known) await this.#listAgain(known.token, signal);
    return this.#good(id, after) ?? this.#search(id, signal);
  }

  /** A page token may have died; then the page is looked for from the start. */
  async #listAgain(token: string | undefined, signal?: AbortSignal): Promise<void> {
    try {
      await this.#list(token, { signal });
    } catch (error) {
      if (!(error instanceof GoogleError) || error.reason !== 'invalid') throw error;
      this.#pages.clear();
    }
  }

  /** Pages that are fresh are known not to have it, and are not listed again. */
  async #search(id: string, signal?: AbortSignal): Promise<PickedUrl> {
    const watch = watchPages({ noun: NOUN, clock: this.#clock });
    const seen = new Set<string>();
    let token: string | undefined;
    do {
      const budgetMs = watch.begin(token, seen.size);
      const { ids, next } = this.#freshPage(token) ?? (await this.#list(token, { signal, budgetMs }));
      const found = this.#good(id, 0);
      if (found) return found;
      const fresh = ids.filter((each) => !seen.has(each) && seen.add(each)).length;
      watch.end(next, fresh, seen.size);
      token = next;
    } while (token !== undefined);
    throw missing('Google no longer has it among what was picked');
  }

  #freshPage(token: string | undefined): Listed | undefined {
    const page = this.#pages.get(token);
    return page && this.#isFresh(page.at) ? page : undefined;
  }

  async #list(token: string | undefined, options: CallOptions): Promise<Page<PickedMediaItem> & Listed> {
    if (this.#gone) throw this.#gone;
    const page = { pageSize: PAGE_SIZE, ...(token !== undefined && { pageToken: token }) };
    try {
      const { mediaItems: items = [], nextPageToken } = await this.#picker.list(this.#sessionId, page, options);
      return { items, ...this.#remember(token, items, nextPageToken || undefined) };
    } catch (error) {
      if (error instanceof GoogleError && error.reason === 'notFound') this.#gone = error;
      throw error;
    }
  }

  #remember(token: string | undefined, items: readonly PickedMediaItem[], next: string | undefined): Listed {
    const at = this.#clock.now();
    const listed = { ids: items.map(({ id }) => id), next, at };
    this.#pages.set(token, listed);
    for (const { id, mediaFile } of items) {
      const status = mediaFile?.mediaFileMetadata?.videoMetadata?.processingStatus;
      this.#known.set(id, { url: mediaFile?.baseUrl ?? '', status, at, token });
    }
    return listed;
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
