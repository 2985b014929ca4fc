/** The built command on Streamable HTTP, spawned as a person would start it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request, type ServerResponse } from 'node:http';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/index.ts';
import { startScripted } from '../google/scripted.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let emulator: Emulator;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({ library: 100, accessToken: 'T' });
  folder = await mkdtemp(join(tmpdir(), 'http-'));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});

interface Running {
  child: ChildProcess;
  url: string;
  /** What it wrote so far. */
  output(): { stdout: string; stderr: string };
  /** Its exit status, once it has ended. */
  ended: Promise<number | null>;
}

const running: Running[] = [];
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
});

function launch(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      written[name] += chunk;
    });
  }
  const ended = once(child, 'close').then(([status]): number | null => status);
  return { child, written, ended };
}

async function start(args: readonly string[], env?: Record<string, string>): Promise<Running> {
  const { child, written, ended } = launch(args, env);
  for (;;) {
    const url = /^listening on (\S+)\n/m.exec(written.stderr)?.[1];
    if (url !== undefined && (written.stderr.includes('GOOGLE_PHOTOS_HTTP_TOKEN') || !isOwnToken(args, env))) {
      const server = { child, url, output: () => ({ ...written }), ended };
      running.push(server);
      return server;
    }
    if (child.exitCode !== null) throw new Error(`it ended: ${written.stderr}`);
    await Promise.race([once(child.stderr, 'data'), ended]);
  }
}

const isOwnToken = (args: readonly string[], env: Record<string, string> = {}): boolean =>
  !args.includes('--demo') && env.GOOGLE_PHOTOS_HTTP_TOKEN === undefined;

const withEmulator = (...more: string[]) => ['--google-origin', emulator.origin, '--state-dir', folder, ...more];
const ACCESS = { GOOGLE_PHOTOS_ACCESS_TOKEN: 'T' };

const headersFor = (token?: string): Record<string, string> =>
  token === undefined ? {} : { Authorization: `Bearer ${token}` };

async function connect(url: string, mode: 'auto' | 'legacy', token?: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '0' }, mode === 'auto' ? { versionNegotiation: { mode } } : {});
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: headersFor(token) } });
  await client.connect(transport);
  return client;
}

async function connectOld(url: string, token?: string): Promise<OldClient> {
  const client = new OldClient({ name: 'test', version: '0' });
  await client.connect(new OldTransport(new URL(url), { requestInit: { headers: headersFor(token) } }));
  return client;
}

const PING = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

/** A request with any header, `Host` too, which `fetch` would not allow. */
function send(url: string, headers: Record<string, string>, body = PING): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers },
      },
      async (response) => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode ?? 0, text });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

