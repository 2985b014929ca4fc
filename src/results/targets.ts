/** Ids and references, mixed, as parameters take them → what they stand for. */
import { AppError } from '../app-error.ts';
import { count, shorten } from '../text/text.ts';
import { isResultId } from './ids.ts';
import type { LoadOptions } from './loading.ts';
import { isReference, resultOf } from './reference.ts';
import type { ReferencedItem, Results } from './results.ts';
import type { AlbumEntry, MediaEntry, MediaItemEntry, ResultItem } from './types.ts';

/** A media item of the library; `entry` when a reference brought it. */
export interface MediaItemTarget {
  id: string;
  entry?: MediaItemEntry;
}

/** A name that is no reference, or an item that a reference names. */
export type Named = string | ReferencedItem;

/**
 * What names stand for, in order: those that are no references as they are, references as the items that they name. An
 * item that several references name comes once.
 */
export async function resolveNames(
  names: readonly string[],
  results: Results,
  options?: LoadOptions,
  isRef = isReference,
): Promise<Named[]> {
  const found = await results.resolveAll(names.filter(isRef), options);
  const next = found.values();
  return names.flatMap((name): Named[] => (isRef(name) ? (next.next().value ?? []) : [name]));
}

/** The media items that ids and references name, in order, each once. Throws AppError. */
export async function resolveMediaItems(
  names: readonly string[],
  results: Results,
  options?: LoadOptions,
): Promise<MediaItemTarget[]> {
  const targets = new Map<string, MediaItemTarget>();
  for (const named of await resolveNames(names, results, options)) {
    const target = typeof named === 'string' ? { id: checkMediaItemId(named) } : toMediaItem(named);
    if (target) targets.set(target.id, target);
  }
  if (targets.size === 0) throw nothingNamed();
  return [...targets.values()];
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
  if (!isReference(name)) return { id: checkAlbumId(name) };
  const found = await results.resolve(name, options);
  const [first] = found;
  if (!first || found.length > 1) throw tooMany(name, found.length, 'album');
  if (first.item.kind === 'album') return { id: first.item.id, entry: first.item };
  throw new AppError('notAnAlbum', `${placeOf(first)} is ${kindInWords(first.item)}, not an album.`, LIST_ALBUMS);
}

export type ReferencedMedia = ReferencedItem & { item: MediaEntry };

/** Everything with a picture that references name: library, picked and local items alike. Throws AppError. */
export async function resolveMedia(
  names: readonly string[],
  results: Results,
  options?: LoadOptions,
): Promise<ReferencedMedia[]> {
  return (await results.resolveAll(names, options)).flat().flatMap((referenced) => toMedia(referenced) ?? []);
}

/** As `toMedia`, and names that are no references as they are. */
export const namesAndMedia = (named: readonly Named[]): (string | ReferencedMedia)[] =>
  named.flatMap((name) => (typeof name === 'string' ? name : (toMedia(name) ?? [])));

/** Undefined for what failed, unless it was named itself. Throws AppError `notAMediaItem`. */
export function toMedia(referenced: ReferencedItem): ReferencedMedia | undefined {
  const { item, ofAll } = referenced;
  if (item.kind !== 'album' && item.kind !== 'failed') return { ...referenced, item };
  if (item.kind === 'failed' && ofAll) return undefined;
  throw wrongKind(referenced);
}

const LIST_ALBUMS = 'Get albums with albums_list and use a reference of that result.';

function toMediaItem(referenced: ReferencedItem): MediaItemTarget | undefined {
  const { item, ofAll } = referenced;
  if (item.kind === 'mediaItem') return { id: item.id, entry: item };
  if (item.kind === 'localFile' && item.mediaItemId !== undefined) return { id: item.mediaItemId };
  // "Everything that was uploaded" must not stumble over the file that could not be.
  if (item.kind === 'failed' && ofAll) return undefined;
  throw wrongKind(referenced);
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

/** The id, trimmed. Throws AppError `badId` for what can be no id of a media item. */
export const checkMediaItemId = (text: string): string => checkId(text, 'media item');

/** The id, trimmed. Throws AppError `badId` for what can be no id of an album. */
export const checkAlbumId = (text: string): string => checkId(text, 'album');

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
      `"${shorten(id, 60)}" is neither a ${noun} id nor a reference.`,
      'Use a reference such as k7m2#3 from a list or search.',
    );
  }
  return id;
}

const nothingNamed = () =>
  new AppError('nothingNamed', 'No media item is named.', 'Give at least one id or reference.');

const tooMany = (name: string, number: number, noun: string) =>
  new AppError(
    'notOne',
    `${shorten(name, 60)} names ${count(number, 'item')}; one ${noun} is wanted.`,
    `Name one, such as ${resultOf(name)}#1.`,
  );
