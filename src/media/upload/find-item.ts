/** Which item of the library a file is, where Google says only that there is one (contract 10.2). */
import { searchItems } from '../../google/albums.ts';
import type { Google } from '../../google/google.ts';
import type { MediaItem } from '../../google/types.ts';
import type { MediaFacts } from '../../results/types.ts';

/** The one of that name in the days around its capture; undefined where none or several are. Throws GoogleError. */
export async function findItem(
  google: Google,
  { filename, creationTime = '' }: MediaFacts,
  signal: AbortSignal,
): Promise<MediaItem | undefined> {
  const [year, month, day] = creationTime.slice(0, 10).split('-').map(Number);
  if (!year || !month || !day) return undefined;
  const around = (days: number) => dateParts(new Date(Date.UTC(year, month - 1, day + days)));
  const filters = { dateFilter: { ranges: [{ startDate: around(-1), endDate: around(1) }] } };
  const named: MediaItem[] = [];
  for await (const item of searchItems(google, { filters }, { signal })) {
    if (item.filename === filename) named.push(item);
  }
  return named.length === 1 ? named[0] : undefined;
}

const dateParts = (date: Date) => ({
  year: date.getUTCFullYear(),
  month: date.getUTCMonth() + 1,
  day: date.getUTCDate(),
});
