/** A demo signs in as a person would, through the same flow; only the consent is given by the program. */
import type { Auth } from '../auth/auth.ts';

/** The same sign-in, which happens by itself when it is first needed. */
export function signInByProgram(auth: Auth): Auth {
  let signedIn: Promise<unknown> | undefined;
  const ready = (): Promise<unknown> => {
    signedIn ??= consent(auth);
    return signedIn;
  };
  return {
    ...auth,
    async accessToken() {
      await ready();
      return auth.accessToken();
    },
    async status(options) {
      await ready();
      return auth.status(options);
    },
    async signOut() {
      await ready();
      return auth.signOut();
    },
  };
}

/** Ticks every box of the emulator's consent page, presses "allow", and carries the answer back. */
async function consent(auth: Auth): Promise<unknown> {
  const flow = await auth.signIn();
  const url = new URL(flow.authorizationUrl);
  const form = new URLSearchParams({ decision: 'allow' });
  for (const scope of url.searchParams.get('scope')?.split(' ') ?? []) form.append('scope', scope);
  const reply = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
  return flow.finishWithAddress(reply.headers.get('location') ?? '');
}
