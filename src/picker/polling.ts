/** Asking Google how far the person is, at Google's own pace (contract 8.4). */
import type { Clock } from '../google/clock.ts';
import { GoogleError } from '../google/errors.ts';
import { durationMs, type Picker, type PickingSession } from '../google/picker.ts';

/** Of Google, about a session: it may no longer have it, or not answer just now. */
export type PollAnswer = PickingSession | 'gone' | 'none';

export interface Poller {
  /** Asks when the interval since the last time is over, whichever call that was. Throws GoogleError, or the signal's reason. */
  ask(sessionId: string, signal?: AbortSignal): Promise<PollAnswer>;
  /** Milliseconds between two questions about a session, as Google said last. */
  intervalOf(sessionId: string): number;
  /** The session is over. */
  forget(sessionId: string): void;
}

/** Where Google does not say. */
const POLL_MS = 5_000;

export function createPoller(picker: Pick<Picker, 'get'>, clock: Clock): Poller {
  const asked = new Map<string, { at: number; intervalMs: number }>();

  const untilNext = (sessionId: string): number => {
    const last = asked.get(sessionId);
    return last ? last.at + last.intervalMs - clock.now() : 0;
  };

  return {
    async ask(sessionId, signal) {
      const early = untilNext(sessionId);
      if (early > 0) await clock.sleep(early, signal);
      try {
        const session = await picker.get(sessionId, { signal });
        const intervalMs = durationMs(session.pollingConfig?.pollInterval) ?? POLL_MS;
        asked.set(sessionId, { at: clock.now(), intervalMs });
        return session;
      } catch (error) {
        return answerIn(error);
      }
    },
    intervalOf: (sessionId) => asked.get(sessionId)?.intervalMs ?? POLL_MS,
    forget: (sessionId) => void asked.delete(sessionId),
  };
}

/** The person goes on choosing meanwhile; what is asked in vain now is asked again. */
function answerIn(error: unknown): PollAnswer {
  if (!(error instanceof GoogleError)) throw error;
  if (error.reason === 'notFound') return 'gone';
  if (error.retryable) return 'none';
  throw error;
}
