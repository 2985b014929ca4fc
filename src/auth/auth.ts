/** Signing in, staying signed in, signing out: the one thing that the rest of the program knows of `src/auth`. */
import { type Access, createAccess, fixedAccess } from './access.ts';
import type { AccountStorage } from './account-storage.ts';
import { type Attempts, createAttempts } from './attempts.ts';
import type { TokenStoreChoice } from './choose.ts';
import { type Endpoints, googleEndpoints } from './endpoints.ts';
import { AuthError } from './errors.ts';
import { type OAuthClientConfig, revoke } from './oauth.ts';
import type { Scope } from './scopes.ts';
import { missingScopes } from './scopes.ts';
import { Secret } from './secret.ts';
import { type SignInFlow, type SignInOptions, startSignIn } from './sign-in.ts';
import { type AuthStatus, statusOf, statusOfFixed } from './status.ts';
import type { Grant } from './token-store.ts';
import { openVault, type StoredSignIn, type Vault } from './vault.ts';

export interface AuthOptions {
  clientId?: string;
  clientSecret?: string;
  /** A ready bearer token, used as it is, instead of any sign-in. */
  accessToken?: string;
  account: string;
  /** What to ask for at sign-in (`scopesFor`). */
  scopes: readonly Scope[];
  /** Where sign-ins of this account may be kept, and where its is. */
  storage: AccountStorage;
  tokenStore: TokenStoreChoice;
  /** Google's own by default; `loopbackEndpoints(origin)` for an emulator. */
  endpoints?: Endpoints;
  /** For tests: milliseconds since 1970. */
  now?: () => number;
}

export interface Auth {
  /** A bearer token good for some minutes at least. Throws AuthError. Many callers at once cause one refresh. */
  accessToken(): Promise<string>;
  /** Google refused this token: the next `accessToken` gives another or fails. */
  invalidate(token: string): void;
  /** What to tell when Google refuses a token from outside; absent for a sign-in, whose tokens can be replaced. */
  rejection?(): AuthError;
  /** Never throws; `check` also asks Google whether the sign-in still holds. */
  status(options?: { check?: boolean }): Promise<AuthStatus>;
  /** Starts a sign-in, or gives the one that is under way. Throws AuthError `noClientId` or `accessTokenGiven`. */
  signIn(options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<SignInFlow>;
  /** The sign-in that another call has started, if its end is still open. */
  underWay: Attempts['underWay'];
  /** How a sign-in ended while no call waited for it; see `Attempts`. */
  collect: Attempts['collect'];
  /** Revokes at Google, then forgets. */
  signOut(): Promise<SignOutResult>;
  /** Cancels a sign-in under way, which would keep the process alive until it times out. */
  close(): Promise<void>;
}

export interface SignOutResult {
  readonly wasSignedIn: boolean;
  /** False: forgotten here, but Google could not be told. */
  readonly revoked: boolean;
}

const SIGN_IN_TIMEOUT_MS = 10 * 60_000;

export function createAuth(options: AuthOptions): Auth {
  const { account, storage, tokenStore, scopes, now = Date.now } = options;
  const endpoints = options.endpoints ?? googleEndpoints;
  const config = clientOf(options, endpoints);
  const vault = openVault({ issuer: endpoints.issuer, choice: tokenStore, storage });
  const given = options.accessToken === undefined ? undefined : new Secret(options.accessToken);
  const access = given ? fixedAccess(given) : createAccess(vault, config, now);
  const attempts = createAttempts(now);

  return {
    accessToken: access.accessToken,
    invalidate: access.invalidate,
    rejection: access.rejection,
    async status({ check = false } = {}) {
      if (given) return statusOfFixed(account, access.endOf());
      const checked = check ? await problemOf(access.accessToken) : undefined;
      const facts = { account, wanted: scopes, now: now() };
      try {
        const signIn = await vault.load();
        return statusOf({ ...facts, signIn, problem: checked ?? localProblem(config, access, signIn) });
      } catch (error) {
        return statusOf({ ...facts, problem: asAuthError(error) });
      }
    },
    async signIn({ timeoutMs = SIGN_IN_TIMEOUT_MS, signal } = {}) {
      if (given) throw new AuthError('accessTokenGiven');
      if (!config) throw new AuthError('noClientId');
      const keep = keeper({ account, clientId: config.clientId, asked: scopes, vault, access, now });
      return attempts.start(async () => {
        await vault.ready();
        return startSignIn({ config, scopes, timeoutMs, signal, keep });
      });
    },
    underWay: attempts.underWay,
    collect: attempts.collect,
    async signOut() {
      const signIn = await vault.load();
      const revoked = signIn ? await revokeQuietly(endpoints, signIn.grant.refreshToken) : false;
      await vault.clear();
      access.forget();
      return { wasSignedIn: signIn !== undefined, revoked };
    },
    async close() {
      const started = await attempts.underWay()?.catch(() => undefined);
      started?.cancel();
    },
  };
}

function clientOf({ clientId, clientSecret }: AuthOptions, endpoints: Endpoints): OAuthClientConfig | undefined {
  if (!clientId) return undefined;
  return { clientId, clientSecret: clientSecret ? new Secret(clientSecret) : undefined, endpoints };
}

interface Keeping {
  readonly account: string;
  readonly clientId: string;
  readonly asked: readonly Scope[];
  readonly vault: Vault;
  readonly access: Access;
  readonly now: () => number;
}

function keeper({ account, clientId, asked, vault, access, now }: Keeping): SignInOptions['keep'] {
  return async (tokens, granted) => {
    const { refreshToken, refreshTokenExpiresAt } = tokens;
    const signedInAt = now();
    const grant: Grant = {
      refreshToken,
      scopes: granted,
      account,
      clientId,
      signedInAt,
      endsAt: refreshTokenExpiresAt,
    };
    const { kind, where } = await vault.save(grant, signedInAt);
    await access.accept(tokens);
    return { account, scopes: granted, missingScopes: missingScopes(asked, granted), store: { kind, where } };
  };
}

/** What is wrong as far as it shows without asking Google. */
function localProblem(
  config: OAuthClientConfig | undefined,
  access: Access,
  signIn: StoredSignIn | undefined,
): AuthError | undefined {
  if (!config) return new AuthError('noClientId');
  if (!signIn) return new AuthError('notSignedIn');
  if (signIn.grant.clientId !== config.clientId) return new AuthError('clientChanged');
  const reason = access.endOf(signIn);
  return reason && new AuthError(reason);
}

async function problemOf(attempt: () => Promise<unknown>): Promise<AuthError | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return asAuthError(error);
  }
}

/** A file system's error names paths; here it only matters that the sign-in cannot be read. */
function asAuthError(error: unknown): AuthError {
  return error instanceof AuthError ? error : new AuthError('unexpected', 'the kept sign-in cannot be read');
}

async function revokeQuietly(endpoints: Endpoints, token: Secret): Promise<boolean> {
  try {
    await revoke(endpoints, token);
    // Refused means dead already: as good as revoked.
    return true;
  } catch {
    return false;
  }
}
