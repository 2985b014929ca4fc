/** Any error → what the model is told. Nothing internal (stack, token, path) passes. */
import { AppError, type ErrorReport, KnownError } from '../app-error.ts';

export function explain(error: unknown): ErrorReport {
  if (error instanceof KnownError) return error.report();
  return (isAbort(error) ? cancelled() : unexpected(error)).report();
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

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
