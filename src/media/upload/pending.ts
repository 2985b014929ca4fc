/** A file whose content is known, on its way into library and album. */
import type { FailedEntry, MediaItemEntry } from '../../results/types.ts';
import type { UploadToken } from '../ledger/ledger.ts';
import type { Job } from './job.ts';

/** Where it stands. */
export type PendingState =
  /** Its bytes are wanted. */
  | { kind: 'toSend' }
  /** Google has its bytes. */
  | { kind: 'toCreate'; token: UploadToken }
  /** It is in the library; the album may lack it. */
  | { kind: 'inLibrary'; mediaItemId: string }
  | { kind: 'done'; outcome: MediaItemEntry | FailedEntry };

export interface Pending {
  readonly job: Job;
  /** Place in the order of its album. */
  readonly index: number;
  readonly hash: string;
  state: PendingState;
  /** How often its bytes were sent again, because Google did not take the token. */
  resends: number;
  /** Files of the same content that came later. */
  readonly twins: Job[];
}

export const startPending = (job: Job, index: number, hash: string): Pending => ({
  job,
  index,
  hash,
  state: { kind: 'toSend' },
  resends: 0,
  twins: [],
});

/** Undefined until it is in the library. */
export function mediaItemIdOf({ state }: Pending): string | undefined {
  if (state.kind === 'inLibrary') return state.mediaItemId;
  return state.kind === 'done' && state.outcome.kind === 'mediaItem' ? state.outcome.id : undefined;
}
