/** What tokens tell and how they end: tokeninfo, userinfo, revoke, discovery (contract 9). */
import type { Deps } from '../deps.ts';
import type { Exchange, Reply } from '../http.ts';
import { tokenOf } from '../middleware.ts';
import { REMOVED_SCOPES } from '../scopes.ts';
import { type AccessToken, DEMO_USER } from '../state.ts';
import { revokeToken } from './grants.ts';
import { EMAIL, IDENTITY_SCOPES, OPENID, PROFILE } from './scopes.ts';

const invalidToken = (description: string): Reply => ({
  status: 400,
  json: { error: 'invalid_token', error_description: description },
});

/** POST /revoke with `token` in form or query: 200, or 400 for a token that is dead already. */
export async function revoke(deps: Deps, exchange: Exchange): Promise<Reply> {
  const token = await parameter(exchange, 'token');
  return revokeToken(deps, token ?? '') ? { json: {} } : invalidToken('Token expired or revoked');
}

/** GET or POST /tokeninfo: all values are strings, as Google has them. */
export async function tokenInfo(deps: Deps, exchange: Exchange): Promise<Reply> {
  const named = await parameter(exchange, 'access_token');
  const token = named === undefined ? tokenOf(deps, exchange) : deps.state.accessTokens.get(named);
  const left = token && secondsLeft(deps, token);
  if (!token || left === undefined) return invalidToken('Invalid Value');
  const email = token.scopes.includes(EMAIL) ? { email: DEMO_USER.email, email_verified: 'true' } : {};
  return {
    json: {
      azp: token.clientId,
      aud: token.clientId,
      ...(identified(token) ? { sub: DEMO_USER.id } : {}),
      scope: token.scopes.join(' '),
      exp: String(Math.floor(deps.clock.now() / 1000) + left),
      expires_in: String(left),
      ...email,
      access_type: token.grant ? 'offline' : 'online',
    },
  };
}

/** Whole seconds; undefined when the token has expired. The fixed token of `--access-token` is always fresh. */
function secondsLeft({ clock, overrides }: Deps, { expiresAt }: AccessToken): number | undefined {
  if (expiresAt === undefined) return overrides.accessTokenSeconds;
  return expiresAt > clock.now() ? Math.floor((expiresAt - clock.now()) / 1000) : undefined;
}

const identified = (token: AccessToken) => token.scopes.some((scope) => IDENTITY_SCOPES.includes(scope));

/** GET or POST /v1/userinfo, for tokens with an identity scope. */
export async function userInfo(deps: Deps, exchange: Exchange): Promise<Reply> {
  return identity(deps, exchange, { id: 'sub', verified: 'email_verified' });
}

/** GET or POST /oauth2/v1/userinfo and v2: the names from before OpenID. */
export async function olderUserInfo(deps: Deps, exchange: Exchange): Promise<Reply> {
  return identity(deps, exchange, { id: 'id', verified: 'verified_email' });
}

function identity(deps: Deps, exchange: Exchange, names: { id: string; verified: string }): Reply {
  const token = tokenOf(deps, exchange);
  if (!token || !identified(token)) {
    return { status: 401, json: { error: 'invalid_request', error_description: 'Invalid Credentials' } };
  }
  const has = (scope: string) => token.scopes.includes(scope);
  return {
    json: {
      [names.id]: DEMO_USER.id,
      ...(has(PROFILE) ? { name: DEMO_USER.name } : {}),
      ...(has(EMAIL) ? { email: DEMO_USER.email, [names.verified]: true } : {}),
    },
  };
}

/** GET /.well-known/openid-configuration. Only under `--legacy-sharing` does it name scopes of Photos: those that exist only there. */
export function discovery({ legacySharing }: Deps, { url: { origin } }: Exchange): Reply {
  return {
    json: {
      issuer: origin,
      authorization_endpoint: `${origin}/o/oauth2/v2/auth`,
      token_endpoint: `${origin}/token`,
      userinfo_endpoint: `${origin}/v1/userinfo`,
      revocation_endpoint: `${origin}/revoke`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      scopes_supported: [OPENID, 'email', 'profile', ...(legacySharing ? REMOVED_SCOPES : [])],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      claims_supported: ['sub', 'name', 'email', 'email_verified'],
      code_challenge_methods_supported: ['S256'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
    },
  };
}

/** From the query, else from a form. */
async function parameter(exchange: Exchange, name: string): Promise<string | undefined> {
  const inQuery = exchange.url.searchParams.get(name);
  if (inQuery !== null || exchange.request.method === 'GET') return inQuery ?? undefined;
  return new URLSearchParams((await exchange.body()).toString('utf8')).get(name) ?? undefined;
}
