import * as z from 'zod';
import type { AuthStatus } from '../../src/auth/status.ts';
import { defineTool } from '../../src/mcp/tool.ts';

export default defineTool({
  name: 'account_status',
  title: 'Account status',
  description: 'Who is signed in, what it allows, problems with their cure.',
  toolset: 'account',
  access: 'read',
  input: z.strictObject({}),
  output: z.looseObject({ state: z.string(), account: z.string() }),
  async run(_, { auth }) {
    const status = await auth.status({ check: true });
    return { text: describe(status), data: { ...status } };
  },
});

const STATES: Record<AuthStatus['state'], string> = {
  signedIn: 'signed in',
  notSignedIn: 'not signed in',
  accessToken: 'using a token given from outside',
};

function describe({ state, account, store, scopes, missingScopes, problem, warnings }: AuthStatus): string {
  return [
    `Account "${account}": ${STATES[state]}${store ? `, kept in ${store.where}` : ''}`,
    ...(scopes.length > 0 ? [`allows: ${scopes.join(', ')}`] : []),
    ...(missingScopes.length > 0 ? [`not allowed: ${missingScopes.join(', ')}`] : []),
    ...(problem ? [problem.message, problem.next] : []),
    ...warnings,
  ].join('\n');
}
