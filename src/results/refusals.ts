/** What is said when a result has not what is asked of it. */
import { AppError } from '../app-error.ts';
import { shorten } from '../text/text.ts';
import { again, countOf, type Extent, type Origin, TITLE_BYTES } from './store.ts';

/** "25 loaded media items", or without that word when there are no others. */
const loadedIn = ({ meta, items, next }: Extent): string =>
  countOf(items, next === undefined ? meta.noun : `loaded ${meta.noun}`);

/** @param what "#61" or "page 3". */
export function pastEnd(extent: Extent, what: string): AppError {
  const { meta, items } = extent;
  const size = items === 0 ? 'is empty' : `has ${loadedIn(extent)}`;
  return new AppError(
    'pastEnd',
    `Result ${meta.id} (${shorten(meta.title, TITLE_BYTES)}) ${size}; ${what} is past the end.`,
    items === 0 ? `Start again: ${again(meta.origin)}.` : `Use ${meta.id}#1-${items} or a part of it.`,
  );
}

export const namedTwice = (extent: Extent): AppError =>
  new AppError(
    'badReference',
    `A reference names each item once; this one names more than the ${loadedIn(extent)} of ${extent.meta.id}.`,
    `Write ${extent.meta.id}#all, or each run once.`,
  );

export const otherRequest = (token: string, origin: Origin): AppError =>
  new AppError(
    'pageTokenMismatch',
    `Page token ${token} belongs to another request: ${again(origin)}.`,
    `Call ${origin.tool} with pageToken "${token}" and nothing else.`,
  );
