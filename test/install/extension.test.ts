/** The extension for Claude Desktop: packed, unpacked into an empty folder, and started as its host would start it. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getMcpConfigForManifest, type McpbManifestAny, unpackExtension } from '@anthropic-ai/mcpb';
import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TOOLS } from '../../tools/index.ts';
import { type Command, expectWholeDemo, withClient } from './harness.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let bundle: string;
let extension: string;
let manifest: McpbManifestAny;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'extension-')));
  bundle = join(folder, 'google-photos-mcp.mcpb');
  extension = join(folder, 'unpacked');
  await promisify(execFile)(process.execPath, [join(root, 'scripts/pack.mjs'), bundle]);
  expect(await unpackExtension({ mcpbPath: bundle, outputDir: extension, silent: true })).toBe(true);
  manifest = JSON.parse(await readFile(join(extension, 'manifest.json'), 'utf8'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the host makes of the manifest and of what the person filled in. */
async function commandFor(userConfig: Record<string, string | boolean | string[]>): Promise<Command> {
  const config = await getMcpConfigForManifest({
    manifest,
    extensionPath: extension,
    systemDirs: { HOME: folder },
    userConfig,
    pathSeparator: sep,
  });
  if (!config) throw new Error('the host would not start it');
  const env = Object.fromEntries(Object.entries(config.env ?? {}).map(([name, value]) => [name, String(value)]));
  const state = { HOME: folder, XDG_DATA_HOME: join(folder, 'state') };
  return { command: process.execPath, args: config.args ?? [], cwd: folder, env: { ...state, ...env } };
}

const CLIENT = { client_id: 'id.apps.googleusercontent.com', client_secret: 'secret' };

test('is small', async () => {
  expect((await stat(bundle)).size).toBeLessThan(6_000_000);
});

test('has an icon of 512 × 512', async () => {
  const png = await readFile(join(extension, manifest.icon ?? ''));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]);
});

test('is not started before client id and secret are filled in', async () => {
  await expect(commandFor({})).rejects.toThrow();
});

test('needs nothing but its own folder: the demo, with pictures', { timeout: 60_000 }, async () => {
  const { args, ...command } = await commandFor(CLIENT);
  await expectWholeDemo({ ...command, args: [...args, '--demo'] });
});

test('has the keychain’s modules for every platform it names', async () => {
  for (const platform of manifest.compatibility?.platforms ?? []) {
    for (const arch of ['x64', 'arm64']) {
      const file = join(extension, 'node_modules/keytar/prebuilds', `${platform}-${arch}`, 'keytar.node');
      expect((await stat(file)).size).toBeGreaterThan(10_000);
    }
  }
});

test('several folders, as the host passes them', async () => {
  const folders = [join(folder, 'one'), join(folder, 'two, with a comma')];
  const photo = await readFile(join(root, 'test/fixtures/media/exif.jpg'));
  for (const each of folders) {
    await mkdir(each, { recursive: true });
    await writeFile(join(each, 'photo.jpg'), photo);
  }
  const scan = (client: Client, paths: string[]) => client.callTool({ name: 'local_scan', arguments: { paths } });
  await withClient(await commandFor({ ...CLIENT, folders }), async (client) => {
    const { structuredContent } = await scan(client, folders);
    expect((structuredContent as { items: unknown[] }).items).toHaveLength(2);
    expect(structuredContent).not.toMatchObject({ items: [{ reason: expect.anything() }] });
    expect(JSON.stringify(await scan(client, [root]))).toContain('outside the allowed folders');
  });
  await withClient(await commandFor({ ...CLIENT, folders: [] }), async (client) => {
    expect(JSON.stringify(await scan(client, folders))).not.toContain('"photo.jpg"');
  });
});

test('what the person filled in arrives', async () => {
  const filled = { ...CLIENT, account: 'work', read_only: true };
  await withClient(await commandFor(filled), async (client) => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      TOOLS.filter(({ access }) => access === 'read').map(({ name }) => name),
    );
    const status = await client.callTool({ name: 'account_status', arguments: {} });
    expect(status.structuredContent).toMatchObject({ account: 'work' });
  });
});
