/** The sign-in under way, at most one; and how the last one ended, until a caller has been told. */
import { AuthError } from './errors.ts';
import type { SignInFlow, SignInResult } from './sign-in.ts';

export interface Attempts {
  /** Begins one, or gives the one that is under way. */
  start(begin: () => Promise<SignInFlow>): Promise<SignInFlow>;
  underWay(): Promise<SignInFlow> | undefined;
  /** How one ended of late; undefined when there was none, or when the person did not come. Throws its AuthError. Answers once. */
  collect(): Promise<SignInResult | undefined>;
}

/** After this, a caller who asks to sign in has something new in mind. */
const REMEMBERED_MS = 10 * 60_000;

export function createAttempts(now: () => number): Attempts {
  let current: Promise<SignInFlow> | undefined;
  let last: { done: SignInFlow['done']; endedAt: number } | undefined;

  function watch(flow: SignInFlow): SignInFlow {
    const end = () => {
      current = undefined;
      last = { done: flow.done, endedAt: now() };
    };
    // Before any caller hears of the end, so that the next sign-in is a new one.
    flow.done.then(end, end);
    return flow;
  }

  return {
    start(begin) {
      last = undefined;
      current ??= begin().then(watch, (error: unknown) => {
        current = undefined;
        throw error;
      });
      return current;
    },
    underWay: () => current,
    async collect() {
      const ended = last;
      last = undefined;
      if (!ended || now() - ended.endedAt > REMEMBERED_MS) return undefined;
      return ended.done.catch(told);
    },
  };
}

/** That the person did not come, or called it off, is no news to a caller who asks again. */
function told(error: unknown): undefined {
  if (error instanceof AuthError && (error.reason === 'timedOut' || error.reason === 'cancelled')) return undefined;
  throw error;
}
