/** The parts of an overview in the order in which they are shown, all of their lines in words. */
import { count, shortenCharacters } from '../text/text.ts';
import type { Burst } from './bursts.ts';
import type { Counts, Group } from './counts.ts';
import type { Duplicates } from './duplicates.ts';
import type { PhotoEvent } from './events.ts';
import type { Overview } from './overview.ts';

/** A section of an overview before it is cut to its room. */
export interface Part {
  heading: string;
  /** Of one line, for "… and 37 more events". */
  noun: string;
  /** Most important first: what does not fit is cut at the end. */
  lines: Group[];
  /** Weight when room is short. */
  share: number;
  /** Lines, even where there is room for more. */
  most?: number;
}

/** Up to so many months are told one by one; more stand within the lines of their years. */
const MOST_MONTHS = 18;
/** In more years than this the months would crowd out what they are there for. */
const MOST_YEARS = 5;
const MOST_CAMERAS = 6;
const MOST_NAME = 32;

/** Sections that have lines, in the order in which they are shown. */
export function partsOf(overview: Overview): Part[] {
  const { counts, events, bursts, duplicates } = overview;
  const parts = [
    ...yearParts(counts),
    { heading: '## Events', noun: 'event', lines: [...events].reverse().map(eventLine), share: 9 },
    { heading: '## Bursts', noun: 'burst', lines: withExtras(bursts, burstLine, bestNamed), share: 1.5, most: 8 },
    {
      heading: '## Likely duplicates',
      noun: 'group',
      lines: withExtras(duplicates, duplicateLine),
      share: 2,
      most: 20,
    },
    { heading: '## Cameras', noun: 'camera', lines: foldRare(counts.cameras), share: 1 },
    { heading: '## And', noun: 'group', lines: [...otherLines(overview), ...counts.types], share: 1.6 },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** Newest first, below a line that names all that could go if one of each group stayed. */
function withExtras<Kind extends { positions: number[] }>(
  groups: readonly Kind[],
  line: (group: Kind) => Group,
  keep: (group: Kind) => number = () => 0,
): Group[] {
  const kept = groups.map(keep);
  const extras = groups.flatMap(({ positions }, group) => positions.filter((_, index) => index !== kept[group]));
  const best = kept.some((index) => index > 0) ? 'the best named (COVER …) or first' : 'the first';
  const all = { label: `all but ${best} of each`, positions: extras };
  return [...(groups.length > 1 ? [all] : []), ...groups.toReversed().map(line)];
}

function otherLines({ counts, everyday, inNoAlbum = [] }: Overview): Group[] {
  const lines = [
    { label: 'in no album', positions: inNoAlbum },
    counts.withoutDescription,
    { label: 'everyday (in no event)', positions: everyday },
  ];
  return lines.filter(({ positions }) => positions.length > 0);
}

function yearParts({ years, days }: Counts): Part[] {
  const months = years.flatMap((year) => year.months);
  const inline = months.length > MOST_MONTHS && years.length <= MOST_YEARS;
  const lines = years.map((year) => (inline ? { ...year, label: yearLabel(year) } : year));
  const monthLines = months.length > MOST_MONTHS ? [] : months;
  if (days.length > 0) return [{ heading: '## Days', noun: 'day', lines: days, share: 6 }];
  const monthPart = { heading: '## Months', noun: 'month', lines: monthLines, share: 1.5 };
  return [{ heading: '## Years', noun: 'year', lines, share: 2 }, monthPart];
}

/** `2024 (01:40 02:12 …)`: the months with their counts. */
function yearLabel({ label, months }: Group & { months: Group[] }): string {
  const counts = [...months].reverse().map((month) => `${month.label.slice(5)}:${month.positions.length}`);
  return counts.length > 0 ? `${label} (${counts.join(' ')})` : label;
}

function eventLine({ from, to, positions, place, words, said }: PhotoEvent): Group {
  const where = place && `near ${place.latitude.toFixed(2)},${place.longitude.toFixed(2)}`;
  const about = words.length > 0 ? `"${words.join(' ')}"` : undefined;
  const label = [dateRange(from, to), where, about].filter((part) => part !== undefined).join(' · ');
  return { label, detail: said, positions };
}

/** `2024-07-12`, `2024-07-12 … 18`, `2024-07-28 … 08-03`, `2024-12-28 … 2025-01-02`. */
export function dateRange(from: string, to: string): string {
  if (from === to) return from;
  if (from.slice(0, 7) === to.slice(0, 7)) return `${from} … ${to.slice(8)}`;
  return `${from} … ${from.slice(0, 4) === to.slice(0, 4) ? to.slice(5) : to}`;
}

/** Phones mark the best shot of a burst in its name: `…_BURST-02.COVER.jpg`, `…_BestShot.jpg`. */
function bestNamed({ filenames }: Burst): number {
  const best = filenames.findIndex((name) => /cover|best|sharp/i.test(name));
  return Math.max(best, 0);
}

const burstLine = ({ at, filenames, positions }: Burst): Group => ({
  label: `${minuteOf(at)} · ${shorten(filenames[0] ?? '')}`,
  positions,
});

const duplicateLine = ({ at, filenames, because, positions }: Duplicates): Group => ({
  label: `${minuteOf(at)} · ${shorten(filenames[0] ?? '')} · ${because}`,
  positions,
});

function foldRare(cameras: readonly Group[]): Group[] {
  const rare = cameras.slice(MOST_CAMERAS);
  const rest = { label: count(rare.length, 'other camera'), positions: rare.flatMap(({ positions }) => positions) };
  const shown = cameras.slice(0, MOST_CAMERAS).map((camera) => ({ ...camera, label: shorten(camera.label) }));
  return rare.length > 0 ? [...shown, rest] : shown;
}

const minuteOf = (time: string): string => time.slice(0, 16).replace('T', ' ');

const shorten = (name: string): string => shortenCharacters(name, MOST_NAME);
