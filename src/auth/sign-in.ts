/** One attempt of a person to sign in: from a link to a grant, by the browser's own return or by a pasted address. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type CallbackServer, listenForAnswer } from './callback-server.ts';
import { AuthError } from './errors.ts';
import { type Attempt, exchangeCode, type OAuthClientConfig, prepare, type Tokens } from './oauth.ts';
import { consentError } from './oauth-errors.ts';
import { failedPage, type Page, signedInPage } from './result-page.ts';
import { SCOPE_MEANINGS, type Scope } from './scopes.ts';
import { Secret } from './secret.ts';
import type { StoreKind } from './token-store.ts';

export interface SignInResult {
  readonly account: string;
  readonly scopes: readonly Scope[];
  /** Asked for and left unticked. */
  readonly missingScopes: readonly Scope[];
  readonly store: { readonly kind: StoreKind; readonly where: string };
}

export interface SignInFlow {
  /** A page of ours on this machine that leads on to Google: for a browser here. */
  readonly url: string;
  /** Google's page itself: for a browser elsewhere, whose address at the end goes to `finishWithAddress`. */
  readonly authorizationUrl: string;
  /** Rejects with AuthError: declined, timed out, cancelled, or refused by Google. */
  readonly done: Promise<SignInResult>;
  /** Takes the address to which Google sent a browser on another machine. A wrong one is an error and the flow goes on. */
  finishWithAddress(address: string): Promise<SignInResult>;
  cancel(): void;
}

export interface SignInOptions {
  readonly config: OAuthClientConfig;
  readonly scopes: readonly Scope[];
  /** Milliseconds after which the person is no longer expected. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** Keeps what Google gave. */
  keep(tokens: Tokens & { refreshToken: Secret }, granted: readonly Scope[]): Promise<SignInResult>;
}

export async function startSignIn(options: SignInOptions): Promise<SignInFlow> {
  const outcome = newOutcome<SignInResult>();
  let isConsumed = false;

  /** The first answer with our state is the answer; the state is never accepted twice. */
  function consumeOnce(query: URLSearchParams): Promise<SignInResult> | undefined {
    if (isConsumed || !hasState(query, attempt.state)) return undefined;
    isConsumed = true;
    redeem(options, attempt, query).then(outcome.resolve, outcome.reject);
    return outcome.promise;
  }

  const server = await listenForAnswer(async (query) => answerPage(consumeOnce(query), isConsumed));
  const attempt = await prepareOrClose(options, server);
  server.setTarget(attempt.authorizationUrl);

  const fail = (reason: 'timedOut' | 'cancelled') => () => outcome.reject(new AuthError(reason));
  const timer = setTimeout(fail('timedOut'), options.timeoutMs);
  options.signal?.addEventListener('abort', fail('cancelled'), { once: true });
  if (options.signal?.aborted) fail('cancelled')();
  const done = outcome.promise.finally(() => {
    clearTimeout(timer);
    server.close();
  });
  // The caller may wait for the flow or not.
  done.catch(() => undefined);

  return {
    url: server.startUrl,
    authorizationUrl: attempt.authorizationUrl,
    done,
    async finishWithAddress(address) {
      const text = address.trim();
      const query = URL.canParse(text) ? new URL(text).searchParams : undefined;
      const result = query && consumeOnce(query);
      if (!result) throw new AuthError('wrongAddress');
      await result;
      return done;
    },
    cancel: fail('cancelled'),
  };
}

interface Outcome<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** A promise that is settled from outside; the first settlement counts. */
function newOutcome<T>(): Outcome<T> {
  let settle: Pick<Outcome<T>, 'resolve' | 'reject'> = { resolve: () => undefined, reject: () => undefined };
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  promise.catch(() => undefined);
  return { promise, ...settle };
}

async function prepareOrClose({ config, scopes }: SignInOptions, server: CallbackServer): Promise<Attempt> {
  try {
    return await prepare(config, server.redirectUri, scopes);
  } catch (error) {
    server.close();
    throw error;
  }
}

function hasState(query: URLSearchParams, state: Secret): boolean {
  const [given, ...more] = query.getAll('state');
  if (given === undefined || more.length > 0) return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(state.reveal()));
}

/** From the query of Google's answer to a kept grant. */
async function redeem(options: SignInOptions, attempt: Attempt, query: URLSearchParams): Promise<SignInResult> {
  const [error] = query.getAll('error');
  if (error !== undefined) throw consentError(error);
  const [code, ...more] = query.getAll('code');
  if (!code || more.length > 0) throw new AuthError('unexpected', 'no code');
  const tokens = await exchangeCode(options.config, attempt, new Secret(code));
  const granted = tokens.scopes ?? options.scopes;
  const { refreshToken } = tokens;
  if (!granted.some((scope) => options.scopes.includes(scope))) throw new AuthError('scopesMissing');
  if (!refreshToken) throw new AuthError('noRefreshToken');
  return options.keep({ ...tokens, refreshToken }, granted);
}

/** The browser learns how it really ended, hence after the exchange. */
async function answerPage(result: Promise<SignInResult> | undefined, isConsumed: boolean): Promise<Page> {
  if (!result) return strayPage(isConsumed);
  try {
    return signedInPage(unticked(await result));
  } catch (error) {
    const known = error instanceof AuthError ? error : new AuthError('unexpected');
    return failedPage(400, known.message, known.next);
  }
}

function strayPage(isConsumed: boolean): Promise<Page> {
  return isConsumed
    ? failedPage(409, 'This sign-in is already under way or done', 'You can close this window.')
    : failedPage(400, 'Not the answer to this sign-in', 'Go back to your assistant and use the link it gave.');
}

function unticked({ missingScopes: missing }: SignInResult): string {
  if (missing.length === 0) return '';
  const list = missing.map((scope) => SCOPE_MEANINGS[scope]).join('; ');
  return `Some boxes were left unticked, so it cannot: ${list}. Sign in again to change that.`;
}
