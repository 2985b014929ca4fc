/** CONTRIBUTING is true: its map is the tree, and adding a tool works word for word, in a copy. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADD_A_TOOL, fenced, ROOT, sectionOf } from './harness.ts';

const CONTRIBUTING = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');

/** Paths of a map in which folders end in `/` and what lies in them is indented; several may share a line. */
function pathsOf(map: string): string[] {
  let folder = '';
  return map.split('\n').flatMap((line) => {
    const [, indent = '', names = ''] = /^( *)((?:\S+\/ ?)+|\S+)/.exec(line) ?? [];
    const paths = names
      .trim()
      .split(' ')
      .map((name) => (indent === '' ? name : `${folder}${name}`));
    if (indent === '') folder = paths[0] ?? '';
    return paths;
  });
}

const foldersIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}${name}/`);

test('the map has every folder, and no other', () => {
  const [map = ''] = /^\.ci\/[\s\S]*?(?=^```$)/m.exec(CONTRIBUTING) ?? [];
  const named = pathsOf(map).filter((path) => path.endsWith('/'));
  // What an installation, a build or a test run makes is no part of the tree.
  const top = foldersIn('').filter((name) => !/^(?:\.git|node_modules|dist|dist\..*|coverage)\/$/.test(name));
  const inside = ['src/', 'test/', 'tools/'].flatMap(foldersIn);
  expect(named.toSorted()).toEqual([...top, ...inside].toSorted());
});

describe('adding a tool, in a copy', () => {
  const section = sectionOf(CONTRIBUTING, ADD_A_TOOL);
  const [list = '', ...rest] = fenced(section, 'diff');
  const commands = fenced(section, 'sh').flatMap((block) => block.split('\n'));
  let copy: string;

  beforeAll(async () => {
    copy = await realpath(await mkdtemp(join(tmpdir(), 'add-tool-')));
    const isPart = (path: string): boolean => !/^(?:\.git|node_modules|dist[^/]*)$/.test(path.slice(ROOT.length));
    await cp(ROOT, copy, { recursive: true, filter: isPart });
    await symlink(await realpath(join(ROOT, 'node_modules')), join(copy, 'node_modules'));
  });
  afterAll(() => rm(copy, { recursive: true, force: true }));

  const run = async (command: string): Promise<string> => {
    // As npm does: its own Node, and the packages' commands.
    const path = [dirname(process.execPath), join(copy, 'node_modules/.bin'), process.env.PATH].join(delimiter);
    const env = { ...process.env, PATH: path };
    try {
      const { stdout } = await promisify(execFile)('/bin/sh', ['-c', command], { cwd: copy, env, maxBuffer: 1 << 26 });
      return stdout;
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${command}\n${stdout}\n${stderr}`);
    }
  };

  test('every step is one of those followed here', () => {
    expect(rest).toEqual([]);
    expect(fenced(section, 'ts').map(nameOf)).toEqual(['tools/albums/link.ts', 'test/tools/link.test.ts']);
    expect(commands).toEqual(['npx vitest run test/tools/link.test.ts', 'npm run generate', 'npm run check']);
  });

  test('its steps, word for word', { timeout: 1_200_000 }, async () => {
    for (const block of fenced(section, 'ts')) await write(copy, nameOf(block), `${bodyOf(block)}\n`);
    const [, listed = ''] = /^\+\+\+ (\S+)$/m.exec(list) ?? [];
    await write(copy, listed, applied(list, await readFile(join(copy, listed), 'utf8')));

    const [ownTest = '', generate = ''] = commands;
    await run(ownTest);
    await run(generate);
    expect(await readFile(join(copy, 'README.md'), 'utf8')).toContain('| `albums_link` |');
    expect(await readFile(join(copy, 'manifest.json'), 'utf8')).toContain('"albums_link"');
    // `npm run check`, but for all the other tests: of those the ones that look at every tool.
    await run('npm run --silent types');
    await run('npm run --silent lint');
    await run(
      'npx vitest run test/house/generated.test.ts test/tools/required-scopes.test.ts test/tools/bad-input.test.ts',
    );
    await run("npx vitest run test/app/surface.test.ts -t 'named by its path|is well described|are listed'");
  });
});

const write = async (root: string, file: string, text: string): Promise<void> => {
  await mkdir(dirname(join(root, file)), { recursive: true });
  await writeFile(join(root, file), text);
};

/** A block begins with the name of the file it is. */
const nameOf = (block: string): string => /^\/\/ (\S+)\n/.exec(block)?.[1] ?? '';
const bodyOf = (block: string): string => block.slice(block.indexOf('\n') + 1);

/** The text with each hunk's lines in place of those that it names, which must stand there once. */
function applied(diff: string, text: string): string {
  const hunks = diff.split(/^@@$\n/m).slice(1);
  return hunks.reduce((before, hunk) => {
    const lines = hunk.trimEnd().split('\n');
    const without = (sign: string) =>
      lines
        .filter((line) => !line.startsWith(sign))
        .map((line) => line.slice(1))
        .join('\n');
    const [old, fresh] = [without('+'), without('-')];
    expect(before.split(old), old).toHaveLength(2);
    return before.replace(old, () => fresh);
  }, text);
}
