/** Staying signed in: refreshed in time, once for all who ask, and told why when it ends (contract 9, 9.1). */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Auth } from '../../src/auth/auth.ts';
import { createGoogle } from '../../src/google/client.ts';
import { loopbackHosts } from '../../src/google/hosts.ts';
import { closedOrigin, rejection, type Scripted, type Step, startScripted } from '../google/scripted.ts';
import {
  answerTo,
  authOn,
  formOf,
  granted,
  oauthError,
  refreshed,
  startGoogle,
  temporaryFolder,
} from './fake-google.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-11-01T12:00:00Z');

/** A clock that the test moves. */
function clock() {
  const time = { at: START, now: () => time.at };
  return time;
}

/** Signed in with `access-1` and `refresh-1`. */
async function signedIn(google: Scripted, options: Parameters<typeof authOn>[1] = {}) {
  const auth = await authOn(google, options);
  const flow = await auth.signIn();
  await flow.finishWithAddress(answerTo(flow.authorizationUrl));
  return auth;
}

test('40 calls that find the token stale make one refresh', async () => {
  const google = await startGoogle(granted(), refreshed('access-2'));
  const auth = await signedIn(google);
  const api = await startScripted((request, response) => {
    const fresh = request.headers.authorization === 'Bearer access-2';
    response.writeHead(fresh ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
  });
  const client = createGoogle({ hosts: loopbackHosts(api.origin), tokens: auth });
  await Promise.all(Array.from({ length: 40 }, () => client.call('albums.list', {})));
  expect(google.seen).toHaveLength(2);
  expect(formOf(google, 1)).toEqual({
    grant_type: 'refresh_token',
    refresh_token: 'refresh-1',
    client_id: 'client-1.apps.googleusercontent.com',
    client_secret: 'client-secret-1',
  });
  expect(api.seen).toHaveLength(80);
});

test('a restart finds the sign-in again; 40 calls make one refresh then too', async () => {
  const google = await startGoogle(granted(), refreshed('access-2'));
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir });
  const again = await authOn(google, { stateDir });
  const tokens = await Promise.all(Array.from({ length: 40 }, () => again.accessToken()));
  expect(new Set(tokens)).toEqual(new Set(['access-2']));
  expect(google.seen).toHaveLength(2);
});

test('two processes that refresh at once do each other no harm', async () => {
  const google = await startGoogle(granted(), refreshed('access-2'), refreshed('access-3'));
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir });
  const [a, b] = await Promise.all([authOn(google, { stateDir }), authOn(google, { stateDir })]);
  const tokens = await Promise.all([a.accessToken(), b.accessToken()]);
  expect(tokens.toSorted()).toEqual(['access-2', 'access-3']);
  expect(await a.accessToken()).toBe(tokens[0]);
});

