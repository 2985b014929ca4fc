/** Gives up on a request when nothing has moved for a while; a slow line is no reason to, however long it takes. */
import { GoogleError } from './errors.ts';

export interface Watchdog {
  /** Fires when the caller stops or nothing has moved for too long. */
  readonly signal: AbortSignal;
  touch(): void;
  /** Runs the request under watch; an end that the watchdog brought about is reported as `timeout`. */
  guard<T>(request: () => Promise<T>): Promise<T>;
}

export function watchdog(idleMs: number, method: string, caller?: AbortSignal): Watchdog {
  const idle = new AbortController();
  const timer = setTimeout(() => idle.abort(), idleMs);
  return {
    signal: AbortSignal.any(caller ? [idle.signal, caller] : [idle.signal]),
    touch: () => timer.refresh(),
    async guard(request) {
      try {
        return await request();
      } catch (error) {
        throw idle.signal.aborted && !caller?.aborted ? timedOut(method) : error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function timedOut(method: string): GoogleError {
  return new GoogleError({
    method,
    reason: 'timeout',
    message: 'Google gave no answer in time.',
    code: 4,
    status: 'DEADLINE_EXCEEDED',
  });
}
