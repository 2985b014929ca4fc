/**
 * Whole files: a reader sees the old one, the new one or none, never half, whenever the writer is killed. All are made
 * for their owner only (0600 in folders of 0700). System errors come through as they are.
 */
import { chmod, type FileHandle, link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { hasCode } from './errors.ts';
import { patiently } from './patience.ts';
import { temporaryBeside } from './temporaries.ts';
import { writeWhole } from './write-whole.ts';

export interface WriteOptions {
  /** On the disk, not only in the system's memory, when the promise resolves: it survives a power cut. */
  durable?: boolean;
}

export interface ReplaceOptions extends WriteOptions {
  /** The folder is closed to others (0700) even when it was there before. For folders that hold nothing but secrets. */
  private?: boolean;
}

/** Writes the file, replacing one that is there; makes its folder. */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  options: ReplaceOptions = {},
): Promise<void> {
  await withTemporary(path, content, options, (temporary) => renameOver(temporary, path));
  if (options.durable) await syncFolder(dirname(path));
}

/** Writes a file that must not be there yet; makes its folder. False when another was first: its content stands. */
export async function createFileOnce(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<boolean> {
  const isFirst = await withTemporary(path, content, options, async (temporary) => {
    return (await linkOnce(temporary, path)) ?? (await writeOnce(path, content, options));
  });
  if (isFirst && options.durable) await syncFolder(dirname(path));
  return isFirst;
}

/**
 * Gives a file that is finished a name in the same folder that nothing has yet. False when something is there: the file
 * then stays where it is.
 */
export async function moveOnce(from: string, to: string): Promise<boolean> {
  const isFirst = await linkOnce(from, to);
  if (isFirst) await unlink(from).catch(() => undefined);
  return isFirst ?? (await moveIntoReserved(from, to));
}

/** Undefined when there is none. */
export async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

/** As `readText`; a file that others could read is closed to them first. */
export async function readPrivateText(path: string): Promise<string | undefined> {
  await closeToOthers(path, 0o600);
  return await readText(path);
}

/** Renames, replacing what is there, also while a program on Windows has that open for a moment. */
export async function renameOver(from: string, to: string): Promise<void> {
  await patiently(() => rename(from, to));
}

async function withTemporary<T>(
  path: string,
  content: string | Uint8Array,
  options: ReplaceOptions,
  use: (temporary: string) => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  if (options.private) await closeToOthers(dirname(path), 0o700);
  const temporary = temporaryBeside(path);
  try {
    await writeNew(temporary, 'wx', content, options);
    return await use(temporary);
  } finally {
    // Renamed already, as a rule. What cannot be removed, a sweep finds; it must not turn a success into an error.
    await unlink(temporary).catch(() => undefined);
  }
}

/** On a disk without modes, or of another user, there is nothing to close; reading and writing still serve. */
async function closeToOthers(path: string, mode: number): Promise<void> {
  const isOpen = await stat(path).then(
    (found) => (found.mode & 0o077) !== 0,
    () => false,
  );
  if (isOpen) await chmod(path, mode).catch(() => undefined);
}

/**
 * Undefined where there are no hard links. How file systems say that differs too much for a list (exFAT EISDIR, FAT
 * EPERM, others ENOTSUP, ENOSYS, EMLINK, EACCES, UNKNOWN); those that have them fail for few reasons.
 */
async function linkOnce(from: string, to: string): Promise<boolean | undefined> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (hasCode(error, 'ENOENT', 'ENOSPC', 'EROFS', 'EDQUOT')) throw error;
    return undefined;
  }
}

/** As good as a link but for its last instant: a reader, or a kill, may come between the name and the content. */
async function writeOnce(path: string, content: string | Uint8Array, options: WriteOptions): Promise<boolean> {
  try {
    await writeNew(path, 'ax', content, options);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Without links: an empty file takes the name, then the whole one takes its place. */
async function moveIntoReserved(from: string, to: string): Promise<boolean> {
  if (!(await writeOnce(to, '', {}))) return false;
  try {
    await renameOver(from, to);
    return true;
  } catch (error) {
    await unlink(to).catch(() => undefined);
    throw error;
  }
}

/** No file is left behind when its content cannot be written. */
async function writeNew(
  path: string,
  flags: 'wx' | 'ax',
  content: string | Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await fill(file, Buffer.from(content), options);
  } catch (error) {
    await unlink(path).catch(() => undefined);
    throw error;
  }
}

/** Network disks say at closing that they are full. */
async function fill(file: FileHandle, bytes: Uint8Array, { durable = false }: WriteOptions): Promise<void> {
  try {
    await writeWhole(file, bytes);
    if (durable) await file.sync();
  } finally {
    await file.close();
  }
}

/** So that names in it survive a power cut too, where that can be had: Windows cannot, and some file systems refuse. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
