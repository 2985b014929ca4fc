/** Access tokens from a kept grant: refreshed in time, once for however many callers, and never again after a refusal. */

import { causeOfEnd } from './diagnosis.ts';
import { AuthError } from './errors.ts';
import type { AuthReason } from './messages.ts';
import { type OAuthClientConfig, refresh, type Tokens } from './oauth.ts';
import { InvalidGrant } from './oauth-errors.ts';
import type { Secret } from './secret.ts';
import type { StoredSignIn, Vault } from './vault.ts';

export interface Access {
  accessToken(): Promise<string>;
  invalidate(token: string): void;
  /** Takes what a sign-in has just given. */
  accept(tokens: Tokens): Promise<void>;
  forget(): void;
  /** Why the grant is known to be dead, if it is. */
  endOf(signIn?: StoredSignIn): AuthReason | undefined;
  /** What to tell when Google refuses a token that cannot be replaced. */
  rejection?(): AuthError;
}

const MARGIN_MS = 5 * 60_000;

interface Cached {
  readonly token: Secret;
  /** Milliseconds since 1970 from which a new one is fetched. */
  readonly staleAt: number;
  /** Of the vault: a sign-in by another process makes this token outdated. */
  readonly version: string;
}

export function createAccess(vault: Vault, config: OAuthClientConfig | undefined, now: () => number): Access {
  let cached: Cached | undefined;
  let refreshing: Promise<Cached> | undefined;
  let dead: { refreshToken: string; reason: AuthReason } | undefined;

  const endOf = ({ grant }: StoredSignIn) =>
    dead?.refreshToken === grant.refreshToken.reveal() ? dead.reason : undefined;

  function toCached(tokens: Tokens, version: string): Cached {
    // A token that lives for minutes only is still used for half its life.
    const margin = Math.min(MARGIN_MS, (tokens.expiresAt - now()) / 2);
    return { token: tokens.accessToken, staleAt: tokens.expiresAt - margin, version };
  }

  async function renew(): Promise<Cached> {
    if (!config) throw new AuthError('noClientId');
    const signIn = await vault.load();
    if (!signIn) throw new AuthError('notSignedIn');
    if (signIn.grant.clientId !== config.clientId) throw new AuthError('clientChanged');
    const reason = endOf(signIn);
    if (reason !== undefined) throw new AuthError(reason);
    const tokens = await refreshSignIn(config, signIn);
    if (tokens.refreshToken) await vault.replace(signIn, { ...signIn.grant, refreshToken: tokens.refreshToken });
    return toCached(tokens, await vault.touch(signIn, now()));
  }

  async function refreshSignIn(client: OAuthClientConfig, signIn: StoredSignIn): Promise<Tokens> {
    try {
      return await refresh(client, signIn.grant.refreshToken);
    } catch (error) {
      if (!(error instanceof InvalidGrant)) throw error;
      const reason = causeOfEnd(signIn.history, now(), error.reauthentication);
      dead = { refreshToken: signIn.grant.refreshToken.reveal(), reason };
      throw new AuthError(reason);
    }
  }

  return {
    async accessToken() {
      const version = await vault.version();
      if (cached && cached.version === version && now() < cached.staleAt) return cached.token.reveal();
      refreshing ??= renew().finally(() => {
        refreshing = undefined;
      });
      cached = await refreshing;
      return cached.token.reveal();
    },
    invalidate(token) {
      if (cached?.token.reveal() === token) cached = undefined;
    },
    async accept(tokens) {
      cached = toCached(tokens, await vault.version());
    },
    forget() {
      cached = undefined;
    },
    endOf,
  };
}

/** A bearer token from outside is used as it is; when Google refuses it, that is told. */
export function fixedAccess(given: Secret): Access {
  let refused = false;
  return {
    accessToken: async () => given.reveal(),
    invalidate: () => undefined,
    accept: async () => undefined,
    forget: () => undefined,
    endOf: () => (refused ? 'accessTokenRejected' : undefined),
    rejection() {
      refused = true;
      return new AuthError('accessTokenRejected');
    },
  };
}
