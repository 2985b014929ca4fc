/**
 * What has become of each step, as a list of records that only grows. A record is written before a request goes out and
 * another after its answer, so that whatever happens in between, the next process knows what is certain and what is not.
 */
import type { StepOutcome } from '../steps/types.ts';

/** Apply and undo of a preview share a journal; each numbers its own steps from 0. */
export type Phase = 'apply' | 'undo';

/** As it stands in the file; version 1 of the format. */
export type RecordState =
  /** The request is on its way: until another record follows, it may or may not have been done. */
  | 'sending'
  /** It came back undone: nothing happened. */
  | 'refused'
  /** Google confirmed it, or was found to have done it. */
  | 'done'
  /** Its answer was lost, and Google gives no way to look; assumed to be done so that it is not done twice. */
  | 'presumed'
  /** Google will never do it as it stands. */
  | 'failed';

/** One thing that happened to one step. */
export interface StepRecord {
  phase: Phase;
  step: number;
  state: RecordState;
  /** Milliseconds since 1970. */
  at: number;
  outcome?: StepOutcome;
  /** With `failed`. */
  reason?: string;
}

/** Done, or assumed to be: never to be sent again. */
export const isSettled = (record: StepRecord | undefined): boolean =>
  record?.state === 'done' || record?.state === 'presumed';

/** The last record of each step of a phase. */
export function latest(records: readonly StepRecord[], phase: Phase): Map<number, StepRecord> {
  return new Map(records.filter((record) => record.phase === phase).map((record) => [record.step, record]));
}
