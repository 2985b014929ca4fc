/** Imports run one way (CONTRIBUTING.md). `ROOMS` is the rule: what is not in it fails, and so does every circle. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Each room of the house, from the ground floor up, and the rooms that it may import besides itself: only ones above it
 * in this list. `types:` allows `import type` only.
 */
const ROOMS: Record<string, string[]> = {
  'src/app-error.ts': [],
  'src/text': [],
  'src/storage': [],
  'src/emulator': [],
  'src/google': ['src/app-error.ts', 'src/text', 'src/storage'],
  'src/auth': ['src/storage', 'src/text', 'src/google'],
  'src/results': ['src/app-error.ts', 'src/text', 'src/storage', 'src/google'],
  'src/ui': ['src/results'],
  'src/picker': ['src/app-error.ts', 'src/storage', 'src/google', 'src/results'],
  'src/media': ['src/app-error.ts', 'src/text', 'src/storage', 'src/google', 'src/results'],
  'src/organize': ['src/app-error.ts', 'src/text', 'src/storage', 'src/google', 'src/results', 'src/media'],
  'src/context': [
    'types:src/auth',
    'types:src/google',
    'types:src/media',
    'types:src/organize',
    'types:src/picker',
    'types:src/results',
  ],
  'src/mcp': ['src/app-error.ts', 'src/text', 'src/google', 'src/auth', 'types:src/context'],
  tools: [
    'src/app-error.ts',
    'src/text',
    'src/google',
    'src/auth',
    'src/results',
    'src/picker',
    'src/media',
    'src/organize',
    'src/mcp',
    'types:src/context',
    'types:src/ui',
  ],
  'src/resources': ['src/text', 'src/google', 'src/results', 'src/ui', 'src/mcp'],
  'src/skills': ['src/resources'],
  'src/prompts': ['src/google', 'src/results', 'src/media', 'src/organize', 'src/mcp'],
  'src/app': [
    'src/storage',
    'src/emulator',
    'src/google',
    'src/auth',
    'src/results',
    'src/picker',
    'src/media',
    'src/organize',
    'src/context',
    'src/mcp',
    'tools',
    'src/resources',
    'src/skills',
    'src/prompts',
  ],
  'src/cli': [
    'src/app-error.ts',
    'src/text',
    'src/storage',
    'src/emulator',
    'src/google',
    'src/auth',
    'src/media',
    'src/context',
    'src/mcp',
    'tools',
    'src/app',
  ],
  'src/main.ts': ['src/cli'],
};

/** The only files that may lie in `src` itself: the entry, and the error that every room throws. */
const LOOSE = ['app-error.ts', 'main.ts'];

interface Import {
  from: string;
  to: string;
  isType: boolean;
}

/** Files that hold code, paths from the root; also scripts that run in browsers, and the threads' and tests' own. */
function codeIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?[jt]sx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

const IMPORT =
  /^\s*(?:import|export)\s+(type\s)?(?:[^;'"]*?\sfrom\s*)?['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]/gm;

function importsOf(from: string): Import[] {
  const text = readFileSync(join(ROOT, from), 'utf8');
  return [...text.matchAll(IMPORT)].map(([, type, named, dynamic]) => ({
    from,
    to: relative(ROOT, resolve(ROOT, dirname(from), named ?? dynamic ?? '')).replaceAll('\\', '/'),
    isType: type !== undefined,
  }));
}

const FILES = [...codeIn('src'), ...codeIn('tools')];
const IMPORTS = FILES.flatMap(importsOf);

const roomOf = (file: string): string | undefined =>
  Object.keys(ROOMS).find((room) => file === room || file.startsWith(`${room}/`));

function isAllowed({ from, to, isType }: Import): boolean {
  const room = roomOf(from) ?? '';
  if (roomOf(to) === room) return true;
  const rules = ROOMS[room] ?? [];
  return rules.includes(roomOf(to) ?? '') || (isType && rules.includes(`types:${roomOf(to)}`));
}

/** Files that import each other, directly or by way of others: the whole group, for each file the way it goes on. */
function circles(imports: readonly Import[]): string[] {
  const reaches = (start: string): Set<string> => {
    const seen = new Set<string>();
    const open = [start];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      for (const { to } of imports.filter(({ from }) => from === file)) {
        if (!seen.has(to)) open.push(to);
        seen.add(to);
      }
    }
    return seen;
  };
  const reached = new Map(FILES.map((file) => [file, reaches(file)]));
  return imports.filter(({ from, to }) => reached.get(to)?.has(from)).map(({ from, to }) => `${from} → ${to}`);
}

describe('the house', () => {
  test('every file belongs to a room', () => {
    expect(FILES.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  test('every room is there, and stands above those that it imports', () => {
    const rooms = Object.keys(ROOMS);
    expect(rooms.filter((room) => !FILES.some((file) => roomOf(file) === room))).toEqual([]);
    const wrong = rooms.flatMap((room, floor) =>
      (ROOMS[room] ?? [])
        .filter((rule) => !rooms.slice(0, floor).includes(rule.replace('types:', '')))
        .map((rule) => `${room} → ${rule}`),
    );
    expect(wrong).toEqual([]);
  });

  test('imports run one way', () => {
    const wrong = IMPORTS.filter((each) => !isAllowed(each)).map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  test('nothing is allowed that nobody needs', () => {
    const unused = Object.entries(ROOMS).flatMap(([room, rules]) =>
      rules
        .filter(
          (rule) => !IMPORTS.some(({ from, to }) => roomOf(from) === room && roomOf(to) === rule.replace('types:', '')),
        )
        .map((rule) => `${room} → ${rule}`),
    );
    expect(unused).toEqual([]);
  });

  test('no file imports its way back to itself, not even for a type', () => {
    expect(circles(IMPORTS)).toEqual([]);
  });

  test('nothing lies loose in src, and nothing beside a folder of its own name', () => {
    const loose = readdirSync(join(ROOT, 'src'), { withFileTypes: true }).filter((entry) => !entry.isDirectory());
    expect(loose.map(({ name }) => name).sort()).toEqual(LOOSE);
    const folders = new Set(FILES.map(dirname));
    const beside = FILES.filter((file) => folders.has(join(dirname(file), basename(file).replace(/\..*$/, ''))));
    expect(beside).toEqual([]);
  });
});

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

test('only the configuration reads the environment', () => {
  expect(FILES.filter((file) => /process\.env/.test(textOf(file)))).toEqual(['src/cli/config.ts']);
});

test('nothing but commands writes to stdout', () => {
  const writers = FILES.filter((file) => /process\.stdout|\bconsole\.(log|info|warn|error|debug)\b/.test(textOf(file)));
  expect(writers.filter((file) => !/^src\/(main\.ts|cli\/)/.test(file))).toEqual([]);
});

test('files stay readable', () => {
  const lengths = FILES.map((file) => [file, textOf(file).split('\n').length] as const);
  // Drawings are long lists of simple things.
  const limit = (file: string) => (file.startsWith('src/emulator/scenes/') ? 500 : 320);
  expect(lengths.filter(([file, lines]) => lines > limit(file))).toEqual([]);
  // A fragment of three lines sends its reader somewhere else for nothing.
  expect(lengths.filter(([, lines]) => lines <= 4)).toEqual([]);
});
