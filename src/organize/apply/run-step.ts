/** One step, from the record that it goes out to the record of what became of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { aborted, GoogleError } from '../../google/errors.ts';
import type { Workplace } from '../steps/handler.ts';
import { handlerOf } from '../steps/handlers.ts';
import { isRefusedAsWrong, wasAnswered } from '../steps/refusal.ts';
import type { Step } from '../steps/types.ts';
import type { Progress } from './progress.ts';
import type { RunOptions } from './run.ts';

const SETTLE_MS = 3_000;
const RETRY_MS = 1_000;
const MOST_ATTEMPTS = 4;

/** A step on its way: what all functions here work with. */
interface Errand {
  step: Step;
  index: number;
  at: Workplace;
  progress: Progress;
  options: RunOptions;
}

/** Does a step, unless it turns out to be done. Throws GoogleError when it could not be done now. */
export async function runStep(step: Step, index: number, progress: Progress, options: RunOptions): Promise<void> {
  const missing = missingAlbum(step, progress);
  if (missing !== undefined) return progress.put(index, 'failed', { reason: `"${missing}" could not be created` });
  if (await settleStep(step, index, progress, options)) return;
  const errand = { step, index, at: workplaceOf(index, progress, options), progress, options };
  for (let attempt = 1; !(await isSentOrSettled(errand, attempt)); attempt++) {
    await pause((options.retryMs ?? RETRY_MS) * 2 ** (attempt - 1), options.signal);
  }
}

/** When a killed process left open whether a step was done, finds out; true when it was, or must be taken as done. */
export async function settleStep(step: Step, index: number, progress: Progress, options: RunOptions): Promise<boolean> {
  const before = progress.get(index);
  if (before?.state !== 'sending') return false;
  const at = workplaceOf(index, progress, options);
  return await isSettled({ step, index, at, progress, options }, before.at);
}

/** One attempt. False when Google failed at it and it may be tried again. */
async function isSentOrSettled(errand: Errand, attempt: number): Promise<boolean> {
  const { step, index, at, progress, options } = errand;
  const sentAt = Date.now();
  try {
    progress.put(index, 'done', { outcome: await handlerOf(step).send(step, at) });
    return true;
  } catch (error) {
    if (isRefusedAsWrong(error)) {
      progress.put(index, 'failed', { reason: error.message });
      return true;
    }
    if (!(error instanceof GoogleError) || options.signal?.aborted) throw error;
    if (error.outcomeUnknown) {
      if (await isSettled(errand, sentAt, wasAnswered(error))) return true;
      if (attempt < MOST_ATTEMPTS) return false;
    } else progress.put(index, 'refused');
    throw error;
  }
}

/**
 * Finds out what became of a request without an answer, or with one that says nothing certain; true when there is nothing
 * more to do. What cannot be found out counts as done, so that it is not done twice; but when Google `answered` that it
 * failed, it is taken at its word.
 */
async function isSettled(errand: Errand, sentAt: number, answered = false): Promise<boolean> {
  const { step, index, at, progress, options } = errand;
  const handler = handlerOf(step);
  let verdict = await handler.check(step, at);
  const rest = sentAt + (options.settleMs ?? SETTLE_MS) - Date.now();
  if (verdict.state === 'notDone' && !answered && rest > 0 && !isRepeatable(step)) {
    // It may still be on its way, or being worked on: to send it now would do it twice.
    await pause(rest, options.signal);
    verdict = await handler.check(step, at);
  }
  if (verdict.state === 'done') progress.put(index, 'done', { outcome: verdict.outcome });
  else progress.put(index, verdict.state === 'unknowable' && !answered ? 'presumed' : 'refused');
  return progress.isBehind(index);
}

/** Setting a title, cover or description again changes nothing. */
const isRepeatable = ({ kind }: Step): boolean => kind === 'patchAlbum' || kind === 'patchDescription';

async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    throw aborted('organize');
  }
}

function workplaceOf(index: number, progress: Progress, { google, signal }: RunOptions): Workplace {
  const onSend = () => progress.put(index, 'sending');
  const onRefused = () => progress.put(index, 'refused');
  return {
    google,
    reading: { signal },
    write(method, request) {
      onSend();
      return google.call(method, request, { signal });
    },
    writeUnseen: (method, request) => google.call(method, request, { signal, onSend, onRefused }),
    albumId: (name) => progress.creation(name)?.albumId ?? name,
    createdAlbums: progress.createdAlbums(),
  };
}

/** The title of the album that a step needs and that could not be created. */
function missingAlbum(step: Step, progress: Progress): string | undefined {
  if (!('album' in step) || step.kind === 'createAlbum' || !step.album.startsWith('$')) return undefined;
  return progress.creation(step.album)?.albumId === undefined ? step.title : undefined;
}
