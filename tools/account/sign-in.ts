import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { AppError } from '../../src/app-error.ts';
import { signedInText } from '../../src/auth/account-summary.ts';
import type { SignInFlow, SignInResult } from '../../src/auth/sign-in.ts';
import type { AuthStatus, Problem } from '../../src/auth/status.ts';
import type { Context, EnabledTools } from '../../src/context/context.ts';
import { BUDGETS } from '../../src/google/budgets.ts';
import { defineTool, type Reply } from '../../src/mcp/tool.ts';
import { toolsLost } from '../support/required-scopes.ts';

const PROGRESS_MS = 5_000;

export default defineTool({
  name: 'account_sign_in',
  title: 'Sign in to Google Photos',
  description: 'Lets the person sign in in their browser; waits up to 50 seconds.',
  toolset: 'account',
  access: 'write',
  scopes: [],
  idempotent: true,
  input: z.strictObject({}),
  output: z.looseObject({ signedIn: z.boolean(), url: z.string().optional() }),
  async run(_, context) {
    const { auth, tools } = context;
    const underWay = auth.underWay();
    // The person may have finished, or refused, while the client asked them to open the link.
    const ended = underWay ? undefined : await auth.collect();
    const status = await auth.status({ check: true });
    if (isEnough(status, ended)) return signedIn(status, tools);
    refuseWhatSignInCannotCure(status.problem);
    const flow = await (underWay ?? auth.signIn());
    const way = await show(flow, underWay !== undefined, context);
    if (way === 'declined') return declined(flow);
    const result = way === 'shown' ? await wait(flow, context) : undefined;
    return result ? signedIn(result, tools) : waiting(flow, way);
  },
});

/** Boxes left unticked just now are told; a person who asks again afterwards is asked again. */
const isEnough = ({ problem, missingScopes }: AuthStatus, ended: SignInResult | undefined): boolean =>
  !problem && (ended !== undefined || missingScopes.length === 0);

function refuseWhatSignInCannotCure(problem: Problem | undefined): void {
  if (problem && !problem.signInHelps) throw new AppError(problem.reason, problem.message, problem.next);
}

type Way = 'shown' | 'unseen' | 'declined';

/** Brings the person to the page. `unseen`: they have to be given the link. */
async function show({ url }: SignInFlow, isGoingOn: boolean, { ask, openInBrowser }: Context): Promise<Way> {
  const answer = ask('signIn', { message: 'Sign in to Google Photos in your browser.', url });
  if (answer !== 'unavailable') return answer === 'accepted' ? 'shown' : 'declined';
  return isGoingOn || (await openInBrowser(url)) ? 'shown' : 'unseen';
}

async function wait(flow: SignInFlow, { auth, signal, progress }: Context): Promise<SignInResult | undefined> {
  const startedAt = Date.now();
  const elapsed = () => Math.round((Date.now() - startedAt) / 1000);
  const ticking = setInterval(() => progress(elapsed(), undefined, 'The person is signing in'), PROGRESS_MS);
  try {
    // After this the person is still welcome, in the next call.
    const budget = sleep(BUDGETS.toolCall, undefined, { signal, ref: false }).catch(() => undefined);
    return await Promise.race([flow.done, budget]);
  } finally {
    clearInterval(ticking);
    // Whatever it was, it is being told now.
    await auth.collect().catch(() => undefined);
  }
}

function signedIn(result: AuthStatus | SignInResult, tools: EnabledTools['tools']): Reply {
  const { account, missingScopes } = result;
  const lost = toolsLost(tools, missingScopes);
  return {
    text: signedInText(result, lost),
    data: { signedIn: true, account, missingScopes, unavailableTools: lost },
  };
}

function declined(flow: SignInFlow): Reply {
  flow.cancel();
  return { text: 'The person did not want to sign in.', data: { signedIn: false } };
}

function waiting({ url }: SignInFlow, way: Way): Reply {
  const lines =
    way === 'unseen'
      ? [`Give the person this link, to be opened on this computer: ${url}`, 'Then call account_sign_in, which waits.']
      : [
          'Nobody has finished signing in yet. Call account_sign_in again to go on waiting.',
          `The link, to be opened on this computer: ${url}`,
          'If Google shows an error instead of its consent page, the person runs: google-photos-mcp doctor',
        ];
  lines.push(
    'With a browser on another computer only, the person runs, with the same --account if one is set: google-photos-mcp auth login',
  );
  return { text: lines.join('\n'), data: { signedIn: false, url } };
}
