/** `doctor` on set-ups that are broken in one way each: it names that one, says what to do, and finds nothing else. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consentRefusal } from '../../src/auth/client-probe.ts';
import { loopbackEndpoints } from '../../src/auth/endpoints.ts';
import { nodeFinding } from '../../src/cli/doctor/machine.ts';
import type { StartedEmulator } from '../../src/emulator/start.ts';
import { startScripted } from '../google/scripted.ts';
import { consentElsewhere } from '../harness/person.ts';
import {
  age,
  finish,
  GOOGLE_PAGE,
  runCommand,
  type Setting,
  startGoogle,
  startProxy,
  temporaryFolder,
  useProgram,
} from '../harness/signed-out-system.ts';

useProgram();

interface SetUp {
  google: StartedEmulator;
  setting: Setting;
}

async function signedIn(untick: readonly string[] = [], replyHeaders = {}): Promise<SetUp> {
  const google = await startGoogle();
  const { origin } = await startProxy(google.origin, replyHeaders);
  const setting: Setting = { origin, stateDir: await temporaryFolder() };
  const command = runCommand(['auth', 'login', '--no-browser'], setting);
  const [address = ''] = await command.wrote(GOOGLE_PAGE);
  command.child.stdin?.write(`${await consentElsewhere(address, untick)}\n`);
  expect(await command.status).toBe(0);
  return { google, setting };
}

async function notSignedIn(): Promise<SetUp> {
  const google = await startGoogle();
  return { google, setting: { origin: google.origin, stateDir: await temporaryFolder() } };
}

const withEnv = (setting: Setting, env: Record<string, string>): Setting => ({ ...setting, env });

test('all is well', async () => {
  const { setting } = await signedIn();
  const { status, out, err } = await finish(['doctor', '--allow-dir', setting.stateDir], setting);
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toContain('No problems found.');
  const titles = [...out.matchAll(/^ ?(\d+)\. (.) ([^:]+):/gm)].map(([, number, sign, title]) => [
    Number(number),
    sign,
    title,
  ]);
  expect(titles).toEqual([
    [1, '✓', 'Node.js'],
    [2, '✓', 'State folder'],
    [3, '✓', 'Token store'],
    [4, '✓', 'Allowed folders'],
    [5, '✓', 'Network'],
    [6, '✓', 'Clock'],
    [7, '✓', 'OAuth client id'],
    [8, '✓', 'OAuth client secret'],
    [9, '✓', 'OAuth client'],
    [10, '✓', 'Consent page'],
    [11, '✓', 'Sign-in'],
    [12, '✓', 'Permissions'],
    [13, '✓', 'Library API'],
    [14, '✓', 'Picker API'],
    [15, '✓', 'Quota used today as counted here'],
  ]);
});

interface Broken {
  what: string;
  breakIt(): Promise<Setting>;
  /** Titles of the checks that find a problem: no others may. */
  found: string[];
  /** In what it says and what it advises. */
  words: RegExp[];
}

