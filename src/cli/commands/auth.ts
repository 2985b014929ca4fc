/** `auth login | status | logout`, for a person at a terminal. */
import { createInterface } from 'node:readline';
import { TOOLS } from '../../../tools/index.ts';
import { toolsLost } from '../../../tools/support/required-scopes.ts';
import { startServices } from '../../app/services.ts';
import { accountSummaryText, signedInText, signedOutText } from '../../auth/account-summary.ts';
import { endpointsOf } from '../../auth/endpoints.ts';
import { listAccounts } from '../../auth/file-account-record.ts';
import type { SignInFlow } from '../../auth/sign-in.ts';
import type { Config } from '../../context/config.ts';
import type { Services } from '../../context/context.ts';
import { enabledTools } from '../../context/toolsets.ts';
import { errorText, explain } from '../../mcp/explain.ts';
import type { AnyTool } from '../../mcp/tool.ts';

export interface AuthOptions {
  /** Open the browser; otherwise the link is only printed. */
  browser: boolean;
}

const ACTIONS = { login, status, logout };

/** Answers the exit status: 1 when the person is not signed in afterwards, or not signed out. */
export async function auth(action: keyof typeof ACTIONS, config: Config, options: AuthOptions): Promise<number> {
  const { services, close } = await startServices(config);
  try {
    return await ACTIONS[action](services, options);
  } catch (error) {
    process.stderr.write(`${errorText(explain(error))}\n`);
    return 1;
  } finally {
    await close();
  }
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const enabled = (config: Config): AnyTool[] => enabledTools(TOOLS, config);

async function login({ auth, config, openInBrowser }: Services, { browser }: AuthOptions): Promise<number> {
  const flow = await auth.signIn();
  say(`Open this link in a browser on this computer to sign in:\n\n${flow.url}\n`);
  const isOpen = browser && (await openInBrowser(flow.url));
  if (!isOpen) say(elsewhere(flow));
  const stopReading = readAddresses(flow);
  const result = await flow.done.finally(stopReading);
  say(signedInText(result, toolsLost(enabled(config), result.missingScopes)));
  return 0;
}

const elsewhere = ({ authorizationUrl }: SignInFlow): string =>
  [
    'Or, with a browser on another computer, this one:\n',
    `${authorizationUrl}\n`,
    'After you press Continue that browser shows a page that cannot be reached. That is right:',
    'copy the whole address from its address bar (http://127.0.0.1:…), paste it here, and press Enter.\n',
  ].join('\n');

/** Takes the address from a browser elsewhere; a wrong one is said, and the next one may be right. */
function readAddresses(flow: SignInFlow): () => void {
  const lines = createInterface({ input: process.stdin, terminal: false });
  lines.on('line', (line) => {
    if (line.trim() !== '') flow.finishWithAddress(line).catch((error) => isWrongAddress(error) && say(words(error)));
  });
  return () => {
    lines.close();
    // A terminal left open for reading would keep the process alive.
    process.stdin.destroy();
  };
}

const words = (error: unknown): string => errorText(explain(error));

/** Every other error ends the sign-in, which tells it. */
const isWrongAddress = (error: unknown): boolean => explain(error).code === 'wrongAddress';

async function status({ auth, config, requests }: Services): Promise<number> {
  const [status, used] = [await auth.status({ check: true }), await requests.today()];
  const lost = toolsLost(enabled(config), status.missingScopes);
  say(accountSummaryText({ status, lost, used }));
  const others = await otherAccounts(config);
  if (others.length > 0) say(`Other accounts (--account): ${others.join(', ')}.`);
  return status.problem ? 1 : 0;
}

async function otherAccounts({ stateDir = '', account, googleOrigin }: Config): Promise<string[]> {
  const { issuer } = endpointsOf(googleOrigin);
  const known = (await listAccounts(stateDir).catch(() => [])).filter((record) => record.issuer === issuer);
  return known.map((record) => record.account).filter((name) => name !== account);
}

async function logout({ auth }: Services): Promise<number> {
  const { wasSignedIn, revoked } = await auth.signOut();
  say(signedOutText(wasSignedIn, revoked));
  return wasSignedIn && !revoked ? 1 : 0;
}
