/** What to do about each way in which Google can refuse. */
import { SIGN_IN } from '../app-error.ts';
import { count } from '../text/text.ts';
import type { GoogleErrorFacts, GoogleReason } from './error-facts.ts';
import { LIMITS } from './limits.ts';

type Facts = Pick<GoogleErrorFacts, 'reason' | 'retryAfterSeconds' | 'outcomeUnknown' | 'helpUrl'>;

type NextStep = string | ((error: Facts) => string);

const later = ({ retryAfterSeconds }: Facts): string =>
  retryAfterSeconds === undefined ? 'Call again in a minute.' : `Call again in ${inWords(retryAfterSeconds)}.`;

/** Rounded up, in the unit that a person would say it in. */
function inWords(seconds: number): string {
  if (seconds < 120) return count(Math.ceil(seconds), 'second');
  if (seconds < 7200) return count(Math.ceil(seconds / 60), 'minute');
  return seconds <= 172_800 ? count(Math.ceil(seconds / 3600), 'hour') : count(Math.ceil(seconds / 86_400), 'day');
}

const maybeDone = (error: Facts): string =>
  error.outcomeUnknown
    ? `It may have been done all the same: look before calling again. ${later(error)}`
    : later(error);

const NEXT_STEPS: Record<GoogleReason, NextStep> = {
  unauthenticated: SIGN_IN,
  missingScope: `The sign-in does not allow this. Sign in again with every box ticked. ${SIGN_IN}`,
  removed: 'Google switched this off for every app on 2025-03-31. The person can do it in Google Photos.',
  apiDisabled: ({ helpUrl }) =>
    `Enable the API in the Google Cloud project of the OAuth client${helpUrl ? `: ${helpUrl}` : ''}, wait a minute, call again.`,
  photosDisabled: 'The person has to open https://photos.google.com once with this account, or ask its administrator.',
  forbidden: 'Use items and albums that this app made; account_status shows what the sign-in allows.',
  notFound: 'This app cannot see it: deleted, or made by another app. List or search again and use a reference.',
  invalid: 'Correct the call. Album and items must be made by this app; gphotos://guide has the rules.',
  failedPrecondition: 'It is not ready yet. Call again a little later.',
  quotaDay: ({ retryAfterSeconds }) =>
    `The day's ${count(LIMITS.requestsPerDay, 'request')} of the Google Cloud project are used up. They come back at midnight Pacific time${
      retryAfterSeconds === undefined ? '' : `, in ${inWords(retryAfterSeconds)}`
    }.`,
  quotaMinute: later,
  concurrentWrite: later,
  storageFull: "The person's Google storage is full: free space at https://one.google.com/storage, then call again.",
  mediaExpired: 'Call again; a fresh address is fetched then.',
  sourceChanged: 'The file changed while it was sent. Call again when nothing writes to it.',
  unavailable: maybeDone,
  network: (error) => `Google was not reached. Check the connection. ${maybeDone(error)}`,
  timeout: maybeDone,
  aborted: 'Call again to go on; what was finished stays finished.',
  unexpected: 'Call again; if it stays, report it.',
};

/** One sentence for the model: a tool call, a command or a link that gets it further. */
export function nextStep(error: Facts): string {
  const next = NEXT_STEPS[error.reason];
  return typeof next === 'string' ? next : next(error);
}
