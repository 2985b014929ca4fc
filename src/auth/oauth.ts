/** Google's OAuth 2.0 for installed apps (contract 9), through google-auth-library, which is loaded on first use. */
import type { OAuth2Client } from 'google-auth-library';
import type { Endpoints } from './endpoints.ts';
import { AuthError } from './errors.ts';
import { authErrorOf } from './oauth-errors.ts';
import { fromWire, type Scope, toWire } from './scopes.ts';
import { Secret } from './secret.ts';

export interface OAuthClientConfig {
  readonly clientId: string;
  readonly clientSecret?: Secret;
  readonly endpoints: Endpoints;
}

/** What the token endpoint gave. Times are milliseconds since 1970. */
export interface Tokens {
  readonly accessToken: Secret;
  readonly expiresAt: number;
  /** Always after consent; after a refresh only when Google replaces it. */
  readonly refreshToken?: Secret;
  /** Google tells it for sign-ins that end by themselves (consent screen in "Testing"). */
  readonly refreshTokenExpiresAt?: number;
  /** Undefined when the reply does not say, which means: as asked for, or as before. */
  readonly scopes?: readonly Scope[];
}

/** The secrets of one attempt to sign in. */
export interface Attempt {
  readonly state: Secret;
  readonly verifier: Secret;
  readonly authorizationUrl: string;
  readonly redirectUri: string;
}

const TIMEOUT_MS = 12_000;

/** Prepares an attempt: PKCE with S256, a random state, and consent asked for anew, so that a refresh token comes back. */
export async function prepare(
  config: OAuthClientConfig,
  redirectUri: string,
  scopes: readonly Scope[],
): Promise<Attempt> {
  const { CodeChallengeMethod } = await import('google-auth-library');
  const client = await newClient(config);
  const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
  const { randomBytes } = await import('node:crypto');
  const state = randomBytes(32).toString('base64url');
  const authorizationUrl = client.generateAuthUrl({
    redirect_uri: redirectUri,
    scope: toWire(scopes),
    state,
    access_type: 'offline',
    prompt: 'consent',
    code_challenge: codeChallenge,
    code_challenge_method: CodeChallengeMethod.S256,
  });
  return { state: new Secret(state), verifier: new Secret(codeVerifier), authorizationUrl, redirectUri };
}

export async function exchangeCode(config: OAuthClientConfig, attempt: Attempt, code: Secret): Promise<Tokens> {
  const client = await newClient(config);
  return toTokens('exchange', () =>
    client.getToken({
      code: code.reveal(),
      codeVerifier: attempt.verifier.reveal(),
      redirect_uri: attempt.redirectUri,
    }),
  );
}

export async function refresh(config: OAuthClientConfig, refreshToken: Secret): Promise<Tokens> {
  const client = await newClient(config);
  client.setCredentials({ refresh_token: refreshToken.reveal() });
  return toTokens('refresh', () => refreshing(client).refreshToken(refreshToken.reveal()));
}

/** Ends the whole grant at Google, whichever of its tokens is given. False when Google says it was dead already. */
export async function revoke(endpoints: Endpoints, token: Secret): Promise<boolean> {
  try {
    // The token goes in the body: in the query, where the library would put it, proxies write it down.
    const response = await fetch(endpoints.revocation, {
      method: 'POST',
      body: new URLSearchParams({ token: token.reveal() }),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (response.status >= 500) throw new AuthError('unavailable');
    return response.ok;
  } catch (error) {
    throw error instanceof AuthError ? error : new AuthError('network');
  }
}

async function newClient({ clientId, clientSecret, endpoints }: OAuthClientConfig): Promise<OAuth2Client> {
  const { OAuth2Client } = await import('google-auth-library');
  return new OAuth2Client({
    clientId,
    clientSecret: clientSecret?.reveal(),
    endpoints: { oauth2AuthBaseUrl: endpoints.authorization, oauth2TokenUrl: endpoints.token },
    // Else a debug variable in the environment makes the library write tokens to stderr.
    useAuthRequestParameters: false,
    transporterOptions: {
      timeout: TIMEOUT_MS,
      fetchImplementation: (input, init) => fetch(input, { ...init, redirect: 'error' }),
      retryConfig: { retry: 2, noResponseRetries: 1, totalTimeout: 3 * TIMEOUT_MS },
    },
  });
}

/** The library declares `refreshToken` protected, and offers publicly only ways around it that drop a replaced token. */
function refreshing(client: OAuth2Client): { refreshToken(token: string): Promise<{ tokens: object }> } {
  return client as unknown as { refreshToken(token: string): Promise<{ tokens: object }> };
}

async function toTokens(step: 'exchange' | 'refresh', ask: () => Promise<{ tokens: object }>): Promise<Tokens> {
  const startedAt = Date.now();
  const reply = await ask().catch((error: unknown) => {
    throw authErrorOf(step, error);
  });
  return parseTokens(reply.tokens, startedAt);
}

function parseTokens(tokens: object, now: number): Tokens {
  const get = (name: string): unknown => Reflect.get(tokens, name);
  const [access, refreshToken, scope] = [get('access_token'), get('refresh_token'), get('scope')];
  if (typeof access !== 'string' || access === '') throw new AuthError('unexpected', 'no access token');
  const expiry = get('expiry_date');
  const refreshLife = get('refresh_token_expires_in');
  return {
    accessToken: new Secret(access),
    expiresAt: typeof expiry === 'number' ? expiry : now + 3_600_000,
    refreshToken: typeof refreshToken === 'string' && refreshToken ? new Secret(refreshToken) : undefined,
    refreshTokenExpiresAt: typeof refreshLife === 'number' ? now + refreshLife * 1000 : undefined,
    scopes: typeof scope === 'string' ? fromWire(scope) : undefined,
  };
}
