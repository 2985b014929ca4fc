/** Ids and references, mixed, as parameters take them → what they stand for. */
import { AppError } from '../app-error.ts';
import { isResultId } from './ids.ts';
import { isReference, parseReference } from './reference.ts';
import type { LoadOptions, ReferencedItem, Results } from './results.ts';
import type { AlbumEntry, MediaEntry, MediaItemEntry, ResultItem } from './types.ts';

/** A media item of the library; `entry` when a reference brought it. */
export interface MediaItemTarget {
  id: string;
  entry?: MediaItemEntry;
}

/** The media items that ids and references name, in order, each once. Throws AppError. */
export async function resolveMediaItems(
  names: readonly string[],
  results: Results,
  options?: LoadOptions,
): Promise<MediaItemTarget[]> {
  const targets: MediaItemTarget[] = [];
  for (const name of names) {
    if (isReference(name)) targets.push(...toMediaItems(name, await results.resolve(name, options)));
    else targets.push({ id: checkId(name, 'media item') });
  }
  const unique = [...new Map(targets.map((target) => [target.id, target])).values()];
  if (unique.length === 0) throw nothingNamed();
  return unique;
}

/** The one media item that an id or a reference names. Throws AppError. */
export async function resolveMediaItem(
  name: string,
  results: Results,
  options?: LoadOptions,
): Promise<MediaItemTarget> {
  const targets = await resolveMediaItems([name], results, options);
  const [target] = targets;
  if (!target || targets.length > 1) throw tooMany(name, targets.length, 'media item');
  return target;
}

/** An album; `entry` when a reference brought it. */
export interface AlbumTarget {
  id: string;
  entry?: AlbumEntry;
}

/** The one album that an id or a reference names. Throws AppError. */
export async function resolveAlbum(name: string, results: Results, options?: LoadOptions): Promise<AlbumTarget> {
  if (!isReference(name)) return { id: checkId(name, 'album') };
  const found = await results.resolve(name, options);
  const [first] = found;
  if (!first || found.length > 1) throw tooMany(name, found.length, 'album');
  if (first.item.kind === 'album') return { id: first.item.id, entry: first.item };
  throw new AppError('notAnAlbum', `${placeOf(first)} is ${kindInWords(first.item)}, not an album.`, LIST_ALBUMS);
}

/** Everything with a picture that references name: library, picked and local items alike. Throws AppError. */
export async function resolveMedia(
  names: readonly string[],
  results: Results,
  options?: LoadOptions,
): Promise<(ReferencedItem & { item: MediaEntry })[]> {
  const found: (ReferencedItem & { item: MediaEntry })[] = [];
  for (const name of names) {
    const all = parseReference(name).runs === 'all';
    for (const referenced of await results.resolve(name, options)) {
      const { item } = referenced;
      if (item.kind !== 'album' && item.kind !== 'failed') found.push({ ...referenced, item });
      else if (!(all && item.kind === 'failed')) throw wrongKind(referenced);
    }
  }
  return found;
}

const LIST_ALBUMS = 'Get albums with albums_list and use a reference of that result.';

function toMediaItems(name: string, found: readonly ReferencedItem[]): MediaItemTarget[] {
  const all = parseReference(name).runs === 'all';
  return found.flatMap((referenced) => {
    const { item } = referenced;
    if (item.kind === 'mediaItem') return [{ id: item.id, entry: item }];
    if (item.kind === 'localFile' && item.mediaItemId !== undefined) return [{ id: item.mediaItemId }];
    // "Everything that was uploaded" must not stumble over the file that could not be.
    if (item.kind === 'failed' && all) return [];
    throw wrongKind(referenced);
  });
}

const placeOf = ({ result, position }: ReferencedItem): string => `${result}#${position}`;

const KINDS: Record<ResultItem['kind'], string> = {
  mediaItem: 'a media item',
  album: 'an album',
  localFile: 'a local file',
  pickedItem: 'a picked photo that is not in this app’s library',
  failed: 'something that failed',
};

const kindInWords = (item: ResultItem): string => KINDS[item.kind];

const NEXT: Record<ResultItem['kind'], (place: string) => string> = {
  mediaItem: () => 'Use another reference.',
  album: (place) => `To get what is in it: media_items_search {"albumId": "${place}"}.`,
  localFile: (place) => `Upload it first: media_upload {"from": ["${place}"]}.`,
  pickedItem: (place) => `Copy it into the library first: media_upload {"from": ["${place}"]}.`,
  failed: () => 'Leave it out.',
};

function wrongKind(referenced: ReferencedItem): AppError {
  const place = placeOf(referenced);
  const { item } = referenced;
  return new AppError('notAMediaItem', `${place} is ${kindInWords(item)}, not a media item.`, NEXT[item.kind](place));
}

/** Ids are opaque (contract 1.1); only what can never be one is refused here. */
function checkId(text: string, noun: string): string {
  const id = text.trim();
  if (isResultId(id)) {
    throw new AppError(
      'badId',
      `"${id}" is a result, not a ${noun} id.`,
      `Say which: ${id}#1, ${id}#1-25 or ${id}#all.`,
    );
  }
  if (!/^[\w-]{1,300}$/.test(id)) {
    throw new AppError(
      'badId',
      `"${id.slice(0, 60)}" is neither a ${noun} id nor a reference.`,
      'Use a reference such as k7m2#3 from a list or search.',
    );
  }
  return id;
}

const nothingNamed = () =>
  new AppError('nothingNamed', 'No media item is named.', 'Give at least one id or reference.');

const tooMany = (name: string, count: number, noun: string) =>
  new AppError(
    'notOne',
    `${name} names ${count} items; one ${noun} is wanted.`,
    `Name one, such as ${name.split('#')[0]}#1.`,
  );
