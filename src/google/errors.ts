/** What Google refused or failed to do, sorted into causes that a caller can act upon (contract 6). */

export type GoogleReason =
  /** The token was refused, also after a refresh. */
  | 'unauthenticated'
  /** The sign-in lacks a scope that this method needs. */
  | 'missingScope'
  /** One of the six methods that Google switched off on 2025-03-31. */
  | 'removed'
  /** The API is not enabled in the person's Google Cloud project. */
  | 'apiDisabled'
  /** Google Photos is switched off for this account, or it has none. */
  | 'photosDisabled'
  | 'forbidden'
  | 'notFound'
  /** The request itself is wrong; the message says how. */
  | 'invalid'
  | 'failedPrecondition'
  /** The project's requests of the day are used up. */
  | 'quotaDay'
  | 'quotaMinute'
  /** Another write of this user was in flight. */
  | 'concurrentWrite'
  | 'storageFull'
  /** A base URL is past its hour, or was never ours. */
  | 'mediaExpired'
  /** The bytes changed, or ended early, while they were being sent. */
  | 'sourceChanged'
  /** Google's side: 5xx, or an answer that is no JSON. */
  | 'unavailable'
  /** No answer came: connection refused, reset, name not found. */
  | 'network'
  | 'timeout'
  /** The caller's signal fired. */
  | 'aborted'
  | 'unexpected';

export interface GoogleErrorFacts {
  /** Which call: `albums.list`, `uploads`, `media`. */
  method: string;
  reason: GoogleReason;
  message: string;
  /** 0 when no answer came. */
  httpStatus?: number;
  /** google.rpc.Code; 2 (UNKNOWN) when Google gave none. */
  code?: number;
  /** Its name, `PERMISSION_DENIED`. */
  status?: string;
  retryAfterSeconds?: number;
  /** The request certainly never reached Google, or was refused before it did anything. */
  nothingHappened?: boolean;
  outcomeUnknown?: boolean;
  /** Where Google says to go, on one of its own hosts: to enable an API, for example. */
  helpUrl?: string;
}

const RETRYABLE: ReadonlySet<GoogleReason> = new Set([
  'quotaDay',
  'quotaMinute',
  'concurrentWrite',
  'unavailable',
  'network',
  'timeout',
]);

export class GoogleError extends Error {
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
