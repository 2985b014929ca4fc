/** Previews of one person, each with the journal of what became of it. `file-previews.ts` keeps them in files. */
import type { Plan } from '../plan/types.ts';
import type { Journal } from './journal.ts';
import type { StepRecord } from './records.ts';

/** A plan that was shown, under the name by which it can be applied. */
export interface Preview {
  /** `plan-k7m2`. */
  id: string;
  /** RFC 3339. */
  createdAt: string;
  plan: Plan;
}

/** Ids come from outside; what is none is an unknown preview. */
export interface PreviewStore {
  /** Keeps a plan, under a new id. */
  save(plan: Plan): Promise<Preview>;
  /** Throws AppError `unknownPreview`, `damagedPreview`, `newerPreview`. */
  read(id: string): Promise<Preview>;
  /** What became of it so far. Throws what `read` throws. */
  history(id: string): Promise<readonly StepRecord[]>;
  /**
   * Runs `work` with the journal, alone among all processes that share the store. Throws AppError `previewBusy` while
   * another call is at it, what `read` throws, and what `work` throws.
   */
  work<Result>(id: string, work: (journal: Journal) => Promise<Result>): Promise<Result>;
}
