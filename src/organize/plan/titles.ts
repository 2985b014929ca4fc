/**
 * Titles of a whole plan, judged before any of its albums: Google allows twins (contract 10.2), people cannot tell them
 * apart, and after a lost answer a title is all that shows whether an album was made.
 *
 * A title is free when no album has it while the plan is made and nothing else in the plan wants it. So a chain
 * (A → B, B → C) renames only its last, and a swap nothing, in whatever order they are given: requests go one by one,
 * each may fail, and what stood between two of them would be twins.
 */
import { sameTitle, titleKey } from '../../google/albums.ts';
import type { AlbumEntry } from '../../results/types.ts';
import type { AlbumPlan } from './input.ts';

/** What is known of all titles together. */
export interface TitleUse {
  /** The album that has this title while the plan is made. */
  ownerOf(title: string): AlbumEntry | undefined;
  /** Why an album cannot be renamed to this title; undefined when it can. */
  clashOf(album: AlbumEntry, title: string): TitleClash | undefined;
}

/** Two that want one title. */
export interface TitleClash {
  reason: string;
  /** What to do instead. */
  next: string;
}

/** Reads the titles of all albums and of the whole plan; the plan's order makes no difference. */
export function titleUse(plans: readonly AlbumPlan[], albums: readonly AlbumEntry[]): TitleUse {
  const created = new Set(
    plans.flatMap(({ albumId, title }) => (albumId === undefined && title ? titleKey(title) : [])),
  );
  const renames = renamesIn(plans, albums);
  return {
    ownerOf: (title) => albums.find((album) => sameTitle(album.title, title)),
    clashOf(album, title) {
      const other = albums.find((each) => each.id !== album.id && sameTitle(each.title, title));
      if (other) return clash(`an album "${title}" exists`, renames.has(other.id) ? freeFirst(title) : undefined);
      if (created.has(titleKey(title))) return clash(`the plan makes an album "${title}"`);
      const rivals = [...renames].filter(([id, wanted]) => id !== album.id && wanted === titleKey(title));
      return rivals.length > 0 ? clash(`the plan gives the title "${title}" to several albums`) : undefined;
    },
  };
}

/** The key of the new title by the id of the album that is to get it; of an album named twice the first counts. */
function renamesIn(plans: readonly AlbumPlan[], albums: readonly AlbumEntry[]): Map<string, string> {
  const titles = new Map(albums.filter(({ isWriteable }) => isWriteable).map(({ id, title }) => [id, title]));
  const renames = plans.flatMap(({ albumId = '', title }) =>
    titles.has(albumId) && title !== undefined && !sameTitle(title, titles.get(albumId))
      ? [[albumId, titleKey(title)] as const]
      : [],
  );
  return new Map(renames.toReversed());
}

const clash = (why: string, next = 'choose another title'): TitleClash => ({
  reason: `it cannot be renamed: ${why}`,
  next,
});

const freeFirst = (title: string): string => `rename "${title}" in a plan of its own first, or choose another title`;
