import type { Step } from '../steps/types.ts';
import type { Journal } from './journal.ts';
import { latest, type Phase, type RecordState, type StepOutcome, type StepRecord } from './records.ts';

/** Where each step of a phase stands, kept in step with the journal. */
export interface Progress {
  get(step: number): StepRecord | undefined;
  /** Done, or taken as done: never to be sent again. */
  isBehind(step: number): boolean;
  put(step: number, state: RecordState, more?: Pick<StepRecord, 'outcome' | 'reason'>): void;
  /** What came of the step that creates `$album1`. */
  creation(album: string): StepOutcome | undefined;
  createdAlbums(): Set<string>;
}

export function trackProgress(steps: readonly Step[], phase: Phase, journal: Journal): Progress {
  const records = latest(journal.records, phase);
  const creations = new Map(steps.flatMap((step, index) => (step.kind === 'createAlbum' ? [[step.album, index]] : [])));
  const outcomeOf = (index: number | undefined) => (index === undefined ? undefined : records.get(index)?.outcome);
  return {
    get: (step) => records.get(step),
    isBehind: (step) => ['done', 'presumed'].includes(records.get(step)?.state ?? ''),
    put(step, state, more) {
      const record = { phase, step, state, at: Date.now(), ...more };
      journal.append(record);
      records.set(step, record);
    },
    creation: (album) => outcomeOf(creations.get(album)),
    createdAlbums() {
      const ids = [...creations.values()].map((index) => outcomeOf(index)?.albumId);
      return new Set(ids.filter((id) => id !== undefined));
    },
  };
}
