/** From a wish for albums to the exact requests that fulfil it, and what of it is impossible. Sends nothing. */
import { LIMITS } from '../../google/limits.ts';
import type { Step } from '../steps/types.ts';
import { planAlbum } from './albums.ts';
import { planDescriptions } from './descriptions.ts';
import type { LibraryFacts } from './facts.ts';
import type { PlanInput } from './input.ts';
import type { Planning } from './planning.ts';
import { createProblems } from './problems.ts';
import { titleUse } from './titles.ts';
import type { Plan } from './types.ts';

/** @param names how the caller may refer to existing albums, by id: `a2b3#4`; ids are used where it says nothing. */
export function makePlan(input: PlanInput, facts: LibraryFacts, names: ReadonlyMap<string, string> = new Map()): Plan {
  const { albums: wanted = [], descriptions: texts = [] } = input;
  const planning: Planning = {
    facts,
    problems: createProblems(),
    notes: [],
    names,
    titles: titleUse(wanted, facts.albums),
    created: new Set(),
    seen: new Set(),
  };
  const albums = wanted.flatMap((album) => planAlbum(album, planning) ?? []);
  const descriptions = planDescriptions(texts, planning);
  const steps: Step[] = [...albums.flatMap((album) => album.steps), ...descriptions];
  return {
    steps,
    albums: albums.map(({ outline }) => outline),
    descriptions: {
      set: descriptions.length,
      replaced: descriptions.filter(({ before }) => before !== '').length,
    },
    problems: planning.problems.list,
    notes: [...planning.notes, ...limitsOf(steps)],
    requests: steps.length,
    quotaShare: steps.length / LIMITS.requestsPerDay,
  };
}

/** What the API can never take back (contract 0.2, 3.7). */
function limitsOf(steps: readonly Step[]): string[] {
  const creates = steps.some(({ kind }) => kind === 'createAlbum');
  const enriches = steps.some(({ kind }) => kind === 'addEnrichment');
  const isTooMany = steps.length > LIMITS.requestsPerDay;
  return [
    creates && 'Albums cannot be deleted or re-sorted through the API; undo empties them.',
    enriches &&
      'Captions, places and maps cannot be changed or removed through the API, only by hand in Google Photos.',
    isTooMany && 'This is more than Google allows in a day: apply will stop, and go on the next day when called again.',
  ].filter((note) => note !== false);
}
