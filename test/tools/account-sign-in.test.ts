/** Signing in from the chat: a client of either era opens the link in Chromium, and a person answers Google. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { agree, newPage, refuse, useBrowser, withBrowser } from '../harness/person.ts';
import {
  age,
  runCommand,
  type ServerSetting,
  startGoogle,
  startServer,
  temporaryFolder,
  useProgram,
} from '../harness/signed-out-system.ts';
import { ERAS, type Era } from '../harness/system.ts';

useBrowser();
useProgram();

const EDIT_SCOPE = 'photoslibrary.edit.appcreateddata';

async function start(setting: Partial<ServerSetting> = {}) {
  const google = await startGoogle();
  const stateDir = await temporaryFolder();
  const server = await startServer({ origin: google.origin, stateDir, ...setting });
  return { google, stateDir, server };
}

describe.each(ERAS)('%s, the client opens links', (era: Era) => {
  withBrowser('agrees while the call waits', async () => {
    let person: Promise<string> | undefined;
    const { server } = await start({
      era,
      onLink: async (url) => {
        person = agree(url);
        return 'accept';
      },
    });
    const reply = await server.call('account_sign_in');
    expect(reply).toMatchObject({ isError: false, data: { signedIn: true, missingScopes: [], unavailableTools: [] } });
    expect(await person).toContain('You are signed in');
    expect((await server.call('albums_list')).isError).toBe(false);
    expect((await server.call('account_sign_in')).text).toContain('Signed in, account "default"');
  });

  withBrowser('agrees before the client has answered that the link was opened', async () => {
    const { server } = await start({ era, onLink: (url) => agree(url).then(() => 'accept') });
    expect((await server.call('account_sign_in')).data).toMatchObject({ signedIn: true });
  });

  withBrowser('refuses on the consent page', async () => {
    let answer: (url: string) => Promise<unknown> = refuse;
    const { server } = await start({ era, onLink: (url) => answer(url).then(() => 'accept') });
    const reply = await server.call('account_sign_in');
    expect(reply.data.error).toMatchObject({ code: 'accessDenied', next: expect.stringContaining('Continue') });
    answer = agree;
    expect((await server.call('account_sign_in')).data).toMatchObject({ signedIn: true });
  });

  withBrowser('leaves a box unticked: named, with the tools it stops; asked again it asks again', async () => {
    let untick = [EDIT_SCOPE];
    const { server } = await start({ era, onLink: (url) => agree(url, { untick }).then(() => 'accept') });
    const reply = await server.call('account_sign_in');
    expect(reply.data).toMatchObject({
      signedIn: true,
      missingScopes: [EDIT_SCOPE],
      unavailableTools: [
        'albums_batch_remove_media_items',
        'albums_patch',
        'media_items_patch',
        'organize_apply',
        'organize_undo',
      ],
    });
    expect(reply.text).toContain('change titles, covers and descriptions');
    expect(reply.text).toContain('albums_patch');
    const { album } = (await server.call('albums_create', { title: 'Mine' })).data;
    const patch = await server.call('albums_patch', { albumId: album.id, title: 'Yours' });
    expect(patch.data.error).toMatchObject({ code: 'missingScope', next: expect.stringContaining('account_sign_in') });
    expect((await server.call('account_status')).text).toContain('albums_patch');

    untick = [];
    expect((await server.call('account_sign_in')).data).toMatchObject({ missingScopes: [] });
    expect((await server.call('albums_patch', { albumId: album.id, title: 'Yours' })).isError).toBe(false);
  });

  test('does not want to open the link', async () => {
    let link = '';
    const { server } = await start({
      era,
      onLink: async (url) => {
        link = url;
        return 'decline';
      },
    });
    expect(await server.call('account_sign_in')).toMatchObject({ isError: false, data: { signedIn: false } });
    await expect(fetch(link)).rejects.toThrow();
  });

  withBrowser('closes the window, and finishes in the one that a second call opens; both calls return', async () => {
    const links: string[] = [];
    const { server } = await start({
      era,
      onLink: async (url) => {
        links.push(url);
        if (links.length > 1) return agree(url).then(() => 'accept' as const);
        const page = await newPage();
        await page.goto(url);
        await page.close();
        return 'accept';
      },
    });
    const first = server.call('account_sign_in');
    await expect.poll(() => links.length).toBe(1);
    const both = await Promise.all([first, server.call('account_sign_in')]);
    expect(both.map(({ data }) => data.signedIn)).toEqual([true, true]);
    expect(links[1]).toBe(links[0]);
  });
});

describe('the client cannot open links', () => {
  withBrowser('the link is in the reply; the next call waits for the person', async () => {
    const { server } = await start();
    const first = await server.call('account_sign_in');
    const { url } = first.data;
    expect(first.text).toContain(url);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/start$/);
    const second = server.call('account_sign_in');
    await agree(url);
    expect((await second).data).toMatchObject({ signedIn: true });
  });

  withBrowser('what happened between two calls is told once', async () => {
    const { server } = await start();
    await refuse((await server.call('account_sign_in')).data.url);
    expect((await server.call('account_sign_in')).data.error).toMatchObject({ code: 'accessDenied' });
    const { url } = (await server.call('account_sign_in')).data;
    await agree(url, { untick: [EDIT_SCOPE] });
    expect((await server.call('account_sign_in')).data).toMatchObject({
      signedIn: true,
      missingScopes: [EDIT_SCOPE],
    });
    expect((await server.call('account_sign_in')).data).toMatchObject({ signedIn: false });
  });
});

withBrowser('two sign-ins at once, of two accounts, whose results are kept apart', async () => {
  const google = await startGoogle();
  const stateDir = await temporaryFolder();
  const setting = {
    origin: google.origin,
    stateDir,
    onLink: (url: string) => agree(url).then(() => 'accept' as const),
  };
  const [home, work] = await Promise.all([
    startServer(setting),
    startServer({ ...setting, args: ['--account', 'work'] }),
  ]);
  const replies = await Promise.all([home.call('account_sign_in'), work.call('account_sign_in')]);
  expect(replies.map(({ data }) => data.account)).toEqual(['default', 'work']);
  const { result } = (await home.call('albums_list')).data;
  expect((await home.call('results_read', { result })).isError).toBe(false);
  expect((await work.call('results_read', { result })).data.error).toMatchObject({ code: 'unknownResult' });

  await home.call('account_sign_out');
  expect((await work.call('albums_list')).isError).toBe(false);
});

withBrowser('revoked at Google: the next call says so and what to do, and signing in cures it', async () => {
  const { google, server } = await start({ onLink: (url) => agree(url).then(() => 'accept') });
  await server.call('account_sign_in');
  const [token = ''] = [...google.state.grants.keys()];
  await fetch(`${google.origin}/revoke`, { method: 'POST', body: new URLSearchParams({ token }) });
  const reply = await server.call('albums_list');
  expect(reply.isError).toBe(true);
  expect(reply.data.error).toMatchObject({ code: 'revoked', next: expect.stringContaining('account_sign_in') });
  expect((await server.call('account_status')).text).toContain('has been revoked');
  expect((await server.call('account_sign_in')).data).toMatchObject({ signedIn: true });
  expect((await server.call('albums_list')).isError).toBe(false);
});

withBrowser('a tool set added later is noticed, and the next sign-in asks for it', async () => {
  const google = await startGoogle();
  const stateDir = await temporaryFolder();
  const pages: string[] = [];
  const setting = {
    origin: google.origin,
    stateDir,
    onLink: async (url: string) => {
      pages.push(await (await fetch(url)).text());
      await agree(url);
      return 'accept' as const;
    },
  };
  const before = await startServer({ ...setting, args: ['--toolsets', 'library,account'] });
  await before.call('account_sign_in');
  expect((await before.call('account_status')).data).toMatchObject({ missingScopes: [], unavailableTools: [] });
  await before.close();

  const after = await startServer(setting);
  expect((await after.call('account_status')).data).toMatchObject({
    missingScopes: ['photospicker.mediaitems.readonly'],
    unavailableTools: ['picker_pick'],
  });
  expect((await after.call('account_sign_in')).data).toMatchObject({ missingScopes: [] });
  expect(pages.map((page) => page.includes('photospicker'))).toEqual([false, true]);
});

withBrowser('account_status: who, where, what it allows, the quota, what it can and cannot see', async () => {
  const { stateDir, server } = await start({ onLink: (url) => agree(url).then(() => 'accept') });
  expect((await server.call('account_status')).text).toContain('Not signed in to Google Photos.');
  await server.call('account_sign_in');
  await server.call('albums_list');
  const { text, data } = await server.call('account_status');
  expect(text).toMatch(/^Account "default": signed in since \d{4}-\d\d-\d\d, kept in /);
  expect(text).toContain(join(stateDir, 'tokens'));
  expect(text).toContain(
    '- upload photos and videos, make albums, add items and texts to them (photoslibrary.appendonly)',
  );
  expect(text).toContain('Quota used today as counted here: 1 of 10,000 requests, 0 of 75,000 fetches of pictures');
  expect(text).toContain('it sees only what it uploaded or made itself');
  expect(data).toMatchObject({ state: 'signedIn', quota: { requests: 1, requestsPerDay: 10_000 } });
});

withBrowser('a sign-in in testing mode warns from the fifth day on', async () => {
  const google = await startGoogle({ overrides: { testingMode: true } });
  const stateDir = await temporaryFolder();
  const server = await startServer({
    origin: google.origin,
    stateDir,
    onLink: (url) => agree(url).then(() => 'accept'),
  });
  await server.call('account_sign_in');
  expect((await server.call('account_status')).data.warnings).toEqual([]);
  await age(stateDir, 4.1);
  const { text } = await server.call('account_status');
  expect(text).toContain('This sign-in ends on');
  expect(text).toContain('Publish app');
});

withBrowser(
  'an emulator of the time before 2025-03-31: the scope for sharing is asked for, and sharing works',
  async () => {
    const google = await startGoogle({ legacySharing: true });
    const stateDir = await temporaryFolder();
    const server = await startServer({
      origin: google.origin,
      stateDir,
      onLink: (url) => agree(url).then(() => 'accept'),
    });
    await server.call('account_sign_in');
    expect((await server.call('account_status')).data.scopes).toContain('photoslibrary.sharing');
    const { album } = (await server.call('albums_create', { title: 'Ours' })).data;
    expect((await server.call('albums_share', { albumId: album.id })).isError).toBe(false);
  },
);

test('no client id: the walk through Google Cloud', async () => {
  const { server } = await start({ env: { GOOGLE_PHOTOS_CLIENT_ID: '' } });
  for (const tool of ['account_sign_in', 'albums_list']) {
    const { data } = await server.call(tool);
    expect(data.error.code).toBe('noClientId');
    for (const step of [
      '1. ',
      'photospicker.googleapis.com',
      'Publish app',
      'Desktop app',
      'GOOGLE_PHOTOS_CLIENT_ID',
    ]) {
      expect(data.error.next).toContain(step);
    }
  }
  expect((await server.call('account_status')).text).toContain('Desktop app');
});

test('a token from outside is used instead of a sign-in, and that is said', async () => {
  const { server } = await start({ env: { GOOGLE_PHOTOS_ACCESS_TOKEN: 'stale' } });
  expect((await server.call('account_status')).text).toContain('GOOGLE_PHOTOS_ACCESS_TOKEN is used');
  expect((await server.call('albums_list')).data.error).toMatchObject({ code: 'accessTokenRejected' });
  expect((await server.call('account_sign_in')).data.error).toMatchObject({ code: 'accessTokenRejected' });
});

withBrowser('what signing in cannot cure is told instead', async () => {
  const { google, stateDir, server } = await start({ onLink: (url) => agree(url).then(() => 'accept') });
  await server.call('account_sign_in');
  await server.close();
  await google.close();
  const again = await startServer({ origin: google.origin, stateDir, onLink: async () => 'accept' });
  expect((await again.call('account_sign_in')).data.error).toMatchObject({ code: 'network' });
});

test('a client that goes away ends the process although a sign-in is under way', async () => {
  const google = await startGoogle();
  const { child, wrote, status } = runCommand([], { origin: google.origin, stateDir: await temporaryFolder() });
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '0' } };
  for (const message of [
    { id: 1, method: 'initialize', params },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: { name: 'account_sign_in', arguments: {} } },
  ]) {
    child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }
  await wrote(/127\.0\.0\.1:\d+\/start/);
  child.stdin?.end();
  expect(await status).toBe(0);
});
