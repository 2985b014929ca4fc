/** Who imports whom in a tree, and what of it breaks a table of rooms. Functions of a folder, so that a test can break a copy. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

/**
 * Rooms from the ground floor up, each with those that it may import besides itself; `types:` before a room allows
 * `import type` only.
 */
export type Rooms = Readonly<Record<string, readonly string[]>>;

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

/** The code of a tree: paths from its root, and the imports between them. */
export interface House {
  root: string;
  files: readonly string[];
  imports: readonly Import[];
}

const slashes = (path: string): string => path.replaceAll('\\', '/');

/** Files that hold code, paths from the root; also scripts that run in browsers, and the threads' own. */
function codeIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => slashes(relative(root, join(entry.parentPath, entry.name))))
    .sort();
}

/** Static, dynamic, of CommonJS; of files beside or above, and of this package by its own name. */
const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s*)?['"]((?:\.|google-photos-mcp\/)[^'"]+)['"]|(?:import|require)\(\s*['"]((?:\.|google-photos-mcp\/)[^'"]+)['"]/gm;

export const textOf = (root: string, file: string): string => readFileSync(join(root, file), 'utf8');

function importsOf(root: string, from: string): Import[] {
  return [...textOf(root, from).matchAll(IMPORT)].map(([, type, named, dynamic]) => ({
    from,
    to: targetOf(root, from, named ?? dynamic ?? ''),
    isType: type !== undefined,
  }));
}

/** What the package offers to others under its name is a file of `src`, too. */
function targetOf(root: string, from: string, name: string): string {
  if (name.startsWith('.')) return slashes(relative(root, resolve(root, dirname(from), name)));
  return `src/${name.replace('google-photos-mcp/', '')}/index.ts`;
}

export function readHouse(root: string): House {
  const files = [...codeIn(root, 'src'), ...codeIn(root, 'tools')];
  return { root, files, imports: files.flatMap((file) => importsOf(root, file)) };
}

const roomOf = (rooms: Rooms, file: string): string | undefined =>
  Object.keys(rooms).find((room) => file === room || file.startsWith(`${room}/`));

export const homeless = ({ files }: House, rooms: Rooms): string[] =>
  files.filter((file) => roomOf(rooms, file) === undefined);

export const emptyRooms = ({ files }: House, rooms: Rooms): string[] =>
  Object.keys(rooms).filter((room) => !files.some((file) => roomOf(rooms, file) === room));

/** Permissions that lead up, or nowhere. */
export function upward(rooms: Rooms): string[] {
  const names = Object.keys(rooms);
  return names.flatMap((room, floor) =>
    (rooms[room] ?? [])
      .filter((rule) => !names.slice(0, floor).includes(rule.replace('types:', '')))
      .map((rule) => `${room} → ${rule}`),
  );
}

function isAllowed({ from, to, isType }: Import, rooms: Rooms): boolean {
  const [room, target] = [roomOf(rooms, from), roomOf(rooms, to)];
  if (room === undefined || target === undefined) return false;
  const rules = rooms[room] ?? [];
  return room === target || rules.includes(target) || (isType && rules.includes(`types:${target}`));
}

export const forbidden = ({ imports }: House, rooms: Rooms): string[] =>
  imports.filter((each) => !isAllowed(each, rooms)).map(({ from, to }) => `${from} imports ${to}`);

/** Imports whose target is computed: no table can hold them. */
export const computed = ({ root, files }: House): string[] =>
  files.filter((file) => /^(?!\s*(?:\/?\*|\/\/)).*\b(?:import|require)\((?!\s*['"])/m.test(textOf(root, file)));

/** Permissions without a use. */
export function unneeded({ imports }: House, rooms: Rooms): string[] {
  const isUsed = (room: string, rule: string): boolean => {
    const target = rule.replace('types:', '');
    const between = imports.filter(({ from, to }) => roomOf(rooms, from) === room && roomOf(rooms, to) === target);
    return between.some(({ isType }) => rule.startsWith('types:') || !isType);
  };
  return Object.entries(rooms).flatMap(([room, rules]) =>
    rules.filter((rule) => !isUsed(room, rule)).map((rule) => `${room} → ${rule}`),
  );
}

/** Files that import each other, directly or by way of others, for a value or a type: each import that is part of such a way. */
export function circles({ files, imports }: House): string[] {
  const next = new Map(files.map((file) => [file, imports.filter(({ from }) => from === file)]));
  const reached = new Map(files.map((file) => [file, reaches(file, next)]));
  return imports.filter(({ from, to }) => reached.get(to)?.has(from)).map(({ from, to }) => `${from} → ${to}`);
}

function reaches(start: string, next: ReadonlyMap<string, readonly Import[]>): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const { to } of next.get(file) ?? []) {
      if (!seen.has(to)) open.push(to);
      seen.add(to);
    }
  }
  return seen;
}

/** What lies in `src` itself. */
export const looseFiles = ({ root }: House): string[] =>
  readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** Files that lie beside a folder of their own name. */
export function besideFolder({ files }: House): string[] {
  const folders = new Set(files.map(dirname));
  return files.filter((file) => folders.has(slashes(join(dirname(file), basename(file).replace(/\..*$/, '')))));
}
