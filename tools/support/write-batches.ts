/** Writes of more than fifty items, and what is said when one of the batches fails after others went through. */
import { AppError } from '../../src/app-error.ts';
import type { Context } from '../../src/context/context.ts';
import { inBatches } from '../../src/google/batches.ts';
import { isRefusedAsWrong } from '../../src/google/errors.ts';
import { explain } from '../../src/mcp/explain.ts';
import { resolveMediaItems } from '../../src/results/targets.ts';

export interface BatchWrite<T, R> {
  run(batch: T[]): Promise<R>;
  /** Of a batch that Google refused as wrong, the 0-based positions of what is wrong with it, as far as can be found out. */
  findWrong?(batch: readonly T[]): Promise<number[]>;
  /** What is to be left out where that cannot be found out, after "Leave out". */
  suspects: string;
}

/**
 * Runs a write for each batch of fifty, in order, one after the other: writes of one user must not overlap (contract 6.3).
 * Throws what the first batch throws as it is; for a later one AppError `partlyDone`, with Google's status and words,
 * which items were done, and what to call again with.
 */
export async function writeInBatches<T, R>(
  items: readonly T[],
  { run, findWrong, suspects }: BatchWrite<T, R>,
  { signal, progress }: Pick<Context, 'signal' | 'progress'>,
): Promise<R[]> {
  const replies: R[] = [];
  let done = 0;
  for (const batch of inBatches(items)) {
    try {
      signal.throwIfAborted();
      replies.push(await run(batch));
    } catch (error) {
      if (done === 0) throw error;
      const wrong = isRefusedAsWrong(error) ? ((await findWrong?.(batch).catch(() => [])) ?? []) : [];
      throw partlyDone(error, { done, failed: batch.length, total: items.length, wrong, suspects });
    }
    done += batch.length;
    progress(done, items.length);
  }
  return replies;
}

const SUSPECTS = 'what Google refused: media_items_search with the albumId shows what the album has';

/** The same for all media items that ids and references name; answers how many there were. */
export async function forEachFifty(
  names: readonly string[],
  { google, results, signal, progress }: Context,
  run: (ids: string[]) => Promise<unknown>,
): Promise<number> {
  const ids = (await resolveMediaItems(names, results, { signal })).map(({ id }) => id);
  const findWrong = async (batch: readonly string[]): Promise<number[]> => {
    const request = { mediaItemIds: [...batch] };
    const { mediaItemResults = [] } = await google.call('mediaItems.batchGet', request, { signal });
    return batch.flatMap((_, index) => (mediaItemResults[index]?.mediaItem ? [] : [index]));
  };
  await writeInBatches(ids, { run, findWrong, suspects: SUSPECTS }, { signal, progress });
  return ids.length;
}

interface Extent {
  /** Items of the batches before. */
  done: number;
  /** Items of the batch that failed. */
  failed: number;
  total: number;
  /** 0-based, in the batch that failed. */
  wrong: readonly number[];
  suspects: string;
}

function partlyDone(error: unknown, { done, failed, total, wrong, suspects }: Extent): AppError {
  const { status, message, next, retryable } = explain(error);
  const batch = range(done + 1, done + failed);
  const rest = range(done + 1, total);
  const culprits = wrong.length === 0 ? suspects : inWords(wrong.map((index) => done + index + 1));
  return new AppError(
    'partlyDone',
    `${message} That was ${batch} of ${total}; ${range(1, done)} are done.`,
    isRefusedAsWrong(error)
      ? `Of ${batch} none is done. Leave out ${culprits}, then call again with the others of ${rest}.`
      : `${next} Then only with ${rest}.`,
    { cause: error, status, retryable },
  );
}

const range = (from: number, to: number): string => (from === to ? `item ${from}` : `items ${from} to ${to}`);

const inWords = (positions: readonly number[]): string =>
  `${positions.length === 1 ? 'item' : 'items'} ${positions.join(', ')}, which this app cannot see`;
