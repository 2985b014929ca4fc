/** A person who answers Google: in a real browser, or elsewhere. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished, test } from 'vitest';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
export const withBrowser = test.skipIf(executablePath === undefined);

let browser: Browser | undefined;

/** Call once in a test file. */
export function useBrowser(): void {
  beforeAll(async () => {
    if (executablePath) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());
}

/** A window of its own, with nothing of other windows' cookies. */
export async function newPage(): Promise<Page> {
  if (!browser) throw new Error('no browser');
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  return context.newPage();
}

/** Follows our link to the consent page, unticks, agrees, and sees how it ended. */
export async function agree(url: string, { untick = [] }: { untick?: readonly string[] } = {}): Promise<string> {
  const page = await newPage();
  await page.goto(url);
  for (const scope of untick) await page.locator(`input[value$="${scope}"]`).uncheck();
  return press(page, 'Continue');
}

export async function refuse(url: string): Promise<string> {
  const page = await newPage();
  await page.goto(url);
  return press(page, 'Cancel');
}

/** The text of the page on which the browser ends. */
async function press(page: Page, button: string): Promise<string> {
  await page.getByRole('button', { name: button }).click();
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/\?/);
  return (await page.locator('main').textContent()) ?? '';
}

/** A person with a browser on another computer agrees; the address is what stands in that browser then. */
export async function consentElsewhere(address: string, untick: readonly string[] = []): Promise<string> {
  const form = new URLSearchParams({ decision: 'allow' });
  const asked = new URL(address).searchParams.get('scope')?.split(' ') ?? [];
  for (const scope of asked) if (!untick.some((end) => scope.endsWith(end))) form.append('scope', scope);
  const reply = await fetch(address, { method: 'POST', body: form, redirect: 'manual' });
  return reply.headers.get('location') ?? '';
}
