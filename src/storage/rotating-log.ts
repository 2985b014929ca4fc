/**
 * A log that is made smaller while many processes append to it: files `000001.ndjson`, `000002.ndjson`, … of which the
 * newest is written. A new one begins with what all before it add up to, and how much of each is in that sum. A process
 * that has just looked for the newest file may still write to an older one: what stands there beyond the sum is read
 * behind it, so that nothing is lost and each process's records keep their order. Older files are kept for a day.
 *
 * Later records must win over earlier ones of the same thing: a process that reads a sum late may get a record twice.
 */
import type { AppendLog } from './append-log.ts';
import { createFileOnce } from './atomic-file.ts';
import { dropLogFiles, logPath, sizesOfLogFiles } from './log-files.ts';
import { type LogFormat, logText, type News } from './log-lines.ts';
import { createOpenLogs } from './open-logs.ts';
import { SumEnd } from './sums.ts';
import { sweepTemporaries } from './temporaries.ts';
import { createTurns } from './turns.ts';

/** As an AppendLog of many writers, over all files. */
export interface RotatingLog<R> extends Omit<AppendLog<R>, 'readNew'> {
  readNew(): Promise<News<R>>;
  /** Of the newest file, which is what making it smaller makes smaller. */
  bytes(): Promise<number>;
  /**
   * Starts a new file with what everything so far adds up to: `sumUp` gets what `readNew` would bring, and gives the
   * shortest list that says the same as all that was ever read. Then removes files that no process has written to for a
   * day. False when another process has just started a new file.
   */
  compact(sumUp: (news: News<R>) => Iterable<R>): Promise<boolean>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Reads what is there, and makes no file yet. Records have no field `sumOf`, nor `version`. Throws UnknownVersion, and
 * the file system's errors.
 */
export async function openRotatingLog<R>(folder: string, format: LogFormat<R>): Promise<RotatingLog<R>> {
  const logs = createOpenLogs(folder, format);
  const inTurn = createTurns();
  await logs.moveToNewest();

  const compact = async (sumUp: (news: News<R>) => Iterable<R>): Promise<boolean> => {
    const sizes = await sizesOfLogFiles(folder);
    const sum = sumUp(await logs.readNew());
    const ends = await logs.ends();
    const text = logText(format.version, [...sum, new SumEnd(ends)]);
    if (!(await createFileOnce(logPath(folder, logs.newest + 1), text))) return false;
    // Only here: who has just written the sum knows that it is whole.
    await dropLogFiles(folder, sizes, Date.now() - DAY_MS);
    await sweepTemporaries(folder, HOUR_MS);
    return true;
  };

  return {
    append: (record) => inTurn(async () => (await logs.moveToNewest()).append(record)),
    readNew: () => inTurn(logs.readNew),
    hasGrown: logs.hasGrown,
    bytes: async () => [...(await sizesOfLogFiles(folder)).values()].at(-1) ?? 0,
    compact: (sumUp) => inTurn(() => compact(sumUp)),
  };
}
