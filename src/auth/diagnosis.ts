/** What `invalid_grant` means, told from the sign-in's history (contract 9.1); and the warning before it happens. */
import type { AuthReason } from './messages.ts';

const DAY = 86_400_000;
const TESTING_WEEK = 7 * DAY;
/** The fifth day is the one after four whole days. */
const WARN_AFTER = 4 * DAY;
const HALF_A_YEAR = 180 * DAY;

/** Milliseconds since 1970. */
export interface History {
  readonly signedInAt: number;
  /** The last time that Google gave an access token for it. */
  readonly lastUsedAt: number;
  /** Google's own word on when it ends, if it gave one. */
  readonly endsAt?: number;
}

/** `reauthentication`: Google said that it wants the person to prove who they are (`invalid_rapt`). */
export function causeOfEnd(history: History, now: number, reauthentication: boolean): AuthReason {
  const { signedInAt, lastUsedAt, endsAt } = history;
  if (reauthentication) return 'passwordOrPolicy';
  if (now - lastUsedAt >= HALF_A_YEAR) return 'unused6Months';
  if (endsAt !== undefined) return now >= endsAt ? 'testingExpired' : 'revoked';
  const neverOutlivedTheWeek = lastUsedAt - signedInAt < TESTING_WEEK;
  return now - signedInAt >= TESTING_WEEK && neverOutlivedTheWeek ? 'testingExpired' : 'revoked';
}

/**
 * When the sign-in will end if the consent screen is in "Testing", from the fifth day on. `certain` when Google itself
 * gave the time; otherwise a sign-in that has worked past its seventh day has shown that it is not of that kind.
 */
export function endOfTesting(history: History, now: number): { endsAt: number; certain: boolean } | undefined {
  const { signedInAt, lastUsedAt, endsAt } = history;
  if (now - signedInAt < WARN_AFTER) return undefined;
  if (endsAt !== undefined) return { endsAt, certain: true };
  if (lastUsedAt - signedInAt >= TESTING_WEEK) return undefined;
  return { endsAt: signedInAt + TESTING_WEEK, certain: false };
}
