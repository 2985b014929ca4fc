/** What prompts suggest for their arguments while a person types. Few requests: these run at every keystroke. */
import { listAllAlbums } from '../google/albums.ts';
import { type FetchPage, pages } from '../google/pages.ts';
import { toDate } from '../google/search.ts';
import type { MediaItem, RequestOf } from '../google/types.ts';
import type { Suggest, SuggestContext } from '../mcp/prompt.ts';
import { suggestFolders as foldersFor } from '../media/scan/suggest-folders.ts';
import { findEvents, type PhotoEvent } from '../organize/events.ts';
import { placeMedia } from '../organize/media.ts';
import { dateRange } from '../organize/summary-parts.ts';
import { toMediaItemEntry } from '../results/entries.ts';
import type { MediaItemEntry } from '../results/types.ts';

/** Three requests: three hundred photos hold a few trips. */
const PAGES = 3;
const PAGE_SIZE = 100;
/** More than a Sunday with the camera. */
const TRIP_ITEMS = 8;

const contains = (typed: string) => {
  const wanted = typed.trim().toLowerCase();
  return (text: string) => text.toLowerCase().includes(wanted);
};

/** Titles of the app's albums. */
export const suggestAlbums: Suggest = async (typed, { google, signal }) => {
  const albums = await listAllAlbums(google, { signal });
  return albums.map(({ title = '' }) => title).filter((title) => title !== '' && contains(typed)(title));
};

/** Years from the oldest photo to the newest. */
export const suggestYears: Suggest = async (typed, context) => {
  const [oldest, newest] = await Promise.all([
    edgeYear('MediaMetadata.creation_time', context),
    edgeYear('MediaMetadata.creation_time desc', context),
  ]);
  if (oldest === undefined || newest === undefined) return [];
  const years = Array.from({ length: newest - oldest + 1 }, (_, index) => String(newest - index));
  return years.filter((year) => year.startsWith(typed.trim()));
};

async function edgeYear(orderBy: string, { google, signal }: SuggestContext): Promise<number | undefined> {
  const filters = { dateFilter: { ranges: [{ startDate: { year: 1900 }, endDate: { year: 2100 } }] } };
  const { mediaItems = [] } = await google.call('mediaItems.search', { filters, orderBy, pageSize: 1 }, { signal });
  const time = mediaItems[0]?.mediaMetadata?.creationTime;
  return time === undefined ? undefined : Number(time.slice(0, 4));
}

/** Journeys and other events, `2024-07-12 … 18`, newest first: of the year or month that was typed, or the newest there are. */
export const suggestEvents: Suggest = async (typed, context) => {
  const items = await newestItems(typed, context);
  return findEvents(placeMedia(items))
    .filter(({ positions }) => positions.length >= TRIP_ITEMS)
    .reverse()
    .map(nameEvent)
    .filter(contains(typed));
};

const nameEvent = ({ from, to, said }: PhotoEvent): string =>
  said === '' ? dateRange(from, to) : `${dateRange(from, to)}: ${said}`;

async function newestItems(typed: string, { google, signal }: SuggestContext): Promise<MediaItemEntry[]> {
  const period = /^\d{4}(-\d{2})?/.exec(typed.trim())?.[0];
  const request: RequestOf<'mediaItems.search'> = period
    ? { filters: { dateFilter: { dates: [toDate(period)] } } }
    : {};
  let requests = 0;
  const fetchPage: FetchPage<MediaItem> = async (pageToken, options) => {
    const reply = await google.call('mediaItems.search', { ...request, pageSize: PAGE_SIZE, pageToken }, options);
    requests++;
    return { items: reply.mediaItems ?? [], next: requests < PAGES ? reply.nextPageToken : undefined };
  };
  const items: MediaItemEntry[] = [];
  for await (const page of pages(fetchPage, { noun: 'media item', signal })) {
    items.push(...page.map(toMediaItemEntry));
  }
  return items;
}

/** Folders that may be read. */
export const suggestFolders: Suggest = (typed, { files }) => foldersFor(files, typed);
