import { type ErrorReport, KnownError } from '../app-error.ts';
import { type AuthReason, CAUSES } from './messages.ts';

/** Sign-in failed, is missing or has ended. Carries words for a person and never a secret. */
export class AuthError extends KnownError {
  override readonly name = 'AuthError';
  readonly reason: AuthReason;
  /** What to do, possibly several numbered lines. */
  readonly next: string;
  readonly retryable: boolean;
  /** Signing in once more cures it. */
  readonly signInHelps: boolean;

  /** `detail` goes after the sentence about the cause: Google's own error code, or where a problem lies. */
  constructor(reason: AuthReason, detail?: string) {
    const { what, next, retryable, signInHelps } = CAUSES[reason];
    super(detail ? `${what} (${detail})` : what);
    this.reason = reason;
    this.next = next;
    this.retryable = retryable ?? false;
    this.signInHelps = signInHelps ?? false;
  }

  report(): ErrorReport {
    const { reason: code, message, retryable, next } = this;
    return { code, message, retryable, next };
  }
}
