/** How far a log has been read, and what was found since a caller took it. */
import { stat } from 'node:fs/promises';
import { hasCode } from './errors.ts';
import { type Line, type LogFormat, type LogNews, type News, readBlocks, readLine } from './log-lines.ts';

export interface LogReader<R> {
  /** Reads on to the end of the file. Throws UnknownVersion, again and again: it does not get past that line. */
  scan(): Promise<void>;
  /** Everything found since the last call. */
  take(): LogNews<R>;
  hasNews(): Promise<boolean>;
  /** Bytes up to the end of the last whole line. */
  readonly end: number;
  /** What the file said last; undefined while it has no line. */
  readonly version: number | undefined;
}

interface Position {
  end: number;
  version: number | undefined;
}

type Progress<R> = Position & News<R>;

/** @param from where to begin, in bytes: at the start of a line. */
export function createLogReader<R>(path: string, format: LogFormat<R>, from = 0): LogReader<R> {
  let position: Position = { end: from, version: undefined };
  let news: News<R> = { records: [], damaged: 0 };
  /** The file's size when it was read last: a half line at its end is no news every time. */
  let seen = 0;

  /** The file was removed: its next line says the version again, and is read when it is there. */
  const beginAnew = (size: number) => {
    position = { end: size === 0 ? position.end : 0, version: undefined };
    seen = size === 0 ? seen : 0;
  };

  return {
    async scan() {
      const size = await sizeOf(path);
      if (size < position.end) beginAnew(size);
      if (size <= seen) return;
      const { records, damaged, ...reached } = await readOn(path, format, position);
      for (const record of records) news.records.push(record);
      news.damaged += damaged;
      position = reached;
      seen = Math.max(size, position.end);
    },
    take() {
      const taken = { ...news, end: position.end };
      news = { records: [], damaged: 0 };
      return taken;
    },
    async hasNews() {
      return news.records.length > 0 || news.damaged > 0 || (await sizeOf(path)) > seen;
    },
    get end() {
      return position.end;
    },
    get version() {
      return position.version;
    },
  };
}

/** All or nothing: where it throws, what was read before counts as not read. */
async function readOn<R>(path: string, format: LogFormat<R>, from: Position): Promise<Progress<R>> {
  const found: Progress<R> = { records: [], damaged: 0, ...from };
  for await (const { text, end } of readBlocks(path, from.end)) {
    for (const line of text.split('\n')) addLine(found, readLine(path, line, format));
    found.end = end;
  }
  return found;
}

function addLine<R>(found: Progress<R>, line: Line<R>): void {
  if (line === undefined) return;
  found.version ??= 1;
  if (line === 'damaged') found.damaged += 1;
  else if ('record' in line) found.records.push(line.record);
  else found.version = line.version;
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
