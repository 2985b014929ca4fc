/** Imports run one way (CONTRIBUTING.md). `ROOMS` is the rule: what is not in it fails, and so does every circle. */
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  besideFolder,
  circles,
  computed,
  emptyRooms,
  forbidden,
  type House,
  homeless,
  looseFiles,
  type Rooms,
  readHouse,
  textOf as readText,
  unneeded,
  upward,
} from './imports.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Each room of the house, from the ground floor up, and the rooms that it may import besides itself: only ones above it
 * in this list. `types:` allows `import type` only.
 */
const ROOMS: Rooms = {
  'src/app-error.ts': [],
  'src/text': [],
  'src/storage': [],
  'src/emulator': [],
  'src/google': ['src/app-error.ts', 'src/text', 'src/storage'],
  'src/auth': ['src/storage', 'src/text', 'src/google'],
  'src/results': ['src/app-error.ts', 'src/text', 'src/storage', 'src/google'],
  'src/ui': ['src/results'],
  'src/picker': ['src/app-error.ts', 'src/text', 'src/storage', 'src/google', 'src/results'],
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
  'src/mcp': ['src/app-error.ts', 'src/text', 'src/storage', 'src/google', 'src/auth', 'types:src/context'],
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
  'src/resources': ['src/google', 'src/results', 'src/ui', 'types:src/mcp'],
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

const HOUSE = readHouse(ROOT);
const FILES = HOUSE.files;
const textOf = (file: string): string => readText(ROOT, file);

describe('the house', () => {
  test('every file belongs to a room', () => {
    expect(homeless(HOUSE, ROOMS)).toEqual([]);
  });

  test('every room is there, and stands above those that it imports', () => {
    expect(emptyRooms(HOUSE, ROOMS)).toEqual([]);
    expect(upward(ROOMS)).toEqual([]);
  });

  test('imports run one way', () => {
    expect(forbidden(HOUSE, ROOMS)).toEqual([]);
    expect(computed(HOUSE)).toEqual([]);
  });

  test('nothing is allowed that is not needed', () => {
    expect(unneeded(HOUSE, ROOMS)).toEqual([]);
  });

  test('no file imports its way back to itself, not even for a type', () => {
    expect(circles(HOUSE)).toEqual([]);
  });

  test('nothing lies loose in src, and nothing beside a folder of its own name', () => {
    expect(looseFiles(HOUSE)).toEqual(LOOSE);
    expect(besideFolder(HOUSE)).toEqual([]);
  });
});

test('CONTRIBUTING lists the rooms of src from the ground floor up', () => {
  const [, list = ''] = /^src\/ .*\n((?: {2}.*\n)+)/m.exec(textOf('CONTRIBUTING.md')) ?? [];
  const listed = list.split('\n').flatMap((line) => /^ {2}(\S+?)\/? /.exec(line)?.[1] ?? []);
  expect(listed.map((name) => `src/${name}`).toSorted()).toEqual(
    Object.keys(ROOMS)
      .filter((room) => room !== 'tools')
      .toSorted(),
  );
  const order = listed.map((name) => Object.keys(ROOMS).indexOf(`src/${name}`));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
});

describe('in a copy, what breaks the rule is found', () => {
  let copy: string;
  let added: string[] = [];

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'house-'));
    for (const folder of ['src', 'tools']) await cp(join(ROOT, folder), join(copy, folder), { recursive: true });
  });
  afterEach(async () => {
    for (const file of added) await rm(join(copy, file));
    added = [];
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  async function add(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await writeFile(join(copy, file), text);
    if (!added.includes(file)) added.push(file);
  }

  /** What a rule says of the copy and does not say of the tree. */
  function found(rule: (house: House, rooms: Rooms) => string[], rooms: Rooms = ROOMS): string[] {
    const before = rule(HOUSE, rooms);
    return rule(readHouse(copy), rooms).filter((line) => !before.includes(line));
  }

  test('a new folder with imports that no table allows', async () => {
    await add('src/fresh/thing.ts', "import { defineTool } from '../mcp/tool.ts';\nexport const thing = defineTool;\n");
    expect(found(homeless)).toEqual(['src/fresh/thing.ts']);
    expect(found(forbidden)).toEqual(['src/fresh/thing.ts imports src/mcp/tool.ts']);
  });

  test('a new folder inside a room has the rights of the room, no others', async () => {
    await add('src/emulator/fresh/thing.ts', "export { oneLine } from '../../text/text.ts';\n");
    expect(found(forbidden)).toEqual(['src/emulator/fresh/thing.ts imports src/text/text.ts']);
  });

  test('a loose file, also one that is no code', async () => {
    await add('src/helpers.ts', 'export const help = 1;\n');
    await add('src/notes.md', 'Notes\n');
    expect(found(homeless)).toEqual(['src/helpers.ts']);
    expect(found(looseFiles)).toEqual(['helpers.ts', 'notes.md']);
  });

  test('a circle by types alone', async () => {
    await add('src/text/a.ts', "import type { B } from './b.ts';\nexport type A = B | 1;\n");
    await add('src/text/b.ts', "import type { C } from './c.ts';\nexport type B = C | 2;\n");
    await add('src/text/c.ts', "import type { A } from './a.ts';\nexport type C = A | 3;\n");
    expect(found(circles)).toEqual([
      'src/text/a.ts → src/text/b.ts',
      'src/text/b.ts → src/text/c.ts',
      'src/text/c.ts → src/text/a.ts',
    ]);
  });

  test('a file that imports itself', async () => {
    await add('src/text/a.ts', "export * from './a.ts';\n");
    expect(found(circles)).toEqual(['src/text/a.ts → src/text/a.ts']);
  });

  test('a file beside a folder of its own name', async () => {
    await add('src/media/upload.ts', 'export const upload = 1;\n');
    await add('src/mcp/tool/part.ts', 'export const part = 1;\n');
    expect(found(besideFolder)).toEqual(['src/mcp/tool.ts', 'src/media/upload.ts']);
  });

  test('a value where only types are allowed', async () => {
    await add(
      'src/context/extra.ts',
      "import { systemClock } from '../google/clock.ts';\nexport const clock = systemClock;\n",
    );
    expect(found(forbidden)).toEqual(['src/context/extra.ts imports src/google/clock.ts']);
    await add('src/context/extra.ts', "import type { Clock } from '../google/clock.ts';\nexport type Time = Clock;\n");
    expect(found(forbidden)).toEqual([]);
  });

  test.each([
    ['over several lines', "import {\n  a,\n  b,\n} from '../mcp/tool.ts';\n"],
    ['for its effect', "import '../mcp/tool.ts';\n"],
    ['handed on', "export * from '../mcp/tool.ts';\n"],
    ['when needed', "export const load = () => import('../mcp/tool.ts');\n"],
    ['as a type in place', "export type Tool = import('../mcp/tool.ts').AnyTool;\n"],
    ['as CommonJS', "export const tool = require('../mcp/tool.ts');\n"],
  ])('an import %s', async (_, text) => {
    await add('src/text/extra.ts', text);
    expect(found(forbidden)).toEqual(['src/text/extra.ts imports src/mcp/tool.ts']);
  });

  test('the package imported by its own name', async () => {
    await add('src/google/extra.ts', "export { startEmulator } from 'google-photos-mcp/emulator';\n");
    expect(found(forbidden)).toEqual(['src/google/extra.ts imports src/emulator/index.ts']);
  });

  test('an import whose target is computed, and one of what is no room', async () => {
    await add('src/text/extra.ts', "const name = '../mcp/tool.ts';\nexport const load = () => import(name);\n");
    expect(found(computed)).toEqual(['src/text/extra.ts']);
    await add('src/text/extra.ts', "export * from '../../test/house/imports.ts';\n");
    expect(found(forbidden)).toEqual(['src/text/extra.ts imports test/house/imports.ts']);
  });

  test('a permission without a use, and a room that is gone', () => {
    const rooms = {
      'src/text': [],
      'src/google': ['src/text', 'types:src/auth'],
      'src/auth': ['src/gone'],
      'src/gone': [],
    };
    expect(unneeded(readHouse(copy), rooms)).toContain('src/auth → src/gone');
    expect(upward(rooms)).toEqual(['src/google → types:src/auth', 'src/auth → src/gone']);
    expect(emptyRooms(readHouse(copy), rooms)).toEqual(['src/gone']);
  });
});

