/** What the keyring test does inside its D-Bus session; prints JSON. `keyring.mjs STATE_DIR ORIGIN STEP`. */
import { localAccountStorage } from '../../../src/auth/account-storage.ts';
import { createAuth } from '../../../src/auth/auth.ts';
import { loopbackEndpoints } from '../../../src/auth/endpoints.ts';
import { keychainWorks } from '../../../src/auth/keychain.ts';

const [stateDir = '', origin = ''] = process.argv.slice(2);
const options = {
  clientId: 'client-1',
  clientSecret: 'client-secret-1',
  account: 'work',
  scopes: ['photoslibrary.appendonly'],
  storage: localAccountStorage({ stateDir, account: 'work', issuer: new URL(origin).host }),
  tokenStore: 'auto',
  endpoints: loopbackEndpoints(origin),
} as const;

const works = await keychainWorks();
const flow = await createAuth(options).signIn();
const asked = new URL(flow.authorizationUrl).searchParams;
const signedIn = await flow.finishWithAddress(`${asked.get('redirect_uri')}/?code=c&state=${asked.get('state')}`);

// As a second process would find it.
const again = createAuth(options);
const status = await again.status();
const token = await again.accessToken();
const signedOut = await again.signOut();
const after = await createAuth(options).status();
process.stdout.write(JSON.stringify({ works, signedIn, status, token, signedOut, after: after.state }));
