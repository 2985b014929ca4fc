/** Bytes on their way in: hashed as they come, kept in memory while they are few and in a temporary file once they are not. */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadedContent } from '../content.ts';

/** A point to return to. A hash cannot be turned back, so a copy of it is kept. */
export interface Mark {
  size: number;
  hash: ReturnType<typeof createHash>;
}

export interface Spool {
  /** Bytes so far. */
  readonly size: number;
  append(chunk: Buffer): Promise<void>;
  mark(): Mark;
  /** Forgets everything that came after the mark. */
  rewind(mark: Mark): Promise<void>;
  /** Lets go of the open file until more bytes come, and gives what is there. */
  content(): Promise<UploadedContent>;
  /** Of the bytes so far, in hex. */
  sha256(): string;
  discard(): Promise<void>;
}

const memoryBytes = 1024 * 1024;
const zeros = Buffer.alloc(64 * 1024);

/** @param folder asked for only when a file is needed; @param name that file's. */
export function createSpool(folder: () => Promise<string>, name: string): Spool {
  let memory: Buffer[] | undefined = [];
  let file: { path: string; handle?: FileHandle } | undefined;
  let size = 0;
  let hash = createHash('sha256');

  const openFile = async (): Promise<FileHandle> => {
    file ??= { path: join(await folder(), name) };
    file.handle ??= await open(file.path, constants.O_RDWR | constants.O_CREAT, 0o600);
    return file.handle;
  };

  const moveToFile = async (): Promise<void> => {
    await writeSparsely(await openFile(), Buffer.concat(memory ?? []), 0);
    memory = undefined;
  };

  return {
    get size() {
      return size;
    },
    async append(chunk) {
      hash.update(chunk);
      if (memory && size + chunk.length > memoryBytes) await moveToFile();
      if (memory) memory.push(Buffer.from(chunk));
      else await writeSparsely(await openFile(), chunk, size);
      size += chunk.length;
    },
    mark: () => ({ size, hash: hash.copy() }),
    async rewind(mark) {
      ({ size, hash } = mark);
      if (memory) memory = [Buffer.concat(memory).subarray(0, size)];
      else await (await openFile()).truncate(size);
    },
    async content() {
      if (memory) {
        const bytes = Buffer.concat(memory);
        memory = [bytes];
        return { kind: 'bytes', bytes };
      }
      const handle = await openFile();
      // A file that ends in a hole is shorter than what was received until it is stretched.
      await handle.truncate(size);
      await handle.close();
      file = { path: file?.path ?? '' };
      return { kind: 'file', path: file.path, size };
    },
    sha256: () => hash.copy().digest('hex'),
    async discard() {
      memory = [];
      size = 0;
      await file?.handle?.close();
      if (file) await rm(file.path, { force: true });
      file = undefined;
    },
  };
}

/** Leaves holes for zeros, so that a test can send gigabytes of them to a small disk. */
async function writeSparsely(handle: FileHandle, chunk: Buffer, at: number): Promise<void> {
  const empty = chunk.length <= zeros.length && chunk.equals(zeros.subarray(0, chunk.length));
  if (!empty) await handle.write(chunk, 0, chunk.length, at);
}
