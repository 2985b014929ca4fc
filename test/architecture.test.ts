/** Imports run one way (CONTRIBUTING.md). The table below is the rule; a new folder needs a line here. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Part of the tree → parts it may import besides itself. `types:` allows `import type` only. */
const MAY_IMPORT: Record<string, string[]> = {
  tools: [
    'src/mcp',
    'src/failure.ts',
    'src/google',
    'src/results',
    'src/organize',
    'src/media',
    'src/picker',
    'src/account',
    'types:src/context.ts',
    'types:src/auth',
    'types:src/config.ts',
    'types:src/ui',
  ],
  'src/failure.ts': [],
  'src/connect.ts': [],
  'src/google': ['src/failure.ts'],
  'src/auth': ['src/failure.ts'],
  'src/account': ['src/auth', 'src/google'],
  'src/results': ['src/failure.ts', 'src/google'],
  'src/organize': ['src/failure.ts', 'src/google', 'src/results', 'src/media/sheets/hash.ts'],
  'src/media': ['src/failure.ts', 'src/google', 'src/results'],
  'src/picker': ['src/failure.ts', 'src/google', 'src/results'],
  'src/emulator': [],
  'src/mcp': [
    'src/failure.ts',
    'src/google/errors.ts',
    'src/auth/errors.ts',
    'src/auth/causes.ts',
    'types:src/context.ts',
  ],
  'src/resources': ['src/mcp', 'src/google', 'src/results', 'src/ui', 'src/failure.ts'],
  'src/ui': ['src/results/format-reference.ts'],
  'src/prompts': ['src/mcp', 'src/google', 'src/results', 'src/organize', 'src/media/suggest-folders.ts'],
  'src/skills': ['src/resources'],
};

const partOf = (file: string): string =>
  Object.keys(MAY_IMPORT).find((part) => file === part || file.startsWith(`${part}/`)) ?? 'top';

function filesIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.d\.ts$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath ?? entry.path, entry.name)));
}

interface Import {
  target: string;
  isType: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(/^(import|export)\s+(type\s+)?[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gm);
  return [...found].map(([, , type, from, dynamic]) => ({
    target: relative(ROOT, resolve(ROOT, dirname(file), from ?? dynamic ?? '')),
    isType: type !== undefined,
  }));
}

const FILES = [...filesIn('src'), ...filesIn('tools')];

test('imports run one way', () => {
  const wrong = FILES.filter((file) => partOf(file) !== 'top').flatMap((file) => {
    const part = partOf(file);
    const allowed = MAY_IMPORT[part] ?? [];
    return importsOf(file)
      .filter(({ target }) => !target.startsWith(`${part}/`) && target !== part)
      .filter(({ target, isType }) => {
        const fits = (rule: string) => target === rule || target.startsWith(`${rule}/`);
        return !allowed.some((rule) => (rule.startsWith('types:') ? isType && fits(rule.slice(6)) : fits(rule)));
      })
      .map(({ target }) => `${file} imports ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('only the configuration reads the environment', () => {
  const readers = FILES.filter((file) => /process\.env/.test(readFileSync(join(ROOT, file), 'utf8')));
  expect(readers).toEqual(['src/config.ts']);
});

test('nothing but commands writes to stdout', () => {
  const writers = FILES.filter((file) =>
    /process\.stdout|\bconsole\.(log|info|warn|error|debug)\b/.test(readFileSync(join(ROOT, file), 'utf8')),
  );
  const mayWrite = /^src\/(main|run|commands\/.*|demo\/demo|emulator\/index|media\/cli.*)\.ts$/;
  expect(writers.filter((file) => !mayWrite.test(file))).toEqual([]);
});

test('files stay readable', () => {
  const long = FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8').split('\n').length] as const);
  // Drawings are long lists of simple things.
  const limit = (file: string) => (file.startsWith('src/emulator/scenes/') ? 500 : 320);
  expect(long.filter(([file, lines]) => lines > limit(file))).toEqual([]);
});
