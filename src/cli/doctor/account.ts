/** The account: whether the sign-in holds, what it allows, and whether both APIs answer it. */

import { toolsLost } from '../../../tools/support/required-scopes.ts';
import { headline, MISSING_SCOPES_CURE, missingScopesLines } from '../../auth/account-summary.ts';
import type { GoogleReason } from '../../google/error-facts.ts';
import { GoogleError } from '../../google/errors.ts';
import { LIMITS } from '../../google/limits.ts';
import { usedText } from '../../google/request-count.ts';
import { explain } from '../../mcp/explain.ts';
import { type Check, type CheckContext, type Finding, note, ok, problem, skipped } from './check.ts';

async function signIn({ services: { auth } }: CheckContext): Promise<Finding> {
  const status = await auth.status({ check: true });
  if (status.problem) return problem(status.problem.message, status.problem.next);
  return status.warnings.length > 0 ? note(status.warnings.join(' ')) : ok(headline(status));
}

async function permissions({ services: { auth }, tools }: CheckContext): Promise<Finding> {
  const { state, missingScopes } = await auth.status();
  if (state === 'accessToken') return skipped('a token from outside does not tell what it allows');
  if (missingScopes.length === 0) return ok('all that the enabled tool sets need');
  return problem(missingScopesLines(missingScopes, toolsLost(tools, missingScopes)).join('\n'), MISSING_SCOPES_CURE);
}

/** Answers of an API that is there, to a question that need not be granted. */
const ANSWERS: readonly GoogleReason[] = ['missingScope', 'notFound', 'invalid', 'forbidden', 'failedPrecondition'];

async function answer(ask: () => Promise<unknown>): Promise<Finding> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof GoogleError && ANSWERS.includes(error.reason))) {
      const { message, next } = explain(error);
      return problem(message, next);
    }
  }
  return ok('answers');
}

const libraryApi = ({ services: { google } }: CheckContext): Promise<Finding> =>
  answer(() => google.call('albums.list', { pageSize: 1 }));

/** A session that does not exist: asking for it leaves nothing behind. */
async function pickerApi({ config: { toolsets }, services: { google } }: CheckContext): Promise<Finding> {
  if (!toolsets.includes('picker')) return skipped('tool set picker is off');
  return answer(() => google.picker.get('none'));
}

async function quota({ services: { requests } }: CheckContext): Promise<Finding> {
  const used = await requests.today();
  if (used.requests < LIMITS.requestsPerDay) return ok(usedText(used));
  return problem(
    usedText(used),
    'Wait for midnight Pacific time, or use an OAuth client of another Google Cloud project.',
  );
}

export const ACCOUNT_CHECKS: readonly Check[] = [
  { title: 'Sign-in', after: ['State folder', 'Token store', 'Network', 'OAuth client'], run: signIn },
  { title: 'Permissions', after: ['Sign-in'], run: permissions },
  { title: 'Library API', after: ['Sign-in'], run: libraryApi },
  { title: 'Picker API', after: ['Sign-in'], run: pickerApi },
  { title: 'Quota used today as counted here', run: quota },
];
