/** What the built command loads before it is asked for anything but its lists. Times are in `npm run bench -- start`. */
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withClient } from '../install/harness.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Files that the process loaded while a client used it: V8's coverage names them all. */
async function loadedBy(...use: Parameters<typeof withClient>[1][]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'loaded-'));
  const env = { HOME: folder, NODE_V8_COVERAGE: join(folder, 'coverage') };
  for (const each of use) await withClient({ command: process.execPath, args: [MAIN], env }, each);
  const urls = new Set<string>();
  for (const name of await readdir(join(folder, 'coverage'))) {
    const { result } = JSON.parse(await readFile(join(folder, 'coverage', name), 'utf8'));
    for (const { url } of result) if (url.startsWith('file:')) urls.add(fileURLToPath(url));
  }
  await rm(folder, { recursive: true, force: true });
  return [...urls];
}

test('lists take the protocol and nothing else', async () => {
  const files = await loadedBy(async (client) => {
    await client.listTools();
    await client.listResources();
    await client.listPrompts();
  });
  const lazy = files.map((file) => basename(file)).filter((name) => !/^(main|run|serve|chunk)[.-]/.test(name));
  expect(lazy).toEqual([]);
  expect(files.filter((file) => file.includes('node_modules'))).toEqual([]);
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000);
});

test('a call loads tools, but neither pictures, sign-in library, keychain nor emulator', async () => {
  const files = await loadedBy((client) => client.callTool({ name: 'results_read', arguments: { result: 'k7m2' } }));
  const names = files.map((file) => basename(file)).join(' ');
  expect(names).toMatch(/\btools-/);
  expect(names).not.toMatch(/google-auth-library|exifreader|file-type|pngjs|omggif|emulator|open-/);
  expect(files.filter((file) => file.includes('node_modules'))).toEqual([]);
});
