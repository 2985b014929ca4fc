import { type ErrorReport, KnownError } from '../app-error.ts';
import type { GoogleErrorFacts, GoogleReason } from './error-facts.ts';
import { nextStep } from './next-steps.ts';

const RETRYABLE: ReadonlySet<GoogleReason> = new Set([
  'quotaDay',
  'quotaMinute',
  'concurrentWrite',
  'unavailable',
  'network',
  'timeout',
]);

/** Google refused, or failed (contract 6). */
export class GoogleError extends KnownError {
  override readonly name = 'GoogleError';
  readonly method: string;
  readonly reason: GoogleReason;
  readonly httpStatus: number;
  readonly code: number;
  readonly status: string;
  /** The same call can succeed later: after `retryAfterSeconds` where known. */
  readonly retryable: boolean;
  readonly retryAfterSeconds?: number;
  readonly nothingHappened: boolean;
  /** A write whose answer never came: it may have been done. Look before doing it again. */
  readonly outcomeUnknown: boolean;
  readonly helpUrl?: string;

  constructor(facts: GoogleErrorFacts) {
    super(facts.message);
    this.method = facts.method;
    this.reason = facts.reason;
    this.httpStatus = facts.httpStatus ?? 0;
    this.code = facts.code ?? 2;
    this.status = facts.status ?? 'UNKNOWN';
    this.retryable = RETRYABLE.has(facts.reason) && !facts.outcomeUnknown;
    this.retryAfterSeconds = facts.retryAfterSeconds;
    this.nothingHappened = facts.nothingHappened ?? false;
    this.outcomeUnknown = facts.outcomeUnknown ?? false;
    this.helpUrl = facts.helpUrl;
  }

  /** The same error, with something learned since. */
  with(facts: Partial<GoogleErrorFacts>): GoogleError {
    return new GoogleError({ ...this.facts(), ...facts });
  }

  report(): ErrorReport {
    const { reason: code, status, message, retryable } = this;
    return { code, status, message, retryable, next: nextStep(this) };
  }

  private facts(): GoogleErrorFacts {
    const { method, reason, message, httpStatus, code, status } = this;
    const { retryAfterSeconds, nothingHappened, outcomeUnknown, helpUrl } = this;
    return {
      method,
      reason,
      message,
      httpStatus,
      code,
      status,
      retryAfterSeconds,
      nothingHappened,
      outcomeUnknown,
      helpUrl,
    };
  }
}

const WRONG: ReadonlySet<GoogleReason> = new Set(['invalid', 'notFound', 'failedPrecondition', 'forbidden']);

/** The request as it stands is wrong, and will be tomorrow; it has done nothing. */
export const isRefusedAsWrong = (error: unknown): error is GoogleError =>
  error instanceof GoogleError && WRONG.has(error.reason) && !error.outcomeUnknown;

/** The caller's own stop, as an error like the others. */
export function aborted(method: string): GoogleError {
  return new GoogleError({ method, reason: 'aborted', message: 'Stopped.', code: 1, status: 'CANCELLED' });
}
