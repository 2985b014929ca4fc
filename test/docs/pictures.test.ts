/**
 * The pictures of README: what a person sees on the way, photographed where it is tested. They are written with
 * `npm run pictures` (fonts differ from machine to machine, so that bytes cannot be compared).
 */
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, useChromium } from '../harness/browser.ts';
import { jsonOf } from '../harness/json.ts';
import { ONCE_MORE_IN_CI } from '../harness/outside.ts';
import { type System, startSystem } from '../harness/system.ts';

const WRITE = process.env.WRITE_PICTURES === '1';
const DOCS = fileURLToPath(new URL('../../docs/images/', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = WRITE ? DOCS : await mkdtemp(join(tmpdir(), 'pictures-'));
  await mkdir(folder, { recursive: true });
});
afterAll(async () => {
  if (!WRITE) await rm(folder, { recursive: true, force: true });
});

const openPage = useChromium();
const SIZE = { width: 920, height: 600 };

async function photograph(page: Page, name: string): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  expect((await stat(path)).size).toBeGreaterThan(5_000);
}

describe.skipIf(!hasChromium)('pictures', { ...ONCE_MORE_IN_CI, timeout: 60_000 }, () => {
  test('the consent page, and the page at the end', async () => {
    const system = await signedOut();
    const { text } = await system.call('account_sign_in');
    const page = await openPage(SIZE);
    await page.goto(/https?:\/\/\S+/.exec(text)?.[0] ?? '');
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    expect(await page.getByRole('checkbox').count()).toBeGreaterThan(1);
    await page.setViewportSize({ width: 920, height: 970 });
    await photograph(page, 'consent');
    await page.setViewportSize({ width: 920, height: 420 });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('You are signed in').waitFor();
    await photograph(page, 'signed-in');
    await page.close();
    await system.stop();
  });

  test('the page at the end when a box was left unticked', async () => {
    const system = await signedOut();
    const { text } = await system.call('account_sign_in');
    const page = await openPage({ width: 920, height: 480 });
    await page.goto(/https?:\/\/\S+/.exec(text)?.[0] ?? '');
    await page.locator('input[value$="photospicker.mediaitems.readonly"]').uncheck();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('You are signed in').waitFor();
    await photograph(page, 'signed-in-box-unticked');
    await page.close();
    await system.stop();
  });

  test('the page on which photos are picked', async () => {
    const system = await startSystem({ emulator: { library: 'demo' } });
    const created = await fetch(`${system.emulator.origin}/v1/sessions`, {
      method: 'POST',
      headers: { Authorization: 'Bearer test-token' },
      body: JSON.stringify({ pickingConfig: { maxItemCount: '20' } }),
    });
    const { pickerUri } = await jsonOf(created);
    const page = await openPage(SIZE);
    await page.goto(pickerUri);
    await page.getByRole('searchbox').fill('July 2024');
    await page.getByText(/found for/).waitFor();
    const photos = page.getByRole('checkbox');
    for (const nth of [1, 2, 4]) await photos.nth(nth).click();
    await page
      .locator('.tile img')
      .first()
      .evaluate((image) => (image as HTMLImageElement).decode());
    await page.waitForLoadState('networkidle');
    await photograph(page, 'picker');
    await page.close();
    await system.stop();
  });
});

/** Short waits: nobody signs in while the tool waits. */
const signedOut = (): Promise<System> =>
  startSystem({
    config: { accessToken: undefined, clientId: 'demo.apps.googleusercontent.com', clientSecret: 'demo' },
  });

test('README shows the pictures that there are', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const shown = [...readme.matchAll(/!\[[^\]]+\]\((docs\/images\/[\w-]+\.png)\)/g)].map(([, path]) => path ?? '');
  expect(shown).toEqual([
    'docs/images/consent.png',
    'docs/images/signed-in.png',
    'docs/images/signed-in-box-unticked.png',
    'docs/images/picker.png',
  ]);
  for (const path of shown) {
    const bytes = await readFile(new URL(`../../${path}`, import.meta.url));
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeLessThan(300_000);
  }
});
