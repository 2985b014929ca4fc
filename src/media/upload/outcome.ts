import type { MediaItem, NewMediaItemResult } from '../../google/types.ts';
import { toMediaItemEntry } from '../../results/entries.ts';
import type { FailedEntry, MediaFacts, MediaItemEntry } from '../../results/types.ts';
import type { Job } from './job.ts';

/** What a per-item status asks for (contract 3.10, google.rpc.Code). */
export type Verdict = 'created' | 'exists' | 'again' | 'sendAgain' | 'failed';

const TRANSIENT = new Set([1, 2, 4, 8, 10, 13, 14]);
const INVALID_ARGUMENT = 3;
const ALREADY_EXISTS = 6;

/** A damaged file fails as often as it is sent; three lost answers in a row are trouble of another kind. */
const MAX_RESENDS = 3;

/** @param resends how often the bytes have been sent again already. */
export function verdictOn(result: NewMediaItemResult | undefined, resends: number): Verdict {
  const code = result?.status?.code ?? 0;
  if (code === 0) return result?.mediaItem?.id ? 'created' : 'again';
  if (code === ALREADY_EXISTS) return 'exists';
  if (TRANSIENT.has(code)) return 'again';
  // The same code says "damaged" and "this token was used": a request whose answer got lost uses tokens up.
  const isToken = code === INVALID_ARGUMENT && !result?.status?.message?.startsWith('BAD_IMAGE');
  return isToken && resends < MAX_RESENDS ? 'sendAgain' : 'failed';
}

/** Google's per-item message as a clause. */
export function reasonIn(result: NewMediaItemResult | undefined): string {
  const message = result?.status?.message ?? 'no reason given';
  return message.startsWith('BAD_IMAGE')
    ? `was refused by Google: it is damaged, or of a kind that Google does not take (${message})`
    : `was refused by Google: ${message}`;
}

export const failed = (job: Job, reason: string): FailedEntry => ({
  kind: 'failed',
  filename: job.entry.filename,
  path: job.label,
  reason,
});

/** The item as Google describes it, and as the file itself does where Google says nothing (yet). */
export function entryFor(job: Job, mediaItemId: string, item: MediaItem | undefined, isNew: boolean): MediaItemEntry {
  const { filename, type, mimeType, creationTime, width, height, cameraMake, cameraModel, duration } = job.entry;
  const own: MediaFacts = { filename, type, mimeType, creationTime, width, height, cameraMake, cameraModel, duration };
  return {
    kind: 'mediaItem',
    ...own,
    ...(item && defined(toMediaItemEntry(item))),
    id: mediaItemId,
    upload: { path: 'path' in job.entry ? job.entry.path : job.label, outcome: isNew ? 'uploaded' : 'already there' },
  };
}

/** Object.fromEntries forgets the keys it was given, and an absent fact is not to hide a known one. */
const defined = <T extends object>(object: T): Partial<T> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== '')) as Partial<T>;
