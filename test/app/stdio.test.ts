/** The built command, spawned as a client spawns it, with clients of both eras and of the older SDK. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { jsonOf } from '../harness/json.ts';
import { run } from '../harness/program.ts';
import { type Reply, toReply } from '../harness/system.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const PHOTO = fileURLToPath(new URL('../fixtures/media/exif.jpg', import.meta.url));

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ library: 1000, accessToken: 'T' });
  folder = await mkdtemp(join(tmpdir(), 'stdio-'));
  await writeFile(join(folder, 'new.jpg'), await readFile(PHOTO));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

const parameters = (state = 'state') => ({
  command: process.execPath,
  args: [MAIN, '--google-origin', emulator.origin, '--state-dir', join(folder, state), '--allow-dir', folder],
  env: { PATH: process.env.PATH ?? '', HOME: folder, GOOGLE_PHOTOS_ACCESS_TOKEN: 'T' },
});

interface Connected {
  version?: string;
  call(tool: string, input?: Record<string, unknown>): Promise<Reply>;
  read(uri: string): Promise<{ items: { n: number; id: string }[]; nextResource?: string }>;
  close(): Promise<void>;
}

async function connectNew(mode: 'auto' | 'legacy', state?: string): Promise<Connected> {
  const client = new Client({ name: 'test', version: '0' }, mode === 'auto' ? { versionNegotiation: { mode } } : {});
  await client.connect(new StdioClientTransport(parameters(state)));
  return {
    version: client.getNegotiatedProtocolVersion(),
    call: async (name, input = {}) => expectOk(name, toReply(await client.callTool({ name, arguments: input }))),
    read: async (uri) => textOf((await client.readResource({ uri })).contents),
    close: () => client.close(),
  };
}

async function connectOld(state?: string): Promise<Connected> {
  const client = new OldClient({ name: 'test', version: '0' });
  await client.connect(new OldTransport(parameters(state)));
  return {
    version: '2025-11-25',
    call: async (name, input = {}) =>
      expectOk(name, toReply((await client.callTool({ name, arguments: input })) as never)),
    read: async (uri) => textOf((await client.readResource({ uri })).contents),
    close: () => client.close(),
  };
}

function expectOk(name: string, reply: Reply): Reply {
  if (reply.isError) throw new Error(`${name}: ${reply.text}`);
  return reply;
}

const textOf = (contents: object[]) => {
  const [content] = contents;
  return JSON.parse(content && 'text' in content ? String(content.text) : '');
};

const requests = async (): Promise<Record<string, number>> =>
  (await jsonOf(await fetch(`${emulator.origin}/_emulator/requests`))).methods;

describe.each([
  ['2026-07-28, current client', '2026-07-28', (state?: string) => connectNew('auto', state)],
  ['2025-11-25, current client', '2025-11-25', (state?: string) => connectNew('legacy', state)],
  ['2025-11-25, older SDK', '2025-11-25', connectOld],
] as const)('%s', (name, version, connect) => {
  const state = name.replace(/\W+/g, '-');

  test('all 13 live methods, with ids and with references, and again after a restart', {
    timeout: 120_000,
  }, async () => {
    await fetch(`${emulator.origin}/_emulator/reset`, { method: 'POST' });
    const first = await connect(state);
    expect(first.version).toBe(version);

    const search = await first.call('media_items_search', { mediaType: 'PHOTO', pageSize: 100, ranges: ['1990/2030'] });
    const { result } = search.data;
    const ids: string[] = [];
    for (let uri: string | undefined = search.data.resource; uri !== undefined; ) {
      const page: { items: { n: number; id: string }[]; nextResource?: string } = await first.read(uri);
      ids.push(...page.items.map(({ id }) => id));
      uri = page.nextResource;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(500);
    expect((await requests())['mediaItems.search']).toBe(Math.ceil(ids.length / 100));

    const { album } = (await first.call('albums_create', { title: 'Best of' })).data;
    const albums = (await first.call('albums_list')).data;
    const listed = await first.read(albums.resource);
    const mine = `${albums.result}#${listed.items.find(({ id }) => id === album.id)?.n}`;
    await first.call('albums_batch_add_media_items', {
      albumId: mine,
      mediaItemIds: [`${result}#1-120`, ids[130] ?? ''],
    });
    await first.call('albums_batch_remove_media_items', {
      albumId: album.id,
      mediaItemIds: [ids[0] ?? '', `${result}#3`],
    });
    await first.call('albums_patch', { albumId: mine, title: 'The best', coverPhotoMediaItemId: `${result}#10` });
    await first.call('albums_add_enrichment', { albumId: mine, text: 'Here', relativeMediaItemId: `${result}#10` });
    const made = await first.call('media_items_batch_create', {
      albumId: mine,
      newMediaItems: [{ path: join(folder, 'new.jpg'), description: 'New' }],
    });
    const after = (await first.call('albums_get', { albumId: mine })).data.album;
    expect(after).toMatchObject({ title: 'The best', count: 120, coverPhotoMediaItemId: ids[9] });
    await first.call('media_items_patch', { mediaItemId: `${made.data.result}#1`, description: 'Newer' });
    const item = (await first.call('media_items_get', { mediaItemId: `${made.data.result}#1` })).data.mediaItem;
    expect(item).toMatchObject({ description: 'Newer', filename: 'new.jpg' });
    expect((await first.call('media_items_batch_get', { mediaItemIds: [`${result}#1-60`] })).data.total).toBe(60);
    expect((await first.call('media_items_list')).data.items).toHaveLength(25);
    await first.close();

    const second = await connect(state);
    const again = await second.call('media_items_get', { mediaItemId: `${result}#500` });
    expect(again.data.mediaItem.id).toBe(ids[499]);
    expect((await second.call('results_read', { result, page: 3 })).data.items[0].n).toBe(201);
    expect((await second.call('media_items_search', { pageToken: `${result}.2` })).data.items[0].n).toBe(101);
    await second.close();
  });
});

test('stdout carries nothing but the protocol, and the process ends with its client', async () => {
  const { args, env } = parameters();
  const child = run(args[0] ?? '', args.slice(1), { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '0' } };
  for (const message of [
    { id: 1, method: 'initialize', params },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: 'albums_list', arguments: {} } },
    { id: 3, method: 'tools/call', params: { name: 'no_such_tool', arguments: {} } },
  ]) {
    child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
  while (!output.includes('"id":2') || !output.includes('"id":3')) await once(child.stdout ?? process.stdin, 'data');
  child.stdin?.end();
  const [status] = await once(child, 'close');
  expect(status).toBe(0);
  const messages = output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(messages.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true);
  expect(messages.find(({ id }) => id === 3)).toMatchObject({ error: { code: -32602 } });
});

test('a reader that goes away in the middle ends the command without a word', async () => {
  const { args, env } = parameters();
  const child = run(MAIN, ['doctor', ...args.slice(1)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  child.stdout?.destroy();
  const [status] = await once(child, 'close');
  expect({ status, err }).toEqual({ status: 0, err: '' });
});

test('an unknown option ends with status 2 and one line on stderr', async () => {
  const child = run(MAIN, ['--toolsets', 'foo'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  const [status] = await once(child, 'close');
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(err).toContain('library, sharing, media, picker, organize, account');
});
