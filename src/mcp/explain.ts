/**
 * Any error → what the model is told: what failed in Google's own status and words, and what to do next. The only place
 * where errors become text; nothing internal (stack, token, path) passes.
 */

import { AppError } from '../app-error.ts';
import { AuthError } from '../auth/errors.ts';
import { GoogleError } from '../google/errors.ts';
import { nextStep } from './next-steps.ts';

export interface ErrorReport {
  code: string;
  /** Google's status (`PERMISSION_DENIED`), absent for errors that are not Google's. */
  status?: string;
  message: string;
  retryable: boolean;
  next: string;
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

export function explain(error: unknown): ErrorReport {
  if (error instanceof GoogleError) {
    const { reason: code, status, message, retryable } = error;
    return { code, status, message, retryable, next: nextStep(error) };
  }
  if (error instanceof AuthError) {
    const { reason: code, message, retryable, next } = error;
    return { code, message, retryable, next };
  }
  if (error instanceof AppError) {
    const { code, status, message, retryable, next } = error;
    return { code, ...(status !== undefined && { status }), message, retryable, next };
  }
  if (isAbort(error)) return explain(cancelled());
  return explain(unexpected(error));
}

const cancelled = () =>
  new AppError('cancelled', 'The call was cancelled.', 'Call again to go on; what was finished stays finished.', {
    retryable: true,
  });

/** A bug of ours: its kind may be told, its message may not, since it may hold anything. */
const unexpected = (error: unknown) =>
  new AppError(
    'internal',
    `Something in this server went wrong (${error instanceof Error ? error.name : typeof error}).`,
    'Try once more; if it stays, report it with the lines that the server wrote to stderr.',
  );

/** The two lines a model reads. */
export const errorText = ({ status, message, next }: ErrorReport): string =>
  `${status === undefined ? '' : `${status}: `}${message}\n${next}`;
