/** Picking sessions: who may see which, and how the API shows them (contract 8.2, 8.4). */
import { toTimestamp } from '../clock.ts';
import type { Deps } from '../deps.ts';
import { notFound } from '../errors.ts';
import { durationText } from '../library/views.ts';
import type { Caller } from '../middleware.ts';
import type { PickerSession } from '../state.ts';

/** A session that is not past its time; the others no longer exist. */
export function liveSession({ state, clock }: Deps, id: string): PickerSession | undefined {
  const session = state.pickerSessions.get(id);
  return session && session.expiresAt > clock.now() ? session : undefined;
}

/** The caller's own session; 404 for unknown, expired and foreign ones alike. */
export function requireSession(deps: Deps, caller: Caller, id: string): PickerSession {
  const session = liveSession(deps, id);
  if (session?.project !== caller.project) throw notFound();
  return session;
}

/** Forgets what has expired. @returns how many are left. */
export function sweepSessions({ state, clock }: Deps): number {
  for (const { id, expiresAt } of state.pickerSessions.values()) {
    if (expiresAt <= clock.now()) state.pickerSessions.delete(id);
  }
  return state.pickerSessions.size;
}

/** @param origin as the client reached us: the page is there too. */
export function sessionView({ clock, overrides }: Deps, origin: string, session: PickerSession): object {
  const { id, maxItemCount, expiresAt, state } = session;
  const left = state === 'cancelled' ? 0 : Math.max(0, session.pollUntil - clock.now());
  const pollingConfig = {
    pollInterval: durationText(overrides.pickerPollSeconds),
    timeoutIn: durationText(Math.ceil(left / 1000)),
  };
  return {
    id,
    pickerUri: `${origin}/picker/${id}`,
    ...(state === 'done' ? {} : { pollingConfig }),
    expireTime: toTimestamp(expiresAt),
    pickingConfig: { maxItemCount: String(maxItemCount) },
    ...(state === 'done' ? { mediaItemsSet: true } : {}),
  };
}
