import { addEnrichment } from './add-enrichment.ts';
import { addItems } from './add-items.ts';
import { createAlbum } from './create-album.ts';
import type { StepHandler } from './handler.ts';
import { patchAlbum } from './patch-album.ts';
import { patchDescription } from './patch-description.ts';
import { removeItems } from './remove-items.ts';
import type { Step } from './types.ts';

const HANDLERS: { [Kind in Step['kind']]: StepHandler<Extract<Step, { kind: Kind }>> } = {
  createAlbum,
  addItems,
  removeItems,
  patchAlbum,
  addEnrichment,
  patchDescription,
};

/** The handler of a step's kind. */
export function handlerOf<S extends Step>(step: S): StepHandler<S> {
  // The table's type says that kind and handler agree; TypeScript cannot follow that through an index.
  return HANDLERS[step.kind] as unknown as StepHandler<S>;
}

/** A step in words: `add 50 items to "Lisbon"`. */
export const describeStep = (step: Step): string => handlerOf(step).describe(step);
