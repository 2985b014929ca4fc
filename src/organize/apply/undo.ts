/** What takes a plan back, as far as the API allows (contract 0.2, 3.7). */
import { inBatches } from '../../google/batches.ts';
import type { AlbumChange } from '../../google/update-mask.ts';
import { count } from '../../text/text.ts';
import type { PatchDescription, Step } from '../steps/types.ts';
import { isSettled, type StepRecord } from './records.ts';

/** The way back from what was done. */
export interface UndoPlan {
  steps: Step[];
  /** What stays, and why. */
  stays: string[];
}

interface DoneStep {
  step: Step;
  record: StepRecord;
}

/**
 * Works back from what apply has really done: `records` are the last ones of its steps. Within an album removed items
 * return before the old cover is set, and what was added leaves last.
 */
export function planUndo(steps: readonly Step[], records: ReadonlyMap<number, StepRecord>): UndoPlan {
  const done = steps.flatMap((step, index): DoneStep[] => {
    const record = records.get(index);
    return record && isSettled(record) ? [{ step, record }] : [];
  });
  const created = new Map(
    done.flatMap(({ step, record }) =>
      step.kind === 'createAlbum' && record.outcome?.albumId ? [[step.album, record.outcome.albumId]] : [],
    ),
  );
  const back = done.toReversed();
  return {
    steps: [
      ...back.flatMap(({ step }) => (step.kind === 'patchDescription' ? [restoreDescription(step)] : [])),
      ...back.flatMap(returnSteps),
      ...back.flatMap(({ step }) => restoreAlbum(step)),
      ...back.flatMap((entry) => removalSteps(entry, created)),
    ],
    stays: irreversible(done),
  };
}

const restoreDescription = (step: PatchDescription): Step => ({
  ...step,
  description: step.before,
  before: step.description,
});

/** Items that were removed go back in, at the end: the API cannot put them where they were. */
function returnSteps({ step, record }: DoneStep): Step[] {
  if (step.kind !== 'removeItems') return [];
  const mediaItemIds = record.outcome?.mediaItemIds ?? step.mediaItemIds;
  return mediaItemIds.length > 0 ? [{ ...step, kind: 'addItems', mediaItemIds }] : [];
}

/** Title and cover of an album that was there before; a new one is emptied, and keeps its name for the person who finds it. */
function restoreAlbum(step: Step): Step[] {
  if (step.kind !== 'patchAlbum' || step.album.startsWith('$')) return [];
  const change: AlbumChange = Object.fromEntries(
    Object.entries(step.before).filter(([, value]) => value !== undefined),
  );
  return Object.keys(change).length > 0 ? [{ ...step, change, before: step.change }] : [];
}

function removalSteps({ step, record }: DoneStep, created: ReadonlyMap<string, string>): Step[] {
  if (step.kind !== 'addItems') return [];
  const added = record.outcome?.mediaItemIds ?? step.mediaItemIds;
  const album = created.get(step.album) ?? step.album;
  return inBatches(added).map((mediaItemIds) => ({ ...step, kind: 'removeItems', album, mediaItemIds }));
}

function irreversible(done: readonly DoneStep[]): string[] {
  const albums = done.flatMap(({ step, record }) => (step.kind === 'createAlbum' ? [{ step, record }] : []));
  const enrichments = done.filter(({ step }) => step.kind === 'addEnrichment').length;
  const stay = enrichments === 1 ? 'stays where its album does' : 'stay where their albums do';
  const returns = done.filter(({ step }) => step.kind === 'removeItems').length;
  return [
    ...albums.map(
      ({ step, record: { outcome } }) =>
        `The album "${step.title}" stays, empty: the API cannot delete albums. By hand: ${outcome?.productUrl ?? 'in Google Photos'}`,
    ),
    ...(enrichments > 0
      ? [
          `${count(enrichments, 'caption, place or map', 'captions, places and maps')} ${stay}: the API cannot remove them.`,
        ]
      : []),
    ...(returns > 0 ? ['Items that had been removed are back at the end of their albums, not where they were.'] : []),
  ];
}
