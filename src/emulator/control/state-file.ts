/**
 * `--state FILE`: memory that outlives the process. The file is JSON, replaced as a whole by temporary file and rename;
 * uploaded bytes lie beside it in `FILE.content/`, one file for each SHA-256, written once.
 */
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Library, LibraryChoice } from '../emulator.d.ts';
import type { Content } from '../model.ts';
import type { Snapshot } from './snapshot.ts';
import { replaceFile, sweepTemporaries } from './whole-file.ts';

const VERSION = 1;

/** The file's content: a snapshot, and the library that it lies over. */
export interface Saved {
  version: typeof VERSION;
  library: LibraryChoice;
  seed: number;
  snapshot: Snapshot;
}

/** What an earlier run saved; undefined when there is no file yet. Throws when it is not ours to read. */
export async function loadStateFile(path: string): Promise<Saved | undefined> {
  await sweepTemporaries(path, `${path}.content`);
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const saved = parse(text);
  if (saved?.version !== VERSION || !Array.isArray(saved.snapshot?.added))
    throw new Error(`${path} is not a state file of this emulator`);
  for (const holder of holdersOf(saved.snapshot)) {
    if (holder.content.kind !== 'scene') holder.content = await storedContent(path, holder.sha256);
  }
  return { ...saved, library: unwrapped(saved.library) };
}

/** Version 0.1 wrote a library of one's own as `{ "library": … }`. */
const unwrapped = (library: LibraryChoice | { library: Library }): LibraryChoice =>
  typeof library === 'object' && 'library' in library ? library.library : library;

/**
 * Replaces the file; the bytes first, then what refers to them. The text is made at once, before anything can change.
 * @param stored hashes of content known to lie beside the file; those now written are added.
 */
export async function saveStateFile(path: string, saved: Omit<Saved, 'version'>, stored: Set<string>): Promise<void> {
  const text = JSON.stringify({ version: VERSION, ...saved }, omitBytes);
  await mkdir(`${path}.content`, { recursive: true });
  for (const { content, sha256 } of holdersOf(saved.snapshot)) {
    if (content.kind === 'scene' || stored.has(sha256)) continue;
    await storeContent(contentPath(path, sha256), content);
    stored.add(sha256);
  }
  await replaceFile(path, (temporary) => writeFile(temporary, text));
}

const omitBytes = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? undefined : value);

type Holder = { content: Content; sha256: string };

const holdersOf = ({ added, changed, uploads }: Snapshot): Holder[] => [...added, ...changed, ...uploads];

const contentPath = (path: string, sha256: string): string => join(`${path}.content`, sha256);

async function storedContent(path: string, sha256: string): Promise<Extract<Content, { kind: 'file' }>> {
  const stored = contentPath(path, sha256);
  return { kind: 'file', path: stored, size: (await stat(stored)).size };
}

async function storeContent(target: string, content: Exclude<Content, { kind: 'scene' }>): Promise<void> {
  if (await isThere(target)) return;
  await replaceFile(target, (temporary) =>
    content.kind === 'bytes' ? writeFile(temporary, content.bytes) : copyFile(content.path, temporary),
  );
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Saved | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Runs `save` soon after the first call of many, one at a time, and never loses the last change. */
export function createSaver(save: () => Promise<void>, delayMs = 200): { soon(): void; now(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();
  const now = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    last = last.then(save, save);
    return last;
  };
  return {
    soon() {
      timer ??= setTimeout(() => now().catch(() => {}), delayMs);
    },
    now,
  };
}
