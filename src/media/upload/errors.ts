/** What an error of Google's means for the files that are still to come. */
import { AppError } from '../../app-error.ts';
import { GoogleError, type GoogleReason } from '../../google/errors.ts';
import { type DelayOf, isTransient, MAX_WAIT_MS } from '../../google/retry.ts';
import { codeOf } from '../../storage/errors.ts';

/** About one file or one request: the others may fare better. */
const OF_ONE: ReadonlySet<GoogleReason> = new Set([
  'invalid',
  'notFound',
  'failedPrecondition',
  'mediaExpired',
  'sourceChanged',
  'unexpected',
]);
/** Where Google names no time. */
const WAIT_MS = 5_000;

/**
 * Sign-in, permissions, the day's quota, full storage, a wait of hours, our own state folder: no file will fare better in
 * this call.
 */
export function isFatal(error: unknown): boolean {
  if (error instanceof GoogleError) {
    const isForLong = !error.retryable || error.reason === 'quotaDay' || isLongWait(error);
    return isForLong && !OF_ONE.has(error.reason);
  }
  // AuthError and AppError: errors that know what the person has to do.
  return error instanceof Error && 'next' in error;
}

/** Further tries of ours, on top of the client's own, which end with a call's budget (for `withRetry`). */
export const delayForMore: DelayOf = (error) => {
  if (!isTransient(error)) return undefined;
  return error.retryAfterSeconds === undefined ? WAIT_MS : error.retryAfterSeconds * 1000;
};

const isLongWait = ({ retryAfterSeconds = 0 }: GoogleError): boolean => retryAfterSeconds * 1000 > MAX_WAIT_MS;

/** A clause for a list: "failed: …". Of a bug of ours only its kind is told: its message may hold anything. */
export function reasonFor(error: unknown): string {
  if (error instanceof GoogleError || error instanceof AppError) return `failed: ${error.message}`;
  return `failed (${codeOf(error) ?? (error instanceof Error ? error.name : typeof error)})`;
}
