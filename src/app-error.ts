/** What a caller is told of an error: what failed, and what to do next. */
export interface ErrorReport {
  /** Stable and machine-readable, camelCase: `unknownResult`, `quotaDay`, … */
  code: string;
  /** Google's status (`PERMISSION_DENIED`), absent for errors that are not Google's. */
  status?: string;
  message: string;
  retryable: boolean;
  /** A tool call, a command or a link that gets the caller further. */
  next: string;
}

/** An error that can tell what it is, whoever threw it: nothing in its report is internal. */
export abstract class KnownError extends Error {
  abstract report(): ErrorReport;
}

/** What to do next wherever signing in is the cure. */
export const SIGN_IN =
  'Call account_sign_in, or run in a terminal, with the same --account if one is set: google-photos-mcp auth login';

export interface AppErrorOptions {
  retryable?: boolean;
  status?: string;
  cause?: unknown;
}

/**
 * The one error that our own code throws on purpose: what failed in a sentence, and what to do next in another.
 * Errors of Google (`GoogleError`) and of sign-in (`AuthError`) have their own types.
 */
export class AppError extends KnownError {
  override readonly name = 'AppError';
  /** Stable and machine-readable, camelCase: `unknownResult`, `pastEnd`, … */
  readonly code: string;
  /** A tool call, a command or a link that gets the caller further. */
  readonly next: string;
  readonly retryable: boolean;
  /** Google's status where its words are repeated: `PERMISSION_DENIED`. */
  readonly status?: string;

  constructor(code: string, message: string, next: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.next = next;
    this.retryable = options.retryable ?? false;
    this.status = options.status;
  }

  report(): ErrorReport {
    const { code, status, message, retryable, next } = this;
    return { code, ...(status !== undefined && { status }), message, retryable, next };
  }
}
