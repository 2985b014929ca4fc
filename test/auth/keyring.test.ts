/** A sign-in in a real keyring: gnome-keyring in a private D-Bus session. */
import { execFile, spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundle } from '../harness/program.ts';
import { formOf, granted, refreshed, startGoogle, temporaryFolder } from './fake-google.ts';

const needed = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'];
const missing = needed.filter((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status !== 0);
const name = missing.length === 0 ? 'keeps a sign-in' : `keeps a sign-in (skipped: no ${missing.join(', ')} here)`;

test.skipIf(missing.length > 0)(name, async () => {
  const google = await startGoogle(granted(), refreshed('access-2'), { json: {} });
  const folder = await temporaryFolder();
  const stateDir = join(folder, 'state');
  const program = await bundle('test/auth/programs/keyring.ts');
  const script = new URL('./with-keyring.sh', import.meta.url).pathname;
  const command = [process.execPath, program, stateDir, google.origin];
  const { stdout } = await promisify(execFile)(script, command);

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
