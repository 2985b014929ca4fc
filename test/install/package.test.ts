/** The npm package: packed, installed into an empty folder, and started through npx. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectWholeDemo } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
  });
  const [packed] = JSON.parse(stdout);
  files = packed.files.map(({ path }: { path: string }) => path);
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  await run('npm', ['install', join(folder, packed.filename), ...quiet], { cwd: folder });
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

test('has the command and what belongs to it, and nothing else', () => {
  const expected = /^(dist\/(main\.js|chunks\/[\w.-]+\.js|THIRD-PARTY-NOTICES\.txt)|package\.json|README\.md|LICENSE)$/;
  expect(files.filter((file) => !expected.test(file))).toEqual([]);
  expect(files).toEqual(
    expect.arrayContaining(['dist/main.js', 'README.md', 'LICENSE', 'dist/THIRD-PARTY-NOTICES.txt']),
  );
});

test('npx google-photos-mcp --demo answers, with pictures', { timeout: 90_000 }, async () => {
  const args = ['--offline', 'google-photos-mcp', '--demo'];
  await expectWholeDemo({ command: 'npx', args, cwd: folder, env: { HOME: process.env.HOME ?? folder } });
});

test('brings few packages, which fit on a screen', async () => {
  const { stdout } = await run('npm', ['ls', '--omit=dev', '--all'], { cwd: folder });
  expect(stdout.trim().split('\n').length).toBeLessThanOrEqual(24);
});

test('runs nothing when it is installed', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const hooks = ['preinstall', 'install', 'postinstall', 'prepublish', 'preprepare', 'prepare', 'postprepare'];
  expect(Object.keys(scripts).filter((name) => hooks.includes(name))).toEqual([]);
});

/** Licences that ask for no more than their notice; MPL-2.0 also for a link to the source, which the notices have. */
const ALLOWED = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'OFL-1.1',
  'MPL-2.0',
];

test('contains only what may be contained, and says whose it is', async () => {
  const notices = await readFile(join(folder, 'node_modules/google-photos-mcp/dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
  const packages = [...notices.matchAll(/^== (\S+) (\S+) \((.+)\)\n {3}(https?:\S+)$/gm)];
  expect(packages.filter(([, , , licence]) => !ALLOWED.includes(licence ?? '')).map(([line]) => line)).toEqual([]);
  // The MPL asks where the source is, which a page of a package is not.
  const sources = packages
    .filter(([, , , licence]) => licence === 'MPL-2.0')
    .map(([, name, , , source]) => [name, source]);
  expect(sources).toEqual([
    ['@resvg/resvg-wasm', 'https://github.com/yisibl/resvg-js.git'],
    ['exifreader', 'https://github.com/mattiasw/ExifReader'],
  ]);
  const names = packages.map(([, name]) => name);
  const own = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const installed = Object.keys(own.dependencies);
  expect(names).toEqual(
    expect.arrayContaining([
      ...installed,
      '@github/keytar',
      '@modelcontextprotocol/server',
      'google-auth-library',
      'zod',
    ]),
  );
});
