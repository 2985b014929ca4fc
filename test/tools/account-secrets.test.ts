/**
 * The whole program, from sign-in to sign-out, with everything that goes to and from Google remembered: none of the
 * secrets in it may be found in anything the program writes, but for the refresh token in its own file.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consentElsewhere } from '../harness/person.ts';
import {
  finish,
  GOOGLE_PAGE,
  runCommand,
  type Setting,
  startGoogle,
  startProxy,
  temporaryFolder,
  useProgram,
} from '../harness/signed-out-system.ts';

useProgram();

const CLIENT_SECRET = 'MARKED-client-secret';

async function start() {
  const google = await startGoogle({ library: 5 });
  const { origin, passed } = await startProxy(google.origin);
  const setting: Setting = {
    origin,
    stateDir: await temporaryFolder(),
    // With these, Node and google-auth-library write down what they send and get.
    env: { GOOGLE_PHOTOS_CLIENT_SECRET: CLIENT_SECRET, GOOGLE_SDK_NODE_LOGGING: '*' },
  };
  /** By kind, as they went over the wire. */
  const secrets = () => {
    const all = passed.map(({ sent, got }) => `${decodeURIComponent(sent)}\n${got}`).join('\n');
    const find = (pattern: RegExp) => [...all.matchAll(pattern)].map(([, secret = '']) => secret);
    return {
      codes: find(/(?:^|&)code=([^&\n]+)/gm),
      verifiers: find(/code_verifier=([^&\n]+)/g),
      access: find(/"access_token":\s*"([^"]+)"/g),
      refresh: find(/"refresh_token":\s*"([^"]+)"/g),
    };
  };
  return { google, setting, secrets };
}

test('nothing secret in stdout, stderr, results, state, error replies or arguments', async () => {
  const { google, setting, secrets } = await start();
  let written = '';
  const note = ({ out, err }: { out: string; err: string }) => {
    written += out + err;
  };

  // At the terminal, with all that can go wrong on the way.
  const login = runCommand(['auth', 'login', '--no-browser'], setting);
  const [address = ''] = await login.wrote(GOOGLE_PAGE);
  const redirected = await consentElsewhere(address);
  const { searchParams } = new URL(redirected);
  login.child.stdin?.write(`${redirected.replace(/state=[^&]+/, 'state=other')}\n`);
  await login.wrote(/not the address/);
  login.child.stdin?.write(`${redirected}\n`);
  expect(await login.status).toBe(0);
  note({ out: login.out(), err: login.err() });

  // In the chat: calls that work, fail, find the token dead, and sign in again.
  const server = runCommand([], setting);
  let id = 0;
  const call = async (name: string, input = {}) => {
    id += 1;
    const params = { name, arguments: input };
    server.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params })}\n`);
    await server.wrote(new RegExp(`"id":${id}[,}]`));
  };
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '0' } };
  server.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id: 'i', method: 'initialize', params })}\n`);
  server.child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  await call('media_items_list');
  await call('media_items_get', { mediaItemId: 'none' });
  google.advance(4000);
  await call('albums_create', { title: 'Mine' });
  await call('account_status');
  const faults = (rules: unknown) =>
    fetch(`${setting.origin}/_emulator/faults`, { method: 'POST', body: JSON.stringify(rules) });
  await faults([{ method: 'albums.create', failure: 'reset', count: 5 }]);
  await call('albums_create', { title: 'Lost' });
  await faults([]);
  const commandLines = await argumentsOfAll();
  const [grant = ''] = [...google.state.grants.keys()];
  await fetch(`${google.origin}/revoke`, { method: 'POST', body: new URLSearchParams({ token: grant }) });
  await call('albums_list');
  await call('account_sign_in');
  await call('account_sign_out');
  server.child.stdin?.end();
  expect(await server.status).toBe(0);
  note({ out: server.out(), err: server.err() });
  expect(written).toContain('revoked');
  expect(written).toContain('/start');

  const found = secrets();
  expect(found.codes).toEqual([searchParams.get('code')]);
  expect(found.verifiers).toHaveLength(1);
  expect(found.refresh).toHaveLength(1);
  expect(found.access.length).toBeGreaterThanOrEqual(3);
  const all = [CLIENT_SECRET, ...Object.values(found).flat()];
  const files = await filesUnder(setting.stateDir);
  expect(Object.keys(files).length).toBeGreaterThan(1);
  for (const secret of all) {
    expect(written).not.toContain(secret);
    expect(commandLines).not.toContain(secret);
    expect(Object.keys(files).filter((name) => files[name]?.includes(secret))).toEqual([]);
  }
});

test('while signed in, the refresh token stands in its own file and nowhere else', async () => {
  const { setting, secrets } = await start();
  const login = runCommand(['auth', 'login', '--no-browser'], setting);
  const [address = ''] = await login.wrote(GOOGLE_PAGE);
  login.child.stdin?.write(`${await consentElsewhere(address)}\n`);
  expect(await login.status).toBe(0);
  await finish(['doctor'], setting);
  const { refresh, access, codes, verifiers } = secrets();
  const files = await filesUnder(setting.stateDir);
  const holding = (secret: string) => Object.keys(files).filter((name) => files[name]?.includes(secret));
  expect(holding(refresh[0] ?? '')).toEqual([expect.stringMatching(/^tokens\/default.*\.json$/)]);
  for (const secret of [CLIENT_SECRET, ...access, ...codes, ...verifiers]) expect(holding(secret)).toEqual([]);
});

test('a crash at start, and a damaged state, print nothing secret', async () => {
  const { setting, secrets } = await start();
  const login = runCommand(['auth', 'login', '--no-browser'], setting);
  const [address = ''] = await login.wrote(GOOGLE_PAGE);
  login.child.stdin?.write(`${await consentElsewhere(address)}\n`);
  expect(await login.status).toBe(0);
  const [refresh = ''] = secrets().refresh;
  const [name = ''] = await readdir(join(setting.stateDir, 'tokens'));
  const path = join(setting.stateDir, 'tokens', name);
  const damaged = [
    (await readFile(path, 'utf8')).slice(0, -5),
    `{"refreshToken":{"x":"${refresh}"}}`,
    `"${refresh}"`,
    `{"refreshToken":"${refresh}\\u0000\\r\\nX: y","scopes":[],"account":"default","clientId":"123456789-abc.apps.googleusercontent.com","signedInAt":1}`,
  ];
  let written = '';
  for (const text of damaged) {
    await writeFile(path, text);
    const both = await Promise.all([finish(['auth', 'status'], setting), finish(['doctor'], setting)]);
    written += both.map(({ out, err }) => out + err).join();
  }
  // And an error that no handler catches: standard output that is gone.
  const doctor = runCommand(['doctor'], setting);
  doctor.child.stdout?.destroy();
  await doctor.status;
  written += doctor.err();
  expect(written.length).toBeGreaterThan(1000);
  for (const secret of [CLIENT_SECRET, refresh, ...secrets().access]) expect(written).not.toContain(secret);
});

/** What `ps` shows of every process. */
async function argumentsOfAll(): Promise<string> {
  const processes = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.join('\n');
}

async function filesUnder(folder: string): Promise<Record<string, string>> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(
    paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path, 'utf8')]),
  );
  return Object.fromEntries(texts);
}
