/**
 * A page in three forms: a short table for the model, the same facts as data, and everything in full for the resource.
 * The first two keep within a byte budget (design 3): descriptions give way first, then file names.
 */
import { basename } from 'node:path';
import { oneLine, shorten } from '../text/text.ts';
import type { Page } from './page.ts';
import { countOf } from './store.ts';
import type { AlbumEntry, FailedEntry, MediaEntry, ResultItem } from './types.ts';

/** Bytes of JSON that one item may cost on average: a page of 25, links and all, keeps under 6,000, its text under 2,500. */
const TEXT_BYTES_PER_ITEM = 78;
const DATA_BYTES_PER_ITEM = 130;

/** A short page may be generous: cutting three descriptions saves the model nothing. */
const budget = ({ items }: Page, bytesPerItem: number): number => Math.max(items.length, 15) * bytesPerItem;

/** The table a model reads. */
export function pageText(page: Page): string {
  const lines = withinBudget(budget(page, TEXT_BYTES_PER_ITEM), (limit) =>
    page.items.map((item, index) => `#${page.from + index}  ${itemLine(item, limit)}`),
  );
  const more = page.next ? [`More: pageToken "${page.next.pageToken}", or read ${page.next.uri}`] : [];
  return [headline(page), ...lines, ...more].join('\n');
}

/** The same facts as structured content. */
export function pageData(page: Page): Record<string, unknown> {
  const items = withinBudget(budget(page, DATA_BYTES_PER_ITEM), (limit) =>
    page.items.map((item, index) => ({ n: page.from + index, ...itemData(item, limit) })),
  );
  return {
    result: page.result,
    page: page.page,
    ...(page.complete && { total: page.loaded }),
    items,
    ...(page.next && { nextPageToken: page.next.pageToken, nextResource: page.next.uri }),
    resource: page.uri,
  };
}

/** Everything a page knows: full ids, product URLs, camera data. */
export function pageDetail(page: Page): Record<string, unknown> {
  return {
    ...pageData({ ...page, items: [] }),
    title: page.title,
    items: page.items.map((item, index) => ({ n: page.from + index, ...item })),
  };
}

/** "25 of 61+ media items · July 2024, photos · result k7m2 page 1" */
function headline({ items, loaded, complete, noun, title, result, page }: Page): string {
  const shown = complete && loaded === items.length ? '' : `${items.length.toLocaleString('en')} of `;
  const all = complete ? countOf(loaded, noun) : `${loaded.toLocaleString('en')}+ ${noun}`;
  return `${shown}${all} · ${oneLine(title)} · result ${result} page ${page}`;
}

/** "2024-07-14 12:11"; a time without zone is shown as it is. */
export const shortTime = (time: string | undefined): string =>
  time === undefined ? 'no date' : time.slice(0, 16).replace('T', ' ');

/** "4032×3024", with the running time for videos where it is known. */
export function shortSize({ width, height, duration }: MediaEntry): string {
  const size = width && height ? `${width}×${height}` : '';
  return [size, duration === undefined ? '' : clockTime(duration)].filter(Boolean).join(' ');
}

function clockTime(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function itemLine(item: ResultItem, limit: number): string {
  if (item.kind === 'album') return albumLine(item, limit);
  if (item.kind === 'failed') return failedLine(item);
  const quoted = item.description && limit > 0 ? `"${shorten(item.description, limit)}"` : '';
  const facts = [shortTime(item.creationTime), shortenName(nameOf(item), limit), mediaType(item), quoted, note(item)];
  return facts.filter(Boolean).join('  ');
}

/** Of an upload the file's own name: the library may know the same bytes by that of another file. */
const nameOf = (item: MediaEntry): string =>
  item.kind === 'mediaItem' && item.upload ? basename(item.upload.path) : item.filename;

const mediaType = (item: MediaEntry): string => [item.type, shortSize(item)].filter(Boolean).join(' ');

function note(item: MediaEntry): string {
  if (item.kind === 'mediaItem' && item.upload) return item.upload.outcome;
  if (item.kind === 'localFile' && item.mediaItemId !== undefined) return 'uploaded before';
  if (item.kind !== 'localFile' && item.videoStatus && item.videoStatus !== 'READY') return item.videoStatus;
  return '';
}

function albumLine({ title, count, isWriteable }: AlbumEntry, limit: number): string {
  const name = title === '' ? '(no title)' : `"${shorten(title, Math.max(limit, 40))}"`;
  return `${name}  ${countOf(count, 'items')}${isWriteable ? '' : '  not writeable'}`;
}

const failedLine = ({ filename, reason }: FailedEntry): string =>
  `FAILED  ${shorten(filename, 60)}  ${shorten(reason, 120)}`;

function itemData(item: ResultItem, limit: number): Record<string, unknown> {
  if (item.kind === 'album') return { title: shorten(item.title, Math.max(limit, 40)), count: item.count };
  if (item.kind === 'failed') return { filename: shorten(item.filename, 60), reason: shorten(item.reason, 160) };
  const { creationTime, type, width, height, description } = item;
  return {
    filename: shortenName(nameOf(item), limit),
    creationTime: creationTime?.replace(/\.\d+/, ''),
    type,
    width,
    height,
    ...(description && limit > 0 && { description: shorten(description, limit) }),
  };
}

/** Makes text as rich as the budget (bytes of JSON) allows: the widest of a few limits that fits. */
function withinBudget<T>(budget: number, render: (limit: number) => T[]): T[] {
  for (const limit of [120, 80, 60, 40, 30, 20, 12]) {
    const rendered = render(limit);
    if (Buffer.byteLength(JSON.stringify(rendered)) <= budget) return rendered;
  }
  return render(0);
}

/** A file name keeps its ending, which says what it is. */
function shortenName(name: string, limit: number): string {
  const bytes = Math.max(limit, 24);
  const ending = /\.\w{1,5}$/.exec(name)?.[0] ?? '';
  const stem = ending ? name.slice(0, -ending.length) : name;
  return Buffer.byteLength(name) <= bytes + 12 ? shorten(name, 1000) : `${shorten(stem, bytes)}${ending}`;
}
