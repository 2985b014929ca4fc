/** From plain words to a plan of the picture. */
import type { Hour } from './light.ts';
import { BACKDROPS, type DocumentName, SUBJECTS, type SubjectName } from './registry.ts';
import type { BackdropName, Season } from './view.ts';
import { type Meaning, meaningOf, wordsOf } from './words.ts';

export interface Plan {
  readonly words: ReadonlySet<string>;
  readonly document?: DocumentName;
  readonly backdrop: BackdropName;
  readonly subjects: readonly SubjectName[];
  readonly hour: Hour;
  readonly season: Season;
  readonly snowing: boolean;
  readonly raining: boolean;
  readonly blurry: boolean;
}

/** Backdrops that give way when another one is named: `mountain lake` is a lake, `street market` a market. */
const VAGUE: ReadonlySet<string> = new Set([
  'snow',
  'sea',
  'street',
  'hills',
  'mountain',
  'forest',
  'skyline',
  'party',
  'room',
]);

/** These come to where the others are: a person at a gate stands where the gate stands. */
const GUESTS: ReadonlySet<SubjectName> = new Set<SubjectName>([
  'baby',
  'bicycle',
  'birds',
  'cat',
  'children',
  'dog',
  'people',
  'person',
  'selfie',
]);

/** More figures than this hide each other. */
const MOST_SUBJECTS = 3;

const present = <T>(value: T | undefined): value is T => value !== undefined;

function chooseBackdrop(
  named: readonly BackdropName[],
  subjects: readonly SubjectName[],
  hour: Hour | undefined,
): BackdropName {
  const first = subjects[0];
  const chosen = named.find((name) => !VAGUE.has(name)) ?? named[0];
  if (first !== undefined && SUBJECTS[first].stands === 'centre') return 'table';
  if (chosen === 'sea' && subjects.some((name) => SUBJECTS[name].stands === 'near')) return 'beach';
  if (chosen !== undefined) return chosen;
  const host = subjects.find((name) => !GUESTS.has(name)) ?? first;
  if (host !== undefined) return SUBJECTS[host].home;
  return hour === 'sunset' ? 'seaSunset' : 'hills';
}

function chooseSubjects(meanings: readonly Meaning[]): SubjectName[] {
  const named = new Set(meanings.map((meaning) => meaning.subject).filter(present));
  if (named.has('christmasTree') || named.has('cherry')) named.delete('tree');
  return [...named].slice(0, MOST_SUBJECTS);
}

/** Reads a scene. Never fails: of unknown words a landscape remains. */
export function parseScene(scene: string): Plan {
  const words = wordsOf(scene);
  const meanings = words.map(meaningOf).filter(present);
  const subjects = chooseSubjects(meanings);
  const hour = meanings.map((meaning) => meaning.hour).find(present);
  const backdrop = chooseBackdrop(meanings.map((meaning) => meaning.backdrop).filter(present), subjects, hour);
  const season =
    meanings.map((meaning) => meaning.season).find(present) ??
    (backdrop === 'snow' || backdrop === 'slope' ? 'winter' : 'summer');
  return {
    words: new Set([...words, ...subjects, backdrop]),
    document: meanings.map((meaning) => meaning.document).find(present),
    backdrop,
    subjects,
    hour: hour ?? 'day',
    season,
    snowing: meanings.some((meaning) => meaning.snowing),
    raining: meanings.some((meaning) => meaning.raining),
    blurry: meanings.some((meaning) => meaning.blurry),
  };
}

export const isIndoors = (backdrop: BackdropName): boolean =>
  (BACKDROPS[backdrop] as { indoors?: boolean }).indoors ?? false;
