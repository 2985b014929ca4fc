/**
 * Works through steps with the journal beside it: whatever instant the process is killed at, running the same steps again
 * finishes the rest and does nothing twice.
 */
import { GoogleError } from '../../google/errors.ts';
import type { Google } from '../../google/google.ts';
import { describeStep } from '../steps/handlers.ts';
import type { Step } from '../steps/types.ts';
import type { Journal } from './journal.ts';
import { type Progress, trackProgress } from './progress.ts';
import type { Phase, RecordState } from './records.ts';
import { runStep } from './run-step.ts';

export interface RunOptions {
  google: Pick<Google, 'call'>;
  signal?: AbortSignal;
  /** Told after each step: steps behind us, of all. */
  onStep?: (done: number, total: number, message: string) => void;
  /** Called between steps, to say that the work goes on. */
  renew?: () => Promise<void>;
  /** Milliseconds after which no further step is begun, so that the caller hears back in time; without end when absent. */
  budgetMs?: number;
  /** Milliseconds that a request of a killed process may still be under way; 3 s when absent. */
  settleMs?: number;
  /** Milliseconds before a step is tried again that Google has failed at; doubles. 1 s when absent. */
  retryMs?: number;
}

export interface RunReport {
  total: number;
  /** Steps behind us, by this run or an earlier one; presumed ones included. */
  done: number;
  /** Nothing is left but what failed for good. */
  finished: boolean;
  failed: { step: string; reason: string }[];
  /** Their answers were lost, and nobody can check whether Google has done them. */
  presumed: string[];
  /** Items that were gone and have been left out, by step. */
  leftOut: { step: string; count: number }[];
  /** Why it stopped early; absent when it was told to, or ran out of its budget. */
  stoppedBy?: GoogleError;
}

/** Runs what is left of a phase. Throws only what is no answer of Google: a full disk, a sign-in that is gone. */
export async function runSteps(
  steps: readonly Step[],
  phase: Phase,
  journal: Journal,
  options: RunOptions,
): Promise<RunReport> {
  const progress = trackProgress(steps, phase, journal);
  const stoppedBy = await runUntilStopped(steps, progress, options);
  return { ...reportOf(steps, progress), stoppedBy };
}

async function runUntilStopped(
  steps: readonly Step[],
  progress: Progress,
  options: RunOptions,
): Promise<GoogleError | undefined> {
  const { signal, budgetMs = Number.POSITIVE_INFINITY, renew, onStep } = options;
  const endsAt = Date.now() + budgetMs;
  try {
    for (const [index, step] of steps.entries()) {
      if (progress.isBehind(index)) continue;
      if (signal?.aborted || Date.now() >= endsAt) return undefined;
      await runStep(step, index, progress, options);
      await renew?.();
      onStep?.(index + 1, steps.length, describeStep(step));
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof GoogleError)) throw error;
    return error.reason === 'aborted' ? undefined : error;
  }
}

function reportOf(steps: readonly Step[], progress: Progress): Omit<RunReport, 'stoppedBy'> {
  const entries = steps.map((step, index) => ({ step, index, record: progress.get(index) }));
  const inState = (state: RecordState) => entries.filter(({ record }) => record?.state === state);
  const failed = inState('failed');
  const done = entries.filter(({ index }) => progress.isBehind(index)).length;
  return {
    total: steps.length,
    done,
    finished: done + failed.length === steps.length,
    failed: failed.map(({ step, record }) => ({ step: describeStep(step), reason: record?.reason ?? '' })),
    presumed: inState('presumed').map(({ step }) => describeStep(step)),
    leftOut: inState('done').flatMap(({ step, record }) => {
      const kept = record?.outcome?.mediaItemIds;
      if (!kept || !('mediaItemIds' in step)) return [];
      return [{ step: describeStep(step), count: step.mediaItemIds.length - kept.length }];
    }),
  };
}
