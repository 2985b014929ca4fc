/** The npm package: packed, installed into an empty folder, and started through npx. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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
  const expected =
    /^(dist\/(main\.js|emulator\.(js|d\.ts)|chunks\/[\w.-]+\.(js|woff2)|THIRD-PARTY-NOTICES\.txt)|package\.json|README\.md|LICENSE)$/;
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

test('fits: packages, files and bytes of an install', async () => {
  const installed = (await readdir(join(folder, 'node_modules'), { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile(),
  );
  const sizes = await Promise.all(installed.map(async (file) => (await stat(join(file.parentPath, file.name))).size));
  // With a whole package of fonts there were six hundred files of 12.5 MB.
  expect(installed.length).toBeLessThan(220);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(9_000_000);
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
      '@fontsource/inter',
      '@github/keytar',
      '@modelcontextprotocol/server',
      'google-auth-library',
      'zod',
    ]),
  );
});

describe('google-photos-mcp/emulator', () => {
  const guide = readFileSync(join(root, 'src/emulator/README.md'), 'utf8');
  const blocks = (language: string): string[] =>
    [...guide.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text ?? '');
  const node = async (script: string): Promise<string> => {
    await writeFile(join(folder, 'script.mjs'), script);
    return (await run(process.execPath, ['script.mjs'], { cwd: folder })).stdout;
  };

  test('the commands of its README are those that other tests follow', () => {
    expect(blocks('sh')).toEqual([
      'npm install --save-dev google-photos-mcp\n',
      'npx -y google-photos-mcp emulator --port 8085 --library demo --access-token T\n',
    ]);
  });

  test('the example of its README passes', async () => {
    const [example = ''] = blocks('js');
    await writeFile(join(folder, 'example.test.mjs'), example);
    const options = { cwd: folder, env: { PATH: process.env.PATH } };
    const { stdout } = await run(
      process.execPath,
      ['--test', '--test-reporter=tap', 'example.test.mjs'],
      options,
    ).catch((failed) => failed);
    expect(stdout).toMatch(/^# pass 3\n# fail 0$/m);
  });

  test.each(['NodeNext', 'Bundler'])('its types hold in a strict TypeScript project (%s)', async (resolution) => {
    const [example = ''] = blocks('js');
    await writeFile(join(folder, 'example.mts'), example);
    // Without any types around it, the surface stands for itself.
    await writeFile(
      join(folder, 'types.mts'),
      `import { type Emulator, type EmulatorOptions, type FaultRule, startEmulator } from 'google-photos-mcp/emulator';
const options: EmulatorOptions = { library: { mediaItems: [{ filename: 'a.jpg', scene: 'dog park' }] }, overrides: { storageFull: true } };
const rules = [{ method: '*', failure: 'tokenOnly' }] as const satisfies FaultRule[];
export async function use(): Promise<Emulator> {
  const emulator = await startEmulator(options);
  emulator.setFaults(rules);
  emulator.overrides.dedup = 'off';
  // @ts-expect-error what it remembers is its own business
  emulator.state;
  // @ts-expect-error not a failure
  emulator.setFaults([{ method: '*', failure: 'explode' }]);
  return emulator;
}
`,
    );
    const project = (file: string, types: string[]) => ({
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: 'ES2022',
        lib: ['ES2022'],
        module: resolution === 'Bundler' ? 'ESNext' : 'NodeNext',
        moduleResolution: resolution,
        types,
        typeRoots: [join(root, 'node_modules/@types')],
      },
      files: [file],
    });
    for (const [file, types] of [
      ['types.mts', []],
      ['example.mts', ['node']],
    ] as const) {
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project(file, [...types])));
      const tsc = join(root, 'node_modules/typescript/bin/tsc');
      await run(process.execPath, [tsc, '-p', folder]).catch(({ stdout }) => expect.fail(`${file}: ${stdout}`));
    }
  });

  test('exports what it says it does, and no more', async () => {
    const surface = await node(`
      import * as all from 'google-photos-mcp/emulator';
      const emulator = await all.startEmulator({ library: 'empty' });
      console.log(JSON.stringify([Object.keys(all), Object.keys(emulator).sort()]));
      await emulator.close();`);
    expect(JSON.parse(surface)).toEqual([
      ['startEmulator'],
      ['advance', 'close', 'origin', 'overrides', 'port', 'requests', 'reset', 'setFaults'],
    ]);
  });

  test('draws originals in a thread, with letters, and ends by itself', async () => {
    const drawn = await node(`
      import { startEmulator } from 'google-photos-mcp/emulator';
      let threads = 0;
      process.on('worker', () => { threads += 1; });
      const library = { mediaItems: [{ filename: 'bill.jpg', scene: 'receipt', width: 2000, height: 1500 }] };
      const emulator = await startEmulator({ library, accessToken: 'T' });
      const headers = { Authorization: 'Bearer T' };
      const { mediaItems: [item] } = await (await fetch(emulator.origin + '/v1/mediaItems', { headers })).json();
      const bytes = Buffer.from(await (await fetch(item.baseUrl + '=d')).arrayBuffer());
      console.log(JSON.stringify([bytes.subarray(0, 3).toString('hex'), bytes.length > 50_000, threads]));
      await emulator.close();`);
    expect(JSON.parse(drawn)).toEqual(['ffd8ff', true, 1]);
  });

  test('leaves no other way in', async () => {
    const ways = await node(`
      const errors = [];
      for (const path of ['', '/dist/main.js', '/dist/emulator.js', '/package.json']) {
        await import('google-photos-mcp' + path, { with: path.endsWith('.json') ? { type: 'json' } : {} }).then(
          () => errors.push('open'), ({ code }) => errors.push(code));
      }
      console.log(JSON.stringify(errors));`);
    const closed = 'ERR_PACKAGE_PATH_NOT_EXPORTED';
    expect(JSON.parse(ways)).toEqual([closed, closed, closed, 'open']);
  });
});
