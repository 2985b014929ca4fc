/** A real Chromium for tests of pages. Where there is none, those tests are skipped, and say so. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const executablePath = '/usr/bin/chromium';

export const hasChromium = existsSync(executablePath);
if (!hasChromium) process.stderr.write(`no ${executablePath}: tests of pages are skipped\n`);

/** One browser for the tests of a file. @returns opens a page of a fresh profile. */
export function useChromium(): (options?: { width?: number; height?: number }) => Promise<Page> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (!hasChromium) return;
    const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
  });
  afterAll(() => browser?.close());
  return async ({ width = 1280, height = 820 } = {}) => {
    if (!browser) throw new Error('no browser');
    return (await browser.newContext({ viewport: { width, height }, locale: 'en-GB', timezoneId: 'UTC' })).newPage();
  };
}
