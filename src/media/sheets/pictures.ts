/** Pictures of entries of any kind, at the size asked for: library, picked and local items alike. */
import { inBatches } from '../../google/batches.ts';
import type { Google } from '../../google/google.ts';
import { LIMITS } from '../../google/limits.ts';
import type { MediaEntry, PickedItemEntry } from '../../results/types.ts';
import type { Box } from './bitmap.ts';
import type { ImageCodecs } from './codecs.ts';
import { readLocalPicture } from './local.ts';

export interface PictureDeps {
  google: Google;
  codecs: ImageCodecs;
  /** Opens a rendition of a picked item (contract 8.5): `suffix` is what follows the base URL. */
  picked?: { fetchAt(item: PickedItemEntry, suffix: string, signal: AbortSignal): Promise<Response> };
}

/** Bytes of a JPEG, PNG, WebP or GIF that fits the box; undefined when there is no picture. Throws GoogleError. */
export type FetchPicture = (entry: MediaEntry, box: Box) => Promise<Uint8Array | undefined>;

/**
 * Prepares to fetch pictures of these entries. Base URLs come fifty at a time, when the first of them is needed, and
 * are not kept: a view is over long before they expire (contract 4.8).
 */
export function pictureSource(entries: readonly MediaEntry[], deps: PictureDeps, signal: AbortSignal): FetchPicture {
  const baseUrls = lookUpBaseUrls(entries, deps.google, signal);
  return async (entry, box) => {
    if (entry.kind === 'localFile') return readLocalPicture(entry.path, Math.max(box.width, box.height), deps.codecs);
    const suffix = suffixFor(entry, box);
    if (entry.kind === 'pickedItem') return bytesOf(await deps.picked?.fetchAt(entry, suffix, signal));
    const baseUrl = await baseUrls(entry.id);
    return baseUrl === undefined ? undefined : bytesOf(await deps.google.media(`${baseUrl}${suffix}`, { signal }));
  };
}

/** Videos by their still, without the button that Google draws over it (contract 4.8). */
const suffixFor = ({ type }: MediaEntry, { width, height }: Box): string =>
  `=w${width}-h${height}${type === 'video' ? '-no' : ''}`;

const bytesOf = async (response: Response | undefined): Promise<Uint8Array | undefined> =>
  response && new Uint8Array(await response.arrayBuffer());

type BaseUrlOf = (id: string) => Promise<string | undefined>;

function lookUpBaseUrls(entries: readonly MediaEntry[], google: Google, signal: AbortSignal): BaseUrlOf {
  const ids = entries.flatMap((entry) => (entry.kind === 'mediaItem' ? [entry.id] : []));
  const lookUps = new Map<string, () => Promise<ReadonlyMap<string, string>>>();
  for (const batch of inBatches([...new Set(ids)], LIMITS.batch)) {
    let found: Promise<ReadonlyMap<string, string>> | undefined;
    const lookUp = () => {
      found ??= fetchBaseUrls(batch, google, signal);
      return found;
    };
    for (const id of batch) lookUps.set(id, lookUp);
  }
  return async (id) => (await lookUps.get(id)?.())?.get(id);
}

async function fetchBaseUrls(ids: string[], google: Google, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const { mediaItemResults = [] } = await google.call('mediaItems.batchGet', { mediaItemIds: ids }, { signal });
  const found = mediaItemResults.flatMap(({ mediaItem }) =>
    mediaItem?.baseUrl ? [[mediaItem.id, mediaItem.baseUrl] as const] : [],
  );
  return new Map(found);
}
