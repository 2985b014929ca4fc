/** A sign-in in a real keyring: gnome-keyring in a private D-Bus session. */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { hasKeyring, noKeyring, WITH_KEYRING } from '../harness/keyring.ts';
import { ONCE_MORE_IN_CI } from '../harness/outside.ts';
import { bundle } from '../harness/program.ts';
import { formOf, granted, refreshed, startGoogle, temporaryFolder } from './fake-google.ts';

test.skipIf(!hasKeyring)(`keeps a sign-in${noKeyring}`, ONCE_MORE_IN_CI, async () => {
  const google = await startGoogle(granted(), refreshed('access-2'), { json: {} });
  const folder = await temporaryFolder();
  const stateDir = join(folder, 'state');
  const program = await bundle('test/auth/programs/keyring.ts');
  const command = [process.execPath, program, stateDir, google.origin];
  const { stdout } = await promisify(execFile)(WITH_KEYRING, command);

  expect(JSON.parse(stdout)).toMatchObject({
    works: true,
    signedIn: { account: 'work', store: { kind: 'keychain', where: 'keyring (Secret Service)' } },
    status: { state: 'signedIn', store: { kind: 'keychain' } },
    token: 'access-2',
    signedOut: { wasSignedIn: true, revoked: true },
    after: 'notSignedIn',
  });
  expect(formOf(google, 1).refresh_token).toBe('refresh-1');
  // Nothing on disk but the empty list of accounts.
  expect(await readdir(stateDir, { recursive: true })).toEqual(['accounts']);
});
