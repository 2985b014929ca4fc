/** From a wish for albums to the exact requests that fulfil it, and what of it is impossible. Sends nothing. */
import { LIMITS } from '../../google/limits.ts';
import type { Step } from '../steps/types.ts';
import { planAlbum } from './albums.ts';
import { planDescriptions } from './descriptions.ts';
import type { LibraryFacts } from './facts.ts';
import type { AlbumPlan, PlanInput } from './input.ts';
import { createProblems, type Problem, type Problems } from './problems.ts';

/** What happens to one album, in numbers. */
export interface AlbumOutline {
  title: string;
  /** Absent for one that is created. */
  albumId?: string;
  added: number;
  removed: number;
  order: NonNullable<AlbumPlan['order']>;
  renamedTo?: string;
  /** Media item id. */
  cover?: string;
  enrichments: number;
}

export interface Plan {
  /** In the order in which they are sent, a request each. */
  steps: Step[];
  albums: AlbumOutline[];
  /** Number of descriptions set, and how many of them replace another. */
  descriptions: { set: number; replaced: number };
  problems: readonly Problem[];
  /** What a person should know before saying yes. */
  notes: string[];
  /** Writes that Google will be sent, and their share of the day's quota (0.01 is one per cent). */
  requests: number;
  quotaShare: number;
}

/** What the parts of a plan are worked out with. */
export interface Planning {
  facts: LibraryFacts;
  problems: Problems;
  notes: string[];
  /** How the caller may refer to an album, by id: `a2b3#4`. */
  names: ReadonlyMap<string, string>;
  /** Titles of the albums that the plan has created so far. */
  newTitles: Set<string>;
  /** Ids of the existing albums that the plan has changed so far. */
  seen: Set<string>;
}

/** @param names how the caller may refer to existing albums, by id: `a2b3#4`; ids are used where it says nothing. */
export function makePlan(input: PlanInput, facts: LibraryFacts, names: ReadonlyMap<string, string> = new Map()): Plan {
  const problems = createProblems();
  const notes: string[] = [];
  const planning: Planning = { facts, problems, notes, names, newTitles: new Set(), seen: new Set() };
  const albums = (input.albums ?? []).flatMap((album) => planAlbum(album, planning) ?? []);
  const descriptions = planDescriptions(input.descriptions ?? [], planning);
  const steps: Step[] = [...albums.flatMap((album) => album.steps), ...descriptions];
  notes.push(...limitsOf(steps));
  return {
    steps,
    albums: albums.map(({ outline }) => outline),
    descriptions: {
      set: descriptions.length,
      replaced: descriptions.filter(({ before }) => before !== '').length,
    },
    problems: problems.list,
    notes,
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
