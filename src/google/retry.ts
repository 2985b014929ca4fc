/** When to try again, and when to tell the caller to (contract 6.4): the one policy of all that asks something of Google. */
import type { Clock } from './clock.ts';
import { aborted, GoogleError } from './errors.ts';
import type { RetryClass } from './methods.ts';

/**
 * How long to wait after an error before another attempt, in milliseconds; undefined when another would be useless or
 * do harm. May throw what the caller is to hear in place of the error.
 * @param failures attempts that have failed since the last progress, this one included.
 * @param random from 0 up to, but not including, 1.
 */
export type DelayOf = (error: unknown, failures: number, random: number) => number | undefined;

export interface RetryPolicy {
  /** For errors: `albums.list`, `uploads`. */
  readonly method: string;
  readonly delayOf: DelayOf;
  /** Attempts in all; 4 by default. */
  readonly attempts?: number;
  /** Milliseconds after which nothing new is begun, so that an assistant hears back in time; none by default. */
  readonly budgetMs?: number;
  /** What uses up the budget: all time since the start (the default), or, for uploads, only the waits. */
  readonly counts?: 'elapsed' | 'waits';
  /** A number that grows with what has been achieved for good; each growth gives attempts and budget back. */
  readonly progress?: () => number;
  readonly signal?: AbortSignal;
}

const MAX_ATTEMPTS = 4;
const QUOTA_WAIT_MS = 30_000;
/**
 * Longest wait, whatever `Retry-After` asks for. Quotas of the minute come back within one; what takes longer is for
 * the caller to decide, who may have an assistant and a person waiting.
 */
export const MAX_WAIT_MS = 120_000;
/** A wait that leaves less than this of the budget for the request itself is not begun. */
const LEAST_REST_MS = 5_000;

/** The delays of a method: of errors after which a second attempt does no harm, those of `delayAfter`. */
export function delayFor(retry: RetryClass): DelayOf {
  return (error, failures, random) => {
    if (!(error instanceof GoogleError)) return undefined;
    if (!mayRepeat(retry, error)) throw settled(error);
    return delayAfter(error, failures, random);
  };
}

/**
 * Milliseconds to wait before another attempt; undefined when this error is never worth one. Quotas of the minute:
 * `Retry-After`, else 30 s doubling. Everything transient: 1 to 2 s doubling.
 */
export function delayAfter(error: GoogleError, failures: number, random: number): number | undefined {
  if (!isTransient(error)) return undefined;
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000;
  const first = error.reason === 'quotaMinute' || error.reason === 'concurrentWrite' ? QUOTA_WAIT_MS : 1000;
  const jitter = first === QUOTA_WAIT_MS ? random * 1000 : random * 1000 * 2 ** (failures - 1);
  return first * 2 ** (failures - 1) + jitter;
}

/** Whether the same call can succeed today. */
export const isTransient = (error: unknown): error is GoogleError =>
  error instanceof GoogleError && error.retryable && error.reason !== 'quotaDay';

/** Whether a second attempt could do harm, the first one's outcome being what it is. */
function mayRepeat(retry: RetryClass, error: GoogleError): boolean {
  return retry !== 'ifRefused' || error.nothingHappened;
}

/**
 * Runs an attempt until it succeeds, fails for good, or the next wait would be too long: longer than `MAX_WAIT_MS`, or
 * than the budget holds; a GoogleError then says when to call again. `attempt` is told how many milliseconds of the
 * budget are left. Throws what `attempt` or `delayOf` throws, and GoogleError `aborted` when the signal ends a wait.
 */
export async function withRetry<T>(
  policy: RetryPolicy,
  clock: Clock,
  attempt: (remainingMs: number) => Promise<T>,
): Promise<T> {
  let state = startAttempts(policy, clock);
  for (;;) {
    if (policy.signal?.aborted) throw aborted(policy.method);
    try {
      return await attempt(remaining(policy, clock, state));
    } catch (error) {
      if ((policy.progress?.() ?? 0) > state.progress) state = startAttempts(policy, clock);
      const delay = delayOrThrow(error, policy, clock, state);
      await pause(clock, delay, policy);
      state = { ...state, failures: state.failures + 1, waited: state.waited + delay };
    }
  }
}

/** What has been spent since the last progress. */
interface AttemptState {
  readonly startedAt: number;
  readonly progress: number;
  readonly failures: number;
  /** Milliseconds. */
  readonly waited: number;
}

function startAttempts(policy: RetryPolicy, clock: Clock): AttemptState {
  return { startedAt: clock.now(), progress: policy.progress?.() ?? 0, failures: 0, waited: 0 };
}

function remaining(policy: RetryPolicy, clock: Clock, { startedAt, waited }: AttemptState): number {
  const spent = policy.counts === 'waits' ? waited : clock.now() - startedAt;
  return Math.max((policy.budgetMs ?? Number.POSITIVE_INFINITY) - spent, 1);
}

/** Milliseconds to wait before the next attempt; throws the error when there is to be none. */
function delayOrThrow(error: unknown, policy: RetryPolicy, clock: Clock, state: AttemptState): number {
  const failures = state.failures + 1;
  const delay = policy.delayOf(error, failures, clock.random());
  if (delay === undefined) throw error;
  const longest = Math.min(MAX_WAIT_MS, remaining(policy, clock, state) - LEAST_REST_MS);
  if (failures >= (policy.attempts ?? MAX_ATTEMPTS) || delay > longest) {
    throw error instanceof GoogleError ? error.with({ retryAfterSeconds: Math.ceil(delay / 1000) }) : error;
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
