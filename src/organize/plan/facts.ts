/** What a plan needs to know of the library, read once and without writing anything. */
import { type ListOptions, listAllAlbums } from '../../google/albums.ts';
import { inBatches } from '../../google/batches.ts';
import { BUDGETS } from '../../google/budgets.ts';
import { systemClock } from '../../google/clock.ts';
import type { Google } from '../../google/google.ts';
import { toAlbumEntry, toMediaItemEntry } from '../../results/entries.ts';
import type { AlbumEntry, MediaItemEntry } from '../../results/types.ts';
import { readAlbumContents } from '../album-contents.ts';
import type { PlanInput, PlanItem } from './input.ts';

/** The library, as far as a plan needs it. */
export interface LibraryFacts {
  albums: readonly AlbumEntry[];
  /** Ids of the media items of the albums that the plan changes, in album order. */
  contents: ReadonlyMap<string, readonly string[]>;
  /** Facts of items by id: from the references, or fresh where the plan changes or knows nothing of them. */
  items: ReadonlyMap<string, MediaItemEntry>;
  /** Ids that Google does not give this app. */
  unavailable: ReadonlySet<string>;
}

/**
 * Reads what `makePlan` needs: all albums, the contents of those to change, items given by bare id or to be described. All
 * lists together take the time of one tool call at most. Throws GoogleError, and AppError `listStuck`, `listTooLong`.
 */
export async function readFacts(
  plan: PlanInput,
  google: Pick<Google, 'call'>,
  { signal, budgetMs = BUDGETS.toolCall, clock = systemClock }: ListOptions = {},
): Promise<LibraryFacts> {
  const endsAt = clock.now() + budgetMs;
  const listOptions = (): ListOptions => ({ signal, clock, budgetMs: Math.max(endsAt - clock.now(), 0) });
  const albums = (await listAllAlbums(google, listOptions())).map(toAlbumEntry);
  const contents = new Map<string, string[]>();
  for (const id of albumsToChange(plan, albums)) {
    contents.set(id, await readAlbumContents(google, id, listOptions()));
  }
  return { albums, contents, ...(await readItems(plan, google, signal)) };
}

function albumsToChange({ albums = [] }: PlanInput, existing: readonly AlbumEntry[]): Set<string> {
  const known = new Set(existing.map(({ id }) => id));
  return new Set(albums.flatMap(({ albumId }) => (albumId !== undefined && known.has(albumId) ? [albumId] : [])));
}

async function readItems(
  plan: PlanInput,
  google: Pick<Google, 'call'>,
  signal: AbortSignal | undefined,
): Promise<Pick<LibraryFacts, 'items' | 'unavailable'>> {
  const items = new Map<string, MediaItemEntry>();
  for (const { item } of namedItems(plan)) if (item.kind === 'mediaItem') items.set(item.id, item);
  const unavailable = new Set<string>();
  for (const ids of inBatches([...idsToRead(plan)])) {
    const { mediaItemResults = [] } = await google.call('mediaItems.batchGet', { mediaItemIds: ids }, { signal });
    for (const [index, id] of ids.entries()) {
      const found = mediaItemResults[index]?.mediaItem;
      if (found) items.set(id, toMediaItemEntry(found));
      else unavailable.add(id);
    }
  }
  return { items, unavailable };
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
