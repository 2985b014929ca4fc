import type { GoogleError } from '../../google/errors.ts';

export { isRefusedAsWrong } from '../../google/errors.ts';

/** 504 only says that some server of Google's did not hear from another in time. */
const ANSWERS: ReadonlySet<number> = new Set([500, 502, 503]);

/**
 * Google answered that it failed. `outcomeUnknown` is more careful and counts these too; but to take every 503 for a
 * caption that is perhaps there would lose the caption each time.
 */
export const wasAnswered = (error: GoogleError): boolean => ANSWERS.has(error.httpStatus);
