/** Random access to uploaded bytes, wherever they lie: a 4 GB video must never come into memory as a whole. */
import { open } from 'node:fs/promises';
import type { Content } from './model.ts';

/** Uploaded content: bytes in memory, or in a file of the emulator's temporary folder. */
export type UploadedContent = Exclude<Content, { kind: 'scene' }>;

export interface ContentReader {
  /** In bytes. */
  readonly size: number;
  /** Bytes from `start` up to, not including, `end`; fewer at the end of the content. */
  read(start: number, end: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens content for reading; the caller closes it. */
async function openContent(content: UploadedContent): Promise<ContentReader> {
  return content.kind === 'bytes' ? bytesReader(content.bytes) : fileReader(content.path);
}

/** Opens content, hands the reader to `use` and closes it whatever happens. */
export async function withContent<T>(content: UploadedContent, use: (reader: ContentReader) => Promise<T>): Promise<T> {
  const reader = await openContent(content);
  try {
    return await use(reader);
  } finally {
    await reader.close();
  }
}

/** Size of uploaded content in bytes. */
export function contentSize(content: UploadedContent): number {
  return content.kind === 'bytes' ? content.bytes.length : content.size;
}

/** All the bytes; only for content known to be small enough (photos end at 200 MB). */
export async function contentBytes(content: UploadedContent): Promise<Buffer> {
  if (content.kind === 'bytes')
    return Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.length);
  return withContent(content, (reader) => reader.read(0, reader.size));
}

function bytesReader(bytes: Uint8Array): ContentReader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return {
    size: buffer.length,
    read: async (start, end) => buffer.subarray(start, Math.max(start, end)),
    close: async () => {},
  };
}

async function fileReader(path: string): Promise<ContentReader> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    size,
    async read(start, end) {
      const wanted = Math.max(0, Math.min(end, size) - start);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(wanted), 0, wanted, start);
      return buffer.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  };
}
