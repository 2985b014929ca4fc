import * as z from 'zod';
import type { SignInFlow, SignInResult } from '../../src/auth/sign-in.ts';
import { defineTool, type Reply } from '../../src/mcp/tool.ts';

/** Clients give a call about a minute; after this the person is still welcome, in the next call. */
const PATIENCE_MS = 50_000;

export default defineTool({
  name: 'account_sign_in',
  title: 'Sign in',
  description: 'The person signs in in their browser; waits 50 seconds.',
  toolset: 'account',
  access: 'write',
  idempotent: true,
  input: z.strictObject({}),
  output: z.looseObject({ signedIn: z.boolean(), url: z.string().optional() }),
  async run(_, { auth, ask, signal }) {
    const { state, problem, missingScopes, account } = await auth.status({ check: true });
    if (state !== 'notSignedIn' && !problem && missingScopes.length === 0) {
      return { text: `Signed in, account "${account}".`, data: { signedIn: true, account } };
    }
    const flow = await auth.signIn();
    const answer = ask('signIn', { message: 'Sign in to Google Photos in your browser.', url: flow.url });
    if (answer === 'declined') {
      flow.cancel();
      return { text: 'The person did not want to sign in.', data: { signedIn: false } };
    }
    const result = await waitFor(flow, answer === 'accepted' ? PATIENCE_MS : 0, signal);
    return result ? signedIn(result) : waiting(flow.url);
  },
});

async function waitFor(flow: SignInFlow, ms: number, signal: AbortSignal): Promise<SignInResult | undefined> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  const over = new Promise<undefined>((resolve) => {
    patience.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return Promise.race([flow.done, over]);
}

function signedIn({ account, missingScopes, store }: SignInResult): Reply {
  const missing = missingScopes.length > 0 ? `\nNot allowed by the person: ${missingScopes.join(', ')}.` : '';
  const text = `Signed in, account "${account}", kept in ${store.where}.${missing}`;
  return { text, data: { signedIn: true, account, missingScopes } };
}

const waiting = (url: string): Reply => ({
  text: `The person has to open this link on this computer and sign in: ${url}\nThen call account_sign_in again.`,
  data: { signedIn: false, url },
});
