/** The token endpoint: codes and refresh tokens become access tokens (contract 9, 9.1). */
import type { Deps } from '../deps.ts';
import type { Exchange, Reply } from '../http.ts';
import type { AccessToken, AuthorizationCode, Grant } from '../state.ts';
import { isSecretAccepted, kindOfClient } from './clients.ts';
import { isLive, issueAccessToken, issueGrant, liveGrantOf, revokeGrant, testingLife } from './grants.ts';
import { verifies } from './pkce.ts';
import { parseScopes } from './scopes.ts';

/** An RFC 6749 error reply. */
class TokenError extends Error {
  readonly status: number;
  readonly body: { error: string; error_description: string; error_subtype?: string };

  constructor(status: number, error: string, description: string, subtype?: string) {
    super(description);
    this.name = 'TokenError';
    this.status = status;
    this.body = { error, error_description: description, ...(subtype ? { error_subtype: subtype } : {}) };
  }
}

const invalidGrant = (description = 'Bad Request') => new TokenError(400, 'invalid_grant', description);
const deadGrant = () => invalidGrant('Token has been expired or revoked.');

const uncached = { 'Cache-Control': 'no-cache, no-store, max-age=0, must-revalidate', Pragma: 'no-cache' };

/** POST /token */
export async function token(deps: Deps, exchange: Exchange): Promise<Reply> {
  try {
    const form = await readForm(exchange);
    const clientId = authenticate(exchange, form);
    return { headers: uncached, json: exchangeGrant(deps, form, clientId) };
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    return { status: error.status, headers: uncached, json: error.body };
  }
}

/** Forms by the book; JSON is taken too, as Google does. */
async function readForm(exchange: Exchange): Promise<URLSearchParams> {
  const text = (await exchange.body()).toString('utf8');
  if (!exchange.header('content-type')?.startsWith('application/json')) return new URLSearchParams(text);
  try {
    const fields = Object.entries(JSON.parse(text)).map(([name, value]): [string, string] => [name, String(value)]);
    return new URLSearchParams(fields);
  } catch {
    throw new TokenError(400, 'invalid_request', 'Request body is not valid JSON.');
  }
}

/** The client's id, from the form or from HTTP Basic; its secret is expected although a desktop app cannot keep one. */
function authenticate(exchange: Exchange, form: URLSearchParams): string {
  const basic = /^Basic\s+(\S+)/i.exec(exchange.header('authorization') ?? '')?.[1];
  const [id, ...rest] = basic ? Buffer.from(basic, 'base64').toString('utf8').split(':') : [];
  const clientId = id ?? form.get('client_id');
  const secret = basic ? rest.join(':') : form.get('client_secret');
  if (!clientId) throw new TokenError(400, 'invalid_request', 'Could not determine client ID from request.');
  if (kindOfClient(clientId) === 'deleted')
    throw new TokenError(401, 'deleted_client', 'The OAuth client was deleted.');
  if (secret === null) throw new TokenError(400, 'invalid_request', 'client_secret is missing.');
  if (!isSecretAccepted(secret)) throw new TokenError(401, 'invalid_client', 'Unauthorized');
  if (kindOfClient(clientId) === 'web') throw new TokenError(401, 'unauthorized_client', 'Unauthorized');
  return clientId;
}

function exchangeGrant(deps: Deps, form: URLSearchParams, clientId: string): object {
  const type = need(form, 'grant_type');
  if (type === 'authorization_code') return exchangeCode(deps, form, clientId);
  if (type === 'refresh_token') return refresh(deps, form, clientId);
  throw new TokenError(400, 'unsupported_grant_type', `Invalid grant_type: ${type}`);
}

function need(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new TokenError(400, 'invalid_request', `Missing required parameter: ${name}`);
  return value;
}

function exchangeCode(deps: Deps, form: URLSearchParams, clientId: string): object {
  const code = deps.state.authorizationCodes.get(need(form, 'code'));
  if (!code) throw invalidGrant('Malformed auth code.');
  refuseReuse(deps, code);
  const fits =
    code.clientId === clientId && code.redirectUri === form.get('redirect_uri') && code.expiresAt > deps.clock.now();
  if (!fits) throw invalidGrant();
  if (code.codeChallenge && !verifies(form.get('code_verifier') ?? undefined, code.codeChallenge)) throw invalidGrant();
  code.used = true;
  const grant = code.offline ? issueGrant(deps, code) : liveGrantOf(deps, clientId);
  if (code.offline) code.grant = grant?.refreshToken;
  const access = issueAccessToken(deps, clientId, code.scopes, grant);
  return tokenBody(deps, access, code.offline ? grant : undefined);
}

/** A code that comes twice was stolen: what the first exchange gave out ends too (RFC 6749 section 4.1.2). */
function refuseReuse(deps: Deps, code: AuthorizationCode): void {
  if (!code.used) return;
  const grant = deps.state.grants.get(code.grant ?? '');
  if (grant) revokeGrant(deps, grant);
  throw invalidGrant();
}

function refresh(deps: Deps, form: URLSearchParams, clientId: string): object {
  const grant = deps.state.grants.get(need(form, 'refresh_token'));
  if (grant && grant.clientId !== clientId) throw new TokenError(401, 'unauthorized_client', 'Unauthorized');
  if (!grant || !isLive(deps, grant)) throw deadGrant();
  if (deps.overrides.invalidRapt) {
    throw new TokenError(400, 'invalid_grant', 'reauth related error (invalid_rapt)', 'invalid_rapt');
  }
  const scopes = narrowed(grant, form.get('scope'));
  grant.lastUsedAt = deps.clock.now();
  return tokenBody(deps, issueAccessToken(deps, clientId, scopes, grant));
}

function narrowed(grant: Grant, parameter: string | null): string[] {
  const wanted = parseScopes(parameter ?? '');
  if (wanted.some((scope) => !grant.scopes.includes(scope))) throw new TokenError(400, 'invalid_scope', 'Bad Request');
  return wanted.length > 0 ? wanted : grant.scopes;
}

/** @param fresh the grant whose refresh token is given out now. */
function tokenBody(deps: Deps, access: AccessToken, fresh?: Grant): object {
  return {
    access_token: access.token,
    expires_in: deps.overrides.accessTokenSeconds,
    ...(fresh ? { refresh_token: fresh.refreshToken } : {}),
    ...(fresh && deps.overrides.testingMode ? { refresh_token_expires_in: testingLife / 1000 - 1 } : {}),
    scope: access.scopes.join(' '),
    token_type: 'Bearer',
  };
}
