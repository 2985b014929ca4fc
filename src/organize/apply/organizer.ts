/** Preview, apply, undo: what the three tools call. */
import { AppError } from '../../app-error.ts';
import { systemClock } from '../../google/clock.ts';
import type { Plan } from '../plan/types.ts';
import type { Journal } from './journal.ts';
import type { Preview, PreviewStore } from './previews.ts';
import { trackProgress } from './progress.ts';
import { latest } from './records.ts';
import { type RunReport, runSteps } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { settleStep } from './run-step.ts';
import { planUndo } from './undo.ts';

/** An album that a preview has created. */
export interface AppliedAlbum {
  id: string;
  title: string;
  /** Items that the plan puts into it. */
  count: number;
  productUrl?: string;
}

/** What apply has done so far, in this call and in earlier ones. */
export interface ApplyReport extends RunReport {
  /** Albums that this preview has created. */
  created: AppliedAlbum[];
}

/** What undo has done so far, in this call and in earlier ones. */
export interface UndoReport extends RunReport {
  /** What the API cannot take back. */
  stays: string[];
}

/**
 * Does what the preview says, or the rest of it. Throws AppError `takenBack`, what `PreviewStore.work` throws, and what
 * `runSteps` throws.
 */
export async function applyPreview(previews: PreviewStore, id: string, options: RunOptions): Promise<ApplyReport> {
  const { plan } = await previews.read(id);
  return await previews.work(id, async (journal) => {
    if (journal.records.some(({ phase }) => phase === 'undo')) throw takenBack(id);
    const report = await runSteps(plan.steps, 'apply', journal, options);
    return { ...report, created: createdAlbums(plan, journal) };
  });
}

/**
 * Takes back what apply has done, or the rest of it. Throws AppError `notApplied`, what `PreviewStore.work` throws, and
 * what `settleStep` and `runSteps` throw.
 */
export async function undoPreview(previews: PreviewStore, id: string, options: RunOptions): Promise<UndoReport> {
  const preview = await previews.read(id);
  return await previews.work(id, async (journal) => {
    if (journal.records.length === 0) throw notApplied(id);
    await settleApply(preview, journal, options);
    const { steps, stays } = planUndo(preview.plan.steps, latest(journal.records, 'apply'));
    return { ...(await runSteps(steps, 'undo', journal, options)), stays };
  });
}

/** What apply left uncertain when it was killed has to be known before it can be taken back. */
async function settleApply({ plan }: Preview, journal: Journal, options: RunOptions): Promise<void> {
  const progress = trackProgress(plan.steps, 'apply', journal, options.clock ?? systemClock);
  for (const [index, step] of plan.steps.entries()) await settleStep(step, index, progress, options);
}

function createdAlbums({ steps, albums }: Plan, { records }: Journal): AppliedAlbum[] {
  const last = latest(records, 'apply');
  const countOf = (title: string) => albums.find((album) => album.title === title && !album.albumId)?.added ?? 0;
  return steps.flatMap((step, index) => {
    if (step.kind !== 'createAlbum') return [];
    const { albumId, productUrl } = last.get(index)?.outcome ?? {};
    return albumId === undefined ? [] : [{ id: albumId, title: step.title, count: countOf(step.title), productUrl }];
  });
}

const takenBack = (id: string) =>
  new AppError('takenBack', `${id} has been taken back.`, 'To do it again make a new preview with organize_preview.');

const notApplied = (id: string) =>
  new AppError(
    'notApplied',
    `${id} has not been applied, so there is nothing to take back.`,
    'Nothing needs to be done.',
  );
