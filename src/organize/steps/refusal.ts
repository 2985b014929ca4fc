import { GoogleError, type GoogleReason } from '../../google/errors.ts';

/** The request as it stands is wrong, and will be tomorrow. */
const WRONG: ReadonlySet<GoogleReason> = new Set(['invalid', 'notFound', 'failedPrecondition', 'forbidden']);

export const isRefusedAsWrong = (error: unknown): boolean =>
  error instanceof GoogleError && WRONG.has(error.reason) && !error.outcomeUnknown;

/** 504 only says that some server of Google's did not hear from another in time. */
const ANSWERS: ReadonlySet<number> = new Set([500, 502, 503]);

/**
 * Google answered that it failed. `outcomeUnknown` is more careful and counts these too; but to take every 503 for a
 * caption that is perhaps there would lose the caption each time.
 */
export const wasAnswered = (error: GoogleError): boolean => ANSWERS.has(error.httpStatus);
