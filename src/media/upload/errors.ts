/** What an error of Google's means for the files that are still to come. */
import { GoogleError, type GoogleReason } from '../../google/errors.ts';

/** About one file or one request: the others may fare better. */
const OF_ONE: ReadonlySet<GoogleReason> = new Set([
  'invalid',
  'notFound',
  'failedPrecondition',
  'mediaExpired',
  'sourceChanged',
  'unexpected',
]);
const PATIENCE = 5_000;

/** Sign-in, permissions, the day's quota, full storage, our own state folder: no file will fare better today. */
export function isFatal(error: unknown): boolean {
  if (error instanceof GoogleError)
    return !OF_ONE.has(error.reason) && (!error.retryable || error.reason === 'quotaDay');
  // AuthError and AppError: errors that know what the person has to do.
  return error instanceof Error && 'next' in error;
}

/** Milliseconds after which it is worth a further try of ours, on top of the client's own; undefined when it is not. */
export function waitBefore(error: unknown): number | undefined {
  if (!(error instanceof GoogleError) || !error.retryable || error.reason === 'quotaDay') return undefined;
  return error.retryAfterSeconds === undefined ? PATIENCE : error.retryAfterSeconds * 1000;
}

/** A clause for a list: "is damaged". */
export const reasonFor = (error: unknown): string =>
  error instanceof Error ? `failed: ${error.message}` : 'failed for an unknown reason';
