import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseCommandLine } from '../../src/cli/command-line.ts';

const parse = (line: string, env: Record<string, string> = {}) =>
  parseCommandLine(line.split(' ').filter(Boolean), env, '9.9.9');

const configOf = (line: string, env: Record<string, string> = {}) => {
  const invocation = parse(line, env);
  if (!('config' in invocation)) throw new Error(JSON.stringify(invocation));
  return invocation.config;
};

test('without arguments: the server on stdio, everything on, nothing allowed', () => {
  const invocation = parse('');
  expect(invocation.command).toBe('serve');
  expect(invocation).not.toHaveProperty('httpPort', expect.anything());
  expect(configOf('')).toMatchObject({
    demo: false,
    account: 'default',
    allowDirs: [],
    tokenStore: 'auto',
    toolsets: ['library', 'sharing', 'media', 'picker', 'organize', 'account'],
    readOnly: false,
  });
});

test('options win over environment', () => {
  const env = {
    GOOGLE_PHOTOS_ACCOUNT: 'home',
    GOOGLE_PHOTOS_TOOLSETS: 'media',
    GOOGLE_PHOTOS_READ_ONLY: 'true',
    GOOGLE_PHOTOS_ALLOW_DIRS: ['/a', '/b'].join(delimiter),
    GOOGLE_PHOTOS_ORIGIN: 'http://localhost:1234',
    GOOGLE_PHOTOS_CLIENT_ID: 'id',
    GOOGLE_PHOTOS_CLIENT_SECRET: 'secret',
    GOOGLE_PHOTOS_ACCESS_TOKEN: 'token',
    GOOGLE_PHOTOS_STATE_DIR: '/state',
    GOOGLE_PHOTOS_TOKEN_STORE: 'memory',
    BROWSER: 'none',
  };
  expect(configOf('', env)).toEqual({
    demo: false,
    account: 'home',
    toolsets: ['media'],
    readOnly: true,
    allowDirs: ['/a', '/b'],
    googleOrigin: 'http://localhost:1234',
    clientId: 'id',
    clientSecret: 'secret',
    accessToken: 'token',
    stateDir: '/state',
    tokenStore: 'memory',
    hasDesktop: false,
  });
  expect(
    configOf(
      '--account work --toolsets library,picker --allow-dir /c --allow-dir ~/d --google-origin http://127.0.0.1:99/',
      env,
    ),
  ).toMatchObject({
    account: 'work',
    toolsets: ['library', 'picker'],
    allowDirs: ['/c', join(homedir(), 'd')],
    googleOrigin: 'http://127.0.0.1:99',
  });
});

test.each([
  ['--allow-dir /a /b --read-only', ['/a', '/b']],
  ['--allow-dir /a --allow-dir /b /c', ['/a', '/b', '/c']],
  ['--allow-dir', []],
  ['--allow-dir --demo', []],
])('folders after one flag, as Claude Desktop expands a list: %s', (line, folders) => {
  expect(configOf(line, { GOOGLE_PHOTOS_ALLOW_DIRS: '/from/env' }).allowDirs).toEqual(folders);
});

test('a folder of a sub-command takes nothing but itself', () => {
  expect(parse('upload --allow-dir /a b.jpg')).toMatchObject({ upload: { paths: ['b.jpg'] } });
});

test('the configuration is frozen', () => {
  expect(Object.isFrozen(configOf(''))).toBe(true);
});

test.each([
  ['--http', 3917],
  ['--http 8080', 8080],
  ['--demo --http', 3917],
])('%s serves on port %i', (line, port) => {
  expect(parse(line)).toMatchObject({ command: 'serve', httpPort: port });
});

test('sub-commands', () => {
  expect(parse('emulator')).toEqual({
    command: 'emulator',
    emulator: {
      port: 0,
      library: 'demo',
      latencyMs: 0,
      legacySharing: false,
      accessToken: undefined,
      stateFile: undefined,
    },
  });
  expect(
    parse('emulator --port 7 --library 1000 --access-token T --latency 50 --legacy-sharing --state /s.json'),
  ).toEqual({
    command: 'emulator',
    emulator: { port: 7, library: 1000, latencyMs: 50, legacySharing: true, accessToken: 'T', stateFile: '/s.json' },
  });
  expect(parse('emulator --library /lib.json')).toMatchObject({ emulator: { library: { file: '/lib.json' } } });
  expect(parse('auth login --account work --no-browser')).toMatchObject({
    command: 'auth',
    action: 'login',
    browser: false,
    config: { account: 'work' },
  });
  expect(parse('auth status')).toMatchObject({ command: 'auth', action: 'status', browser: true });
  expect(parse('doctor')).toMatchObject({ command: 'doctor' });
  expect(parse('upload /photos/a.jpg /photos/*.png --album Lisbon --dry-run')).toMatchObject({
    command: 'upload',
    upload: {
      paths: ['/photos/a.jpg', '/photos/*.png'],
      album: 'Lisbon',
      dryRun: true,
      recursive: true,
      concurrency: 5,
    },
    config: { allowDirs: ['/photos/a.jpg', '/photos'] },
  });
  expect(parse('download Lisbon /out')).toMatchObject({
    command: 'download',
    album: 'Lisbon',
    dir: '/out',
    config: { allowDirs: ['/out'] },
  });
});

test.each([
  ['--colour', /unknown option '--colour'/],
  ['--read-onyl', /--read-only/],
  ['--toolsets library,foo', /library, sharing, media, picker, organize, account/],
  ['--token-store vault', /auto, keychain, file, memory/],
  ['--google-origin https://photos.example.com', /address of this machine/],
  ['--google-origin http://127.0.0.1.evil.test', /address of this machine/],
  ['--google-origin http://user@127.0.0.1', /address of this machine/],
  ['--http 99999', /from 0 to 65535/],
  ['--account ../../etc', /Account names/],
  ['emulator --latency soon', /whole number/],
  ['upload', /missing required argument/],
  ['upload a.jpg --concurrency 9', /from 1 to 8/],
  ['--allow-dir /a doctor', /doctor --allow-dir DIR/],
  ['lunch', /unknown command 'lunch'/],
])('refuses %s with one clear line and exit status 2', (line, message) => {
  const invocation = parse(line);
  expect(invocation).toMatchObject({ command: 'exit', status: 2 });
  if (invocation.command === 'exit') expect(invocation.output).toMatch(message);
});

test.each([
  ['GOOGLE_PHOTOS_TOOLSETS', 'foo', /GOOGLE_PHOTOS_TOOLSETS.*library, sharing/],
  ['GOOGLE_PHOTOS_READ_ONLY', 'maybe', /GOOGLE_PHOTOS_READ_ONLY.*true, false/],
  ['GOOGLE_PHOTOS_ORIGIN', 'https://evil.test', /GOOGLE_PHOTOS_ORIGIN/],
])('refuses environment variable %s=%s', (name, value, message) => {
  const invocation = parse('', { [name]: value });
  expect(invocation).toMatchObject({ command: 'exit', status: 2 });
  if (invocation.command === 'exit') expect(invocation.output).toMatch(message);
});

test('help and version are answers, not errors', () => {
  expect(parse('--version')).toEqual({ command: 'exit', status: 0, output: '9.9.9\n' });
  const help = parse('--help');
  expect(help).toMatchObject({ command: 'exit', status: 0 });
  if (help.command === 'exit') expect(help.output).toContain('emulator');
});
