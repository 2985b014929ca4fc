/** Signing in over a real loopback port (contract 9). */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { rejection } from '../google/scripted.ts';
import { answerTo, authOn, formOf, granted, oauthError, SCOPE_TEXT, startGoogle } from './fake-google.ts';

test('asks for consent with PKCE, state, offline access and the scopes, and redeems the code', async () => {
  const google = await startGoogle(granted());
  const auth = await authOn(google);
  const flow = await auth.signIn();

  const start = await fetch(flow.url, { redirect: 'manual' });
  expect(start.status).toBe(302);
  expect(start.headers.get('location')).toBe(flow.authorizationUrl);

  const asked = new URL(flow.authorizationUrl);
  expect(asked.origin + asked.pathname).toBe(`${google.origin}/o/oauth2/v2/auth`);
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'client-1.apps.googleusercontent.com',
    scope: SCOPE_TEXT,
    access_type: 'offline',
    prompt: 'consent',
    code_challenge_method: 'S256',
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    state: expect.stringMatching(/^[\w-]{43}$/),
  });

  const page = await fetch(answerTo(flow.authorizationUrl));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('You are signed in');
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(await flow.done).toMatchObject({ account: 'default', missingScopes: [], store: { kind: 'file' } });

  const form = formOf(google, 0);
  expect(form).toMatchObject({
    grant_type: 'authorization_code',
    code: 'code-1',
    client_id: 'client-1.apps.googleusercontent.com',
    client_secret: 'client-secret-1',
    redirect_uri: asked.searchParams.get('redirect_uri'),
  });
  expect(form.code_verifier).toMatch(/^[\w.~-]{43,128}$/);
  const challenge = createHash('sha256')
    .update(form.code_verifier ?? '')
    .digest('base64url');
  expect(asked.searchParams.get('code_challenge')).toBe(challenge);

  expect(await auth.accessToken()).toBe('access-1');
  expect(google.seen).toHaveLength(1);
});

interface Stray {
  name: string;
  status: number;
  method?: string;
  query?: Record<string, string>;
  path?: string;
  headers?: Record<string, string>;
}

const strays: Stray[] = [
  { name: 'a wrong state', status: 400, query: { state: 'x'.repeat(43) } },
  { name: 'no state', status: 400, query: { state: '' } },
  { name: 'an error with a wrong state', status: 400, query: { state: 'x', error: 'access_denied' } },
  { name: 'another page that fetches', status: 403, headers: { origin: 'https://evil.test' } },
  { name: 'a sandboxed page that fetches', status: 403, headers: { origin: 'null' } },
  { name: 'an image tag', status: 403, headers: { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' } },
  { name: 'a frame', status: 403, headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' } },
  { name: 'a rebound DNS name', status: 421, headers: { host: 'evil.test' } },
  { name: 'a rebound DNS name with our port', status: 421, headers: { host: 'evil.test:PORT' } },
  { name: 'a POST', status: 405, method: 'POST' },
  { name: 'another path', status: 404, path: '/favicon.ico' },
  { name: 'a path that is no address', status: 404, path: '//' },
  { name: 'such a path under a rebound DNS name', status: 421, path: '//', headers: { host: 'evil.test' } },
];

test.each(strays)('refuses $name, and the sign-in goes on', async ({ status, method, query, path, headers }) => {
  const google = await startGoogle(granted());
  const flow = await (await authOn(google)).signIn();
  const url = new URL(answerTo(flow.authorizationUrl, query));
  if (path) url.pathname = path;
  const host = headers?.host?.replace('PORT', url.port);
  expect(await statusOf(url, method, { ...headers, ...(host ? { host } : {}) })).toBe(status);
  expect(google.seen).toHaveLength(0);

  expect((await fetch(answerTo(flow.authorizationUrl))).status).toBe(200);
  expect(await flow.done).toMatchObject({ account: 'default' });
});

/** fetch would not send a foreign Host. */
function statusOf(url: URL, method = 'GET', headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });
}

test('a second answer is refused while the first is being redeemed', async () => {
  let answer: () => void = () => undefined;
  const google = await startGoogle((_, response) => {
    answer = () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: 'a', refresh_token: 'r', expires_in: 3599, scope: SCOPE_TEXT }));
    };
  });
  const flow = await (await authOn(google)).signIn();
  const first = fetch(answerTo(flow.authorizationUrl));
  await expect.poll(() => google.seen.length).toBe(1);
  const second = await fetch(answerTo(flow.authorizationUrl, { code: 'stolen' }));
  expect(second.status).toBe(409);
  answer();
  expect((await first).status).toBe(200);
  await flow.done;
  expect(google.seen).toHaveLength(1);
});

test('two sign-ins at once, in one process and in two, do not get in each other’s way', async () => {
  const google = await startGoogle(granted());
  const auth = await authOn(google);
  const other = await authOn(google);
  const [one, same, another] = await Promise.all([auth.signIn(), auth.signIn(), other.signIn()]);
  expect(same).toBe(one);
  expect(new URL(another.url).port).not.toBe(new URL(one.url).port);
  const crossed = new URL(answerTo(one.authorizationUrl));
  crossed.port = new URL(another.url).port;
  expect((await fetch(crossed)).status).toBe(400);
  await Promise.all([fetch(answerTo(one.authorizationUrl)), fetch(answerTo(another.authorizationUrl))]);
  await Promise.all([one.done, another.done]);
  const next = await auth.signIn();
  expect(next).not.toBe(one);
  next.cancel();
  expect(await rejection(next.done)).toMatchObject({ reason: 'cancelled' });
});

