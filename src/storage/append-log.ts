/**
 * Records that are only ever added: a line of JSON each, in a file that one process writes or many do at once. What becomes
 * of lines that are no records stands in `log-lines.ts`. System errors come through as they are.
 */
import { type FileHandle, mkdir, open, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './atomic-file.ts';
import { type LogFormat, type LogRecords, recordLine, versionLine } from './log-lines.ts';
import { createLogReader, sizeOf } from './log-reader.ts';
import { createTurns } from './turns.ts';
import { writeWhole } from './write-whole.ts';

export interface LogOptions<R> extends LogFormat<R> {
  /**
   * `one`: only this process writes, under a lease. It cuts off a half last line when it opens the log, and what a failed
   * write of its own leaves. `many`: processes append without a lock. None cuts off anything, since others may have written
   * behind it; half lines stay, and count as damaged once somebody has.
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
  /** What was added since the last call, by whomever; everything at the first. Throws UnknownVersion. */
  readNew(): Promise<LogRecords<R>>;
  /** Whether `readNew` may bring something, for the price of one look at the file's size. */
  hasGrown(): Promise<boolean>;
  /** Lets go of the file, after what is still being written. To use the log again opens it again. */
  close(): Promise<void>;
}

/** Makes no file yet: a log can be read on a disk that is read-only. Throws UnknownVersion, and leaves the file alone. */
export async function openLog<R>(path: string, options: LogOptions<R>): Promise<AppendLog<R>> {
  const reader = createLogReader(path, options, options.from);
  const writer = createWriter(path, options);
  const inTurn = createTurns();
  let isVersionSaid = false;
  await reader.scan();
  if (options.writers === 'one' && (await sizeOf(path)) > reader.end) await truncate(path, reader.end);

  return {
    append: (record) =>
      inTurn(async () => {
        const line = recordLine(record);
        // A newer program may have come meanwhile.
        if (options.writers === 'many') await reader.scan();
        isVersionSaid ||= reader.version === options.version;
        await writer.write(isVersionSaid ? line : versionLine(options.version) + line);
        isVersionSaid = true;
      }),
    readNew: () =>
      inTurn(async () => {
        await reader.scan();
        return reader.take();
      }),
    hasGrown: reader.hasNews,
    close: () => inTurn(writer.close),
  };
}

/** All records, for whoever only looks. Throws UnknownVersion. */
export async function readLog<R>(path: string, format: LogFormat<R>): Promise<LogRecords<R>> {
  const reader = createLogReader(path, format);
  await reader.scan();
  return reader.take();
}

interface Writer {
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

function createWriter(
  path: string,
  { writers, durable = false }: Pick<LogOptions<never>, 'writers' | 'durable'>,
): Writer {
  let file: FileHandle | undefined;
  return {
    async write(text) {
      file ??= await openForAppending(path, durable);
      const size = writers === 'one' ? (await file.stat()).size : 0;
      try {
        await writeWhole(file, Buffer.from(text));
        if (durable) await file.datasync();
      } catch (error) {
        // Where that fails too, the newline before the next record keeps the two apart.
        if (writers === 'one') await truncate(path, size).catch(() => undefined);
        throw error;
      }
    },
    async close() {
      const open = file;
      file = undefined;
      await open?.close();
    },
  };
}

async function openForAppending(path: string, durable: boolean): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a', 0o600);
  if (durable) await syncFolder(dirname(path));
  return file;
}
