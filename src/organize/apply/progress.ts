import type { Clock } from '../../google/clock.ts';
import type { Step, StepOutcome } from '../steps/types.ts';
import type { Journal } from './journal.ts';
import { isSettled, latest, type Phase, type RecordState, type StepRecord } from './records.ts';

/** Where each step of a phase stands, kept in step with the journal. */
export interface Progress {
  get(step: number): StepRecord | undefined;
  /** Done, or assumed to be: never to be sent again. */
  isSettled(step: number): boolean;
  /** Recorded when it resolves. Throws what `Journal.append` throws. */
  put(step: number, state: RecordState, more?: Pick<StepRecord, 'outcome' | 'reason'>): Promise<void>;
  /** What came of the step that creates `$album1`. */
  creation(album: string): StepOutcome | undefined;
  createdAlbums(): Set<string>;
}

/** Reads what the journal has of a phase, and keeps up with what is recorded through it. */
export function trackProgress(
  steps: readonly Step[],
  phase: Phase,
  journal: Journal,
  clock: Pick<Clock, 'now'>,
): Progress {
  const records = latest(journal.records, phase);
  const creations = new Map(steps.flatMap((step, index) => (step.kind === 'createAlbum' ? [[step.album, index]] : [])));
  const outcomeOf = (index: number | undefined) => (index === undefined ? undefined : records.get(index)?.outcome);
  return {
    get: (step) => records.get(step),
    isSettled: (step) => isSettled(records.get(step)),
    async put(step, state, more) {
      const record = { phase, step, state, at: clock.now(), ...more };
      await journal.append(record);
      records.set(step, record);
    },
    creation: (album) => outcomeOf(creations.get(album)),
    createdAlbums() {
      const ids = [...creations.values()].map((index) => outcomeOf(index)?.albumId);
      return new Set(ids.filter((id) => id !== undefined));
    },
  };
}
