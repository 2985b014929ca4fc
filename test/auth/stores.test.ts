/** Where secrets live, and that they stay there (contract 9; README's table of token stores). */
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Stores, storeForLoading, storeForSaving, systemStores } from '../../src/auth/choose.ts';
import { fileStore } from '../../src/auth/file.ts';
import { keychainWorks } from '../../src/auth/keychain.ts';
import { macosSecurityStore, macosSecurityWorks } from '../../src/auth/macos-security.ts';
import { memoryStore } from '../../src/auth/memory.ts';
import { Secret } from '../../src/auth/secret.ts';
import { encodeGrant, type Grant, type StoreKind, type TokenStore } from '../../src/auth/token-store.ts';
import { rejection } from '../google/scripted.ts';
import { answerTo, authOn, granted, startGoogle, temporaryFolder } from './fake-google.ts';

const grant: Grant = {
  refreshToken: new Secret('1//refresh-token'),
  scopes: ['photoslibrary.appendonly', 'photospicker.mediaitems.readonly'],
  account: 'work',
  clientId: 'client-1',
  signedInAt: 1_795_000_000_000,
  endsAt: 1_795_604_799_000,
};

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** What every store does alike. */
async function keeps(store: TokenStore): Promise<void> {
  expect(await store.load('work')).toBeUndefined();
  await store.clear('work');
  await store.save('work', grant);
  await store.save('other', { ...grant, account: 'other', refreshToken: new Secret('another') });
  const loaded = await store.load('work');
  expect({ ...loaded, refreshToken: loaded?.refreshToken.reveal() }).toEqual({
    ...grant,
    refreshToken: '1//refresh-token',
  });
  await store.save('work', { ...grant, refreshToken: new Secret('newer'), endsAt: undefined });
  expect((await store.load('work'))?.refreshToken.reveal()).toBe('newer');
  await store.clear('work');
  expect(await store.load('work')).toBeUndefined();
  expect((await store.load('other'))?.refreshToken.reveal()).toBe('another');
  await store.clear('other');
}

test('memory keeps', () => keeps(memoryStore()));

describe('file', () => {
  test('keeps', async () => keeps(fileStore(join(await temporaryFolder(), 'state', 'tokens'))));

  test('0600 in a 0700 folder, and nothing else is left behind', async () => {
    const folder = join(await temporaryFolder(), 'tokens');
    await mkdir(folder, { mode: 0o755 });
    await fileStore(folder).save('default', grant);
    expect(await readdir(folder)).toEqual(['default.json']);
    expect(await mode(folder)).toBe('700');
    expect(await mode(join(folder, 'default.json'))).toBe('600');
  });

  test('a file that others could read is closed to them', async () => {
    const folder = join(await temporaryFolder(), 'tokens');
    await fileStore(folder).save('default', grant);
    await chmod(join(folder, 'default.json'), 0o644);
    await fileStore(folder).load('default');
    expect(await mode(join(folder, 'default.json'))).toBe('600');
  });

  test.each(['..', '.', '../../etc/passwd', 'a/b', 'a\\b', 'default at 127.0.0.1:80'])(
    'the name %j stays in the folder',
    async (name) => {
      const folder = join(await temporaryFolder(), 'tokens');
      await fileStore(folder).save(name, grant);
      const [file, ...more] = await readdir(folder);
      expect(more).toEqual([]);
      expect(file).toMatch(/^[\w%.-]+\.json$/);
      expect((await fileStore(folder).load(name))?.account).toBe('work');
    },
  );

  test.each(['', '{', '[]', 'null', '{"refreshToken":5}', '{"refreshToken":"x"}'])(
    'a damaged file (%j) is like none',
    async (text) => {
      const folder = await temporaryFolder();
      await writeFile(join(folder, 'default.json'), text);
      expect(await fileStore(folder).load('default')).toBeUndefined();
    },
  );
});

