/**
 * How many of the day's requests have been used (contract 6.3), as far as this machine can know: Google counts them for
 * the whole project and does not tell.
 */
import { createTurns } from '../storage/turns.ts';
import { count } from '../text/text.ts';
import { LIMITS } from './limits.ts';
import { pacificDay, secondsUntilMidnightPacific } from './pacific.ts';

export interface Counts {
  /** Library API and uploads, of `LIMITS.requestsPerDay`. */
  readonly requests: number;
  /** Fetches of base URLs, of `LIMITS.mediaRequestsPerDay`. */
  readonly mediaRequests: number;
}

export interface Used extends Counts {
  /** Pacific, `2026-11-23`. */
  readonly day: string;
  /** Until both start anew. */
  readonly secondsUntilReset: number;
}

/** Where counts are kept. Made for one OAuth project: quotas are the project's. */
export interface RequestCountStore {
  /**
   * Adds to a day's counts, to what other processes and earlier ones have added. What was added survives a kill of the
   * process once this resolves; when it rejects, with an error of the system, nothing was added.
   * @param day Pacific, `2026-11-23`. Days before it may be forgotten.
   */
  add(day: string, counts: Counts): Promise<void>;
  /** What all have added; zeros for a day that has nothing. */
  read(day: string): Promise<Counts>;
}

export interface RequestCount {
  /** For `createGoogle`'s `onRequest`. */
  count(method: string): void;
  /** By all processes that share the store. Counting is a courtesy: of a store that fails, it tells what is counted here. */
  today(): Promise<Used>;
  /** Stores what has been counted since; that happens every second as well. Never rejects. */
  flush(): Promise<void>;
}

const NOTHING: Counts = { requests: 0, mediaRequests: 0 };
const STORE_EVERY_MS = 1000;

/** @param now milliseconds since 1970. */
export function createRequestCount(store: RequestCountStore, now: () => number = Date.now): RequestCount {
  const inTurn = createTurns();
  let day = pacificDay(now());
  /** Counted, and not stored yet. */
  let pending = NOTHING;
  let timer: NodeJS.Timeout | undefined;

  function turnTheDay(): void {
    const current = pacificDay(now());
    if (current === day) return;
    day = current;
    pending = NOTHING;
  }

  async function storePending(): Promise<void> {
    const [at, counts] = [day, pending];
    if (counts === NOTHING) return;
    pending = NOTHING;
    try {
      await store.add(at, counts);
    } catch {
      // A full disk must not stop any photo. The next time has all of it.
      if (day === at) pending = addCounts(pending, counts);
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return inTurn(storePending);
  }

  return {
    count(method) {
      // The Picker API has a quota of its own, by the minute.
      if (method.startsWith('picker.')) return;
      turnTheDay();
      pending = addCounts(pending, method === 'media' ? { ...NOTHING, mediaRequests: 1 } : { ...NOTHING, requests: 1 });
      timer ??= setTimeout(flush, STORE_EVERY_MS).unref();
    },
    today: () =>
      inTurn(async () => {
        turnTheDay();
        const stored = await store.read(day).catch(() => NOTHING);
        return { day, ...addCounts(stored, pending), secondsUntilReset: secondsUntilMidnightPacific(now()) };
      }),
    flush,
  };
}

export function addCounts(a: Counts, b: Counts): Counts {
  return { requests: a.requests + b.requests, mediaRequests: a.mediaRequests + b.mediaRequests };
}

/** Without a full stop. */
export function usedText({ requests, mediaRequests, secondsUntilReset }: Used): string {
  const hours = Math.max(1, Math.round(secondsUntilReset / 3600));
  const counted = `${grouped(requests)} of ${grouped(LIMITS.requestsPerDay)} requests, ${grouped(mediaRequests)} of ${grouped(LIMITS.mediaRequestsPerDay)} fetches of pictures`;
  return `${counted}; it starts anew in about ${count(hours, 'hour')}`;
}

const grouped = (count: number): string => count.toLocaleString('en-US');
