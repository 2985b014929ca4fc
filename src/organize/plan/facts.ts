/** What a plan needs to know of the library, read once and without writing anything. */
import { listAllAlbums } from '../../google/albums.ts';
import { inBatches } from '../../google/batches.ts';
import type { CallOptions, Google } from '../../google/google.ts';
import { toAlbumEntry, toMediaItemEntry } from '../../results/entries.ts';
import type { AlbumEntry, MediaItemEntry } from '../../results/types.ts';
import { readAlbumContents } from '../album-contents.ts';
import type { PlanInput, PlanItem } from './input.ts';

export interface LibraryFacts {
  albums: readonly AlbumEntry[];
  /** Ids of the media items of the albums that the plan changes, in album order. */
  contents: ReadonlyMap<string, readonly string[]>;
  /** Facts of items by id: from the references, or fresh where the plan changes or knows nothing of them. */
  items: ReadonlyMap<string, MediaItemEntry>;
  /** Ids that Google does not give this app. */
  unavailable: ReadonlySet<string>;
}

/** Reads what `makePlan` needs: all albums, the contents of those to change, items given by bare id or to be described. */
export async function readFacts(
  plan: PlanInput,
  google: Pick<Google, 'call'>,
  options: CallOptions = {},
): Promise<LibraryFacts> {
  const albums = (await listAllAlbums(google, options)).map(toAlbumEntry);
  const known = new Set(albums.map(({ id }) => id));
  const contents = new Map<string, string[]>();
  for (const { albumId } of plan.albums ?? []) {
    if (albumId === undefined || contents.has(albumId) || !known.has(albumId)) continue;
    contents.set(albumId, await readAlbumContents(google, albumId, options));
  }
  const items = new Map<string, MediaItemEntry>();
  for (const { item } of namedItems(plan)) if (item.kind === 'mediaItem') items.set(item.id, item);
  const unavailable = new Set<string>();
  for (const ids of inBatches([...idsToRead(plan)])) {
    const { mediaItemResults = [] } = await google.call('mediaItems.batchGet', { mediaItemIds: ids }, options);
    for (const [index, id] of ids.entries()) {
      const found = mediaItemResults[index]?.mediaItem;
      if (found) items.set(id, toMediaItemEntry(found));
      else unavailable.add(id);
    }
  }
  return { albums, contents, items, unavailable };
}

const namedItems = (plan: PlanInput): PlanItem[] => [...inAlbums(plan), ...toDescribe(plan)];

const toDescribe = ({ descriptions = [] }: PlanInput): PlanItem[] => descriptions.flatMap(({ items }) => items);

function inAlbums({ albums = [] }: PlanInput): PlanItem[] {
  return albums.flatMap(({ items = [], remove = [], cover, captions = [], places = [], maps = [] }) => {
    const anchors = [...captions, ...places, ...maps].flatMap(({ after = [], before = [] }) => [...after, ...before]);
    return [...items, ...remove, ...(cover ? [cover] : []), ...anchors];
  });
}

/** Descriptions in results may be old, and undo has to bring back the newest. */
function idsToRead(plan: PlanInput): Set<string> {
  const bare = namedItems(plan).filter(({ item }) => item.kind === 'id');
  return new Set([...bare, ...toDescribe(plan)].map(mediaItemIdOf).filter((id) => id !== undefined));
}

/** The media item that an item is or became; undefined for what is not in the library. */
export function mediaItemIdOf({ item }: PlanItem): string | undefined {
  if (item.kind === 'mediaItem' || item.kind === 'id') return item.id;
  return item.kind === 'localFile' ? item.mediaItemId : undefined;
}
