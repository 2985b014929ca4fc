/**
 * The only gate between what a caller types and the disk: nothing is read or written outside the allowed folders, after
 * links are resolved (design 2, `--allow-dir`). Messages name the path as the caller typed it and never where a link leads.
 */
import type { Stats } from 'node:fs';
import { lstat, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { AppError } from '../app-error.ts';
import { codeOf } from '../storage/errors.ts';

/** A path that is not read, written or sent, and why, in one line. */
export class FileRefused extends AppError {
  /** As the caller gave it. */
  readonly path: string;
  /** A clause without the path, for lists: "is empty". */
  readonly reason: string;

  constructor(path: string, reason: string, next = 'Choose another file.') {
    super('fileRefused', `${path} ${reason}.`, next);
    this.path = path;
    this.reason = reason;
  }
}

/** An existing path inside the allowed folders. */
export interface AllowedPath {
  /** As the caller gave it. */
  readonly given: string;
  /** Absolute, links resolved. */
  readonly real: string;
  readonly stats: Stats;
}

const isInside = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
};

/** Turns what the file system says into a reason; undefined for what is not about one path. */
export function reasonOf(error: unknown): string | undefined {
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'does not exist';
    case 'EACCES':
    case 'EPERM':
      return 'cannot be read: no permission';
    case 'ELOOP':
      return 'is a link that leads in a circle';
    case 'ENAMETOOLONG':
      return 'has a name that is too long for this disk';
    case 'EIO':
      return 'cannot be read: the disk reports an error';
    case 'EISDIR':
      return 'is a folder';
    case 'ENXIO':
    case 'ENODEV':
      return 'is a device, not a file';
    default:
      return undefined;
  }
}

export class AllowedFolders {
  readonly #folders: readonly string[];
  readonly #base: string;

  /** @param base what relative paths start from; the command line gives its working directory. */
  constructor(folders: readonly string[], base: string = process.cwd()) {
    this.#base = base;
    this.#folders = folders.map((folder) => resolve(base, expandHome(folder)));
  }

  /** The folders as configured, absolute. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /** The absolute form of what a caller typed; a relative path is looked for in the working folder, then in each allowed one. */
  async absolute(path: string): Promise<string> {
    if (path.includes('\0')) throw new FileRefused(path.replaceAll('\0', '\\0'), 'has a NUL character in its name');
    const expanded = expandHome(path);
    if (isAbsolute(expanded)) return normalize(expanded);
    for (const folder of [this.#base, ...this.#folders]) {
      const candidate = resolve(folder, expanded);
      if ((await this.#looksInside(candidate)) && (await exists(candidate))) return candidate;
    }
    return resolve(this.#folders[0] ?? this.#base, expanded);
  }

  /** Resolves an existing path. @throws {FileRefused} when it is missing, unreadable or not inside. */
  async resolve(given: string): Promise<AllowedPath> {
    this.#needsFolders(given);
    const path = await this.absolute(given);
    const looksInside = await this.#looksInside(path);
    let real: string;
    try {
      real = await realpath(path);
    } catch (error) {
      // Whether something exists outside is not to be told.
      throw looksInside ? new FileRefused(given, reasonOf(error) ?? 'cannot be read') : this.#outside(given);
    }
    if (!(await this.#isInside(real))) {
      throw looksInside
        ? new FileRefused(given, 'is a link that leads outside the allowed folders')
        : this.#outside(given);
    }
    try {
      return { given, real, stats: await stat(real) };
    } catch (error) {
      throw new FileRefused(given, reasonOf(error) ?? 'cannot be read');
    }
  }

  /**
   * Resolves a folder to write into, which may not exist yet: its nearest existing ancestor must be a folder inside.
   * @returns the absolute path with links resolved, not yet made.
   */
  async target(given: string): Promise<string> {
    this.#needsFolders(given);
    const path = await this.absolute(given);
    const missing: string[] = [];
    for (let ancestor = path; ; ancestor = dirname(ancestor)) {
      if (await exists(ancestor)) {
        if (missing.length > 0 && !(await this.#looksInside(path))) {
          const real = await realpath(ancestor).catch(() => undefined);
          if (!real || !(await this.#isInside(join(real, ...missing)))) throw this.#outside(given);
        }
        return join(await this.#folder(given, ancestor, path), ...missing);
      }
      if (ancestor === dirname(ancestor)) throw this.#outside(given);
      missing.unshift(basename(ancestor));
    }
  }

  async #folder(given: string, ancestor: string, path: string): Promise<string> {
    const real = await realpath(ancestor).catch((error: unknown) => {
      throw new FileRefused(given, reasonOf(error) ?? 'cannot be written to');
    });
    const rest = relative(ancestor, path);
    if (!(await this.#isInside(join(real, rest)))) {
      throw (await this.#looksInside(path))
        ? new FileRefused(given, 'leads outside the allowed folders')
        : this.#outside(given);
    }
    if (!(await stat(real)).isDirectory()) throw new FileRefused(given, 'is not a folder');
    return real;
  }

  #needsFolders(given: string): void {
    if (this.#folders.length > 0) return;
    throw new FileRefused(
      given,
      'is not inside an allowed folder: none is configured',
      'Start the server with --allow-dir DIR (or set GOOGLE_PHOTOS_ALLOW_DIRS) to name the folders it may use.',
    );
  }

  #outside(given: string): FileRefused {
    return new FileRefused(
      given,
      'is outside the allowed folders',
      `Allowed: ${this.#folders.join(', ')}. Another folder is allowed with --allow-dir DIR or GOOGLE_PHOTOS_ALLOW_DIRS.`,
    );
  }

  /** By its name alone, before links are resolved. */
  async #looksInside(path: string): Promise<boolean> {
    return this.#folders.some((folder) => isInside(folder, path)) || this.#isInside(path);
  }

  async #isInside(real: string): Promise<boolean> {
    for (const folder of this.#folders) {
      const realFolder = await realpath(folder).catch(() => folder);
      if (isInside(realFolder, real)) return true;
    }
    return false;
  }
}

function expandHome(path: string): string {
  return path === '~' || path.startsWith('~/') || path.startsWith('~\\') ? join(homedir(), path.slice(1)) : path;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    (error: unknown) => codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR',
  );
}
