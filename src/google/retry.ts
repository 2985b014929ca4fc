/** When to try again, and when to tell the caller to (contract 6.4). */
import type { Clock } from './clock.ts';
import { aborted, GoogleError } from './errors.ts';
import type { RetryClass } from './methods.ts';

export interface RetryPolicy {
  readonly method: string;
  readonly retry: RetryClass;
  /** Milliseconds after which nothing new is begun, so that an assistant hears back in time. */
  readonly budgetMs: number;
  /** What uses up the budget: all time since the start (the default), or, for uploads, only the waits. */
  readonly counts?: 'elapsed' | 'waits';
  /** A number that grows with what has been achieved for good; each growth gives attempts and budget back. */
  readonly progress?: () => number;
  readonly signal?: AbortSignal;
}

const MAX_ATTEMPTS = 4;
const QUOTA_WAIT = 30_000;
/** A wait that leaves less than this for the request itself is not begun. */
const LEAST_REST = 5_000;

/**
 * Milliseconds to wait before another attempt; undefined when this error is never worth one. Quotas of the minute:
 * `Retry-After`, else 30 s doubling. Everything transient: 1 to 2 s doubling.
 */
export function delayAfter(error: GoogleError, attempt: number, random: number): number | undefined {
  if (!error.retryable || error.reason === 'quotaDay') return undefined;
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000;
  const first = error.reason === 'quotaMinute' || error.reason === 'concurrentWrite' ? QUOTA_WAIT : 1000;
  const jitter = first === QUOTA_WAIT ? random * 1000 : random * 1000 * 2 ** (attempt - 1);
  return first * 2 ** (attempt - 1) + jitter;
}

/** Whether a second attempt could do harm, the first one's outcome being what it is. */
export function mayRepeat(retry: RetryClass, error: GoogleError): boolean {
  return retry !== 'ifRefused' || error.nothingHappened;
}

/**
 * Runs an attempt until it succeeds, fails for good, or the budget does not hold the next wait; then the error says when
 * to call again. `attempt` is told how many milliseconds of the budget are left.
 */
export async function withRetry<T>(
  policy: RetryPolicy,
  clock: Clock,
  attempt: (remainingMs: number) => Promise<T>,
): Promise<T> {
  let effort = newEffort(policy, clock);
  for (;;) {
    if (policy.signal?.aborted) throw aborted(policy.method);
    try {
      return await attempt(remaining(policy, clock, effort));
    } catch (error) {
      if ((policy.progress?.() ?? 0) > effort.progress) effort = newEffort(policy, clock);
      const delay = delayOrThrow(error, policy, clock, effort);
      await pause(clock, delay, policy);
      effort = { ...effort, failures: effort.failures + 1, waited: effort.waited + delay };
    }
  }
}

/** What has been spent since the last progress. */
interface Effort {
  readonly startedAt: number;
  readonly progress: number;
  readonly failures: number;
  /** Milliseconds. */
  readonly waited: number;
}

function newEffort(policy: RetryPolicy, clock: Clock): Effort {
  return { startedAt: clock.now(), progress: policy.progress?.() ?? 0, failures: 0, waited: 0 };
}

function remaining(policy: RetryPolicy, clock: Clock, { startedAt, waited }: Effort): number {
  const spent = policy.counts === 'waits' ? waited : clock.now() - startedAt;
  return Math.max(policy.budgetMs - spent, 1);
}

/** Milliseconds to wait before the next attempt; throws the error when there is to be none. */
function delayOrThrow(error: unknown, policy: RetryPolicy, clock: Clock, effort: Effort): number {
  if (!(error instanceof GoogleError)) throw error;
  if (!mayRepeat(policy.retry, error)) throw settled(error);
  const attempt = effort.failures + 1;
  const delay = delayAfter(error, attempt, clock.random());
  if (delay === undefined) throw error;
  if (attempt >= MAX_ATTEMPTS || delay > remaining(policy, clock, effort) - LEAST_REST) {
    throw error.with({ retryAfterSeconds: Math.ceil(delay / 1000) });
  }
  return delay;
}

async function pause(clock: Clock, delay: number, { method, signal }: RetryPolicy): Promise<void> {
  try {
    await clock.sleep(delay, signal);
  } catch {
    throw aborted(method);
  }
}

/** A write that is not repeated: where no clear answer came, the caller must know that it may have been done. */
function settled(error: GoogleError): GoogleError {
  const unclear = error.reason === 'network' || error.reason === 'timeout' || error.reason === 'unavailable';
  return unclear ? error.with({ outcomeUnknown: true }) : error;
}
