/**
 * Picking, from the link to the list (contract 8.4): a session is made, watched at Google's own pace, listed whole, and kept
 * for as long as bytes may be wanted of it: until everything is copied, or its week is over.
 */
import type { Clock } from '../google/clock.ts';
import { GoogleError } from '../google/errors.ts';
import type { Google } from '../google/google.ts';
import { durationMs, type PickingSession } from '../google/picker.ts';
import type { PickedItemEntry } from '../results/types.ts';
import { createPickedBytes, type PickedBytes } from './bytes.ts';
import { toPickedEntry } from './entries.ts';
import { safePickerUri } from './link.ts';
import type { Picking, PickingState, PickingStore } from './session-store.ts';

export type { Picking, PickingState } from './session-store.ts';

export interface WaitOptions {
  /** Google is not asked again when this would be over before its interval is. */
  patienceMs: number;
  signal?: AbortSignal;
  /** After each time Google was asked, with the milliseconds waited so far. */
  onPoll?: (elapsedMs: number) => void;
}

export interface Pickings extends Pick<PickedBytes, 'fetch' | 'fetchAt'> {
  /** Makes a session. Old ones that nobody waits for any more are deleted first. */
  start(request: { maxItemCount?: number }, signal?: AbortSignal): Promise<Picking>;
  /** Throws AppError `unknownSession`. */
  find(handle: string): Promise<Picking>;
  /** Asks Google until the person is done, has given up, or patience ends; then it is still `choosing`. */
  wait(picking: Picking, options: WaitOptions): Promise<Picking>;
  /** All that was picked. A picking without anything is over: `empty`. */
  items(picking: Picking, signal?: AbortSignal, onListed?: (items: number) => void): Promise<PickedItemEntry[]>;
  /** Remembers where the picked items are kept. */
  kept(picking: Picking, result: string, count: number): Promise<Picking>;
  /** Deletes the session, for one of the reasons to. */
  end(picking: Picking, state: Exclude<PickingState, 'choosing' | 'picked'>): Promise<Picking>;
  /** These have been copied into the library; a session all of which has been is deleted. */
  copied(items: readonly PickedItemEntry[]): Promise<void>;
}

export interface PickingsOptions {
  google: Pick<Google, 'media' | 'picker'>;
  store: PickingStore;
  clock: Clock;
}

/** Of Google, about a session: it may no longer have it, or not answer just now. */
type Answer = PickingSession | 'gone' | 'none';

const POLL_MS = 5_000;
const TIMEOUT_MS = 30 * 60_000;
const DAY_MS = 24 * 3_600_000;
/** Google does not always say; its sessions have been seen to last a week (contract 8.2). */
const LIFE_MS = 7 * DAY_MS;
/** So long the memory of a picking stays, to say what became of it: as long as a result lives. */
const MEMORY_MS = 30 * DAY_MS;
/** A session is deleted as a courtesy: nobody should wait long for it. */
const DELETE_MS = 5_000;