/** A refresh whose answer waits until the test lets it go; Google gives a new refresh token with it. */
function heldRefresh() {
  let release = () => {};
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const step: Step = (_, response) => {
    begin();
    release = () => {
      const reply = {
        access_token: 'access-old',
        expires_in: 3599,
        refresh_token: 'refresh-rotated',
        token_type: 'Bearer',
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    };
  };
  return { step, begun, release: () => release() };
}

describe.each(['file', 'memory'] as const)('kept in %s, a refresh that is overtaken', (tokenStore) => {
  const start = async (...steps: Step[]) => {
    const held = heldRefresh();
    const google = await startGoogle(granted(), held.step, ...steps);
    const time = clock();
    const stateDir = await temporaryFolder();
    const signedIn = async (auth: Auth) => {
      const flow = await auth.signIn();
      await flow.finishWithAddress(answerTo(flow.authorizationUrl));
    };
    const auth = await authOn(google, { stateDir, tokenStore, now: time.now });
    await signedIn(auth);
    time.at += 60_000;
    auth.invalidate('access-1');
    // In memory there is no other process.
    const other = tokenStore === 'memory' ? auth : await authOn(google, { stateDir, tokenStore, now: time.now });
    const refreshing = auth.accessToken();
    await held.begun;
    const finish = async () => {
      held.release();
      return refreshing;
    };
    return { google, stateDir, auth, other, signedIn, finish };
  };

  test('by a sign-in leaves that one alone', async () => {
    const second = granted({ refresh_token: 'refresh-2', access_token: 'access-new' });
    const { google, auth, other, signedIn, finish } = await start(second, refreshed('access-2'));
    await signedIn(other);
    expect(await finish()).toBe('access-old');
    expect(await auth.accessToken()).toBe('access-2');
    expect(formOf(google, 3).refresh_token).toBe('refresh-2');
    expect(await other.status()).toMatchObject({ state: 'signedIn', signedInAt: '2026-11-01T12:01:00.000Z' });
  });

  test('by a sign-out stays signed out', async () => {
    const { auth, other, finish, stateDir } = await start({ json: {} });
    expect(await other.signOut()).toEqual({ wasSignedIn: true, revoked: true });
    await finish();
    expect(await rejection(auth.accessToken())).toMatchObject({ reason: 'notSignedIn' });
    const kept = await readdir(stateDir, { recursive: true });
    expect(kept.filter((name) => name.endsWith('.json'))).toEqual([]);
  });
});

test('it is refreshed five minutes before it ends', async () => {
  const time = clock();
  // The library reckons the expiry by the real clock.
  time.at = Date.now();
  const google = await startGoogle(granted(), refreshed('access-2'));
  const auth = await signedIn(google, { now: time.now });
  time.at += (3599 - 310) * 1000;
  expect(await auth.accessToken()).toBe('access-1');
  time.at += 20_000;
  expect(await auth.accessToken()).toBe('access-2');
});

test('a token that lives for two minutes is still used for one', async () => {
  const time = clock();
  time.at = Date.now();
  const google = await startGoogle(granted({ expires_in: 120 }), refreshed('access-2'));
  const auth = await signedIn(google, { now: time.now });
  time.at += 50_000;
  expect(await auth.accessToken()).toBe('access-1');
  time.at += 15_000;
  expect(await auth.accessToken()).toBe('access-2');
});

test('a refresh token that Google replaces is kept in place of the old one', async () => {
  const replaced = { json: { access_token: 'access-2', expires_in: 1, refresh_token: 'refresh-2' } };
  const google = await startGoogle(granted(), replaced, refreshed('access-3'));
  const stateDir = await temporaryFolder();
  const auth = await signedIn(google, { stateDir });
  auth.invalidate('access-1');
  await auth.accessToken();
  await (await authOn(google, { stateDir })).accessToken();
  expect(formOf(google, 2).refresh_token).toBe('refresh-2');
});

test('a sign-in by another process is taken up at once', async () => {
  const google = await startGoogle(granted());
  const stateDir = await temporaryFolder();
  const server = await authOn(google, { stateDir });
  expect(await rejection(server.accessToken())).toMatchObject({ reason: 'notSignedIn' });
  await signedIn(google, { stateDir });
  google.script(refreshed('access-2'));
  expect(await server.accessToken()).toBe('access-2');
  // A second sign-in, now with more scopes, replaces the token in the server's hands.
  google.script(granted({ refresh_token: 'refresh-2' }), refreshed('access-9'));
  await signedIn(google, { stateDir, now: () => Date.now() + 1000 });
  expect(await server.accessToken()).toBe('access-9');
});

test('a sign-out by another process is noticed at once', async () => {
  const google = await startGoogle(granted(), { json: {} });
  const stateDir = await temporaryFolder();
  const server = await signedIn(google, { stateDir });
  expect(await (await authOn(google, { stateDir })).signOut()).toEqual({ wasSignedIn: true, revoked: true });
  expect(await rejection(server.accessToken())).toMatchObject({ reason: 'notSignedIn' });
});

const INVALID = oauthError('invalid_grant', { error_description: 'Token has been expired or revoked.' });

/** After so many days signed in and so many of them in use, Google refuses the refresh token. */
const ends: [string, number, number, ReturnType<typeof oauthError>, string][] = [
  ['after a week in which it worked', 7.1, 6.9, INVALID, 'testingExpired'],
  ['after a week and a holiday', 20, 6, INVALID, 'testingExpired'],
  ['on the third day', 3, 2, INVALID, 'revoked'],
  ['after a month in which it worked', 30, 29, INVALID, 'revoked'],
  ['after half a year unused', 200, 10, INVALID, 'unused6Months'],
  [
    'by a policy',
    30,
    29,
    oauthError('invalid_grant', {
      error_description: 'reauth related error (invalid_rapt)',
      error_subtype: 'invalid_rapt',
    }),
    'passwordOrPolicy',
  ],
];

test.each(ends)('it ends %s: %#', async (_, age, used, answer, reason) => {
  const time = clock();
  const google = await startGoogle(granted(), refreshed('access-2'), answer);
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir, now: time.now });
  time.at = START + used * DAY;
  await (await authOn(google, { stateDir, now: time.now })).accessToken();
  time.at = START + age * DAY;
  const auth = await authOn(google, { stateDir, now: time.now });
  expect(await rejection(auth.accessToken())).toMatchObject({ name: 'AuthError', reason, retryable: false });
  // Once dead, it is never tried again.
  expect(await rejection(auth.accessToken())).toMatchObject({ reason });
  expect(google.seen).toHaveLength(3);
  expect(await auth.status()).toMatchObject({ state: 'signedIn', problem: { reason } });
  // A new sign-in heals it.
  google.script(granted({ refresh_token: 'refresh-2' }));
  const flow = await auth.signIn();
  await flow.finishWithAddress(answerTo(flow.authorizationUrl));
  expect(await auth.accessToken()).toBe('access-1');
  expect((await auth.status()).problem).toBeUndefined();
});

