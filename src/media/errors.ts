/** What an error means for one file, and for those that are still to come. */
import { AppError } from '../app-error.ts';
import { GoogleError, type GoogleReason } from '../google/errors.ts';
import { type DelayOf, isTransient, MAX_WAIT_MS } from '../google/retry.ts';
import { codeOf, hasCode } from '../storage/errors.ts';
import { FileRefused, reasonOf } from './allowed-folders.ts';

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
 * Sign-in, permissions, the day's quota, full storage, a full disk, a wait of hours, our own state folder: no file will
 * fare better in this call.
 */
export function isFatal(error: unknown): boolean {
  if (error instanceof GoogleError) {
    const isForLong = !error.retryable || error.reason === 'quotaDay' || isLongWait(error);
    return isForLong && !OF_ONE.has(error.reason);
  }
  // AuthError and AppError: errors that know what the person has to do.
  return error instanceof Error && 'next' in error && !(error instanceof FileRefused);
}

const isLongWait = ({ retryAfterSeconds = 0 }: GoogleError): boolean => retryAfterSeconds * 1000 > MAX_WAIT_MS;

/** Further tries of ours, on top of the client's own, which end with a call's budget (for `withRetry`). */
export const delayForMore: DelayOf = (error) => {
  if (!isTransient(error)) return undefined;
  return error.retryAfterSeconds === undefined ? WAIT_MS : error.retryAfterSeconds * 1000;
};

/**
 * A clause for a list: "does not exist", "failed: …". Of a bug of ours only its kind is told: its message may hold
 * anything.
 */
export function reasonFor(error: unknown): string {
  if (error instanceof FileRefused) return error.reason;
  if (error instanceof GoogleError || error instanceof AppError) return `failed: ${error.message}`;
  const kind = codeOf(error) ?? (error instanceof Error ? error.name : typeof error);
  return reasonOf(error) ?? `failed (${kind})`;
}

export const isDiskFull = (error: unknown): boolean => hasCode(error, 'ENOSPC', 'EDQUOT');

/** AppError `diskFull`. @param kept what a second call need not do again, as a clause. */
export const diskFull = (folder: string, cause: unknown, kept = 'what is there is not fetched again'): AppError =>
  new AppError('diskFull', `The disk of ${folder} is full.`, `Make room and call again: ${kept}.`, {
    cause,
    retryable: true,
  });
