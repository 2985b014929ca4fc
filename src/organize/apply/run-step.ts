/** One step, from the record that it goes out to the record of what became of it. */
import { BUDGETS } from '../../google/budgets.ts';
import { type Clock, systemClock } from '../../google/clock.ts';
import { aborted, GoogleError, isRefusedAsWrong } from '../../google/errors.ts';
import { delayAfter, withRetry } from '../../google/retry.ts';
import type { StepContext, Verdict } from '../steps/handler.ts';
import { handlerOf } from '../steps/handlers.ts';
import type { Step } from '../steps/types.ts';
import type { Progress } from './progress.ts';
import type { RunOptions } from './run-options.ts';
import { stepContext } from './step-context.ts';

/** A step on its way: what all functions here work with. */
interface StepRun {
  step: Step;
  index: number;
  context: StepContext;
  progress: Progress;
  signal?: AbortSignal;
  settleMs: number;
  clock: Clock;
}

/**
 * Does a step, unless it turns out to be done. Throws GoogleError when it could not be done now, and AppError
 * `workTakenOver`, `listStuck`, `listTooLong`.
 */
export async function runStep(step: Step, index: number, progress: Progress, options: RunOptions): Promise<void> {
  const missing = missingAlbum(step, progress);
  if (missing !== undefined) return progress.put(index, 'failed', { reason: `"${missing}" could not be created` });
  if (await settleStep(step, index, progress, options)) return;
  const run = stepRun(step, index, progress, options);
  let undone: GoogleError | undefined;
  const policy = {
    method: 'organize',
    signal: run.signal,
    budgetMs: BUDGETS.methodCall,
    delayOf: (error: unknown, failures: number, random: number) =>
      undone && error === undone ? delayAfter(undone, failures, random) : undefined,
  };
  await withRetry(policy, run.clock, async () => {
    undone = await attemptStep(run);
    if (undone) throw undone;
  });
}

/**
 * When a killed process left open whether a step was done, finds out; true when it was, or must be assumed to be. Throws
 * what `runStep` throws.
 */
export async function settleStep(step: Step, index: number, progress: Progress, options: RunOptions): Promise<boolean> {
  if (progress.get(index)?.state !== 'sending') return false;
  return await settle(stepRun(step, index, progress, options));
}

const stepRun = (step: Step, index: number, progress: Progress, options: RunOptions): StepRun => ({
  step,
  index,
  context: stepContext(index, progress, options),
  progress,
  signal: options.signal,
  settleMs: options.settleMs ?? BUDGETS.lateEffect,
  clock: options.clock ?? systemClock,
});

/** Gives the error of an attempt after which nothing has happened, so that another may be made. */
async function attemptStep(run: StepRun): Promise<GoogleError | undefined> {
  const { step, index, context, progress } = run;
  try {
    await progress.put(index, 'done', { outcome: await handlerOf(step).send(step, context) });
    return undefined;
  } catch (error) {
    if (error instanceof GoogleError) return await undoneAfter(error, run);
    throw error;
  }
}

async function undoneAfter(error: GoogleError, run: StepRun): Promise<GoogleError | undefined> {
  const { index, progress, signal } = run;
  const isWrong: boolean = isRefusedAsWrong(error);
  if (isWrong) {
    await progress.put(index, 'failed', { reason: error.message });
    return undefined;
  }
  if (signal?.aborted) throw error;
  if (error.outcomeUnknown) {
    const isSettled = await settle(run, wasAnswered(error));
    return isSettled ? undefined : error.with({ outcomeUnknown: false, nothingHappened: true });
  }
  await progress.put(index, 'refused');
  throw error;
}

/** 504 only says that some server of Google's did not hear from another in time. */
const ANSWERS: ReadonlySet<number> = new Set([500, 502, 503]);

/**
 * Google answered that it failed. `outcomeUnknown` is more careful and counts these too; but to take every 503 for a
 * caption that is perhaps there would lose the caption each time.
 */
const wasAnswered = ({ httpStatus }: GoogleError): boolean => ANSWERS.has(httpStatus);

/**
 * Finds out what became of a request without an answer, or with one that says nothing certain; true when there is nothing
 * more to do. What cannot be found out is assumed to be done, so that it is not done twice; but when Google `answered` that
 * it failed, it is taken at its word.
 */
async function settle(run: StepRun, answered = false): Promise<boolean> {
  const { index, progress } = run;
  const verdict = await lookTwice(run, answered);
  if (verdict.state === 'done') await progress.put(index, 'done', { outcome: verdict.outcome });
  else await progress.put(index, verdict.state === 'unknowable' && !answered ? 'presumed' : 'refused');
  return progress.isSettled(index);
}

/** A request without an answer may still be on its way, or being worked on: to send it again then would do it twice. */
async function lookTwice(run: StepRun, answered: boolean): Promise<Verdict> {
  const { step, context } = run;
  const verdict = await handlerOf(step).check(step, context);
  const rest = answered || isRepeatable(step) ? 0 : restOf(run);
  if (verdict.state !== 'notDone' || rest <= 0) return verdict;
  await pause(rest, run);
  return await handlerOf(step).check(step, context);
}

/** Setting a title, cover or description again changes nothing. */
const isRepeatable = ({ kind }: Step): boolean => kind === 'patchAlbum' || kind === 'patchDescription';

/** Milliseconds that the request may still be under way; never more than all, whatever clock wrote down when it left. */
function restOf({ index, progress, settleMs, clock }: StepRun): number {
  const sentAt = progress.get(index)?.at ?? clock.now();
  return Math.min(sentAt + settleMs - clock.now(), settleMs);
}

async function pause(ms: number, { clock, signal }: StepRun): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch {
    throw aborted('organize');
  }
}

/** The title of the album that a step needs and that could not be created. */
function missingAlbum(step: Step, progress: Progress): string | undefined {
  if (!('album' in step) || step.kind === 'createAlbum' || !step.album.startsWith('$')) return undefined;
  return progress.creation(step.album)?.albumId === undefined ? step.title : undefined;
}
