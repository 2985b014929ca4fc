/** What the page says about photos. */
import type { Shown } from './reply.ts';

/** "58 photos, 2 videos". */
export function countWords(items: readonly Shown[]): string {
  const videos = items.filter(({ type }) => type === 'video').length;
  const photos = items.length - videos;
  const parts = [photos > 0 || videos === 0 ? plural(photos, 'photo') : '', videos > 0 ? plural(videos, 'video') : ''];
  return parts.filter(Boolean).join(', ');
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/**
 * Date and time as the item gives them, whatever its zone and the reader's: the assistant's tables do the same, and the
 * two must agree.
 */
export function dateWords(creationTime: string | undefined, locale: string | undefined): string {
  return format(creationTime, locale, { dateStyle: 'medium', timeStyle: 'short' });
}

/** Without the time, where there is little room. */
export const dayWords = (creationTime: string | undefined, locale: string | undefined): string =>
  format(creationTime, locale, { dateStyle: 'medium' });

function format(
  creationTime: string | undefined,
  locale: string | undefined,
  style: Intl.DateTimeFormatOptions,
): string {
  const written = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.exec(creationTime ?? '')?.[0];
  const date = written === undefined ? undefined : new Date(`${written}Z`);
  if (!date || Number.isNaN(date.getTime())) return '';
  return formatter(locale, { ...style, timeZone: 'UTC' }).format(date);
}

function formatter(locale: string | undefined, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options);
  } catch {
    return new Intl.DateTimeFormat('en', options);
  }
}

export const sizeWords = ({ width, height }: Shown): string => (width && height ? `${width} × ${height}` : '');

/** For people who do not see the tile. */
export function labelOf(item: Shown, locale: string | undefined): string {
  const number = item.n === undefined ? '' : `Number ${item.n}`;
  const kind = item.type === 'video' ? 'video' : 'photo';
  const words = [number, kind, item.filename, dateWords(item.creationTime, locale), item.description];
  return words.filter(Boolean).join(', ');
}