export function createPickings({ google, store, clock }: PickingsOptions): Pickings {
  const { picker } = google;
  const bytes = createPickedBytes(google, clock, (sessionId) => whyGone(store, sessionId));
  /** When Google was last asked about a session: the next call must not ask sooner than the interval allows. */
  const asked = new Map<string, { at: number; intervalMs: number }>();

  /** A session that cannot be deleted now ends by itself. */
  const deleteQuietly = (sessionId: string): Promise<void> =>
    picker.delete(sessionId, { signal: AbortSignal.timeout(DELETE_MS) }).catch(() => undefined);

  const end: Pickings['end'] = async (picking, state) => {
    asked.delete(picking.sessionId);
    const ended = await store.save({ ...picking, state });
    if (state !== 'expired') await deleteQuietly(picking.sessionId);
    return ended;
  };

  const ask = async ({ sessionId }: Picking, signal?: AbortSignal): Promise<Answer> => {
    const last = asked.get(sessionId);
    const early = last ? last.at + last.intervalMs - clock.now() : 0;
    if (early > 0) await clock.sleep(early, signal);
    try {
      const session = await picker.get(sessionId, { signal });
      const intervalMs = durationMs(session.pollingConfig?.pollInterval) ?? POLL_MS;
      asked.set(sessionId, { at: clock.now(), intervalMs });
      return session;
    } catch (error) {
      if (isReason(error, 'notFound')) return 'gone';
      // The person goes on choosing meanwhile; what is asked in vain now is asked again.
      if (error instanceof GoogleError && error.retryable) return 'none';
      throw error;
    }
  };

  const judge = async (picking: Picking, session: Answer): Promise<Picking> => {
    if (session === 'none') return picking;
    if (session === 'gone') return end(picking, 'expired');
    if (session.mediaItemsSet) return store.save({ ...picking, state: 'picked' });
    const isOver = durationMs(session.pollingConfig?.timeoutIn) === 0 || clock.now() >= picking.pollUntil;
    return isOver ? end(picking, 'givenUp') : picking;
  };

  const sweep = async (): Promise<void> => {
    const now = clock.now();
    for (const picking of await store.all()) {
      const { handle, state, createdAt, pollUntil, expiresAt } = picking;
      if (now - createdAt > MEMORY_MS) await store.remove(handle);
      else if (state === 'choosing' && now >= pollUntil) await end(picking, 'givenUp');
      else if (state === 'picked' && now >= expiresAt) await end(picking, 'expired');
    }
  };

  return {
    fetch: bytes.fetch,
    fetchAt: bytes.fetchAt,
    end,
    find: (handle) => store.read(handle),

    async start({ maxItemCount }, signal) {
      await store.prepare();
      await sweep();
      const session = await picker.create({ maxItemCount }, { signal });
      try {
        return await store.create(toPicking(session, maxItemCount, clock.now()));
      } catch (error) {
        await deleteQuietly(session.id);
        throw error;
      }
    },

    async wait(picking, { patienceMs, signal, onPoll }) {
      const start = clock.now();
      for (let current = picking; ; ) {
        if (current.state !== 'choosing') return current;
        signal?.throwIfAborted();
        current = await judge(current, await ask(current, signal));
        const elapsed = clock.now() - start;
        onPoll?.(elapsed);
        const intervalMs = asked.get(current.sessionId)?.intervalMs ?? POLL_MS;
        if (current.state !== 'choosing' || elapsed + intervalMs > patienceMs) return current;
        await clock.sleep(intervalMs, signal);
      }
    },

    async items({ sessionId, ...picking }, signal, onListed) {
      const listed = await bytes.urls(sessionId).all(signal, onListed);
      if (listed.length === 0) await end({ sessionId, ...picking }, 'empty');
      return listed.map((item) => toPickedEntry(item, sessionId));
    },

    kept: (picking, result, count) => store.save({ ...picking, state: 'picked', result, count }),

    async copied(items) {
      const pickings = await store.all();
      for (const [sessionId, ids] of bySession(items)) {
        const picking = pickings.find((each) => each.sessionId === sessionId && each.state === 'picked');
        if (!picking) continue;
        const copied = [...new Set([...(picking.copied ?? []), ...ids])];
        if (copied.length < (picking.count ?? Number.POSITIVE_INFINITY)) await store.save({ ...picking, copied });
        else await end({ ...picking, copied: undefined }, 'copied');
      }
    },
  };
}

function toPicking(session: PickingSession, maxItemCount: number | undefined, now: number): Omit<Picking, 'handle'> {
  const { id, pickerUri, pollingConfig, expireTime } = session;
  return {
    sessionId: id,
    pickerUri: safePickerUri(pickerUri),
    state: 'choosing',
    createdAt: now,
    pollUntil: now + (durationMs(pollingConfig?.timeoutIn) || TIMEOUT_MS),
    expiresAt: Date.parse(expireTime ?? '') || now + LIFE_MS,
    maxItemCount,
  };
}

function bySession(items: readonly PickedItemEntry[]): Map<string, string[]> {
  const sessions = new Map<string, string[]>();
  for (const { id, sessionId } of items) sessions.set(sessionId, [...(sessions.get(sessionId) ?? []), id]);
  return sessions;
}

/** A clause for lists and errors. */
async function whyGone(store: PickingStore, sessionId: string): Promise<string> {
  const picking = (await store.all()).find((each) => each.sessionId === sessionId);
  return picking?.state === 'copied'
    ? 'the picking ended when everything was in the library: use the result of that media_upload'
    : 'Google ended the picking, a week after it began at the latest: pick it again with picker_pick';
}

const isReason = (error: unknown, reason: GoogleError['reason']): boolean =>
  error instanceof GoogleError && error.reason === reason;
