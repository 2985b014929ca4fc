import type { StepRecord } from './records.ts';

/** What becomes of the steps of one preview, written down by the one process that works on it. */
export interface Journal {
  /** Everything recorded so far, in order, also by processes before this one. */
  readonly records: readonly StepRecord[];
  /**
   * The record is kept, whatever happens to this process or to the power, when this resolves. It is written only while this
   * process holds the right to work on the preview: whoever appends before a request leaves sends nothing that another
   * process is at. A database can look at the lease's epoch in the same statement; files look before and after.
   * Throws AppError `workTakenOver`: nothing is recorded then, and nothing may be sent.
   */
  append(record: StepRecord): Promise<void>;
}