test('unticked boxes are named', async () => {
  const google = await startGoogle(
    granted({ scope: 'https://www.googleapis.com/auth/photoslibrary.appendonly openid' }),
  );
  const auth = await authOn(google);
  const flow = await auth.signIn();
  const page = await (await fetch(answerTo(flow.authorizationUrl))).text();
  expect(page).toContain('see the photos, videos and albums that this app made');
  const missing = ['photoslibrary.readonly.appcreateddata', 'photoslibrary.edit.appcreateddata'];
  expect(await flow.done).toMatchObject({ scopes: ['photoslibrary.appendonly'], missingScopes: missing });
  expect(await auth.status()).toMatchObject({ state: 'signedIn', missingScopes: missing });
});

test('no box ticked at all is no sign-in', async () => {
  const google = await startGoogle(granted({ scope: 'openid' }));
  const auth = await authOn(google);
  const flow = await auth.signIn();
  expect((await fetch(answerTo(flow.authorizationUrl))).status).toBe(400);
  expect(await rejection(flow.done)).toMatchObject({ reason: 'scopesMissing' });
  expect(await auth.status()).toMatchObject({ state: 'notSignedIn' });
});

const refusals = [
  ['access_denied', 'accessDenied'],
  ['admin_policy_enforced', 'orgPolicy'],
  ['org_internal', 'orgPolicy'],
  ['policy_enforced', 'blockedApp'],
  ['redirect_uri_mismatch', 'redirectMismatch'],
  ['unauthorized_client', 'wrongClientType'],
  ['something_else', 'unexpected'],
] as const;

test.each(refusals)('consent page answers %s: %s', async (error, reason) => {
  const google = await startGoogle(granted());
  const flow = await (await authOn(google)).signIn();
  const page = await fetch(answerTo(flow.authorizationUrl, { error }));
  expect(page.status).toBe(400);
  expect(await rejection(flow.done)).toMatchObject({ name: 'AuthError', reason });
  expect(google.seen).toHaveLength(0);
});

const rejections = [
  ['invalid_client', 401, {}, 'invalidClient'],
  ['unauthorized_client', 401, {}, 'wrongClientType'],
  ['invalid_request', 400, { error_description: 'client_secret is missing.' }, 'invalidClient'],
  ['redirect_uri_mismatch', 400, {}, 'redirectMismatch'],
  ['invalid_grant', 400, { error_description: 'Malformed auth code.' }, 'codeRejected'],
] as const;

test.each(rejections)('token endpoint answers %s: %#', async (error, status, more, reason) => {
  const google = await startGoogle(oauthError(error, more, status));
  const flow = await (await authOn(google)).signIn();
  await fetch(answerTo(flow.authorizationUrl));
  expect(await rejection(flow.done)).toMatchObject({ reason });
});

test('without a refresh token there is no sign-in', async () => {
  const google = await startGoogle(granted({ refresh_token: undefined }));
  const flow = await (await authOn(google)).signIn();
  await fetch(answerTo(flow.authorizationUrl));
  expect(await rejection(flow.done)).toMatchObject({ reason: 'noRefreshToken' });
});

test('the person does not come: the sign-in ends by itself and its port is given back', async () => {
  const google = await startGoogle(granted());
  const flow = await (await authOn(google)).signIn({ timeoutMs: 20 });
  expect(await rejection(flow.done)).toMatchObject({ reason: 'timedOut' });
  expect(await rejection(fetch(flow.url))).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('a signal cancels', async () => {
  const google = await startGoogle(granted());
  const stop = new AbortController();
  const flow = await (await authOn(google)).signIn({ signal: stop.signal });
  stop.abort();
  expect(await rejection(flow.done)).toMatchObject({ reason: 'cancelled' });
});

test('closing ends a sign-in under way, and its server with it', async () => {
  const google = await startGoogle(granted());
  const auth = await authOn(google);
  const flow = await auth.signIn();
  await auth.close();
  expect(await rejection(flow.done)).toMatchObject({ reason: 'cancelled' });
  expect(await rejection(fetch(flow.url))).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await auth.close();
});

test('a browser on another machine: the pasted address finishes it', async () => {
  const google = await startGoogle(granted());
  const auth = await authOn(google);
  const flow = await auth.signIn();
  const foreign = answerTo(flow.authorizationUrl, { state: 'other' });
  for (const wrong of ['', 'code-1', 'http://127.0.0.1/', foreign]) {
    expect(await rejection(flow.finishWithAddress(wrong))).toMatchObject({ reason: 'wrongAddress' });
  }
  const address = answerTo(flow.authorizationUrl);
  expect(await flow.finishWithAddress(`  ${address}\n`)).toMatchObject({ account: 'default' });
  expect(await rejection(flow.finishWithAddress(address))).toMatchObject({ reason: 'wrongAddress' });
  expect(await auth.accessToken()).toBe('access-1');
});

test('without a client id the answer is the walk through Google Cloud', async () => {
  const google = await startGoogle(granted());
  const auth = await authOn(google, { clientId: undefined });
  const error = await rejection(auth.signIn());
  expect(error).toMatchObject({ reason: 'noClientId' });
  const { next } = error as { next: string };
  expect(next.split('\n').map((line) => line.slice(0, 2))).toEqual(['1.', '2.', '3.', '4.', '5.', '6.', '7.', '8.']);
  for (const word of ['photoslibrary.googleapis.com', 'photospicker.googleapis.com', 'Desktop app', 'Publish']) {
    expect(next).toContain(word);
  }
  expect(await rejection(auth.accessToken())).toMatchObject({ reason: 'noClientId' });
});
