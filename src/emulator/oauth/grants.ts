/** What has been granted to whom: codes, refresh tokens, access tokens, and how they end (contract 9 and 9.1). */
import type { Deps } from '../deps.ts';
import { type AccessToken, type AuthorizationCode, type Grant, projectOfClient } from '../state.ts';
import type { AuthorizationRequest } from './request.ts';

const day = 24 * 60 * 60 * 1000;
const codeLife = 10 * 60 * 1000;
/** Contract 9.1: publishing status Testing. */
export const testingLife = 7 * day;
/** Contract 9.1: unused for six months. */
const unusedLife = 182 * day;

/** The live grant of a client, if the person has ever given one. */
export function liveGrantOf(deps: Deps, clientId: string): Grant | undefined {
  return [...deps.state.grants.values()].findLast((grant) => grant.clientId === clientId && isLive(deps, grant));
}

/** False for a grant that was revoked, unused for half a year or, in testing mode, given a week ago. */
export function isLive({ clock, overrides }: Deps, grant: Grant): boolean {
  const now = clock.now();
  const tooOld = overrides.testingMode && now >= grant.createdAt + testingLife;
  return !grant.revoked && !tooOld && now < grant.lastUsedAt + unusedLife;
}

/**
 * A code for what the person has just agreed to. A refresh token comes with the first consent, and later only when the
 * client had the person asked again (`prompt=consent`).
 */
export function issueCode(deps: Deps, request: AuthorizationRequest, granted: string[]): AuthorizationCode {
  const earlier = liveGrantOf(deps, request.clientId);
  const scopes = request.includeGranted ? [...new Set([...granted, ...(earlier?.scopes ?? [])])] : granted;
  const code: AuthorizationCode = {
    code: `4/0A${deps.random.text(70)}`,
    clientId: request.clientId,
    redirectUri: request.redirectUri,
    scopes,
    ...(request.codeChallenge ? { codeChallenge: request.codeChallenge, codeChallengeMethod: 'S256' } : {}),
    offline: request.offline && (!earlier || request.prompt.includes('consent')),
    expiresAt: deps.clock.now() + codeLife,
    used: false,
  };
  deps.state.authorizationCodes.set(code.code, code);
  return code;
}

export function issueGrant(deps: Deps, { clientId, scopes }: Pick<AuthorizationCode, 'clientId' | 'scopes'>): Grant {
  const now = deps.clock.now();
  const grant: Grant = {
    refreshToken: `1//0${deps.random.text(99)}`,
    project: projectOfClient(clientId),
    clientId,
    scopes,
    createdAt: now,
    lastUsedAt: now,
    revoked: false,
  };
  deps.state.grants.set(grant.refreshToken, grant);
  return grant;
}

export function issueAccessToken(deps: Deps, clientId: string, scopes: string[], grant?: Grant): AccessToken {
  const token: AccessToken = {
    token: `ya29.a0${deps.random.text(200)}`,
    project: projectOfClient(clientId),
    clientId,
    scopes,
    expiresAt: deps.clock.now() + deps.overrides.accessTokenSeconds * 1000,
    ...(grant ? { grant: grant.refreshToken } : {}),
  };
  deps.state.accessTokens.set(token.token, token);
  return token;
}

/** Ends a grant and every access token that came from it. */
export function revokeGrant({ state }: Deps, grant: Grant): void {
  grant.revoked = true;
  for (const { token, grant: from } of state.accessTokens.values()) {
    if (from === grant.refreshToken) state.accessTokens.delete(token);
  }
}

/** Revoking either token of a pair ends the grant (contract 9.1). @returns false for a token that is dead already. */
export function revokeToken(deps: Deps, token: string): boolean {
  const access = deps.state.accessTokens.get(token);
  const grant = deps.state.grants.get(access?.grant ?? token);
  if (!access && (!grant || !isLive(deps, grant))) return false;
  deps.state.accessTokens.delete(token);
  if (grant) revokeGrant(deps, grant);
  return true;
}
