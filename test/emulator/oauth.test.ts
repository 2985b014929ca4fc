import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { jsonOf } from '../harness/json.ts';
import { type Harness, startHarness, TOKEN } from './harness.ts';

let client: Harness;
beforeEach(async () => {
  client = await startHarness();
});

const AUTH = 'https://www.googleapis.com/auth/';
const APPEND = `${AUTH}photoslibrary.appendonly`;
const READ = `${AUTH}photoslibrary.readonly.appcreateddata`;
const REDIRECT = 'http://127.0.0.1:4711/callback';
/** The pair of RFC 7636 appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

type Fields = Record<string, string | undefined>;

const asked: Fields = {
  client_id: 'me.apps.googleusercontent.com',
  redirect_uri: REDIRECT,
  response_type: 'code',
  scope: `${APPEND} ${READ}`,
  state: 's-1 &ü',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
  access_type: 'offline',
  prompt: 'consent',
};

const form = (fields: Fields) =>
  new URLSearchParams(
    Object.entries(fields).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
  );

const authUrl = (changes: Fields = {}) => `${client.origin}/o/oauth2/v2/auth?${form({ ...asked, ...changes })}`;

/** Presses a button on the consent page with these boxes ticked; where that leads. */
async function decide(decision: 'allow' | 'deny', ticked: string[], changes: Fields = {}): Promise<URL> {
  const body = new URLSearchParams([
    ['decision', decision],
    ...ticked.map((scope): [string, string] => ['scope', scope]),
  ]);
  const response = await fetch(authUrl(changes), { method: 'POST', body, redirect: 'manual' });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

const code = async (changes: Fields = {}, ticked = [APPEND, READ]) =>
  (await decide('allow', ticked, changes)).searchParams.get('code') ?? '';

async function token(fields: Fields, headers: Record<string, string> = {}) {
  const response = await fetch(`${client.origin}/token`, { method: 'POST', body: form(fields), headers });
  return { status: response.status, body: await jsonOf(response) };
}

const exchange = (changes: Fields) =>
  token({
    grant_type: 'authorization_code',
    client_id: asked.client_id,
    client_secret: 'secret',
    redirect_uri: REDIRECT,
    code_verifier: VERIFIER,
    ...changes,
  });

const refresh = (refreshToken: string, changes: Fields = {}) =>
  token({
    grant_type: 'refresh_token',
    client_id: asked.client_id,
    client_secret: 'secret',
    refresh_token: refreshToken,
    ...changes,
  });

const signIn = async (changes: Fields = {}, ticked = [APPEND, READ]) =>
  (await exchange({ code: await code(changes, ticked) })).body;

const albums = (accessToken: string) => client.api('GET', '/v1/albums', undefined, { token: accessToken });

const DEAD = { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' };

describe('signing in', () => {
  test('the page asks for each scope with a box; it cannot be framed', async () => {
    const response = await fetch(authUrl());
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(response.headers.get('x-frame-options')).toBe('DENY');
    expect(html.match(/type="checkbox"/g)).toHaveLength(2);
    expect(html).toContain(`value="${APPEND}" checked`);
    expect(html).toContain('Google hasn’t verified this app');
    expect(html).toContain('demo@example.com');
  });

  test('nothing from the address becomes markup', async () => {
    const html = await (
      await fetch(authUrl({ client_id: '<img src=x>"&', login_hint: '<script>alert(1)</script>' }))
    ).text();
    expect(html).not.toMatch(/<img|<script/);
    expect(html).toContain('&lt;img src=x&gt;&quot;&amp;');
  });

  test('a code, state and what was granted come back; the code becomes tokens that work', async () => {
    const there = await decide('allow', [APPEND, READ]);
    expect(there.origin + there.pathname).toBe(REDIRECT);
    expect(there.searchParams.get('state')).toBe('s-1 &ü');
    expect(there.searchParams.get('scope')).toBe(`${APPEND} ${READ}`);
    const { status, body } = await exchange({ code: there.searchParams.get('code') ?? '' });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.stringMatching(/^ya29\.[A-Za-z0-9_-]{100,}$/),
      expires_in: 3599,
      refresh_token: expect.stringMatching(/^1\/\/0[A-Za-z0-9_-]{60,}$/),
      scope: `${APPEND} ${READ}`,
      token_type: 'Bearer',
    });
    expect((await albums(body.access_token)).status).toBe(200);
  });

  test('the challenge is that of the standard', () => {
    expect(createHash('sha256').update(VERIFIER).digest('base64url')).toBe(CHALLENGE);
  });

  test('a scope that was unticked is not granted, and calls that need it fail', async () => {
    const body = await signIn({}, [APPEND]);
    expect(body.scope).toBe(APPEND);
    const reply = await albums(body.access_token);
    expect([reply.status, reply.json.error.message]).toEqual([403, 'Request had insufficient authentication scopes.']);
  });

  test('a scope that was not asked for cannot be slipped in', async () => {
    expect((await signIn({ scope: APPEND }, [APPEND, READ])).scope).toBe(APPEND);
  });

  test('Cancel, and Continue with nothing ticked, are access_denied', async () => {
    for (const there of [await decide('deny', [APPEND]), await decide('allow', [])]) {
      expect(Object.fromEntries(there.searchParams)).toEqual({ state: 's-1 &ü', error: 'access_denied' });
    }
  });

  test.each(['http://127.0.0.1:1/', 'http://[::1]:50000/x?y=z', 'http://localhost:8080', 'http://127.0.0.1'])(
    'leads back to %s',
    async (redirect_uri) => {
      const there = await decide('allow', [APPEND], { redirect_uri });
      expect(there.href.startsWith(redirect_uri)).toBe(true);
      expect(there.searchParams.get('code')).toMatch(/^4\/0A/);
    },
  );

  test('openid and email come without a box, under their long names', async () => {
    const body = await signIn({ scope: `openid email ${APPEND}` }, [APPEND]);
    expect(body.scope).toBe(`openid ${AUTH}userinfo.email ${APPEND}`);
    const response = await fetch(`${client.origin}/v1/userinfo`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(await jsonOf(response)).toEqual({
      sub: '100000000000000000001',
      email: 'demo@example.com',
      email_verified: true,
    });
    const older = await fetch(`${client.origin}/oauth2/v1/userinfo`, {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    expect(await jsonOf(older)).toEqual({
      id: '100000000000000000001',
      email: 'demo@example.com',
      verified_email: true,
    });
    const { access_token } = await signIn();
    const without = await fetch(`${client.origin}/v1/userinfo`, {
      headers: { authorization: `Bearer ${access_token}` },
    });
    expect(without.status).toBe(401);
  });

  test('removed scopes can be granted and are good for nothing (rule 2)', async () => {
    const body = await signIn({ scope: `${AUTH}photoslibrary.readonly` }, [`${AUTH}photoslibrary.readonly`]);
    expect(body.scope).toBe(`${AUTH}photoslibrary.readonly`);
    expect((await albums(body.access_token)).status).toBe(403);
  });

  test.each(['/o/oauth2/token', '/oauth2/v3/token', '/oauth2/v4/token'])(
    'the older addresses work as well: %s',
    async (path) => {
      const response = await fetch(`${client.origin}/o/oauth2/auth?${form(asked)}`);
      expect(response.status).toBe(200);
      const body = form({
        grant_type: 'authorization_code',
        client_id: asked.client_id,
        client_secret: 's',
        redirect_uri: REDIRECT,
        code_verifier: VERIFIER,
        code: await code(),
      });
      expect((await fetch(client.origin + path, { method: 'POST', body })).status).toBe(200);
    },
  );
});

describe('the error page, which leads nowhere', () => {
  test.each([
    ['a redirect elsewhere', { redirect_uri: 'https://example.com/cb' }, 400, 'redirect_uri_mismatch'],
    [
      'a redirect that only looks like loopback',
      { redirect_uri: 'http://127.0.0.1.example.com/' },
      400,
      'redirect_uri_mismatch',
    ],
    ['a Web client', { client_id: 'web-1' }, 400, 'redirect_uri_mismatch'],
    ['a deleted client', { client_id: 'deleted-1' }, 401, 'deleted_client'],
    ['a pasted code', { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }, 400, 'invalid_request'],
    ['no client', { client_id: undefined }, 400, 'invalid_request'],
    ['no scope', { scope: undefined }, 400, 'invalid_request'],
    ['an unknown scope', { scope: `${APPEND} ${AUTH}photoslibrary.delete` }, 400, 'invalid_scope'],
    ['a token right away', { response_type: 'token' }, 400, 'unsupported_response_type'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 400, 'invalid_request'],
    ['a challenge without method', { code_challenge_method: undefined }, 400, 'invalid_request'],
  ])('%s', async (_, changes: Fields, status, error) => {
    for (const method of ['GET', 'POST']) {
      const response = await fetch(authUrl(changes), { method, redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([status, null]);
      expect(await response.text()).toContain(`Error ${status}: ${error}`);
    }
  });

  test('a blocked app, and an organisation that does not allow it', async () => {
    client.emulator.overrides.appBlocked = true;
    expect(await (await fetch(authUrl())).text()).toContain('Google blocked this access');
    client.emulator.overrides.appBlocked = false;
    client.emulator.overrides.adminPolicyEnforced = true;
    expect(await (await fetch(authUrl())).text()).toContain('Error 400: admin_policy_enforced');
  });

  test('a web site elsewhere cannot press the button', async () => {
    const headers = { origin: 'https://evil.example' };
    const body = new URLSearchParams({ decision: 'allow', scope: APPEND });
    const response = await fetch(authUrl(), { method: 'POST', body, headers, redirect: 'manual' });
    expect(response.status).toBe(403);
  });
});

describe('consent that was given before', () => {
  test('is not asked for again, and brings no second refresh token', async () => {
    expect((await signIn({ prompt: undefined })).refresh_token).toBeDefined();
    const response = await fetch(authUrl({ prompt: undefined }), { redirect: 'manual' });
    expect(response.status).toBe(302);
    const there = new URL(response.headers.get('location') ?? '');
    const { body } = await exchange({ code: there.searchParams.get('code') ?? '' });
    expect(body.refresh_token).toBeUndefined();
    expect((await albums(body.access_token)).status).toBe(200);
  });

  test('prompt=consent asks again and brings a new refresh token; the old one stays good', async () => {
    const first = await signIn();
    const second = await signIn();
    expect(second.refresh_token).toBeDefined();
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).status).toBe(200);
  });

  test('more scopes are asked for; include_granted_scopes adds the earlier ones', async () => {
    await signIn({ scope: APPEND }, [APPEND]);
    const response = await fetch(authUrl({ prompt: undefined }));
    expect(response.status).toBe(200);
    const body = await signIn({ scope: READ, include_granted_scopes: 'true' }, [READ]);
    expect(body.scope).toBe(`${READ} ${APPEND}`);
  });

  test('access_type=online brings no refresh token', async () => {
    expect((await signIn({ access_type: undefined })).refresh_token).toBeUndefined();
  });

  test('prompt=none without it is interaction_required', async () => {
    const response = await fetch(authUrl({ prompt: 'none' }), { redirect: 'manual' });
    expect(new URL(response.headers.get('location') ?? '').searchParams.get('error')).toBe('interaction_required');
  });
});

describe('codes', () => {
  const bad = { status: 400, body: { error: 'invalid_grant', error_description: 'Bad Request' } };

  test('serve once; a second use ends what the first one gave', async () => {
    const value = await code();
    const { body } = await exchange({ code: value });
    expect(await exchange({ code: value })).toEqual(bad);
    expect(await refresh(body.refresh_token)).toEqual({ status: 400, body: DEAD });
    expect((await albums(body.access_token)).status).toBe(401);
  });

  test('live ten minutes', async () => {
    const value = await code();
    client.emulator.advance(600);
    expect(await exchange({ code: value })).toEqual(bad);
  });

  test.each([
    ['another redirect', { redirect_uri: 'http://127.0.0.1:4712/callback' }],
    ['another client', { client_id: 'other' }],
    ['another verifier', { code_verifier: `${VERIFIER}x` }],
    ['no verifier', { code_verifier: undefined }],
  ])('are refused with %s', async (_, changes: Fields) => {
    expect(await exchange({ code: await code(), ...changes })).toEqual(bad);
  });

  test('that was never given out', async () => {
    const malformed = { error: 'invalid_grant', error_description: 'Malformed auth code.' };
    expect(await exchange({ code: '4/0Anothing' })).toEqual({ status: 400, body: malformed });
  });
});

describe('the token endpoint', () => {
  test.each([
    ['no secret', { client_secret: undefined }, 400, 'invalid_request'],
    ['an empty secret', { client_secret: '' }, 401, 'invalid_client'],
    ['a wrong secret', { client_secret: 'wrong-one' }, 401, 'invalid_client'],
    ['no client', { client_id: undefined }, 400, 'invalid_request'],
    ['a Web client', { client_id: 'web-1' }, 401, 'unauthorized_client'],
    ['a deleted client', { client_id: 'deleted-1' }, 401, 'deleted_client'],
    ['no grant type', { grant_type: undefined }, 400, 'invalid_request'],
    ['another grant type', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['no code', { code: undefined }, 400, 'invalid_request'],
  ])('%s', async (_, changes: Fields, status, error) => {
    const reply = await exchange({ code: 'x', ...changes });
    expect([reply.status, reply.body.error]).toEqual([status, error]);
  });

  test('takes client id and secret by HTTP Basic', async () => {
    const authorization = `Basic ${Buffer.from('me.apps.googleusercontent.com:secret').toString('base64')}`;
    const fields = {
      grant_type: 'authorization_code',
      code: await code(),
      redirect_uri: REDIRECT,
      code_verifier: VERIFIER,
    };
    expect((await token(fields, { authorization })).status).toBe(200);
  });
});

describe('refreshing', () => {
  test('gives a new access token and no new refresh token', async () => {
    const first = await signIn();
    const { status, body } = await refresh(first.refresh_token);
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_in: 3599,
      scope: `${APPEND} ${READ}`,
      token_type: 'Bearer',
    });
    expect(body.access_token).not.toBe(first.access_token);
  });

  test('access tokens die after 3599 seconds', async () => {
    const { access_token, refresh_token } = await signIn();
    client.emulator.advance(3590);
    expect((await albums(access_token)).status).toBe(200);
    client.emulator.advance(10);
    expect((await albums(access_token)).status).toBe(401);
    const { body } = await refresh(refresh_token);
    expect((await albums(body.access_token)).status).toBe(200);
  });

  test('fewer scopes may be asked for, more may not', async () => {
    const { refresh_token } = await signIn({ scope: APPEND }, [APPEND]);
    expect((await refresh(refresh_token, { scope: APPEND })).body.scope).toBe(APPEND);
    expect((await refresh(refresh_token, { scope: READ })).body.error).toBe('invalid_scope');
  });

  test('another client’s token is no good', async () => {
    const { refresh_token } = await signIn();
    const reply = await refresh(refresh_token, { client_id: 'somebody' });
    expect([reply.status, reply.body.error]).toEqual([401, 'unauthorized_client']);
  });

  test('rule 40: unknown, revoked, half a year unused', async () => {
    expect(await refresh('1//0nothing')).toEqual({ status: 400, body: DEAD });
    const unused = await signIn();
    client.emulator.advance(183 * 24 * 60 * 60);
    expect(await refresh(unused.refresh_token)).toEqual({ status: 400, body: DEAD });
  });

  test('in testing mode a sign-in ends after seven days, and says so beforehand', async () => {
    client.emulator.overrides.testingMode = true;
    const { refresh_token, refresh_token_expires_in } = await signIn();
    expect(refresh_token_expires_in).toBe(604_799);
    client.emulator.advance(7 * 24 * 60 * 60 - 60);
    expect((await refresh(refresh_token)).status).toBe(200);
    client.emulator.advance(60);
    expect(await refresh(refresh_token)).toEqual({ status: 400, body: DEAD });
  });

  test('session control of an organisation is invalid_rapt', async () => {
    const { refresh_token } = await signIn();
    client.emulator.overrides.invalidRapt = true;
    const { status, body } = await refresh(refresh_token);
    expect([status, body.error, body.error_subtype]).toEqual([400, 'invalid_grant', 'invalid_rapt']);
  });
});

describe('revoking', () => {
  const revoke = (value: string) => fetch(`${client.origin}/revoke`, { method: 'POST', body: form({ token: value }) });

  test.each(['access_token', 'refresh_token'])('by the %s ends both', async (which) => {
    const body = await signIn();
    expect((await revoke(body[which])).status).toBe(200);
    expect(await refresh(body.refresh_token)).toEqual({ status: 400, body: DEAD });
    expect((await albums(body.access_token)).status).toBe(401);
    const again = await revoke(body[which]);
    expect([again.status, (await jsonOf(again)).error]).toEqual([400, 'invalid_token']);
  });

  test('after it, consent is asked for again', async () => {
    await revoke((await signIn()).refresh_token);
    const response = await fetch(authUrl({ prompt: undefined }), { redirect: 'manual' });
    expect(response.status).toBe(200);
  });
});

describe('what tokens tell', () => {
  test('tokeninfo: scopes and seconds left, as strings', async () => {
    const { access_token } = await signIn({ scope: `${APPEND} email` }, [APPEND]);
    client.emulator.advance(99);
    const response = await fetch(`${client.origin}/tokeninfo?access_token=${access_token}`);
    const info = await jsonOf(response);
    expect(info).toMatchObject({
      aud: 'me.apps.googleusercontent.com',
      scope: `${APPEND} ${AUTH}userinfo.email`,
      email: 'demo@example.com',
      access_type: 'offline',
    });
    expect(Number(info.expires_in)).toBeGreaterThan(3400);
    expect(Number(info.expires_in)).toBeLessThanOrEqual(3500);
    expect(typeof info.expires_in).toBe('string');
    client.emulator.advance(3600);
    const dead = await fetch(`${client.origin}/tokeninfo?access_token=${access_token}`);
    expect([dead.status, (await jsonOf(dead)).error]).toEqual([400, 'invalid_token']);
  });

  test('tokeninfo takes the bearer too, and knows the fixed token', async () => {
    const response = await fetch(`${client.origin}/tokeninfo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect((await jsonOf(response)).scope.split(' ')).toContain(`${AUTH}photospicker.mediaitems.readonly`);
  });

  test('discovery names every endpoint on this origin', async () => {
    const found = await jsonOf(await fetch(`${client.origin}/.well-known/openid-configuration`));
    expect(found).toMatchObject({
      issuer: client.origin,
      authorization_endpoint: `${client.origin}/o/oauth2/v2/auth`,
      token_endpoint: `${client.origin}/token`,
      userinfo_endpoint: `${client.origin}/v1/userinfo`,
      revocation_endpoint: `${client.origin}/revoke`,
      code_challenge_methods_supported: ['S256'],
    });
  });
});
