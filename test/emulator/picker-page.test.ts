/** The picker page in a real browser. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasChromium, useChromium } from '../harness/browser.ts';
import { ONCE_MORE_IN_CI } from '../harness/outside.ts';
import { type Harness, startHarness } from './harness.ts';

const raw = { unchecked: true };
const openPage = useChromium();

async function begin(library: 'demo' | 'empty', maxItemCount = 2000) {
  const self = await startHarness({ library });
  const body = { pickingConfig: { maxItemCount } };
  const { id, pickerUri } = (await self.api('POST', '/v1/sessions', body, raw)).json;
  const page = await openPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return { self, id, pickerUri, page, problems };
}

const photos = (page: Page) => page.getByRole('checkbox');
const counter = (page: Page) => page.locator('#count').innerText();

async function picked(
  { api }: Harness,
  id: string,
): Promise<{ createTime: string; mediaFile: { filename: string } }[]> {
  return (await api('GET', `/v1/mediaItems?sessionId=${id}&pageSize=100`, undefined, raw)).json.mediaItems;
}

/** Ten photos, a minute apart, `IMG_9.jpg` the newest; three of them on the day before. */
function putTen({ put }: Harness): void {
  for (let n = 0; n < 10; n += 1) {
    put({
      filename: `IMG_${n}.jpg`,
      description: `Number ${n}`,
      captureTime: `2024-07-${n < 3 ? 13 : 14}T12:0${n}:00Z`,
    });
  }
}

describe.skipIf(!hasChromium)('the picker page', { ...ONCE_MORE_IN_CI, timeout: 60_000 }, () => {
  test('the whole library, newest first, by day; a search by date and word; Done', async () => {
    const { self, id, pickerUri, page, problems } = await begin('demo');
    await page.goto(pickerUri);
    await photos(page).first().waitFor();
    expect(await page.title()).toContain('Choose photos');
    expect(await page.getByRole('button', { name: 'Done' }).isDisabled()).toBe(true);
    await page.getByRole('searchbox').fill('tram July 2024');
    await page.getByText(/found for “tram July 2024”/).waitFor();
    const names = await photos(page).evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label') ?? ''));
    expect(names.length).toBeGreaterThan(9);
    expect(names.every((name) => /July 2024/.test(name))).toBe(true);
    expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe('Wednesday, 17 July 2024');
    await photos(page).nth(0).click();
    await photos(page).nth(2).click();
    expect(await counter(page)).toBe('2 of up to 2000 selected');
    await page
      .locator('.tile img')
      .first()
      .evaluate((image) => (image as HTMLImageElement).decode());
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('2 photos shared.').waitFor();
    const items = await picked(self, id);
    expect(items).toHaveLength(2);
    expect(items.every(({ createTime }) => createTime.startsWith('2024-07'))).toBe(true);
    expect(problems).toEqual([]);
    expect((await page.goto(pickerUri))?.status()).toBe(410);
    expect(await page.innerText('body')).toContain('This page has been used');
  });

  test('click, Shift-click, the whole day, and what stays chosen through a search', async () => {
    const { self, id, pickerUri, page } = await begin('empty');
    putTen(self);
    await page.goto(pickerUri);
    await photos(page).nth(1).click();
    await photos(page)
      .nth(4)
      .click({ modifiers: ['Shift'] });
    expect(await counter(page)).toBe('4 of up to 2000 selected');
    await page.getByRole('searchbox').fill('13 July');
    await page.getByText('3 found for “13 July”').waitFor();
    await page.getByRole('button', { name: 'Select all, Saturday, 13 July 2024' }).click();
    expect(await counter(page)).toBe('7 of up to 2000 selected');
    await page.getByRole('searchbox').fill('');
    await photos(page).nth(9).waitFor();
    await photos(page).nth(2).click();
    expect(await counter(page)).toBe('6 of up to 2000 selected');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('6 photos shared.').waitFor();
    const names = (await picked(self, id)).map(({ mediaFile }) => mediaFile.filename);
    expect(names).toEqual(['IMG_8.jpg', 'IMG_6.jpg', 'IMG_5.jpg', 'IMG_2.jpg', 'IMG_1.jpg', 'IMG_0.jpg']);
  });

  test('the keyboard alone: one stop for Tab, arrows move, Space chooses, Shift extends', async () => {
    const { self, id, pickerUri, page } = await begin('empty');
    putTen(self);
    await page.goto(pickerUri);
    await photos(page).nth(9).waitFor();
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(await focused()).toBe('Number 9, photo, 14 July 2024 at 12:09');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await counter(page)).toBe('3 of up to 2000 selected');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toMatch(/^Number [0-2], photo, 13 July 2024/);
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Space');
    await page.keyboard.press('Control+Home');
    expect(await focused()).toBe('Number 9, photo, 14 July 2024 at 12:09');
    await page.getByRole('button', { name: 'Done' }).press('Enter');
    await page.getByText('4 photos shared.').waitFor();
    const names = (await picked(self, id)).map(({ mediaFile }) => mediaFile.filename);
    expect(names).toEqual(['IMG_8.jpg', 'IMG_7.jpg', 'IMG_6.jpg', 'IMG_0.jpg']);
  });

  test('no more than the maximum, and it says so', async () => {
    const { self, pickerUri, page } = await begin('empty', 3);
    putTen(self);
    await page.goto(pickerUri);
    await photos(page).nth(0).click();
    await photos(page)
      .nth(6)
      .click({ modifiers: ['Shift'] });
    expect(await counter(page)).toBe('3 of up to 3 selected');
    expect(await page.getByRole('alert').innerText()).toContain('You can choose up to 3 at a time.');
    expect(await photos(page).nth(3).isChecked()).toBe(false);
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await counter(page)).toBe('0 of up to 3 selected');
  });

  test('Cancel shares nothing and ends the polling', async () => {
    const { self, id, pickerUri, page } = await begin('empty');
    putTen(self);
    await page.goto(pickerUri);
    await photos(page).nth(0).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Nothing was shared').waitFor();
    const { json } = await self.api('GET', `/v1/sessions/${id}`, undefined, raw);
    expect(json).toMatchObject({ pollingConfig: { timeoutIn: '0s' } });
    expect(json).not.toHaveProperty('mediaItemsSet');
  });

  test('/autoclose closes its window after Done, the plain page stays', async () => {
    const { self, pickerUri, page } = await begin('empty');
    putTen(self);
    await page.goto(self.origin);
    const opened = page.waitForEvent('popup');
    await page.evaluate((url) => void window.open(url), `${pickerUri}/autoclose`);
    const popup = await opened;
    await photos(popup).nth(0).click();
    const closed = popup.waitForEvent('close');
    await popup.getByRole('button', { name: 'Done' }).click();
    await closed;
    expect(page.isClosed()).toBe(false);
  });

  test('a session that expires while the page is open says so', async () => {
    const { self, pickerUri, page } = await begin('empty');
    putTen(self);
    await page.goto(pickerUri);
    await photos(page).nth(0).click();
    expect(await page.locator('#expiry').innerText()).toMatch(/^Open until \d+ \w+ \d{4}, \d\d:\d\d$/);
    self.emulator.advance(7 * 86_400);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByText('This page has expired').waitFor();
  });

  test('no other page can frame it, and it runs no script but its own', async () => {
    const { self, pickerUri } = await begin('empty');
    self.put({ description: '<img src=x onerror=alert(1)>' });
    const { headers } = await fetch(pickerUri);
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    const page = await openPage();
    await page.goto(pickerUri);
    await page.getByRole('checkbox', { name: '<img src=x onerror=alert(1)>' }).waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });
});
