/**
 * A journal in a file, written by one process at a time, under its lease. A file cannot refuse a write as a database can:
 * a process that sleeps between its look at the lease and its write still writes when it wakes. So each line carries the
 * epoch of its writer, and what comes behind a later epoch does not count.
 */
import { type LogOptions, openLog, readLog } from '../../storage/append-log.ts';
import type { Lease } from '../../storage/lease.ts';
import { type JournalLine, parseLine, VERSION } from './formats.ts';
import type { StepRecord } from './records.ts';

const FORMAT = { version: VERSION, parse: parseLine };
const WRITER: LogOptions<JournalLine> = { ...FORMAT, writers: 'one', durable: true };

/** What a journal file says. */
export interface JournalContent {
  records: StepRecord[];
  /** Lines that are no records. */
  damaged: number;
}

/** Throws UnknownVersion, and the file system's errors. */
export async function readJournal(path: string): Promise<JournalContent> {
  const { records, damaged } = await readLog(path, FORMAT);
  return { records: inForce(records), damaged };
}

/** A journal file in the hands of the one process that writes to it. */
export interface OpenJournal {
  readonly content: JournalContent;
  /** Throws LeaseLost: then nothing may be sent. */
  append(record: StepRecord): Promise<void>;
}

/** Throws what `readJournal` throws. */
export async function openJournal(path: string, lease: Lease): Promise<OpenJournal> {
  const log = await openLog(path, WRITER);
  const { records: lines, damaged } = await log.readNew();
  // Leases that were removed begin again at 1; the journal goes on from where it was.
  const epoch = Math.max(lease.epoch, 1 + newestOf(lines));
  return {
    content: { records: inForce(lines), damaged },
    async append(record) {
      await lease.assertHeld();
      await log.append({ epoch, ...record });
      // To get a line onto a disk takes long enough to fall asleep in between.
      await lease.assertHeld();
    },
  };
}

const newestOf = (lines: readonly JournalLine[]): number =>
  lines.reduce((newest, { epoch = 0 }) => Math.max(newest, epoch), 0);

function inForce(lines: readonly JournalLine[]): StepRecord[] {
  let newest = 0;
  return lines.flatMap(({ epoch = newest, ...record }) => {
    if (epoch < newest) return [];
    newest = epoch;
    return [record];
  });
}
