/** `auth login | status | logout` at a terminal. */
import { expect, test } from 'vitest';
import { withBrowser } from '../harness/browser.ts';
import { agree, consentElsewhere, refuse, useBrowser } from '../harness/person.ts';
import {
  finish,
  GOOGLE_PAGE,
  LINK,
  runCommand,
  type Setting,
  startGoogle,
  temporaryFolder,
  useProgram,
} from '../harness/signed-out-system.ts';

useBrowser();
useProgram();

async function start(more: Partial<Setting> = {}) {
  const google = await startGoogle();
  const setting: Setting = { origin: google.origin, stateDir: await temporaryFolder(), ...more };
  return { google, setting };
}

const login = (setting: Setting) => runCommand(['auth', 'login', '--no-browser'], setting);

withBrowser('login through the consent page, status, logout', async () => {
  const { google, setting } = await start();
  const command = login(setting);
  const [link = ''] = await command.wrote(LINK);
  expect(await agree(link)).toContain('You are signed in');
  expect(await command.status).toBe(0);
  expect(command.out()).toContain(`Signed in, account "default", kept in ${setting.stateDir}`);
  expect(command.err()).toBe('');

  const status = await finish(['auth', 'status'], setting);
  expect(status).toMatchObject({ status: 0, err: '' });
  expect(status.out).toContain('upload photos and videos');
  expect([...google.state.grants.values()]).toHaveLength(1);

  const logout = await finish(['auth', 'logout'], setting);
  expect(logout).toMatchObject({ status: 0, out: 'Signed out: revoked at Google and forgotten here.\n' });
  expect([...google.state.grants.values()].filter(({ revoked }) => !revoked)).toEqual([]);
  expect(await finish(['auth', 'status'], setting)).toMatchObject({
    status: 1,
    out: expect.stringContaining('auth login'),
  });
  expect(await finish(['auth', 'logout'], setting)).toMatchObject({ status: 0, out: 'Nobody was signed in.\n' });
});

withBrowser('a refusal ends it with status 1 and what to do', async () => {
  const { setting } = await start();
  const command = login(setting);
  const [link = ''] = await command.wrote(LINK);
  expect(await refuse(link)).toContain('Access was declined');
  expect(await command.status).toBe(1);
  expect(command.err()).toContain('Access was declined');
  expect(command.err()).toContain('press Continue');
});

withBrowser('an unticked box is named, with the tools it stops', async () => {
  const { setting } = await start();
  const command = login(setting);
  const [link = ''] = await command.wrote(LINK);
  await agree(link, { untick: ['photoslibrary.edit.appcreateddata'] });
  expect(await command.status).toBe(0);
  expect(command.out()).toContain('albums_patch');
  const status = await finish(['auth', 'status'], setting);
  expect(status.out).toContain('So these will not work: albums_batch_remove_media_items, albums_patch');
});

test('a browser on another computer: a wrong address is said, the right one finishes', async () => {
  const { setting } = await start();
  const command = login(setting);
  const [address = ''] = await command.wrote(GOOGLE_PAGE);
  command.child.stdin?.write('what now?\n');
  await command.wrote(/not the address/);
  command.child.stdin?.write(`${await consentElsewhere(address)}\n`);
  expect(await command.status).toBe(0);
  expect(command.out()).toContain('Signed in');
});

test('without anybody at the terminal it still waits for the browser', async () => {
  const { setting } = await start();
  const command = login(setting);
  command.child.stdin?.end();
  const [address = ''] = await command.wrote(GOOGLE_PAGE);
  await fetch(await consentElsewhere(address));
  expect(await command.status).toBe(0);
});

test('accounts are kept apart', async () => {
  const { setting } = await start();
  const work = { ...setting, args: ['--account', 'work'] };
  const command = login(work);
  const [address = ''] = await command.wrote(GOOGLE_PAGE);
  command.child.stdin?.write(`${await consentElsewhere(address)}\n`);
  expect(await command.status).toBe(0);
  expect(await finish(['auth', 'status'], work)).toMatchObject({ status: 0 });
  const other = await finish(['auth', 'status'], setting);
  expect(other.status).toBe(1);
  expect(other.out).toContain('Other accounts (--account): work.');
});

test.each(['../up', '.hidden', 'a.json', 'a@emulator'])('an account cannot be called %s', async (name) => {
  const command = runCommand(['auth', 'status', '--account', name], {
    origin: 'http://127.0.0.1:1',
    stateDir: '/none',
  });
  expect(await command.status).toBe(2);
  expect(command.err()).toContain('Account names are');
});

test('a client that Google does not take', async () => {
  const { setting } = await start({ env: { GOOGLE_PHOTOS_CLIENT_SECRET: 'wrong' } });
  const command = login(setting);
  const [address = ''] = await command.wrote(GOOGLE_PAGE);
  command.child.stdin?.write(`${await consentElsewhere(address)}\n`);
  expect(await command.status).toBe(1);
  expect(command.err()).toContain('GOOGLE_PHOTOS_CLIENT_SECRET');
});
