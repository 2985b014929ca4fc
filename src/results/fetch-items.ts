import { type BatchOptions, forEachBatch } from '../google/batches.ts';
import type { Google } from '../google/google.ts';
import type { ReplyOf } from '../google/types.ts';
import { toMediaItemEntry } from './entries.ts';
import type { FailedEntry, MediaItemEntry } from './types.ts';

/** Reads media items by id, fifty a request, in the order asked for; what cannot be read is listed with the reason. */
export async function fetchMediaItems(
  ids: readonly string[],
  google: Google,
  { signal, onDone }: BatchOptions,
): Promise<(MediaItemEntry | FailedEntry)[]> {
  const run = async (batch: string[]) =>
    toEntries(batch, await google.call('mediaItems.batchGet', { mediaItemIds: batch }, { signal }));
  return (await forEachBatch(ids, run, { signal, onDone })).flat();
}

/** Results come in the order asked for, each with an item or a status of its own (contract 3.11). */
function toEntries(ids: string[], { mediaItemResults = [] }: ReplyOf<'mediaItems.batchGet'>) {
  return ids.map((id, index): MediaItemEntry | FailedEntry => {
    const { mediaItem, status } = mediaItemResults[index] ?? {};
    if (mediaItem) return toMediaItemEntry(mediaItem);
    return { kind: 'failed', id, filename: id, reason: status?.message ?? 'Google gave no answer for this id.' };
  });
}
