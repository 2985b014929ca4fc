import * as z from 'zod';
import { defineTool } from '../../src/mcp/tool.ts';

export default defineTool({
  name: 'account_sign_out',
  title: 'Sign out',
  description: 'Revokes the sign-in at Google and forgets it here.',
  toolset: 'account',
  access: 'destructive',
  idempotent: true,
  input: z.strictObject({}),
  output: z.object({ wasSignedIn: z.boolean(), revoked: z.boolean() }),
  async run(_, { auth }) {
    const { wasSignedIn, revoked } = await auth.signOut();
    return { text: describe(wasSignedIn, revoked), data: { wasSignedIn, revoked } };
  },
});

function describe(wasSignedIn: boolean, revoked: boolean): string {
  if (!wasSignedIn) return 'Nobody was signed in.';
  if (revoked) return 'Signed out: revoked at Google and forgotten here.';
  return 'Forgotten here, but Google could not be told. To end it there: https://myaccount.google.com/connections';
}