test('what Google itself says about the end is believed', async () => {
  const time = clock();
  time.at = Date.now();
  const google = await startGoogle(granted({ refresh_token_expires_in: 604_799 }), INVALID);
  const auth = await signedIn(google, { now: time.now });
  expect((await auth.status()).warnings).toEqual([]);
  time.at += 4.1 * DAY;
  expect((await auth.status()).warnings).toHaveLength(1);
  time.at += 2 * DAY;
  expect(await rejection(auth.accessToken())).toMatchObject({ reason: 'revoked' });
});

test.each([
  [3.9, 0, 0],
  [4.1, 0, 1],
  [6.5, 6.4, 1],
  [8, 7.5, 0],
])('on day %d, last used on day %d: %i warnings', async (age, used, warnings) => {
  const time = clock();
  const google = await startGoogle(granted(), refreshed('access-2'));
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir, now: time.now });
  if (used > 0) {
    time.at = START + used * DAY;
    await (await authOn(google, { stateDir, now: time.now })).accessToken();
  }
  time.at = START + age * DAY;
  const status = await (await authOn(google, { stateDir, now: time.now })).status();
  expect(status.warnings).toHaveLength(warnings);
  if (warnings > 0) expect(status.warnings[0]).toContain('2026-11-08');
});

test.each([
  [oauthError('invalid_client', {}, 401), 'invalidClient'],
  [oauthError('unauthorized_client', {}, 401), 'wrongClientType'],
  [{ status: 400, text: '<html>no</html>' }, 'unexpected'],
] as const)('a refresh answered %j', async (answer, reason) => {
  const google = await startGoogle(granted(), answer);
  const auth = await signedIn(google);
  auth.invalidate('access-1');
  expect(await rejection(auth.accessToken())).toMatchObject({ reason });
});

test('Google’s sign-in service down, and back', async () => {
  const google = await startGoogle(granted(), { status: 503, text: 'down' });
  const auth = await signedIn(google);
  auth.invalidate('access-1');
  expect(await rejection(auth.accessToken())).toMatchObject({ reason: 'unavailable', retryable: true });
  google.script(refreshed('access-2'));
  expect(await auth.accessToken()).toBe('access-2');
});

test('no network', async () => {
  const google = await startGoogle(granted());
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir });
  const origin = await closedOrigin();
  const token = `${origin}/token`;
  const endpoints = { issuer: new URL(google.origin).host, authorization: origin, token, revocation: origin };
  const auth = await authOn(google, { stateDir, endpoints });
  expect(await rejection(auth.accessToken())).toMatchObject({ reason: 'network', retryable: true });
  expect(await auth.signOut()).toEqual({ wasSignedIn: true, revoked: false });
});

test('signing out revokes at Google with the token in the body, then forgets', async () => {
  const google = await startGoogle(granted(), { json: {} });
  const stateDir = await temporaryFolder();
  const auth = await signedIn(google, { stateDir });
  expect(await auth.signOut()).toEqual({ wasSignedIn: true, revoked: true });
  expect(google.seen[1]).toMatchObject({ verb: 'POST', target: '/revoke' });
  expect(formOf(google, 1)).toEqual({ token: 'refresh-1' });
  expect(await rejection(auth.accessToken())).toMatchObject({ reason: 'notSignedIn' });
  expect(await auth.status()).toMatchObject({ state: 'notSignedIn', problem: { reason: 'notSignedIn' } });
  expect(await auth.signOut()).toEqual({ wasSignedIn: false, revoked: false });
});

