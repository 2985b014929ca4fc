import { shortenCharacters } from '../../text/text.ts';
import type { LibraryFacts } from './facts.ts';
import type { Problems } from './problems.ts';
import type { TitleUse } from './titles.ts';

/** What the parts of a plan are worked out with. */
export interface Planning {
  facts: LibraryFacts;
  problems: Problems;
  notes: string[];
  /** How the caller may refer to an album, by id: `a2b3#4`. */
  names: ReadonlyMap<string, string>;
  /** Who has and who wants which title, in the library and in the whole plan. */
  titles: TitleUse;
  /** New albums so far: their titles' keys. */
  created: Set<string>;
  /** Ids of the existing albums that the plan has changed so far. */
  seen: Set<string>;
}

/** In quotation marks, as subjects of problems are. */
export const quote = (text: string): string => `"${text}"`;

/** Enough of a long text to know it by. */
export const quoteStart = (text: string, characters = 30): string => quote(shortenCharacters(text, characters + 1));