describe('a demo', () => {
  let server: Running;
  beforeAll(async () => {
    server = await start(['--demo', '--http', '0']);
    running.pop();
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.output().stdout).toBe('');
  });

  test('says its address and asks for no token', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect(server.output().stderr).toBe(`listening on ${server.url}\n`);
  });

  test('serves clients of both eras and of the older SDK, with the same tools', async () => {
    const current = await connect(server.url, 'auto');
    const legacy = await connect(server.url, 'legacy');
    const old = await connectOld(server.url);
    expect(current.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    expect(legacy.getNegotiatedProtocolVersion()).toBe('2025-11-25');
    const names = (await current.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('media_items_search');
    expect((await legacy.listTools()).tools.map(({ name }) => name)).toEqual(names);
    expect((await old.listTools()).tools.map(({ name }) => name)).toEqual(names);
    await Promise.all([current.close(), legacy.close(), old.close()]);
  });

  test('many clients at once share results', async () => {
    const clients = await Promise.all(
      Array.from({ length: 12 }, (_, n) => connect(server.url, n % 2 === 0 ? 'auto' : 'legacy')),
    );
    const found = await Promise.all(
      clients.map((client) => client.callTool({ name: 'media_items_list', arguments: { pageSize: 10 } })),
    );
    const results = found.map(({ structuredContent }) => (structuredContent as { result: string }).result);
    expect(new Set(results).size).toBe(12);
    const read = await Promise.all(
      clients.map((client, n) =>
        client.callTool({ name: 'results_read', arguments: { result: results[(n + 1) % 12], page: 1 } }),
      ),
    );
    for (const { structuredContent } of read) {
      expect((structuredContent as { items: unknown[] }).items).toHaveLength(10);
    }
    await Promise.all(clients.map((client) => client.close()));
  });

  test.each([
    ['Host', { Host: 'photos.evil.test' }],
    ['Host that only begins well', { Host: '127.0.0.1.evil.test' }],
    ['Origin', { Origin: 'https://evil.test' }],
    ['Origin of a file or a sandboxed frame', { Origin: 'null' }],
  ])('refuses a foreign %s with 403', async (_, headers) => {
    expect((await send(server.url, headers)).status).toBe(403);
  });

  test('lets a page of this machine in', async () => {
    const { origin, host } = new URL(server.url);
    expect((await send(server.url, { Origin: origin, Host: host })).status).toBe(200);
  });

  test('has one endpoint', async () => {
    expect((await send(new URL('/', server.url).href, {})).status).toBe(404);
    expect((await send(new URL('/mcp/x', server.url).href, {})).status).toBe(404);
  });

  test('refuses a request of more than 4 MiB, and goes on', async () => {
    const huge = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', params: { pad: 'x'.repeat(5_000_000) } });
    const status = await send(server.url, {}, huge).then(
      (reply) => reply.status,
      // It may close the connection before all has been sent.
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect([413, 'EPIPE', 'ECONNRESET']).toContain(status);
    expect((await send(server.url, {})).status).toBe(200);
  });

  test('listens on no other address', async () => {
    const { port } = new URL(server.url);
    const others = Object.values(networkInterfaces())
      .flatMap((addresses = []) => addresses)
      .filter(({ address, scopeid }) => address !== '127.0.0.1' && !scopeid)
      .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
    for (const address of others) {
      await expect(send(`http://${address}:${port}/mcp`, {}), address).rejects.toThrow();
    }
  });
});

test('its own token is shown once and is asked for', async () => {
  const server = await start(withEmulator('--http', '0'), ACCESS);
  const { stderr } = server.output();
  const token = /^Authorization: Bearer ([\w-]{32})$/m.exec(stderr)?.[1] ?? '';
  expect(token).not.toBe('');
  expect(stderr.split(token)).toHaveLength(2);
  for (const headers of [{}, headersFor('wrong'), { Authorization: token }, { Authorization: `Basic ${token}` }]) {
    expect((await send(server.url, headers)).status).toBe(401);
  }
  expect((await send(server.url, headersFor(`${token}x`))).text).not.toContain(token);
  expect((await send(server.url, headersFor(token))).status).toBe(200);
  await expect(connect(server.url, 'auto')).rejects.toThrow();
  const client = await connect(server.url, 'auto', token);
  const { structuredContent } = await client.callTool({ name: 'media_items_list', arguments: { pageSize: 5 } });
  expect((structuredContent as { items: unknown[] }).items).toHaveLength(5);
  await client.close();
});

test('a token from the environment is used and never shown', async () => {
  const server = await start(withEmulator('--http', '0'), { ...ACCESS, GOOGLE_PHOTOS_HTTP_TOKEN: 'my-own-token' });
  expect((await send(server.url, headersFor('my-own-token'))).status).toBe(200);
  expect((await send(server.url, {})).status).toBe(401);
  expect(server.output().stderr).toBe(`listening on ${server.url}\n`);
});

test('a port that is taken is said in one line', async () => {
  const first = await start(['--demo', '--http', '0']);
  const { port } = new URL(first.url);
  const { written, ended } = launch(['--demo', '--http', port]);
  expect(await ended).toBe(1);
  expect(written.stderr).toBe(
    `error: port ${port} is in use; give another one, --http ${Number(port) + 1}, or --http 0 for any\n`,
  );
});

/** A Google that answers no call until a test does it. */
async function startSilentGoogle() {
  const calls = new EventEmitter();
  const { origin } = await startScripted((_, response) => void calls.emit('call', response));
  const nextCall = async (): Promise<ServerResponse> => (await once(calls, 'call'))[0];
  return { origin, nextCall };
}

describe.each(['SIGINT', 'SIGTERM'] as const)('%s', (signal) => {
  const LIST = { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'albums_list', arguments: {} } };
  /** A server in the middle of a call: Google has been asked and has not answered. */
  async function inFlight() {
    const google = await startSilentGoogle();
    const args = ['--google-origin', google.origin, '--state-dir', folder, '--http', '0'];
    const server = await start(args, { ...ACCESS, GOOGLE_PHOTOS_HTTP_TOKEN: 't' });
    const asked = google.nextCall();
    const reply = send(server.url, headersFor('t'), JSON.stringify(LIST)).catch(() => undefined);
    return { server, reply, asked: await asked };
  }
  /** Resolves once the server takes nothing new: the signal has come through. */
  const closing = async (url: string): Promise<void> => {
    const takes = () => send(url, headersFor('t')).then(Boolean, () => false);
    while (await takes());
  };

  test('what is in flight is finished', async () => {
    const { server, reply, asked } = await inFlight();
    server.child.kill(signal);
    await closing(server.url);
    asked.setHeader('Content-Type', 'application/json');
    asked.end('{}');
    expect((await reply)?.text).toContain('"result"');
    expect(await server.ended).toBe(0);
    await expect(send(server.url, headersFor('t'))).rejects.toThrow();
  });

  test('what hangs is aborted', async () => {
    const { server, reply } = await inFlight();
    server.child.kill(signal);
    expect(await server.ended).toBe(0);
    expect((await reply)?.text ?? '').not.toContain('"items"');
  });
});
