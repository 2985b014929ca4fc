/** A real Chromium for tests of pages. Where there is none, those tests are skipped, and say so. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { ONCE_MORE_IN_CI } from './outside.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

export const hasChromium = executablePath !== undefined;
if (!hasChromium) process.stderr.write('no Chromium: tests of pages are skipped\n');

const QUIET = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...QUIET] });

/** A test that needs a browser. */
export const withBrowser = (name: string, run: () => Promise<void>): void =>
  test.skipIf(!hasChromium)(name, ONCE_MORE_IN_CI, run);

/** One browser for the tests of a file. @returns opens a page of a fresh profile. */
export function useChromium(): (options?: { width?: number; height?: number }) => Promise<Page> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (hasChromium) browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  return async ({ width = 1280, height = 820 } = {}) => {
    if (!browser) throw new Error('no browser');
    return (await browser.newContext({ viewport: { width, height }, locale: 'en-GB', timezoneId: 'UTC' })).newPage();
  };
}
