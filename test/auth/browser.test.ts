/** A person in a real browser, from our link through the emulator's consent page and back. */
import { expect, onTestFinished, test } from 'vitest';
import { loopbackEndpoints } from '../../src/auth/endpoints.ts';
import { startEmulator } from '../../src/emulator/index.ts';
import { createGoogle } from '../../src/google/client.ts';
import { loopbackHosts } from '../../src/google/hosts.ts';
import { rejection } from '../google/scripted.ts';
import { withBrowser } from '../harness/browser.ts';
import { newPage, useBrowser } from '../harness/person.ts';
import { authOn, temporaryFolder, WANTED } from './fake-google.ts';

useBrowser();

async function startGoogle() {
  const emulator = await startEmulator({ library: 'empty' });
  onTestFinished(() => emulator.close());
  const stateDir = await temporaryFolder();
  const auth = await authOn({ origin: emulator.origin, seen: [], script: () => undefined }, { stateDir });
  const client = createGoogle({ hosts: loopbackHosts(emulator.origin), tokens: auth });
  return { emulator, auth, client };
}

withBrowser('agrees, and the next call works', async () => {
  const { auth, client } = await startGoogle();
  const flow = await auth.signIn();
  const page = await newPage();
  await page.goto(flow.url);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('You are signed in').waitFor();
  expect(await flow.done).toMatchObject({ scopes: WANTED, missingScopes: [] });
  expect(await client.call('albums.list', {})).toEqual({});
});

withBrowser('unticks a box: it is noticed, and named on the page', async () => {
  const { auth, client } = await startGoogle();
  const flow = await auth.signIn();
  const page = await newPage();
  await page.goto(flow.url);
  await page.locator('input[value$="photoslibrary.readonly.appcreateddata"]').uncheck();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('see the photos, videos and albums that this app made').waitFor();
  expect(await flow.done).toMatchObject({ missingScopes: ['photoslibrary.readonly.appcreateddata'] });
  expect(await rejection(client.call('albums.list', {}))).toMatchObject({ reason: 'missingScope' });
});

withBrowser('declines', async () => {
  const { auth } = await startGoogle();
  const flow = await auth.signIn();
  const page = await newPage();
  await page.goto(flow.url);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Access was declined').waitFor();
  expect(await rejection(flow.done)).toMatchObject({ reason: 'accessDenied' });
  // And may think better of it.
  const again = await auth.signIn();
  await page.goto(again.url);
  await page.getByRole('button', { name: 'Continue' }).click();
  expect(await again.done).toMatchObject({ missingScopes: [] });
});

withBrowser('closes the window: the link still works until time is up', async () => {
  const { auth } = await startGoogle();
  const flow = await auth.signIn({ timeoutMs: 20_000 });
  const page = await newPage();
  await page.goto(flow.url);
  await page.close();
  expect(await auth.signIn()).toBe(flow);
  const second = await newPage();
  await second.goto(flow.url);
  await second.getByRole('button', { name: 'Continue' }).click();
  await flow.done;
});

withBrowser('two sign-ins at once', async () => {
  const [one, two] = await Promise.all([startGoogle(), startGoogle()]);
  const flows = await Promise.all([one.auth.signIn(), two.auth.signIn()]);
  const pages = await Promise.all([newPage(), newPage()]);
  await Promise.all(pages.map((page, index) => page.goto(flows[index]?.url ?? '')));
  await Promise.all(pages.map((page) => page.getByRole('button', { name: 'Continue' }).click()));
  expect(await Promise.all(flows.map((flow) => flow.done))).toHaveLength(2);
  await one.client.call('albums.list', {});
  await two.client.call('albums.list', {});
});

withBrowser('another page cannot answer in its place', async () => {
  const { emulator, auth } = await startGoogle();
  const flow = await auth.signIn();
  const { state, redirect_uri } = Object.fromEntries(new URL(flow.authorizationUrl).searchParams);
  const answer = `${redirect_uri}/?state=${state}&code=stolen`;
  const page = await newPage();
  await page.goto(`${emulator.origin}/_emulator/state`);
  await page.evaluate(async (url) => {
    const image = document.createElement('img');
    const frame = document.createElement('iframe');
    const tried = [image, frame].map(
      (element) =>
        new Promise((resolve) => {
          element.onload = resolve;
          element.onerror = resolve;
        }),
    );
    image.src = url;
    frame.src = url;
    document.documentElement.append(image, frame);
    await fetch(url, { mode: 'no-cors' }).catch(() => undefined);
    await fetch(url).catch(() => undefined);
    await Promise.all(tried);
  }, answer);
  await page.goto(flow.url);
  await page.getByRole('button', { name: 'Continue' }).click();
  expect(await flow.done).toMatchObject({ missingScopes: [] });
});

test('revoked at Google: the next call says so and what to do', async () => {
  const { emulator, auth, client } = await startGoogle();
  const flow = await auth.signIn();
  const consent = await fetch(flow.authorizationUrl, {
    method: 'POST',
    body: new URLSearchParams([['decision', 'allow'], ...scopesOf(flow.authorizationUrl)]),
    redirect: 'manual',
  });
  await flow.finishWithAddress(consent.headers.get('location') ?? '');
  await client.call('albums.list', {});
  const token = await auth.accessToken();
  await fetch(loopbackEndpoints(emulator.origin).revocation, { method: 'POST', body: new URLSearchParams({ token }) });
  const error = await rejection(client.call('albums.list', {}));
  expect(error).toMatchObject({
    name: 'AuthError',
    reason: 'revoked',
    next: expect.stringContaining('account_sign_in'),
  });
});

test('an access token that ends early is replaced, and the person notices nothing', async () => {
  const { emulator, auth, client } = await startGoogle();
  const flow = await auth.signIn();
  const consent = await fetch(flow.authorizationUrl, {
    method: 'POST',
    body: new URLSearchParams([['decision', 'allow'], ...scopesOf(flow.authorizationUrl)]),
    redirect: 'manual',
  });
  await flow.finishWithAddress(consent.headers.get('location') ?? '');
  const before = await auth.accessToken();
  emulator.advance(4000);
  expect(await client.call('albums.list', {})).toEqual({});
  expect(await auth.accessToken()).not.toBe(before);
});

/** What a person sends who leaves all boxes ticked. */
function scopesOf(authorizationUrl: string): [string, string][] {
  const asked = new URL(authorizationUrl).searchParams.get('scope') ?? '';
  return asked.split(' ').map((scope) => ['scope', scope]);
}