const BROKEN: Broken[] = [
  {
    what: 'no OAuth client',
    breakIt: async () =>
      withEnv((await notSignedIn()).setting, { GOOGLE_PHOTOS_CLIENT_ID: '', GOOGLE_PHOTOS_CLIENT_SECRET: '' }),
    found: ['OAuth client id', 'OAuth client secret'],
    words: [/1\. Make a project/, /Desktop app/],
  },
  {
    what: 'the secret in the place of the id',
    breakIt: async () => withEnv((await notSignedIn()).setting, { GOOGLE_PHOTOS_CLIENT_ID: 'GOCSPX-abc' }),
    found: ['OAuth client id'],
    words: [/is a client secret/, /123456789-abc123\.apps/],
  },
  {
    what: 'a secret copied with quotation marks',
    breakIt: async () => withEnv((await notSignedIn()).setting, { GOOGLE_PHOTOS_CLIENT_SECRET: '"abc"' }),
    found: ['OAuth client secret'],
    words: [/quotation marks/],
  },
  {
    what: 'a wrong secret',
    breakIt: async () => withEnv((await signedIn()).setting, { GOOGLE_PHOTOS_CLIENT_SECRET: 'wrong' }),
    found: ['OAuth client'],
    words: [/invalid_client/, /GOOGLE_PHOTOS_CLIENT_SECRET/],
  },
  {
    what: 'a deleted client',
    breakIt: async () => withEnv((await notSignedIn()).setting, { GOOGLE_PHOTOS_CLIENT_ID: 'deleted-1' }),
    found: ['OAuth client'],
    words: [/does not know this OAuth client/],
  },
  {
    what: 'a client of type Web application',
    breakIt: async () => withEnv((await notSignedIn()).setting, { GOOGLE_PHOTOS_CLIENT_ID: 'web-1' }),
    found: ['OAuth client'],
    words: [/unauthorized_client/, /type "Desktop app"/],
  },
  {
    what: 'an app that Google has blocked',
    async breakIt() {
      const { google, setting } = await signedIn();
      google.overrides.appBlocked = true;
      return setting;
    },
    found: ['Consent page'],
    words: [/This app is blocked/],
  },
  {
    what: 'an organisation that does not allow the app',
    async breakIt() {
      const { google, setting } = await signedIn();
      google.overrides.adminPolicyEnforced = true;
      return setting;
    },
    found: ['Consent page'],
    words: [/admin_policy_enforced/, /administrator/],
  },
  {
    what: 'no one signed in yet',
    breakIt: async () => (await notSignedIn()).setting,
    found: ['Sign-in'],
    words: [/Not signed in/, /auth login/],
  },
  {
    what: 'a sign-in that was revoked',
    async breakIt() {
      const { google, setting } = await signedIn();
      const [token = ''] = [...google.state.grants.keys()];
      await fetch(`${google.origin}/revoke`, { method: 'POST', body: new URLSearchParams({ token }) });
      return setting;
    },
    found: ['Sign-in'],
    words: [/has been revoked/, /auth login/],
  },
  {
    what: 'a sign-in of an app in testing, after a week',
    async breakIt() {
      const { google, setting } = await signedIn();
      google.overrides.testingMode = true;
      google.advance(8 * 86_400);
      await age(setting.stateDir, 8);
      return setting;
    },
    found: ['Sign-in'],
    words: [/ended after 7 days/, /Publish app/],
  },
  {
    what: 'a box left unticked',
    breakIt: async () => (await signedIn(['photospicker.mediaitems.readonly'])).setting,
    found: ['Permissions'],
    words: [/receive the photos and videos that you pick/, /will not work: picker_pick/],
  },
  {
    what: 'the Library API not enabled',
    async breakIt() {
      const { google, setting } = await signedIn();
      google.overrides.disabledApis = ['photoslibrary'];
      return setting;
    },
    found: ['Library API'],
    words: [/Photos Library API has not been used in project/, /Enable the API.*console\.developers\.google\.com/],
  },
  {
    what: 'the Picker API not enabled',
    async breakIt() {
      const { google, setting } = await signedIn();
      google.overrides.disabledApis = ['photospicker'];
      return setting;
    },
    found: ['Picker API'],
    words: [/Picker API has not been used in project/, /Enable the API/],
  },
  {
    what: 'a state folder that cannot be written',
    async breakIt() {
      const { setting } = await notSignedIn();
      const file = join(setting.stateDir, 'file');
      await writeFile(file, '');
      return { ...setting, stateDir: file };
    },
    found: ['State folder'],
    words: [/cannot be written/, /--state-dir/],
  },
  {
    what: 'no keychain where one is asked for',
    async breakIt() {
      const { setting } = await notSignedIn();
      return { ...setting, args: ['--token-store', 'keychain'] };
    },
    found: ['Token store'],
    words: [/keychain/, /--token-store file/],
  },
  {
    what: 'allowed folders that are none',
    async breakIt() {
      const { setting } = await signedIn();
      const file = join(setting.stateDir, 'file');
      await writeFile(file, '');
      return { ...setting, args: ['--allow-dir', file, '--allow-dir', join(setting.stateDir, 'gone')] };
    },
    found: ['Allowed folders'],
    words: [/file is not a folder; .*gone does not exist/, /--allow-dir/],
  },
  {
    what: 'no way to Google',
    async breakIt() {
      const { google, setting } = await notSignedIn();
      await google.close();
      return setting;
    },
    found: ['Network'],
    words: [/cannot be reached/],
  },
  {
    what: 'a clock that is wrong',
    async breakIt() {
      const inAnHour = new Date(Date.now() + 3_600_000).toUTCString();
      return (await signedIn([], { date: inAnHour })).setting;
    },
    found: ['Clock'],
    words: [/is 60 minutes slow/, /Set the clock/],
  },
  {
    what: 'a stale token from outside',
    breakIt: async () => withEnv((await notSignedIn()).setting, { GOOGLE_PHOTOS_ACCESS_TOKEN: 'stale' }),
    found: ['Library API', 'Picker API'],
    words: [/GOOGLE_PHOTOS_ACCESS_TOKEN/, /fresh token/],
  },
];

test.each(BROKEN)('$what', async ({ breakIt, found, words }) => {
  const { status, out, err } = await finish(['doctor'], await breakIt());
  expect([...out.matchAll(/^ ?\d+\. ✗ ([^:]+):/gm)].map(([, title]) => title)).toEqual(found);
  for (const pattern of words) expect(out).toMatch(pattern);
  expect({ status, err }).toEqual({ status: 1, err: '' });
});

test.each([
  ['18.20.4', 'problem'],
  ['20.18.3', 'problem'],
  ['20.19.0', 'ok'],
  ['22.1.0', 'ok'],
])('Node.js %s: %s', (version, state) => {
  expect(nodeFinding(version)).toMatchObject({ state });
});

/** As Google itself does it: not with an error page, but with the way to one. */
test.each([
  ['redirect_uri_mismatch', 'redirectMismatch'],
  ['invalid_client', 'invalidClient'],
  ['admin_policy_enforced', 'orgPolicy'],
])('Google sends the browser on to an error page: %s', async (code, reason) => {
  const authError = Buffer.from(`\n\x15${code}\x12\xb0\x01More words`, 'latin1').toString('base64');
  const location = `https://accounts.google.com/signin/oauth/error?${new URLSearchParams({ authError })}`;
  const { origin } = await startScripted({ status: 302, headers: { location } });
  const client = { clientId: 'client-1', endpoints: loopbackEndpoints(origin) };
  expect(await consentRefusal(client, ['photoslibrary.appendonly'])).toMatchObject({ reason });
});

test('Google sends the browser on to where a person signs in', async () => {
  const location = 'https://accounts.google.com/v3/signin/identifier?client_id=client-1';
  const { origin } = await startScripted({ status: 302, headers: { location } });
  const client = { clientId: 'client-1', endpoints: loopbackEndpoints(origin) };
  expect(await consentRefusal(client, ['photoslibrary.appendonly'])).toBeUndefined();
});
