/** What Google thinks of an OAuth client, found out before the person signs in. */
import { AuthError } from './errors.ts';
import { type OAuthClientConfig, prepare, refresh } from './oauth.ts';
import { CODES_BEFORE_CONSENT, consentError, InvalidGrant } from './oauth-errors.ts';
import type { Scope } from './scopes.ts';
import { Secret } from './secret.ts';

const TIMEOUT_MS = 12_000;

/** Id and secret are checked before the token: a client that Google knows hears only that the token is no good. */
export async function secretRefusal(config: OAuthClientConfig): Promise<unknown> {
  try {
    await refresh(config, new Secret('none'));
    return undefined;
  } catch (error) {
    return error instanceof InvalidGrant ? undefined : error;
  }
}

/**
 * Goes where a browser would be sent. Google answers a client that it will not let through with an error page, or with
 * the way to one whose address says why; all others are sent on to the page where a person signs in.
 */
export async function consentRefusal(
  config: OAuthClientConfig,
  scopes: readonly Scope[],
): Promise<AuthError | undefined> {
  const { authorizationUrl } = await prepare(config, 'http://127.0.0.1:1', scopes);
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(authorizationUrl, { redirect: 'manual', signal });
    const said = await reasonIn(response);
    const code = CODES_BEFORE_CONSENT.find((known) => said.includes(known));
    return code === undefined ? undefined : consentError(code);
  } catch {
    return new AuthError('network');
  }
}

async function reasonIn(response: Response): Promise<string> {
  if (response.status >= 400) return response.text();
  await response.body?.cancel();
  const location = response.headers.get('location') ?? '';
  const packed = URL.canParse(location) ? new URL(location).searchParams.get('authError') : null;
  return packed === null ? '' : Buffer.from(packed, 'base64').toString('latin1');
}
