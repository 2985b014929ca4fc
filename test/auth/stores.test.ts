/** Where secrets live, and that they stay there (contract 9; README's table of token stores). */
import { chmod, mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { storeForLoading, storeForSaving, type TokenStores } from '../../src/auth/choose.ts';
import { createFileTokenStore } from '../../src/auth/file-token-store.ts';
import { keychainWorks } from '../../src/auth/keychain.ts';
import { createMacosSecurityTokenStore, macosSecurityWorks } from '../../src/auth/macos-security.ts';
import { createMemoryTokenStore } from '../../src/auth/memory-token-store.ts';
import { Secret } from '../../src/auth/secret.ts';
import { encodeGrant, type Grant, type StoreKind, type TokenStore } from '../../src/auth/token-store.ts';
import { rejection } from '../google/scripted.ts';
import { bundle } from '../harness/program.ts';
import { start } from '../storage/harness.ts';
import { answerTo, authOn, fakeSecurity, granted, startGoogle, storageOn, temporaryFolder } from './fake-google.ts';

const grant: Grant = {
  refreshToken: new Secret('1//refresh-token'),
  scopes: ['photoslibrary.appendonly', 'photospicker.mediaitems.readonly'],
  account: 'work',
  clientId: 'client-1',
  signedInAt: 1_795_000_000_000,
  endsAt: 1_795_604_799_000,
};

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

const fileStore = (folder: string, key = 'default'): TokenStore => createFileTokenStore(folder, key);

describe('file', () => {
  test('0600 in a 0700 folder, and nothing else is left behind', async () => {
    const folder = join(await temporaryFolder(), 'tokens');
    await mkdir(folder, { mode: 0o755 });
    await fileStore(folder).save(grant);
    expect(await readdir(folder)).toEqual(['default.json']);
    expect(await mode(folder)).toBe('700');
    expect(await mode(join(folder, 'default.json'))).toBe('600');
  });

  test.skipIf(process.platform === 'win32')('a disk on which nothing can be closed keeps it all the same', async () => {
    const folder = join(await temporaryFolder(), 'tokens');
    await mkdir(folder, { mode: 0o755 });
    const program = await bundle('test/auth/programs/save-token.ts');
    const saving = start(program, { kind: 'file', folder, key: 'default' }, { faults: 'chmod=EPERM' });
    expect(await saving.next()).toBe('1');
    await saving.kill();
    expect((await fileStore(folder).load())?.refreshToken.reveal()).toMatch(/^1\/\/refresh-\d+-x+-\d+$/);
  });

  test('what a killed process left on its way goes with the next sign-in, and with signing out', async () => {
    const folder = join(await temporaryFolder(), 'tokens');
    const left = join(folder, '.123-0123456789ab.tmp');
    const leave = async (minutes: number) => {
      await writeFile(left, 'secret');
      const time = new Date(Date.now() - minutes * 60_000);
      await utimes(left, time, time);
    };
    await fileStore(folder).save(grant);
    await leave(61);
    await fileStore(folder).save(grant);
    expect(await readdir(folder)).toEqual(['default.json']);
    await leave(61);
    await fileStore(folder).clear();
    expect(await readdir(folder)).toEqual([]);
    // Another process may be writing it.
    await leave(1);
    await fileStore(folder).save(grant);
    expect(await readdir(folder)).toEqual(['.123-0123456789ab.tmp', 'default.json']);
  });

  test('a file that others could read is closed to them', async () => {
    const folder = join(await temporaryFolder(), 'tokens');
    await fileStore(folder).save(grant);
    await chmod(join(folder, 'default.json'), 0o644);
    await fileStore(folder).load();
    expect(await mode(join(folder, 'default.json'))).toBe('600');
  });

  test.each(['..', '.', '../../etc/passwd', 'a/b', 'a\\b', 'default at 127.0.0.1:80'])(
    'the name %j stays in the folder',
    async (name) => {
      const folder = join(await temporaryFolder(), 'tokens');
      await fileStore(folder, name).save(grant);
      const [file, ...more] = await readdir(folder);
      expect(more).toEqual([]);
      expect(file).toMatch(/^[\w%.-]+\.json$/);
      expect((await fileStore(folder, name).load())?.account).toBe('work');
    },
  );

  test.each(['', '{', '[]', 'null', '{"refreshToken":5}', '{"refreshToken":"x"}'])(
    'a damaged file (%j) is like none',
    async (text) => {
      const folder = await temporaryFolder();
      await writeFile(join(folder, 'default.json'), text);
      expect(await fileStore(folder).load()).toBeUndefined();
    },
  );
});

describe('macOS security tool', () => {
  test('the secret is in no process’s arguments', async () => {
    const { command, processList } = await fakeSecurity();
    const store = createMacosSecurityTokenStore('work', command);
    await store.save(grant);
    await store.load();
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
    const store = createMacosSecurityTokenStore('a" -w x\ndelete-keychain', command);
    expect(await rejection(store.save(grant))).toBeInstanceOf(RangeError);
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
  function only(...working: StoreKind[]): TokenStores & { probed: StoreKind[] } {
    const probed: StoreKind[] = [];
    return {
      probed,
      open: (kind) => ({ ...createMemoryTokenStore(), kind }),
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
    const system = storageOn(google, stateDir).tokens;
    const working = { ...system, works: async (kind: StoreKind) => kind === 'file' };
    const signIn = async (tokens: TokenStores, tokenStore: 'auto' | 'file' = 'auto') => {
      const auth = await authOn(google, { stateDir, tokens, tokenStore });
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
    const keychain = { ...createMemoryTokenStore(), kind: 'keychain' as const };
    const system = storageOn(google, stateDir).tokens;
    const tokens: TokenStores = {
      works: async () => true,
      open: (kind) => (kind === 'keychain' ? keychain : system.open(kind)),
    };
    for (const tokenStore of ['auto', 'file'] as const) {
      const auth = await authOn(google, { stateDir, tokens, tokenStore });
      const flow = await auth.signIn();
      await flow.finishWithAddress(answerTo(flow.authorizationUrl));
    }
    expect(await keychain.load()).toBeUndefined();
    const auth = await authOn(google, { stateDir, tokens, tokenStore: 'auto' });
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
  // Before the person agrees: Google would have granted something that is kept nowhere and cannot be revoked.
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
  const keychain = { ...createMemoryTokenStore(), kind: 'keychain' as const };
  const tokens: TokenStores = { works: async () => true, open: () => keychain };
  const auth = await authOn(google, { stateDir: join(file, 'state'), tokenStore: 'auto', tokens });
  const flow = await auth.signIn();
  expect(await rejection(flow.finishWithAddress(answerTo(flow.authorizationUrl)))).toMatchObject({
    reason: 'folderUnusable',
  });
});
