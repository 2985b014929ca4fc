/** Heads, not whole files: what a file is by its content, and what it says of itself. */
import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { acceptedFormat } from '../formats.ts';
import { readVideoDetails } from './boxes.ts';
import { readPhotoDetails } from './exif.ts';
import type { Details, FileFacts } from './facts.ts';

const HEAD = 128 * 1024;
/** Containers that `boxes.ts` can read. */
const BOXED = new Set(['video/mp4', 'video/x-m4v', 'video/quicktime', 'video/3gpp', 'video/3gpp2']);

/** What a file's content is: a format that Google takes with its facts, or what else it was found to be. */
export type Examined = { facts: FileFacts } | { found: string | undefined };

/** Reads a regular file of that size. @throws the file system's errors. */
export async function examine(path: string, size: number): Promise<Examined> {
  const file = await open(path, 'r');
  try {
    return await examineHandle(file, size, extensionOf(path));
  } finally {
    await file.close();
  }
}

async function examineHandle(file: FileHandle, size: number, extension: string): Promise<Examined> {
  const head = Buffer.alloc(Math.min(HEAD, size));
  const { bytesRead } = await file.read(head, 0, head.length, 0);
  const bytes = head.subarray(0, bytesRead);
  const content = await typeOf(bytes);
  const format = content && acceptedFormat(content.ext, extension);
  if (!format) return { found: content?.mime };
  return { facts: { ...format, ...defined(await details(file, size, bytes, format.mimeType)) } };
}

async function details(file: FileHandle, size: number, head: Buffer, mimeType: string): Promise<Details> {
  if (BOXED.has(mimeType)) return readVideoDetails(file, size);
  return mimeType.startsWith('image/') ? readPhotoDetails(file, size, head, mimeType) : {};
}

/** The content's type as `file-type` names it; undefined for text and whatever it does not know. */
export async function typeOf(head: Uint8Array): Promise<{ ext: string; mime: string } | undefined> {
  const { fileTypeFromBuffer } = await import('file-type');
  // Broken files make it read past their end.
  return fileTypeFromBuffer(head).catch(() => undefined);
}

export const extensionOf = (path: string): string => extname(path).slice(1).toLowerCase();

const defined = (details: Details): Details =>
  Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
