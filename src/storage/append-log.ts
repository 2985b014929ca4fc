/**
 * Records that are only ever added: a line of JSON each, in a file that one process writes or many do at once. What
 * becomes of lines that are no records stands in `log-lines.ts`. System errors come through as they are.
 */
import { type FileHandle, mkdir, open, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './atomic-file.ts';
import { hasCode } from './errors.ts';
import { type LogFormat, type LogNews, recordLine, versionLine } from './log-lines.ts';
import { createLogReader, sizeOf } from './log-reader.ts';
import { createTurns } from './turns.ts';
import { writeWhole } from './write-whole.ts';

export interface LogOptions<R> extends LogFormat<R> {
  /**
   * `one`: only this process writes, under a lease. It cuts off a half last line when it opens the log, and what a
   * failed write of its own leaves. `many`: processes append without a lock. None cuts off anything, since others may
   * have written behind it; half lines stay, and count as damaged once another process has.
   */
  writers: 'one' | 'many';
  /** On the disk, not only in the system's memory, when `append` resolves: it survives a power cut. */
  durable?: boolean;
  /** Reads from this offset on, in bytes: an `end` of an earlier reading. */
  from?: number;
}

export interface AppendLog<R> {
  /**
   * The record is in the file when this resolves: in the order of the calls, each in one write. Makes the file, for its
   * owner only, when there is none. When it rejects the record is not there; with `many` writers it may be. Throws
   * UnknownVersion, and writes nothing, when a newer program has written to the file.
   */
  append(record: R): Promise<void>;
  /** What was added since the last call, by whomever, this log too; everything at the first. Throws UnknownVersion. */
  readNew(): Promise<LogNews<R>>;
  /** Whether `readNew` may bring something, for the price of one look at the file's size. */
  hasGrown(): Promise<boolean>;
}

/**
 * Makes no file yet: a log can be read on a disk that is read-only. Nothing has to be closed: no file stays open
 * between two calls. Throws UnknownVersion, and leaves the file alone.
 */
export async function openLog<R>(path: string, options: LogOptions<R>): Promise<AppendLog<R>> {
  const reader = createLogReader(path, options, options.from);
  const inTurn = createTurns();
  await reader.scan();
  if (options.writers === 'one' && (await sizeOf(path)) > reader.end) await truncate(path, reader.end);

  return {
    append: (record) =>
      inTurn(async () => {
        const line = recordLine(record);
        // A newer program may have come meanwhile.
        await reader.scan();
        const isSaid = reader.version === options.version;
        await write(path, isSaid ? line : versionLine(options.version) + line, options);
      }),
    readNew: () =>
      inTurn(async () => {
        await reader.scan();
        return reader.take();
      }),
    hasGrown: reader.hasNews,
  };
}

/** All records, without following what comes. Throws UnknownVersion. */
export async function readLog<R>(path: string, format: LogFormat<R>): Promise<LogNews<R>> {
  const reader = createLogReader(path, format);
  await reader.scan();
  return reader.take();
}

type WriteOptions = Pick<LogOptions<unknown>, 'writers' | 'durable'>;

async function write(path: string, text: string, { writers, durable = false }: WriteOptions): Promise<void> {
  const file = await openForAppending(path);
  try {
    const { size } = await file.stat();
    await writeDown(file, text, durable).catch(async (error: unknown) => {
      // Where that fails too, the newline before the next record keeps the two apart.
      if (writers === 'one') await truncate(path, size).catch(() => undefined);
      throw error;
    });
    if (durable && size === 0) await syncFolder(dirname(path));
  } finally {
    await file.close();
  }
}

async function writeDown(file: FileHandle, text: string, durable: boolean): Promise<void> {
  await writeWhole(file, Buffer.from(text));
  if (durable) await file.datasync();
}

async function openForAppending(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a', 0o600);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await open(path, 'a', 0o600);
  }
}
