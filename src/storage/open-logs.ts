/** The files of a rotating log, opened as they appear, and what is new in all of them together. */
import { type AppendLog, openLog } from './append-log.ts';
import { listLogFiles, logPath } from './log-files.ts';
import type { LogFormat, News } from './log-lines.ts';
import { type SumEnd, splitAtSum, withSums } from './sums.ts';

export interface OpenLogs<R> {
  /** The highest number that there is, or was; 1 before there is a file. */
  readonly newest: number;
  /** Opens what has appeared since the last call, and gives the newest. */
  moveToNewest(): Promise<AppendLog<R | SumEnd>>;
  /** Throws UnknownVersion, and the file system's errors; what was read by then comes with the next call. */
  readNew(): Promise<News<R>>;
  hasGrown(): Promise<boolean>;
  /** How far each file has been read that is still there, in bytes. */
  ends(): Promise<Map<number, number>>;
}

interface LogFile<R> {
  /** Up to there `readNew` has brought it. */
  end: number;
  log?: AppendLog<R | SumEnd>;
}

const nothing = <R>(): News<R> => ({ records: [], damaged: 0 });

export function createOpenLogs<R>(folder: string, format: LogFormat<R>): OpenLogs<R> {
  const files = new Map<number, LogFile<R>>();
  let newest = 1;
  let news = nothing<R>();

  const open = async (number: number): Promise<AppendLog<R | SumEnd>> => {
    const file = files.get(number) ?? { end: 0 };
    const options = { ...withSums(format), writers: 'many', from: file.end } as const;
    file.log ??= await openLog(logPath(folder, number), options);
    files.set(number, file);
    return file.log;
  };

  const moveToNewest = async () => {
    const found = await listLogFiles(folder);
    for (const number of found) await open(number);
    const next = Math.max(newest, ...found);
    newest = next;
    return await open(next);
  };

  const endOf = (number: number): number => files.get(number)?.end ?? 0;

  /** The next reading begins there. */
  const setBack = (number: number, end: number) => files.set(number, { end });

  /** What sums up no file at all was brought from elsewhere. */
  const isKnown = ({ ends }: SumEnd): boolean =>
    ends.size > 0 && [...ends].every(([number, end]) => endOf(number) >= end);

  const readFile = async (number: number): Promise<void> => {
    const log = await open(number);
    const { records, damaged, end } = await log.readNew();
    const { sum, sumEnd, own } = splitAtSum(records);
    // A sum is only for those who do not know yet all that it sums up. They get what is not in it again, behind it.
    if (sumEnd && !isKnown(sumEnd)) {
      news.records = news.records.concat(sum);
      for (const [other, otherEnd] of sumEnd.ends) {
        setBack(other, otherEnd);
        await readFile(other);
      }
    }
    news.records = news.records.concat(own);
    news.damaged += damaged;
    files.set(number, { log, end });
  };

  const readFileOrSetBack = (number: number): Promise<void> =>
    readFile(number).catch((error: unknown) => {
      setBack(number, endOf(number));
      throw error;
    });

  return {
    get newest() {
      return newest;
    },
    moveToNewest,
    async readNew() {
      await moveToNewest();
      for (const number of [...files.keys()].sort((a, b) => a - b)) await readFileOrSetBack(number);
      const found = news;
      news = nothing();
      return found;
    },
    async hasGrown() {
      if (news.records.length > 0 || Math.max(0, ...(await listLogFiles(folder))) > newest) return true;
      return (await Promise.all([...files.values()].map(({ log }) => log?.hasGrown() ?? true))).includes(true);
    },
    async ends() {
      return new Map((await listLogFiles(folder)).map((number) => [number, endOf(number)]));
    },
  };
}