test('only the configuration reads the environment', () => {
  expect(FILES.filter((file) => /process\.env/.test(textOf(file)))).toEqual(['src/cli/config.ts']);
});

test('nothing but commands writes to stdout', () => {
  const writers = FILES.filter((file) => /process\.stdout|\bconsole\.(log|info|warn|error|debug)\b/.test(textOf(file)));
  expect(writers.filter((file) => !/^src\/(main\.ts|cli\/)/.test(file))).toEqual([]);
});

test('one reading of error codes, one way to replace a file, one look at whether a process is alive', () => {
  // The emulator imports nothing of ours. The entry waits for nothing, not even for that reading.
  const own = FILES.filter((file) => !/^src\/(storage|emulator|main\.ts)/.test(file));
  const finding = (pattern: RegExp): string[] => own.filter((file) => pattern.test(textOf(file)));
  expect(finding(/['"]code['"] in |\.code [!=]==? ['"]E[A-Z]/)).toEqual([]);
  expect(finding(/\brename(Sync)?\(/)).toEqual([]);
  expect(finding(/process\.kill\([^)]*, 0\)/)).toEqual([]);
});

test('files stay readable', () => {
  const lengths = FILES.map((file) => [file, textOf(file).split('\n').length] as const);
  // Drawings are long lists of simple things.
  const limit = (file: string) => (file.startsWith('src/emulator/scenes/') ? 500 : 320);
  expect(lengths.filter(([file, lines]) => lines > limit(file))).toEqual([]);
  // A fragment of three lines sends its reader somewhere else for nothing.
  expect(lengths.filter(([, lines]) => lines <= 4)).toEqual([]);
});
