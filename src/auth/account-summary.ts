/** How an account stands and what became of signing in and out, in words: the same for assistants and on the command line. */

import { SIGN_IN } from '../app-error.ts';
import { LIBRARY_LIMITS } from './messages.ts';
import { SCOPE_MEANINGS, type Scope } from './scopes.ts';
import type { SignInResult } from './sign-in.ts';
import type { AuthStatus } from './status.ts';

export interface AccountSummary {
  readonly status: AuthStatus;
  /** Tools that will not work with what has been granted. */
  readonly lost: readonly string[];
  /** How much of the day's quota is used, in words without a full stop. */
  readonly quota: string;
}

export function accountSummaryText({ status, lost, quota }: AccountSummary): string {
  const { problem, warnings } = status;
  return [
    headline(status),
    ...section('Allows', status.scopes.map(meaning)),
    ...(status.state === 'signedIn' && status.missingScopes.length > 0
      ? [missingScopesText(status.missingScopes, lost)]
      : []),
    ...(problem ? [...(status.state === 'notSignedIn' ? [] : [problem.message]), problem.next] : []),
    ...warnings,
    `Quota used today as counted here: ${quota}.`,
    LIBRARY_LIMITS,
  ].join('\n');
}

/** Who, since when, and where the sign-in is kept. */
export function headline({ state, account, store, signedInAt, problem }: AuthStatus): string {
  if (state === 'accessToken') return 'The access token in GOOGLE_PHOTOS_ACCESS_TOKEN is used; nobody signed in here.';
  if (state === 'notSignedIn') return `Account "${account}": ${problem?.message ?? 'not signed in.'}`;
  return `Account "${account}": signed in since ${signedInAt?.slice(0, 10)}, kept in ${store?.where}.`;
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `- ${line}`)];

const meaning = (scope: Scope): string => `${SCOPE_MEANINGS[scope]} (${scope})`;

/** What is not granted, and the tools it stops. */
export function missingScopesLines(missing: readonly Scope[], lost: readonly string[]): string[] {
  const stopped = lost.length > 0 ? [`So these will not work: ${lost.join(', ')}.`] : [];
  return [...section('Not allowed', missing.map(meaning)), ...stopped];
}

export const MISSING_SCOPES_CURE = `A box was left unticked, or its tool set was added since. Sign in once more with every box ticked. ${SIGN_IN}`;

const missingScopesText = (missing: readonly Scope[], lost: readonly string[]): string =>
  [...missingScopesLines(missing, lost), MISSING_SCOPES_CURE].join('\n');

export function signedInText(
  { account, store, missingScopes }: Pick<SignInResult, 'account' | 'missingScopes'> & Pick<AuthStatus, 'store'>,
  lost: readonly string[],
): string {
  const lead = `Signed in, account "${account}"${store ? `, kept in ${store.where}` : ''}.`;
  return missingScopes.length > 0 ? `${lead}\n${missingScopesText(missingScopes, lost)}` : lead;
}

export function signedOutText(wasSignedIn: boolean, revoked: boolean): string {
  if (!wasSignedIn) return 'Nobody was signed in.';
  if (revoked) return 'Signed out: revoked at Google and forgotten here.';
  return 'Forgotten here, but Google could not be told. To end it there: https://myaccount.google.com/connections';
}
