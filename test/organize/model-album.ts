/** What Google does with the steps of one album, in the fewest words (contract 3.5, 3.7, 4.6). */
import type { Step } from '../../src/organize/steps/types.ts';

export interface ModelAlbum {
  /** Item ids and the texts of captions, in album order. */
  entries: string[];
}

export function applyToModel(steps: readonly Step[]): ModelAlbum {
  const entries: string[] = [];
  for (const step of steps) {
    if (step.kind === 'addItems') entries.push(...step.mediaItemIds);
    if (step.kind !== 'addEnrichment') continue;
    const { position, relativeMediaItemId = '' } = step.albumPosition;
    const item = step.newEnrichmentItem;
    const text = 'textEnrichment' in item ? item.textEnrichment.text : JSON.stringify(item);
    entries.splice(position === 'FIRST_IN_ALBUM' ? 0 : entries.indexOf(relativeMediaItemId) + 1, 0, text);
  }
  return { entries };
}
