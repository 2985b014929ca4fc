/**
 * Picking, from the link to the list (contract 8.4): a session is made, watched at Google's own pace, listed whole, and kept
 * for as long as bytes may be wanted of it: until everything is copied, or its week is over.
 */
import type { Clock } from '../google/clock.ts';
import type { Google } from '../google/google.ts';
import { durationMs, type PickingSession } from '../google/picker.ts';
import type { PickedItemEntry } from '../results/types.ts';
import { createPickedBytes, type PickedBytes } from './bytes.ts';
import { deleteQuietly, type EndState, endSession, noteCopied, sweepSessions } from './ending.ts';
import { toPickedEntry } from './entries.ts';
import { safePickerUri } from './link.ts';
import { createPoller, type PollAnswer, type Poller } from './polling.ts';
import type { NewPickerSession, PickerSession, PickerSessionStore } from './session-store.ts';

export interface WaitOptions {
  /** Milliseconds. Google is not asked again when they would be over before its interval is. */
  budgetMs: number;
  signal?: AbortSignal;
  /** After each time Google was asked, with the milliseconds waited so far. */
  onPoll?: (elapsedMs: number) => void;
}

export interface PickerSessions extends Pick<PickedBytes, 'fetch' | 'fetchAt'> {
  /** Makes a session. Old ones that no call waits for any more are deleted first. Throws AppError `stateFolder`, GoogleError. */
  start(request: { maxItemCount?: number }, signal?: AbortSignal): Promise<PickerSession>;
  /** Throws AppError `unknownSession`. */
  find(handle: string): Promise<PickerSession>;
  /** Asks Google until the person is done, has given up, or the budget ends; then it is still `choosing`. */
  wait(session: PickerSession, options: WaitOptions): Promise<PickerSession>;
  /** All that was picked. A session without anything is over: `empty`. Throws what `pages` throws. */
  items(session: PickerSession, signal?: AbortSignal, onListed?: (items: number) => void): Promise<PickedItemEntry[]>;
  /** Remembers where the picked items are kept. */
  kept(session: PickerSession, result: string, count: number): Promise<PickerSession>;
  /** Deletes the session, for one of the reasons to. */
  end(session: PickerSession, state: EndState): Promise<PickerSession>;
  /** These have been copied into the library; a session all of which has been is deleted. */
  copied(items: readonly PickedItemEntry[]): Promise<void>;
}

export interface PickerSessionsDeps {
  google: Pick<Google, 'media' | 'picker'>;
  store: PickerSessionStore;
  clock: Clock;
}

/** Milliseconds, where Google does not say how long the person may take (contract 8.2). */
const TIMEOUT_MS = 30 * 60_000;
/** Google does not always say; its sessions have been seen to last a week (contract 8.2). */
const LIFE_MS = 7 * 24 * 3_600_000;

export function createPickerSessions({ google, store, clock }: PickerSessionsDeps): PickerSessions {
  const { picker } = google;
  const bytes = createPickedBytes(google, clock, (sessionId) => whyGone(store, sessionId));
  const deps = { picker, store, clock, poller: createPoller(picker, clock) };
  return {
    fetch: bytes.fetch,
    fetchAt: bytes.fetchAt,
    async start(request, signal) {
      await store.prepare();
      await sweepSessions(deps);
      return await startSession(deps, request, signal);
    },
    find: store.read,
    wait: (session, options) => waitForPerson(deps, session, options),
    async items(session, signal, onListed) {
      const listed = await bytes.urls(session.sessionId).all(signal, onListed);
      if (listed.length === 0) await endSession(deps, session, 'empty');
      return listed.map((item) => toPickedEntry(item, session.sessionId));
    },
    kept: ({ handle }, result, count) =>
      store.update(handle, (session) => ({ ...session, state: 'picked', result, count })),
    end: (session, state) => endSession(deps, session, state),
    copied: (items) => noteCopied(deps, items),
  };
}

type Deps = Pick<PickerSessionsDeps, 'store' | 'clock'> & { picker: Google['picker']; poller: Poller };

async function startSession(
  { picker, store, clock }: Deps,
  { maxItemCount }: { maxItemCount?: number },
  signal?: AbortSignal,
): Promise<PickerSession> {
  const session = await picker.create({ maxItemCount }, { signal });
  try {
    return await store.create(toPickerSession(session, maxItemCount, clock.now()));
  } catch (error) {
    await deleteQuietly(picker, session.id);
    throw error;
  }
}

async function waitForPerson(deps: Deps, session: PickerSession, options: WaitOptions): Promise<PickerSession> {
  const { clock, poller } = deps;
  const { budgetMs, signal, onPoll } = options;
  const start = clock.now();
  for (let current = session; ; ) {
    if (current.state !== 'choosing') return current;
    signal?.throwIfAborted();
    current = await judge(deps, current, await poller.ask(current.sessionId, signal));
    const elapsedMs = clock.now() - start;
    onPoll?.(elapsedMs);
    const intervalMs = poller.intervalOf(current.sessionId);
    if (current.state !== 'choosing' || elapsedMs + intervalMs > budgetMs) return current;
    await clock.sleep(intervalMs, signal);
  }
}

/** What becomes of a session in which the person was choosing. */
async function judge(deps: Deps, session: PickerSession, answer: PollAnswer): Promise<PickerSession> {
  if (answer === 'none') return session;
  if (answer === 'gone') return await endSession(deps, session, 'expired');
  if (answer.mediaItemsSet) return await notePicked(deps.store, session);
  const isOver = durationMs(answer.pollingConfig?.timeoutIn) === 0 || deps.clock.now() >= session.pollUntil;
  return isOver ? await endSession(deps, session, 'givenUp') : session;
}

/** Another call may have seen it before, and be further by now. */
const notePicked = (store: PickerSessionStore, { handle }: PickerSession): Promise<PickerSession> =>
  store.update(handle, (session) => (session.state === 'choosing' ? { ...session, state: 'picked' } : session));

function toPickerSession(session: PickingSession, maxItemCount: number | undefined, now: number): NewPickerSession {
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

/** A clause for lists and errors. */
async function whyGone(store: PickerSessionStore, sessionId: string): Promise<string> {
  const session = (await store.all()).find((each) => each.sessionId === sessionId);
  return session?.state === 'copied'
    ? 'the picking ended when everything was in the library: use the result of that media_upload'
    : 'Google ended the picking, a week after it began at the latest: pick it again with picker_pick';
}
