/**
 * Signs in, refreshes, fails in every way, and writes down all it can of everything it holds: `secrets.mjs STATE_DIR
 * ORIGIN`. What it prints is searched for secrets.
 */
import { inspect } from 'node:util';
import { localAccountStorage } from '../../../src/auth/account-storage.ts';
import { createAuth } from '../../../src/auth/auth.ts';
import { loopbackEndpoints } from '../../../src/auth/endpoints.ts';
import { createGoogle } from '../../../src/google/client.ts';
import { loopbackHosts } from '../../../src/google/hosts.ts';

const [stateDir = '', origin = ''] = process.argv.slice(2);

function show(value: unknown): void {
  const printed = inspect(value, { depth: 20, showHidden: true });
  process.stdout.write(`${printed}\n${JSON.stringify(value)}\n${String(value)}\n`);
  if (value instanceof Error) process.stdout.write(`${value.stack}\n${inspect(value.cause, { depth: 20 })}\n`);
}

async function attempt(name: string, work: () => Promise<unknown>): Promise<void> {
  process.stdout.write(`--- ${name}\n`);
  show(await work().catch((error: unknown) => error));
}

const auth = createAuth({
  clientId: 'client-1',
  clientSecret: 'MARKED-client-secret',
  account: 'default',
  scopes: ['photoslibrary.appendonly'],
  storage: localAccountStorage({ stateDir, account: 'default', issuer: new URL(origin).host }),
  tokenStore: 'file',
  endpoints: loopbackEndpoints(origin),
});
const google = createGoogle({ hosts: loopbackHosts(origin), tokens: auth });

async function signIn(query: string): Promise<unknown> {
  const flow = await auth.signIn();
  show({ ...flow, authorizationUrl: undefined });
  const asked = new URL(flow.authorizationUrl).searchParams;
  const state = asked.get('state') ?? '';
  const page = await fetch(`${asked.get('redirect_uri')}/?state=${state}&${query}`);
  process.stdout.write(await page.text());
  return flow.done;
}

await attempt('refused code', () => signIn('code=MARKED-code'));
await attempt('declined', () => signIn('error=MARKED-code'));
await attempt('garbled', () => signIn('code=MARKED-code'));
await attempt('dropped', () => signIn('code=MARKED-code'));
await attempt('signed in', () => signIn('code=MARKED-code'));
await attempt('status', () => auth.status({ check: true }));
await attempt('call that echoes', () => google.call('albums.list', {}));
await attempt('call that drops', () => google.call('albums.create', { album: { title: 'x' } }));
await attempt('foreign media', () => google.media('https://evil.test/x', { withBearer: true }));
auth.invalidate('MARKED-access');
await attempt('refresh refused', () => auth.accessToken());
await attempt('status', () => auth.status());
await attempt('auth', async () => auth);
await attempt('google', async () => google);
