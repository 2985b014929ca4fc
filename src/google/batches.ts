import { LIMITS } from './limits.ts';

export interface BatchOptions {
  signal?: AbortSignal;
  onDone?: (done: number, total: number) => void;
}

/** Cuts a list into runs of at most `size` (Google's batch limit, contract 1.2). */
export const inBatches = <T>(items: readonly T[], size: number = LIMITS.batch): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Runs a read for each batch, in order; throws what `run` throws. Writes: `tools/support/write-batches.ts`. */
export async function forEachBatch<T, R>(
  items: readonly T[],
  run: (batch: T[]) => Promise<R>,
  { signal, onDone }: BatchOptions = {},
): Promise<R[]> {
  const replies: R[] = [];
  let done = 0;
  for (const batch of inBatches(items)) {
    signal?.throwIfAborted();
    replies.push(await run(batch));
    done += batch.length;
    onDone?.(done, items.length);
  }
  return replies;
}
