/** From paths, folders and patterns to files: what a person means when they name a folder, link by link through the gate. */
import type { Dirent, Stats } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type AllowedFolders, type AllowedPath, FileRefused, reasonOf } from '../allowed-folders.ts';

/** A file to look at. */
export interface FoundFile {
  /** Absolute, links resolved. */
  path: string;
  /** What to call it in messages: as given, or below the folder as given. */
  label: string;
  /** Folders between the folder that was named and the file; empty for files that were named themselves. */
  folders: readonly string[];
  /** Named by itself rather than found in a folder: then even a strange one deserves a word. */
  isNamed: boolean;
  /** Present when it was needed to find it. */
  stats?: Stats;
}

export interface RefusedPath {
  path: string;
  reason: string;
}

export interface FindOptions {
  allowed: AllowedFolders;
  /** Folders within folders; true by default. */
  recursive?: boolean;
  signal?: AbortSignal;
}

/** What systems and cameras leave in folders. Hidden files, `._` companions among them, start with a dot. */
const CLUTTER = new Set(['thumbs.db', 'desktop.ini', '@eadir', '$recycle.bin', '#recycle', '__macosx', 'icon\r']);
const isClutter = (name: string): boolean => name.startsWith('.') || CLUTTER.has(name.toLowerCase());

/** Each file once, folder by folder in the order of names. */
export async function* findFiles(
  paths: readonly string[],
  options: FindOptions,
): AsyncGenerator<FoundFile | RefusedPath> {
  const search = new Search(options);
  for (const path of paths) yield* search.path(path);
}

class Search {
  readonly #allowed: AllowedFolders;
  readonly #recursive: boolean;
  readonly #signal?: AbortSignal;
  /** Real paths, so that no file comes twice and no circle of links is walked for ever. */
  readonly #seen = new Set<string>();

  constructor({ allowed, recursive = true, signal }: FindOptions) {
    this.#allowed = allowed;
    this.#recursive = recursive;
    this.#signal = signal;
  }

  async *path(given: string): AsyncGenerator<FoundFile | RefusedPath> {
    try {
      yield* this.#found(await this.#allowed.resolve(given), given, []);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      const pattern = error.reason === 'does not exist' ? await patternOf(given) : undefined;
      if (pattern) yield* this.#matches(given, pattern);
      else yield { path: given, reason: error.reason };
    }
  }

  async *#found(
    { real, stats }: AllowedPath,
    label: string,
    folders: readonly string[],
  ): AsyncGenerator<FoundFile | RefusedPath> {
    if (stats.isDirectory()) yield* this.#folder(real, label, folders);
    else if (!this.#isRepeated(real)) yield { path: real, label, folders, isNamed: folders.length === 0, stats };
  }

  async *#folder(path: string, label: string, above: readonly string[]): AsyncGenerator<FoundFile | RefusedPath> {
    if (this.#isRepeated(path)) return;
    this.#signal?.throwIfAborted();
    const folders = [...above, path.slice(path.lastIndexOf(sep) + 1)];
    let entries: Dirent[];
    try {
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      yield { path: label, reason: reasonOf(error) ?? 'cannot be read' };
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) if (!isClutter(entry.name)) yield* this.#entry(entry, path, label, folders);
  }

  async *#entry(
    entry: Dirent,
    parent: string,
    parentLabel: string,
    folders: readonly string[],
  ): AsyncGenerator<FoundFile | RefusedPath> {
    const path = join(parent, entry.name);
    const label = join(parentLabel, entry.name);
    if (entry.isDirectory()) {
      if (this.#recursive) yield* this.#folder(path, label, folders);
    } else if (entry.isSymbolicLink()) {
      yield* this.#link(path, label, folders);
    } else if (!this.#isRepeated(path)) {
      yield { path, label, folders, isNamed: false };
    }
  }

  async *#link(path: string, label: string, folders: readonly string[]): AsyncGenerator<FoundFile | RefusedPath> {
    try {
      const target = await this.#allowed.resolve(path);
      if (this.#recursive || !target.stats.isDirectory()) yield* this.#found(target, label, folders);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      yield { path: label, reason: error.reason };
    }
  }

  async *#matches(given: string, { base, rest }: Pattern): AsyncGenerator<FoundFile | RefusedPath> {
    // Looking outside at all would tell what is there.
    if (rest.split('/').includes('..')) {
      yield { path: given, reason: 'has .. after a wildcard' };
      return;
    }
    let folder: AllowedPath;
    try {
      folder = await this.#allowed.resolve(base);
    } catch (error) {
      if (!(error instanceof FileRefused)) throw error;
      yield { path: given, reason: error.reason };
      return;
    }
    const matches = await glob(folder.real, rest, this.#signal);
    if (matches.length === 0) yield { path: given, reason: 'matches no file' };
    for (const match of matches) yield* this.path(match);
  }

  #isRepeated(path: string): boolean {
    if (this.#seen.has(path)) return true;
    this.#seen.add(path);
    return false;
  }
}

interface Pattern {
  /** The folder before the first wildcard. */
  base: string;
  /** The remainder, with `/` between its parts. */
  rest: string;
}

/** A path that does not exist may be a pattern: `2024/**\/*.jpg`. */
async function patternOf(given: string): Promise<Pattern | undefined> {
  const { isDynamicPattern } = await import('tinyglobby');
  const parts = (sep === '\\' ? given.replaceAll('\\', '/') : given).split('/');
  const first = parts.findIndex((part) => isDynamicPattern(part));
  if (first < 0) return undefined;
  return {
    base: parts.slice(0, first).join('/') || (given.startsWith('/') ? '/' : '.'),
    rest: parts.slice(first).join('/'),
  };
}

async function glob(cwd: string, pattern: string, signal?: AbortSignal): Promise<string[]> {
  const { glob: find } = await import('tinyglobby');
  const matches = await find(pattern, {
    cwd,
    signal,
    absolute: true,
    onlyFiles: false,
    expandDirectories: false,
    followSymbolicLinks: false,
    caseSensitiveMatch: false,
  });
  // Folders come with a slash at their end.
  return matches.map((match) => match.replace(/[\\/]$/, '')).sort();
}