test('a sign-in that Google says was dead already counts as revoked', async () => {
  const google = await startGoogle(granted(), oauthError('invalid_token'));
  expect(await (await signedIn(google)).signOut()).toEqual({ wasSignedIn: true, revoked: true });
});

test('another client id than the one that signed in', async () => {
  const google = await startGoogle(granted());
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir });
  const auth = await authOn(google, { stateDir, clientId: 'client-2.apps.googleusercontent.com' });
  expect(await rejection(auth.accessToken())).toMatchObject({ reason: 'clientChanged' });
  expect(await auth.status()).toMatchObject({ problem: { reason: 'clientChanged' } });
  expect(google.seen).toHaveLength(1);
});

test('a tool set added later: its scope is missing, and the next sign-in asks for it', async () => {
  const google = await startGoogle(granted());
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir });
  const scopes = ['photoslibrary.appendonly', 'photospicker.mediaitems.readonly'] as const;
  const auth = await authOn(google, { stateDir, scopes });
  expect(await auth.status()).toMatchObject({ missingScopes: ['photospicker.mediaitems.readonly'] });
  const flow = await auth.signIn();
  expect(new URL(flow.authorizationUrl).searchParams.get('scope')).toBe(
    'https://www.googleapis.com/auth/photoslibrary.appendonly https://www.googleapis.com/auth/photospicker.mediaitems.readonly',
  );
  flow.cancel();
});

test('accounts are kept apart, and so are Google and an emulator', async () => {
  const google = await startGoogle(granted(), granted({ refresh_token: 'refresh-work' }), refreshed('access-w'));
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir });
  await signedIn(google, { stateDir, account: 'work' });
  await (await authOn(google, { stateDir, account: 'work' })).accessToken();
  expect(formOf(google, 2).refresh_token).toBe('refresh-work');
  const other = await startGoogle(refreshed('x'));
  expect(await rejection((await authOn(other, { stateDir })).accessToken())).toMatchObject({ reason: 'notSignedIn' });
  const real = await authOn(google, { stateDir, endpoints: undefined });
  expect(await rejection(real.accessToken())).toMatchObject({ reason: 'notSignedIn' });
  expect(other.seen).toHaveLength(0);
});

test('a token from outside is used as it is, until Google refuses it', async () => {
  const google = await startGoogle(granted());
  const auth = await authOn(google, { accessToken: 'given', clientId: undefined });
  const bad = { code: 16, message: 'Authentication session is not defined.' };
  const api = await startScripted({ json: {} }, { status: 401, json: bad }, { json: {} }, { status: 401, json: {} });
  const client = createGoogle({ hosts: loopbackHosts(api.origin), tokens: auth });
  await client.call('albums.list', {});
  expect(api.seen[0]?.headers.authorization).toBe('Bearer given');
  expect(await auth.status({ check: true })).toMatchObject({ state: 'accessToken', problem: undefined });

  // An upload that lacks its scope says nothing against the token.
  const source = {
    size: 1,
    mimeType: 'image/png',
    open: async function* () {
      yield Buffer.from('x');
    },
  };
  expect(await rejection(client.upload(source))).toMatchObject({ reason: 'missingScope' });
  await client.call('albums.list', {});
  expect(await auth.status()).toMatchObject({ problem: undefined });

  expect(await rejection(client.call('albums.list', {}))).toMatchObject({ reason: 'accessTokenRejected' });
  expect(await auth.status()).toMatchObject({ problem: { reason: 'accessTokenRejected' } });
  expect(google.seen).toHaveLength(0);
});

test('status with check asks Google', async () => {
  const google = await startGoogle(granted(), INVALID);
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir });
  const auth = await authOn(google, { stateDir });
  expect((await auth.status()).problem).toBeUndefined();
  expect(await auth.status({ check: true })).toMatchObject({ problem: { reason: 'revoked' } });
});

test('a damaged or lost record of the account means signed out, not broken', async () => {
  const google = await startGoogle(granted());
  const stateDir = await temporaryFolder();
  await signedIn(google, { stateDir, tokenStore: 'file' });
  const { issuer } = { issuer: new URL(google.origin).host };
  const record = join(stateDir, 'accounts', `${encodeURIComponent(`default at ${issuer}`)}.json`);
  expect(JSON.parse(await readFile(record, 'utf8'))).toMatchObject({ account: 'default', issuer, store: 'file' });
  await rm(record);
  expect(await rejection((await authOn(google, { stateDir, tokenStore: 'auto' })).accessToken())).toMatchObject({
    reason: 'notSignedIn',
  });
});
