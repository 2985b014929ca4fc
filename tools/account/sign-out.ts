import * as z from 'zod';
import { signedOutText } from '../../src/auth/account-summary.ts';
import { defineTool } from '../../src/mcp/tool.ts';

export default defineTool({
  name: 'account_sign_out',
  title: 'Sign out',
  description: 'Revokes the sign-in at Google and forgets it here.',
  toolset: 'account',
  access: 'destructive',
  scopes: [],
  idempotent: true,
  input: z.strictObject({}),
  output: z.object({ wasSignedIn: z.boolean(), revoked: z.boolean() }),
  async run(_, { auth }) {
    const { wasSignedIn, revoked } = await auth.signOut();
    return { text: signedOutText(wasSignedIn, revoked), data: { wasSignedIn, revoked } };
  },
});
