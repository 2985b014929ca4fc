/** What a client asks for at the authorization endpoint, checked (contract 9). */
import { isRedirectAllowed, kindOfClient } from './clients.ts';
import { isChallenge } from './pkce.ts';
import { isKnownScope, parseScopes } from './scopes.ts';

export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  scopes: string[];
  state?: string;
  codeChallenge?: string;
  offline: boolean;
  /** Words of `prompt`: `none`, `consent`, `select_account`. */
  prompt: string[];
  includeGranted: boolean;
  loginHint?: string;
}

/** Shown on a page, since an unchecked request gives no address that is safe to send the browser to. */
export class AuthorizationError extends Error {
  readonly status: number;
  /** Google's name for it, as in `Error 400: redirect_uri_mismatch`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'AuthorizationError';
    this.status = status;
    this.code = code;
  }
}

/** Reads the query of the authorization endpoint; throws an AuthorizationError. */
export function parseAuthorization(query: URLSearchParams): AuthorizationRequest {
  const clientId = required(query, 'client_id');
  if (kindOfClient(clientId) === 'deleted')
    throw new AuthorizationError(401, 'deleted_client', 'The OAuth client was deleted.');
  const redirectUri = required(query, 'redirect_uri');
  requireRedirect(clientId, redirectUri);
  if (required(query, 'response_type') !== 'code') {
    throw new AuthorizationError(400, 'unsupported_response_type', 'Only response_type=code is supported.');
  }
  const scopes = parseScopes(required(query, 'scope'));
  requireKnown(scopes);
  return {
    clientId,
    redirectUri,
    scopes,
    ...challenge(query),
    ...optional('state', query.get('state')),
    ...optional('loginHint', query.get('login_hint')),
    offline: query.get('access_type') === 'offline',
    prompt: (query.get('prompt') ?? '').split(' ').filter((word) => word !== ''),
    includeGranted: query.get('include_granted_scopes') === 'true',
  };
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (!value) throw new AuthorizationError(400, 'invalid_request', `Missing required parameter: ${name}`);
  return value;
}

function requireRedirect(clientId: string, redirectUri: string): void {
  if (redirectUri.startsWith('urn:ietf:wg:oauth:2.0:oob')) {
    const message = 'The out-of-band (OOB) flow has been blocked in order to keep users secure.';
    throw new AuthorizationError(400, 'invalid_request', message);
  }
  if (!isRedirectAllowed(clientId, redirectUri)) {
    const message = `The redirect URI in the request, ${redirectUri}, does not match the ones authorized for the OAuth client.`;
    throw new AuthorizationError(400, 'redirect_uri_mismatch', message);
  }
}

function requireKnown(scopes: string[]): void {
  const list = (wanted: boolean) => scopes.filter((scope) => isKnownScope(scope) === wanted).join(', ');
  if (scopes.every(isKnownScope)) return;
  throw new AuthorizationError(
    400,
    'invalid_scope',
    `Some requested scopes were invalid. {valid=[${list(true)}], invalid=[${list(false)}]}`,
  );
}

/** Without a method a challenge would be `plain` (RFC 7636), which hides nothing: refused like any other method. */
function challenge(query: URLSearchParams): { codeChallenge?: string } {
  const codeChallenge = query.get('code_challenge');
  if (!codeChallenge) return {};
  const sound = query.get('code_challenge_method') === 'S256' && isChallenge(codeChallenge);
  if (!sound)
    throw new AuthorizationError(400, 'invalid_request', 'code_challenge must be of code_challenge_method S256.');
  return { codeChallenge };
}

const optional = (name: string, value: string | null): Record<string, string> => (value ? { [name]: value } : {});
