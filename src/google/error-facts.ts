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