describe('macOS security tool', () => {
  /** Acts as `security` does, writing its arguments down as a process list would show them. */
  async function fakeSecurity(): Promise<{ command: string; processList(): Promise<string> }> {
    const folder = await temporaryFolder();
    const command = join(folder, 'security');
    const script = new URL('./fake-security.mjs', import.meta.url).pathname;
    await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${script}" "${folder}" "$@"\n`, { mode: 0o755 });
    return { command, processList: () => readFile(join(folder, 'arguments'), 'utf8') };
  }

  test('keeps, and the secret is in no process’s arguments', async () => {
    const { command, processList } = await fakeSecurity();
    await keeps(macosSecurityStore(command));
    const seen = await processList();
    expect(seen).toContain('find-generic-password -s google-photos-mcp -a work -w');
    expect(seen).not.toContain('refresh-token');
    expect(seen).not.toContain(Buffer.from(encodeGrant(grant)).toString('base64').slice(0, 40));
  });

  test('is probed with a dummy', async () => {
    const { command } = await fakeSecurity();
    expect(await macosSecurityWorks(command)).toBe(true);
    expect(await macosSecurityWorks('/bin/true')).toBe(false);
    expect(await macosSecurityWorks('/nowhere/security')).toBe(false);
  });

  test('an account name cannot become a second command', async () => {
    const { command } = await fakeSecurity();
    const store = macosSecurityStore(command);
    expect(await rejection(store.save('a" -w x\ndelete-keychain', grant))).toBeInstanceOf(RangeError);
  });
});

test('a grant is stored below 2.5 kB, or not at all', async () => {
  expect(Buffer.byteLength(encodeGrant(grant))).toBeLessThan(400);
  expect(() => encodeGrant({ ...grant, refreshToken: new Secret('x'.repeat(2500)) })).toThrow(RangeError);
  expect(Object.keys(JSON.parse(encodeGrant(grant))).toSorted()).toEqual([
    'account',
    'clientId',
    'endsAt',
    'refreshToken',
    'scopes',
    'signedInAt',
  ]);
});

describe('choice', () => {
  /** Stores of which only these work. */
  function only(...working: StoreKind[]): Stores & { probed: StoreKind[] } {
    const probed: StoreKind[] = [];
    return {
      probed,
      open: (kind) => ({ ...memoryStore(), kind }),
      works: async (kind) => {
        probed.push(kind);
        return working.includes(kind);
      },
    };
  }

  test.each([
    [['keychain', 'macos-security', 'file', 'memory'], 'keychain'],
    [['macos-security', 'file', 'memory'], 'macos-security'],
    [['file', 'memory'], 'file'],
    [['memory'], 'memory'],
  ] as [StoreKind[], StoreKind][])('first time, with %j working: %s', async (working, kind) => {
    expect((await storeForSaving(only(...working), 'auto')).kind).toBe(kind);
  });

  test('later it stays where it was, better or worse', async () => {
    expect((await storeForSaving(only('keychain', 'file'), 'auto', 'file')).kind).toBe('file');
    const error = await rejection(storeForSaving(only('file', 'memory'), 'auto', 'keychain'));
    expect(error).toMatchObject({ reason: 'keychainUnavailable' });
  });

  test('--token-store forces, and never falls back', async () => {
    expect((await storeForSaving(only('keychain', 'file'), 'file', 'keychain')).kind).toBe('file');
    expect((await storeForSaving(only('keychain', 'memory'), 'memory', 'keychain')).kind).toBe('memory');
    expect((await storeForSaving(only('macos-security', 'file'), 'keychain')).kind).toBe('macos-security');
    expect(await rejection(storeForSaving(only('file', 'memory'), 'keychain'))).toMatchObject({
      reason: 'keychainUnavailable',
    });
    expect(await rejection(storeForSaving(only('memory'), 'file'))).toMatchObject({ reason: 'folderUnusable' });
  });

  test('looking for a sign-in probes nothing', () => {
    const stores = only();
    expect(storeForLoading(stores, 'auto', 'keychain')?.kind).toBe('keychain');
    expect(storeForLoading(stores, 'auto')?.kind).toBe('memory');
    expect(storeForLoading(stores, 'keychain')).toBeUndefined();
    expect(storeForLoading(stores, 'keychain', 'file')).toBeUndefined();
    expect(storeForLoading(stores, 'file', 'keychain')?.kind).toBe('file');
    expect(stores.probed).toEqual([]);
  });

  test('a keychain out of reach is told, and the sign-in is written nowhere else', async () => {
    const google = await startGoogle(granted());
    const stateDir = await temporaryFolder();
    const system = systemStores(stateDir);
    const working = { ...system, works: async (kind: StoreKind) => kind === 'file' };
    const signIn = async (stores: Stores, tokenStore: 'auto' | 'file' = 'auto') => {
      const auth = await authOn(google, { stateDir, stores, tokenStore });
      const flow = await auth.signIn();
      return flow.finishWithAddress(answerTo(flow.authorizationUrl));
    };
    expect((await signIn(working)).store).toEqual({ kind: 'file', where: join(stateDir, 'tokens') });

    const gone = { ...working, works: async () => false };
    expect(await rejection(signIn(gone))).toMatchObject({ reason: 'folderUnusable' });
  });

  test('moving from one store to another leaves nothing behind', async () => {
    const google = await startGoogle(granted());
    const stateDir = await temporaryFolder();
    const keychain = { ...memoryStore(), kind: 'keychain' as const };
    const system = systemStores(stateDir);
    const stores: Stores = {
      works: async () => true,
      open: (kind) => (kind === 'keychain' ? keychain : system.open(kind)),
    };
    for (const tokenStore of ['auto', 'file'] as const) {
      const auth = await authOn(google, { stateDir, stores, tokenStore });
      const flow = await auth.signIn();
      await flow.finishWithAddress(answerTo(flow.authorizationUrl));
    }
    const key = `default at ${new URL(google.origin).host}`;
    expect(await keychain.load(key)).toBeUndefined();
    const auth = await authOn(google, { stateDir, stores, tokenStore: 'auto' });
    expect(await auth.status()).toMatchObject({ state: 'signedIn', store: { kind: 'file' } });
  });
});

