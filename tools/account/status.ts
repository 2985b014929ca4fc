import * as z from 'zod';
import { accountSummaryText } from '../../src/auth/account-summary.ts';
import { LIMITS } from '../../src/google/limits.ts';
import { usedText } from '../../src/google/request-count.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { toolsLost } from '../support/required-scopes.ts';

export default defineTool({
  name: 'account_status',
  title: 'Account status',
  description: 'Who is signed in, what it allows, problems with their cure.',
  toolset: 'account',
  access: 'read',
  scopes: [],
  input: z.strictObject({}),
  output: z.looseObject({ state: z.string(), account: z.string() }),
  async run(_, { auth, requests, tools }) {
    const [status, used] = [await auth.status({ check: true }), await requests.today()];
    const lost = toolsLost(tools, status.missingScopes);
    const quota = { ...used, requestsPerDay: LIMITS.requestsPerDay };
    const text = accountSummaryText({ status, lost, quota: usedText(used) });
    return { text, data: { ...status, unavailableTools: lost, quota } };
  },
});
