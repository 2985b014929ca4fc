/** What takes a plan back, as far as the API allows (contract 0.2, 3.7). */
import { inBatches } from '../../google/batches.ts';
import type { AlbumChange, PatchDescription, Step } from '../steps/types.ts';
import type { StepRecord } from './records.ts';

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
    return record && (record.state === 'done' || record.state === 'presumed') ? [{ step, record }] : [];
  });
  const created = new Map(
    done.flatMap(({ step, record }) =>
      step.kind === 'createAlbum' && record.outcome?.albumId ? [[step.album, record.outcome.albumId]] : [],
    ),
  );
  const back = done.toReversed();
  return {
    steps: [
      ...back.flatMap(({ step }) => (step.kind === 'patchDescription' ? [restoredDescription(step)] : [])),
      ...back.flatMap((entry) => returned(entry)),
      ...back.flatMap(({ step }) => restoredAlbum(step)),
      ...back.flatMap((entry) => takenOut(entry, created)),
    ],
    stays: staysOf(done),
  };
}

const restoredDescription = (step: PatchDescription): Step => ({
  ...step,
  description: step.before,
  before: step.description,
});

/** Items that were removed go back in, at the end: the API cannot put them where they were. */
function returned({ step, record }: DoneStep): Step[] {
  if (step.kind !== 'removeItems') return [];
  const mediaItemIds = record.outcome?.mediaItemIds ?? step.mediaItemIds;
  return mediaItemIds.length > 0 ? [{ ...step, kind: 'addItems', mediaItemIds }] : [];
}

/** Title and cover of an album that was there before; a new one is emptied, and keeps its name for whoever finds it. */
function restoredAlbum(step: Step): Step[] {
  if (step.kind !== 'patchAlbum' || step.album.startsWith('$')) return [];
  const change: AlbumChange = Object.fromEntries(
    Object.entries(step.before).filter(([, value]) => value !== undefined),
  );
  return Object.keys(change).length > 0 ? [{ ...step, change, before: step.change }] : [];
}

function takenOut({ step, record }: DoneStep, created: ReadonlyMap<string, string>): Step[] {
  if (step.kind !== 'addItems') return [];
  const added = record.outcome?.mediaItemIds ?? step.mediaItemIds;
  const album = created.get(step.album) ?? step.album;
  return inBatches(added).map((mediaItemIds) => ({ ...step, kind: 'removeItems', album, mediaItemIds }));
}

function staysOf(done: readonly DoneStep[]): string[] {
  const albums = done.flatMap(({ step, record }) => (step.kind === 'createAlbum' ? [{ step, record }] : []));
  const enrichments = done.filter(({ step }) => step.kind === 'addEnrichment').length;
  const returns = done.filter(({ step }) => step.kind === 'removeItems').length;
  return [
    ...albums.map(
      ({ step, record: { outcome } }) =>
        `The album "${step.title}" stays, empty: the API cannot delete albums. By hand: ${outcome?.productUrl ?? 'in Google Photos'}`,
    ),
    ...(enrichments > 0
      ? [`${enrichments} captions, places and maps stay where their albums do: the API cannot remove them.`]
      : []),
    ...(returns > 0 ? ['Items that had been removed are back at the end of their albums, not where they were.'] : []),
  ];
}
