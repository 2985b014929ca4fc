/** The order in which files enter an album, which Google keeps for ever (contract 10.2). */
import type { FileStamp } from './file-hash.ts';

export type ByOrder = 'captured' | 'name' | 'given';

/** 2 before 10, and the same on every machine. */
const names = new Intl.Collator('en', { numeric: true });

/** What of a file its place depends on. */
interface Orderable {
  entry: { filename: string; path: string; creationTime?: string };
  stamp: FileStamp;
}

/** A new list. Files of the same time go by name; files that know no capture time go by their modification time. */
export function inOrder<File extends Orderable>(files: readonly File[], order: ByOrder): File[] {
  if (order === 'given') return [...files];
  if (order === 'name') return [...files].sort(byName);
  const times = new Map(files.map((file) => [file, timeOf(file)]));
  return [...files].sort((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0) || byName(a, b));
}

const byName = (a: Orderable, b: Orderable): number =>
  names.compare(a.entry.filename, b.entry.filename) ||
  names.compare(a.entry.path, b.entry.path) ||
  comparePlainly(a, b);

/** The collator finds some different names equal. */
const comparePlainly = (a: Orderable, b: Orderable): number => (a.entry.path < b.entry.path ? -1 : 1);

/** ISO 8601 without a zone is read as this machine's local time, where the photos were most likely taken. */
function timeOf({ entry, stamp }: Orderable): number {
  return entry.creationTime === undefined ? stamp.mtimeMs : Date.parse(entry.creationTime);
}
