export interface AppErrorOptions {
  retryable?: boolean;
  status?: string;
  cause?: unknown;
}

/**
 * The one error that our own code throws on purpose: what failed in a sentence, and what to do next in another.
 * Errors of Google (`GoogleError`) and of sign-in (`AuthError`) have their own types; `mcp/explain.ts` turns all of
 * them into the same reply.
 */
export class AppError extends Error {
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
}