const keyringHere = await keychainWorks();
const bare = keyringHere ? 'without any keyring (skipped: this machine has one)' : 'without any keyring';

// A server or a container: no D-Bus session, or none with a secret service.
test.skipIf(keyringHere)(`${bare}, the sign-in goes to a file and says so`, async () => {
  const google = await startGoogle(granted());
  const stateDir = await temporaryFolder();
  const auth = await authOn(google, { stateDir, tokenStore: 'auto' });
  const flow = await auth.signIn();
  const { store } = await flow.finishWithAddress(answerTo(flow.authorizationUrl));
  expect(store).toEqual({ kind: 'file', where: join(stateDir, 'tokens') });
  expect(await (await authOn(google, { stateDir, tokenStore: 'auto' })).status()).toMatchObject({
    state: 'signedIn',
    store: { kind: 'file' },
  });
  const forced = await authOn(google, { tokenStore: 'keychain' });
  // Before the person agrees: Google would have granted something that nobody keeps, and nobody could revoke.
  expect(await rejection(forced.signIn())).toMatchObject({ reason: 'keychainUnavailable' });
});

test('a state folder that cannot be used is told, without its path', async () => {
  const google = await startGoogle(granted());
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const stateDir = join(file, 'state');
  const auth = await authOn(google, { stateDir, tokenStore: 'file' });
  expect(await auth.status()).toMatchObject({ state: 'notSignedIn', problem: { reason: 'notSignedIn' } });
  const error = await rejection(auth.signIn());
  expect(error).toMatchObject({ name: 'AuthError', reason: 'folderUnusable' });
  expect(String(error)).not.toContain(stateDir);
});

test('a keychain serves, but the account cannot be remembered', async () => {
  const google = await startGoogle(granted());
  const file = join(await temporaryFolder(), 'file');
  await writeFile(file, '');
  const keychain = { ...memoryStore(), kind: 'keychain' as const };
  const stores: Stores = { works: async () => true, open: () => keychain };
  const auth = await authOn(google, { stateDir: join(file, 'state'), tokenStore: 'auto', stores });
  const flow = await auth.signIn();
  expect(await rejection(flow.finishWithAddress(answerTo(flow.authorizationUrl)))).toMatchObject({
    reason: 'folderUnusable',
  });
});
