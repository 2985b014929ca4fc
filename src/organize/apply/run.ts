/**
 * Works through steps with the journal beside it: whatever instant the process is killed at, running the same steps again
 * finishes the rest and does nothing twice.
 */
import { AppError } from '../../app-error.ts';
import { systemClock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import { describeStep } from '../steps/handlers.ts';
import type { Step } from '../steps/types.ts';
import type { Journal } from './journal.ts';
import { type Progress, trackProgress } from './progress.ts';
import type { Phase, RecordState } from './records.ts';
import type { RunOptions } from './run-options.ts';
import { runStep } from './run-step.ts';

/** How far a phase is. */
export interface RunReport {
  total: number;
  /** Steps behind us, by this run or an earlier one; assumed ones included. */
  done: number;
  /** Nothing is left but what failed for good. */
  finished: boolean;
  failed: { step: string; reason: string }[];
  /** Their answers were lost, and Google gives no way to look whether it has done them. */
  assumedDone: string[];
  /** Items that were gone and have been left out, by step. */
  leftOut: { step: string; count: number }[];
  /** Why it stopped early; absent when it was told to, or ran out of its budget. */
  stoppedBy?: StopReason;
}

/** What Google said, or AppError `workTakenOver`, `listStuck`, `listTooLong`. */
export type StopReason = GoogleError | AppError;

/** Runs what is left of a phase. Throws only what is no answer of Google: a full disk, a sign-in that is gone. */
export async function runSteps(
  steps: readonly Step[],
  phase: Phase,
  journal: Journal,
  options: RunOptions,
): Promise<RunReport> {
  const progress = trackProgress(steps, phase, journal, options.clock ?? systemClock);
  const stoppedBy = await stopReasonOf(() => runUntilStopped(steps, progress, options));
  return { ...reportOf(steps, progress), stoppedBy };
}

async function runUntilStopped(steps: readonly Step[], progress: Progress, options: RunOptions): Promise<void> {
  const { signal, budgetMs = Number.POSITIVE_INFINITY, onStep, clock = systemClock } = options;
  const endsAt = clock.now() + budgetMs;
  for (const [index, step] of steps.entries()) {
    if (progress.isSettled(index)) continue;
    if (signal?.aborted || clock.now() >= endsAt) return;
    await runStep(step, index, progress, options);
    onStep?.(index + 1, steps.length, describeStep(step));
  }
}

/** Undefined when the work came to its end, or was stopped by whoever asked for it. Throws what is not to be reported. */
async function stopReasonOf(work: () => Promise<void>): Promise<StopReason | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error;
    if (!(error instanceof GoogleError)) throw error;
    return error.reason === 'aborted' ? undefined : error;
  }
}

function reportOf(steps: readonly Step[], progress: Progress): Omit<RunReport, 'stoppedBy'> {
  const entries = steps.map((step, index) => ({ step, index, record: progress.get(index) }));
  const inState = (state: RecordState) => entries.filter(({ record }) => record?.state === state);
  const failed = inState('failed');
  const done = entries.filter(({ index }) => progress.isSettled(index)).length;
  return {
    total: steps.length,
    done,
    finished: done + failed.length === steps.length,
    failed: failed.map(({ step, record }) => ({ step: describeStep(step), reason: record?.reason ?? '' })),
    assumedDone: inState('presumed').map(({ step }) => describeStep(step)),
    leftOut: inState('done').flatMap(({ step, record }) => {
      const kept = record?.outcome?.mediaItemIds;
      if (!kept || !('mediaItemIds' in step)) return [];
      return [{ step: describeStep(step), count: step.mediaItemIds.length - kept.length }];
    }),
  };
}
