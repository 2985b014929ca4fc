/** How the sign-in stands, for `account_status`, `auth status` and `doctor`. */

import { endOfTesting } from './diagnosis.ts';
import { AuthError } from './errors.ts';
import type { AuthReason } from './messages.ts';
import { missingScopes, type Scope } from './scopes.ts';
import type { StoreKind } from './token-store.ts';
import type { StoredSignIn } from './vault.ts';

export type Problem = Pick<AuthError, 'reason' | 'message' | 'next' | 'signInHelps'>;

export interface AuthStatus {
  /** `accessToken`: a bearer token was given from outside, and the person did not sign in here. */
  readonly state: 'signedIn' | 'notSignedIn' | 'accessToken';
  readonly account: string;
  /** Where the sign-in is kept; absent while there is none. */
  readonly store?: { readonly kind: StoreKind; readonly where: string };
  /** RFC 3339. */
  readonly signedInAt?: string;
  /** Granted. Unknown, hence empty, for a token from outside. */
  readonly scopes: readonly Scope[];
  /** Wanted by the enabled tool sets and not granted. */
  readonly missingScopes: readonly Scope[];
  /** Why tools cannot work now, with the cure. */
  readonly problem?: Problem;
  /** What works now and will not for long, in words. */
  readonly warnings: readonly string[];
}

export interface StatusFacts {
  readonly account: string;
  readonly wanted: readonly Scope[];
  readonly signIn?: StoredSignIn;
  readonly problem?: AuthError;
  readonly now: number;
}

export function statusOf({ account, wanted, signIn, problem, now }: StatusFacts): AuthStatus {
  if (!signIn) {
    const signedOut = shown(problem ?? new AuthError('notSignedIn'));
    return { state: 'notSignedIn', account, scopes: [], missingScopes: wanted, problem: signedOut, warnings: [] };
  }
  const { grant, store, history } = signIn;
  return {
    state: 'signedIn',
    account,
    store: { kind: store.kind, where: store.where },
    signedInAt: new Date(history.signedInAt).toISOString(),
    scopes: grant.scopes,
    missingScopes: missingScopes(wanted, grant.scopes),
    problem: problem && shown(problem),
    warnings: problem ? [] : testingWarning(signIn, now),
  };
}

export function statusOfFixed(account: string, end: AuthReason | undefined): AuthStatus {
  const problem = end && shown(new AuthError(end));
  return { state: 'accessToken', account, scopes: [], missingScopes: [], problem, warnings: [] };
}

function shown({ reason, message, next, signInHelps }: AuthError): Problem {
  return { reason, message, next, signInHelps };
}

function testingWarning({ history }: StoredSignIn, now: number): string[] {
  const end = endOfTesting(history, now);
  if (!end) return [];
  const day = new Date(end.endsAt).toISOString().slice(0, 10);
  const when = end.certain
    ? `This sign-in ends on ${day}`
    : `If its consent screen is in "Testing", this sign-in ends on ${day}`;
  return [
    `${when}: Google ends such sign-ins after 7 days. Press "Publish app" at https://console.cloud.google.com/auth/audience, then sign in once more.`,
  ];
}
