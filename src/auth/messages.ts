/**
 * What a person is told about signing in: every cause for which it fails, with what to do about it, how to set it up, and
 * what the API allows at all.
 */

export type AuthReason =
  | 'noClientId'
  | 'notSignedIn'
  | 'clientChanged'
  | 'testingExpired'
  | 'revoked'
  | 'unused6Months'
  | 'passwordOrPolicy'
  | 'accessTokenRejected'
  | 'accessTokenGiven'
  | 'redirectMismatch'
  | 'wrongClientType'
  | 'invalidClient'
  | 'accessDenied'
  | 'scopesMissing'
  | 'noRefreshToken'
  | 'blockedApp'
  | 'orgPolicy'
  | 'apiDisabled'
  | 'codeRejected'
  | 'wrongAddress'
  | 'timedOut'
  | 'cancelled'
  | 'keychainUnavailable'
  | 'folderUnusable'
  | 'network'
  | 'unavailable'
  | 'unexpected';

export interface Cause {
  /** One sentence: what happened. */
  readonly what: string;
  /** What the person, or the assistant for them, does next. */
  readonly next: string;
  /** Signing in once more cures it; nothing else has to change first. */
  readonly signInHelps?: true;
  /** Trying the same again, with nothing changed, can help. */
  readonly retryable?: boolean;
}

const CONSOLE = 'https://console.cloud.google.com';
/** Where OAuth clients are made and their secrets shown. */
export const CLIENTS_PAGE = `${CONSOLE}/auth/clients`;
export const SIGN_IN =
  'Call account_sign_in, or run in a terminal, with the same --account if one is set: google-photos-mcp auth login';
const PUBLISH = `Open ${CONSOLE}/auth/audience and press "Publish app", so that sign-ins stop ending after 7 days`;

/** The way through Google Cloud for a person who has never been there; once, about five minutes. */
const SETUP_STEPS: readonly string[] = [
  `Make a project, or choose one: ${CONSOLE}/projectcreate`,
  `Enable both APIs: ${CONSOLE}/apis/library/photoslibrary.googleapis.com and ${CONSOLE}/apis/library/photospicker.googleapis.com`,
  `Set up the consent screen: ${CONSOLE}/auth/overview → Get started, any app name, your e-mail address, audience "External"`,
  `Add the scopes: ${CONSOLE}/auth/scopes → Add or remove scopes → paste photoslibrary.appendonly, photoslibrary.readonly.appcreateddata, photoslibrary.edit.appcreateddata and photospicker.mediaitems.readonly, each after https://www.googleapis.com/auth/`,
  `Publish it: ${CONSOLE}/auth/audience → Publish app. While it stays in "Testing", every sign-in ends after 7 days. Verification is not needed for your own use; Google then shows a warning page, where you choose Advanced → Go on`,
  `Make the client: ${CLIENTS_PAGE} → Create client → application type "Desktop app"`,
  'Give its id and secret to this server as GOOGLE_PHOTOS_CLIENT_ID and GOOGLE_PHOTOS_CLIENT_SECRET, and start it again',
  SIGN_IN,
];

/** Google's rule that people stumble over first (contract 2). */
export const LIBRARY_LIMITS =
  'Of the library it sees only what it uploaded or made itself; other photos come one by one through the picker. ' +
  'No official API deletes, shares, favourites or archives, or searches by words, faces or places.';

const numbered = (steps: readonly string[]): string => steps.map((step, index) => `${index + 1}. ${step}`).join('\n');

