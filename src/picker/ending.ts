/** The end of picker sessions: at Google, where they are deleted, and in what is remembered of them (contract 8.4). */
import type { Clock } from '../google/clock.ts';
import type { Picker } from '../google/picker.ts';
import type { PickedItemEntry } from '../results/types.ts';
import type { Poller } from './polling.ts';
import type { PickerSession, PickerSessionState, PickerSessionStore } from './session-store.ts';

export interface EndingDeps {
  picker: Pick<Picker, 'delete'>;
  store: PickerSessionStore;
  poller: Pick<Poller, 'forget'>;
  clock: Clock;
}

export type EndState = Exclude<PickerSessionState, 'choosing' | 'picked'>;

/** A session is deleted as a courtesy: no call waits longer for it, in milliseconds. */
const DELETE_MS = 5_000;
/** So long it is remembered what became of a session: as long as a result lives. */
const REMEMBERED_MS = 30 * 24 * 3_600_000;

/** A session that cannot be deleted now ends by itself. */
export async function deleteQuietly(picker: Pick<Picker, 'delete'>, sessionId: string): Promise<void> {
  await picker.delete(sessionId, { signal: AbortSignal.timeout(DELETE_MS) }).catch(() => undefined);
}

/** Deletes the session, for one of the reasons to. Throws what `store.update` throws. */
export async function endSession(
  { picker, store, poller }: Omit<EndingDeps, 'clock'>,
  { handle, sessionId }: PickerSession,
  state: EndState,
): Promise<PickerSession> {
  poller.forget(sessionId);
  const ended = await store.update(handle, ({ copied: _, ...session }) => ({ ...session, state }));
  if (state !== 'expired') await deleteQuietly(picker, sessionId);
  return ended;
}

/** Ends what the person no longer chooses in, and forgets what became of old ones. */
export async function sweepSessions(deps: EndingDeps): Promise<void> {
  const now = deps.clock.now();
  for (const session of await deps.store.all()) {
    const { handle, state, createdAt, pollUntil, expiresAt } = session;
    if (now - createdAt > REMEMBERED_MS) await deps.store.remove(handle);
    else if (state === 'choosing' && now >= pollUntil) await endSession(deps, session, 'givenUp');
    else if (state === 'picked' && now >= expiresAt) await endSession(deps, session, 'expired');
  }
}

/** Notes which picked items lie in the library now, and ends the sessions all of whose items do. */
export async function noteCopied(
  deps: Omit<EndingDeps, 'clock'>,
  items: readonly Pick<PickedItemEntry, 'id' | 'sessionId'>[],
): Promise<void> {
  const sessions = await deps.store.all();
  for (const [sessionId, ids] of idsBySession(items)) {
    const session = sessions.find((each) => each.sessionId === sessionId && each.state === 'picked');
    if (!session) continue;
    const noted = await deps.store.update(session.handle, (now) => ({
      ...now,
      copied: [...new Set([...(now.copied ?? []), ...ids])],
    }));
    const isWhole = (noted.copied?.length ?? 0) >= (noted.count ?? Number.POSITIVE_INFINITY);
    if (isWhole && noted.state === 'picked') await endSession(deps, noted, 'copied');
  }
}

function idsBySession(items: readonly Pick<PickedItemEntry, 'id' | 'sessionId'>[]): Map<string, string[]> {
  const sessions = new Map<string, string[]>();
  for (const { id, sessionId } of items) sessions.set(sessionId, [...(sessions.get(sessionId) ?? []), id]);
  return sessions;
}
