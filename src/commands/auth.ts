/** `auth login | status | logout`, for a person at a terminal. */
import type { Auth } from '../auth/auth.ts';
import type { SignInResult } from '../auth/sign-in.ts';
import type { AuthStatus } from '../auth/status.ts';
import type { Config } from '../config.ts';
import { explain } from '../mcp/explain.ts';
import { startServices } from '../services.ts';

export interface AuthOptions {
  /** Open the browser; otherwise the link is only printed. */
  browser: boolean;
}

const ACTIONS = { login, status, logout };

/** Answers the exit status: 1 when the person is not signed in afterwards, or not signed out. */
export async function auth(action: keyof typeof ACTIONS, config: Config, options: AuthOptions): Promise<number> {
  const { services, close } = await startServices(config);
  try {
    return await ACTIONS[action](services.auth, options);
  } catch (error) {
    const { message, next } = explain(error);
    process.stderr.write(`${message}\n${next}\n`);
    return 1;
  } finally {
    await close();
  }
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function login(auth: Auth, { browser }: AuthOptions): Promise<number> {
  const flow = await auth.signIn();
  say(`Open this link in your browser to sign in:\n\n${flow.url}\n`);
  if (browser) await openQuietly(flow.url);
  const { account, missingScopes, store }: SignInResult = await flow.done;
  say(`Signed in, account "${account}". The sign-in is kept in ${store.where}.`);
  if (missingScopes.length > 0) say(`Left unticked, so what needs them will not work: ${missingScopes.join(', ')}.`);
  return 0;
}

/** The link stands on the terminal: a machine without a browser loses nothing. */
async function openQuietly(url: string): Promise<void> {
  const { default: open } = await import('open');
  const child = await open(url).catch(() => undefined);
  child?.on('error', () => {});
}

async function status(auth: Auth): Promise<number> {
  const found = await auth.status({ check: true });
  say(describe(found));
  return found.problem ? 1 : 0;
}

function describe({ state, account, store, scopes, missingScopes, problem, warnings }: AuthStatus): string {
  const lines = [
    `account: ${account}`,
    `state: ${state}`,
    ...(store ? [`kept in: ${store.where}`] : []),
    ...(scopes.length > 0 ? [`allows: ${scopes.join(', ')}`] : []),
    ...(missingScopes.length > 0 ? [`missing: ${missingScopes.join(', ')}`] : []),
    ...(problem ? [problem.message, problem.next] : []),
    ...warnings,
  ];
  return lines.join('\n');
}

async function logout(auth: Auth): Promise<number> {
  const { wasSignedIn, revoked } = await auth.signOut();
  if (!wasSignedIn) say('Nobody was signed in.');
  else if (revoked) say('Signed out: revoked at Google and forgotten here.');
  else say('Forgotten here, but Google could not be told. End it at https://myaccount.google.com/connections');
  return wasSignedIn && !revoked ? 1 : 0;
}
