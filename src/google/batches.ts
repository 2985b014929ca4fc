import { AppError } from '../app-error.ts';
import { LIMITS } from './limits.ts';

export interface BatchOptions {
  signal?: AbortSignal;
  onDone?: (done: number, total: number) => void;
}

/** Cuts a list into runs of at most `size` (Google's batch limit, contract 1.2). */
export const inBatches = <T>(items: readonly T[], size: number = LIMITS.batch): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/**
 * Runs a call for each batch, in order, one after the other: writes of one user must not overlap (contract 6.3).
 * When a batch fails after others went through, the error says how far it got, so that nothing is lost or done twice.
 */
export async function forEachBatch<T, R>(
  items: readonly T[],
  run: (batch: T[]) => Promise<R>,
  { signal, onDone }: BatchOptions = {},
): Promise<R[]> {
  const replies: R[] = [];
  let done = 0;
  for (const batch of inBatches(items)) {
    try {
      signal?.throwIfAborted();
      replies.push(await run(batch));
    } catch (error) {
      throw done === 0 ? error : partlyDone(error, done, items.length);
    }
    done += batch.length;
    onDone?.(done, items.length);
  }
  return replies;
}

function partlyDone(error: unknown, done: number, total: number): AppError {
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError(
    'partlyDone',
    `The first ${done} of ${total} are done, then: ${reason}`,
    `Call again with the remaining ${total - done}.`,
    { cause: error, retryable: error instanceof Error && 'retryable' in error && error.retryable === true },
  );
}
