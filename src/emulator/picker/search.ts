/** The person's whole library as the picker shows it: newest first, in pages, filtered by date and words (contract 8.4). */
import type { Deps } from '../deps.ts';
import { creationTimeOf } from '../items.ts';
import type { StoredMediaItem } from '../model.ts';
import type { State } from '../state.ts';
import { placeName } from './places.ts';
import { isOnDay, type PickerQuery, parseQuery, spanOf, wordsOf } from './query.ts';
import { type WholeCursor, wholeLibrary } from './whole-library.ts';

/** A page goes on to the end of its last day, so that "Select all" of a day means all of it; but not for ever. */
const PAGE_SIZE = 120;
const MOST_ON_PAGE = 2000;
/** So many items are looked at for one page at most: a rare word in a library of a million must not block the server. */
const MOST_SCANNED = 20_000;

export interface PickerPage {
  items: StoredMediaItem[];
  /** Present when there is more to look at; a page may be empty all the same. */
  next?: WholeCursor;
}

/** @param text what the person typed; empty for everything. */
export async function findItems(
  deps: Pick<Deps, 'state' | 'elsewhere'>,
  text: string,
  after: WholeCursor = {},
): Promise<PickerPage> {
  const query = parseQuery(text);
  const matches = matcher(deps.state, query);
  const span = spanOf(query);
  const library = await wholeLibrary(deps);
  const items: StoredMediaItem[] = [];
  let scanned = 0;
  let before = after;
  for (const { item, cursor } of library.walk(after, span && [span])) {
    const isFull = items.length >= PAGE_SIZE && dayOf(item) !== dayOf(items.at(-1));
    if (isFull || items.length === MOST_ON_PAGE || scanned === MOST_SCANNED) return { items, next: before };
    if (matches(item)) items.push(item);
    scanned += 1;
    before = cursor;
  }
  return { items };
}

const dayOf = (item: StoredMediaItem | undefined): string => (item ? creationTimeOf(item).slice(0, 10) : '');

function matcher(state: State, query: PickerQuery): (item: StoredMediaItem) => boolean {
  if (query.words.length === 0) return (item) => isOnDay(query, creationTimeOf(item));
  const titles = albumTitles(state);
  return (item) => {
    if (!isOnDay(query, creationTimeOf(item))) return false;
    const known = [...describingWords(item), ...(titles.get(item.id) ?? [])];
    return query.words.every((word) => known.some((candidate) => candidate.startsWith(word)));
  };
}

/** Words of the titles of the albums that an item is in, by the item's id. */
function albumTitles({ albums }: State): Map<string, string[]> {
  const titles = new Map<string, string[]>();
  for (const { title, entries } of albums.values()) {
    const words = wordsOf(title);
    for (const entry of entries) {
      if ('mediaItemId' in entry) titles.set(entry.mediaItemId, [...(titles.get(entry.mediaItemId) ?? []), ...words]);
    }
  }
  return titles;
}

function describingWords(item: StoredMediaItem): string[] {
  const { filename, description, content, categories, favorite, video, photo } = item;
  const { cameraMake = '', cameraModel = '' } = video ?? photo ?? {};
  const scene = content.kind === 'scene' ? content.scene : '';
  const kind = `${video ? 'videos' : 'photos'}${favorite ? ' favorites favourites' : ''}`;
  return wordsOf(
    [filename, description, scene, placeName(item) ?? '', ...categories, cameraMake, cameraModel, kind].join(' '),
  );
}
