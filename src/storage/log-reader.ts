/** How far a log has been read, and what was found since somebody took it. */
import { stat } from 'node:fs/promises';
import { hasCode } from './errors.ts';
import { type LogFormat, type LogRecords, readBlocks, readLine } from './log-lines.ts';

export interface LogReader<R> {
  /** Reads on to the end of the file. Throws UnknownVersion, again and again: it does not get past that line. */
  scan(): Promise<void>;
  /** Everything found since the last call. */
  take(): LogRecords<R>;
  hasNews(): Promise<boolean>;
  /** Bytes up to the end of the last whole line. */
  readonly end: number;
  /** What the file said last; undefined while it has no line. */
  readonly version: number | undefined;
}

interface Progress<R> extends LogRecords<R> {
  version: number | undefined;
}

/** @param from where to begin, in bytes: at the start of a line. */
export function createLogReader<R>(path: string, format: LogFormat<R>, from = 0): LogReader<R> {
  let progress: Progress<R> = { records: [], damaged: 0, end: from, version: undefined };
  /** The file's size when it was read last: a half line at its end is no news every time. */
  let seen = 0;

  return {
    async scan() {
      const size = await sizeOf(path);
      if (size <= seen) return;
      progress = await readOn(path, format, progress);
      seen = Math.max(size, progress.end);
    },
    take() {
      const { records, damaged, end } = progress;
      progress = { ...progress, records: [], damaged: 0 };
      return { records, damaged, end };
    },
    async hasNews() {
      return progress.records.length > 0 || progress.damaged > 0 || (await sizeOf(path)) > seen;
    },
    get end() {
      return progress.end;
    },
    get version() {
      return progress.version;
    },
  };
}

/** All or nothing: where it throws, what was read before counts as not read. */
async function readOn<R>(path: string, format: LogFormat<R>, before: Progress<R>): Promise<Progress<R>> {
  const progress = { ...before, records: [...before.records] };
  for await (const { text, end } of readBlocks(path, before.end)) {
    for (const line of text.split('\n')) addLine(progress, readLine(path, line, format));
    progress.end = end;
  }
  return progress;
}

function addLine<R>(progress: Progress<R>, line: ReturnType<typeof readLine<R>>): void {
  if (line === undefined) return;
  progress.version ??= 1;
  if (line === 'damaged') progress.damaged += 1;
  else if ('record' in line) progress.records.push(line.record);
  else progress.version = line.version;
}

/** Bytes; 0 when there is no file. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return 0;
    throw error;
  }
}