export const CAUSES: Readonly<Record<AuthReason, Cause>> = {
  noClientId: {
    what: 'No OAuth client is configured. Google asks every user of its Photos APIs for their own; it is free.',
    next: numbered(SETUP_STEPS),
  },
  notSignedIn: { what: 'Not signed in to Google Photos.', next: SIGN_IN, signInHelps: true },
  clientChanged: {
    what: 'The sign-in was made with another OAuth client than the one configured now.',
    next: `${SIGN_IN}. Or configure the earlier GOOGLE_PHOTOS_CLIENT_ID again: photos uploaded with it are visible only to its project.`,
    signInHelps: true,
  },
  testingExpired: {
    what: 'The sign-in ended after 7 days, as Google ends every sign-in of an app whose consent screen is in "Testing".',
    next: `${PUBLISH}. Then sign in once more. ${SIGN_IN}`,
    signInHelps: true,
  },
  revoked: {
    what: 'Google says that the sign-in has been revoked or has expired: the access was removed in the Google account, or the OAuth client was deleted.',
    next: `${SIGN_IN}. Apps with access are listed at https://myaccount.google.com/connections`,
    signInHelps: true,
  },
  unused6Months: {
    what: 'The sign-in ended because it had not been used for half a year.',
    next: SIGN_IN,
    signInHelps: true,
  },
  passwordOrPolicy: {
    what: 'Google wants the person to confirm who they are again: the password changed, or the organisation limits how long sign-ins last.',
    next: `${SIGN_IN}. If it ends again and again, the administrator of the Google Workspace sets the session length.`,
    signInHelps: true,
  },
  accessTokenRejected: {
    what: 'Google refused the access token given in GOOGLE_PHOTOS_ACCESS_TOKEN; such tokens live about an hour.',
    next: `Give a fresh token and start the server again, or remove it and sign in. ${SIGN_IN}`,
  },
  accessTokenGiven: {
    what: 'The access token in GOOGLE_PHOTOS_ACCESS_TOKEN is used instead of any sign-in.',
    next: 'To sign in, remove GOOGLE_PHOTOS_ACCESS_TOKEN and start the server again.',
  },
  redirectMismatch: {
    what: 'Google does not accept the local address for the answer (redirect_uri_mismatch): the OAuth client is not of type "Desktop app".',
    next: `Create a client of type "Desktop app" at ${CLIENTS_PAGE} and configure its id and secret.`,
  },
  wrongClientType: {
    what: 'The OAuth client is of a type that may not sign in this way (unauthorized_client).',
    next: `Create a client of type "Desktop app" at ${CLIENTS_PAGE} and configure its id and secret.`,
  },
  invalidClient: {
    what: 'Google does not know this OAuth client, or its secret is wrong or missing (invalid_client).',
    next: `Compare GOOGLE_PHOTOS_CLIENT_ID and GOOGLE_PHOTOS_CLIENT_SECRET with ${CLIENTS_PAGE}; the secret is needed for Desktop clients too.`,
  },
  accessDenied: {
    what: 'Access was declined on the consent page, or this account may not use the app.',
    next: `Sign in again and press Continue. If Google said that the app is in testing, add the account as a test user or publish the app: ${CONSOLE}/auth/audience`,
  },
  scopesMissing: {
    what: 'None of the boxes on the consent page was ticked, so there is nothing this server could do.',
    next: `Sign in again and tick the boxes. ${SIGN_IN}`,
  },
  noRefreshToken: {
    what: 'Google gave no lasting sign-in (refresh token).',
    next: `Remove the app's access at https://myaccount.google.com/connections, then sign in again. ${SIGN_IN}`,
  },
  blockedApp: {
    what: 'Google blocks this OAuth client ("This app is blocked").',
    next: `Use an OAuth client of your own:\n${numbered(SETUP_STEPS)}`,
  },
  orgPolicy: {
    what: 'The organisation that manages this Google account does not allow the app (admin_policy_enforced or org_internal).',
    next: 'Ask its administrator to trust the OAuth client, or sign in with a private Google account.',
  },
  apiDisabled: {
    what: 'The API is not enabled in the Google Cloud project of the OAuth client.',
    next: `Enable both, wait a minute, and try again: ${CONSOLE}/apis/library/photoslibrary.googleapis.com and ${CONSOLE}/apis/library/photospicker.googleapis.com`,
  },
  codeRejected: {
    what: 'Google no longer accepts the answer of its consent page: it was used before, or too old.',
    next: `Sign in again. ${SIGN_IN}`,
  },
  wrongAddress: {
    what: 'That is not the address that Google sent the browser to for this sign-in.',
    next: 'Copy the whole address from the browser after consenting; it starts with http://127.0.0.1 and contains state= and code=.',
  },
  timedOut: {
    what: 'Nobody finished the sign-in in the browser.',
    next: `Sign in again. If Google's page showed an error: redirect_uri_mismatch → the client must be of type "Desktop app"; "app is blocked" or "has not completed verification" → publish the app or add yourself as a test user at ${CONSOLE}/auth/audience; admin_policy_enforced → ask the administrator of the organisation.`,
    retryable: true,
  },
  cancelled: { what: 'The sign-in was cancelled.', next: SIGN_IN, retryable: true },
  keychainUnavailable: {
    what: 'The keychain that holds the sign-in cannot be reached.',
    next: 'Unlock it and try again. To keep the sign-in in a file that only you can read instead, start the server with --token-store file and sign in again.',
    retryable: true,
  },
  folderUnusable: {
    what: 'The folder in which sign-ins are kept cannot be read or written.',
    next: 'Give this user access to the state folder, or name another one with --state-dir.',
    retryable: true,
  },
  network: {
    what: "Google's sign-in service could not be reached.",
    next: 'Check the network connection and try again.',
    retryable: true,
  },
  unavailable: {
    what: "Google's sign-in service is failing at the moment.",
    next: 'Try again in a minute.',
    retryable: true,
  },
  unexpected: {
    what: "Google's sign-in service gave an answer that makes no sense here.",
    next: 'Run: google-photos-mcp doctor',
    signInHelps: true,
  },
};
