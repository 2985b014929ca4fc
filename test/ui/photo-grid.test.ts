/** The photo grid in a chat, as people use it: Chromium, the reference host, our server and the emulator. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CallToolResult } from '@modelcontextprotocol/client';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { hasChromium, launchChromium, withBrowser } from '../harness/browser.ts';
import { ONCE_MORE_IN_CI } from '../harness/outside.ts';
import { ERAS, type System, startSystem } from '../harness/system.ts';
import { callTool, view } from './chat.ts';

const PAGE = 'ui://google-photos/photo-grid.html';

const HOSTILE = '<img src="https://evil.example/x.png" onerror="alert(1)"><script>alert(2)</script>';
const SCENES = ['beach sunset', 'ski slope', 'desert', 'lake', 'forest', 'pizza on a table', 'night skyline'];
const library = {
  mediaItems: Array.from({ length: 70 }, (_, index) => ({
    filename: index === 2 ? '"><svg onload=alert(3)>.jpg' : `IMG_${String(index + 1).padStart(4, '0')}.jpg`,
    description: index === 2 ? HOSTILE : index === 0 ? 'First light' : '',
    creationTime: new Date(Date.UTC(2024, 6, 14, 12, 11) - index * 60_000).toISOString().replace('.000', ''),
    scene: SCENES[index % SCENES.length],
    width: 4032,
    height: 3024,
  })),
};

let system: System;
let browser: Browser;
let result: string;
beforeAll(async () => {
  system = await startSystem({ emulator: { library } });
  result = (await system.ok('media_items_list', { pageSize: 100 })).data.result;
  if (hasChromium) browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  await system.stop();
});

describe.each(ERAS)('%s', (era) => {
  test('the tool names the page; the page declares that it needs nothing from anywhere', async () => {
    const other = await startSystem({ era });
    const { tools } = await other.client.listTools();
    expect(tools.filter(({ _meta }) => _meta).map(({ name, _meta }) => [name, _meta])).toEqual([
      ['media_view', { ui: { resourceUri: PAGE } }],
    ]);
    const [content] = (await other.client.readResource({ uri: PAGE })).contents;
    expect(content).toMatchObject({
      uri: PAGE,
      mimeType: 'text/html;profile=mcp-app',
      _meta: { ui: { csp: {}, prefersBorder: true } },
      text: expect.stringMatching(/^<!doctype html>/),
    });
    const html = content && 'text' in content ? content.text : '';
    expect(html.length).toBeLessThan(40_000);
    expect(html).not.toMatch(/<link|<script src|@import|url\(/);
    await other.stop();
  });

  test('facts for the page stand where no model reads them', async () => {
    const other = await startSystem({ era, emulator: { library } });
    const list = (await other.ok('media_items_list', { pageSize: 5 })).data.result;
    const reply = await callTool(other, 'media_view', { mediaItemIds: [`${list}#1-2`] });
    expect(reply._meta).toMatchObject({
      result: list,
      items: [
        {
          n: 1,
          filename: 'IMG_0001.jpg',
          type: 'photo',
          creationTime: '2024-07-14T12:11:00Z',
          description: 'First light',
          productUrl: expect.stringMatching(/^https:\/\/photos\.google\.com\/lr\/photo\//),
          picture: { image: 0 },
        },
        { n: 2, picture: { image: 1 } },
      ],
    });
    expect(reply.structuredContent).toEqual({ shown: `${list}#1,2`, failed: [] });
    await other.stop();
  });
});

/** Average colour of nine regions in the middle: what tells one picture from another. */
const colours = (picture: Locator): Promise<number[]> =>
  picture.evaluate((element) => {
    if (!(element instanceof HTMLImageElement || element instanceof HTMLCanvasElement)) throw new Error('no picture');
    const [width, height] =
      element instanceof HTMLImageElement
        ? [element.naturalWidth, element.naturalHeight]
        : [element.width, element.height];
    const edge = Math.min(width, height);
    const small = Object.assign(document.createElement('canvas'), { width: 3, height: 3 });
    const context = small.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.imageSmoothingQuality = 'high';
    const [left, top] = [(width - edge) / 2, (height - edge) / 2];
    context.drawImage(element, left + edge * 0.2, top + edge * 0.2, edge * 0.6, edge * 0.6, 0, 0, 3, 3);
    return [...context.getImageData(0, 0, 3, 3).data];
  });

const distance = (a: number[], b: number[]): number =>
  a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;

withBrowser('a contact sheet comes as tiles with number, name, date and description', async () => {
  const { app, errors, requests } = await view(browser, system, { mediaItemIds: [`${result}#all`] });
  await app.getByRole('heading', { name: '60 photos' }).waitFor();
  const tiles = app.getByRole('listitem');
  expect(await tiles.count()).toBe(60);
  const first = tiles.first();
  expect(await first.locator('.badge').textContent()).toBe('#1');
  expect(await first.locator('p').allTextContents()).toEqual(['IMG_0001.jpg', 'Jul 14, 2024', 'First light']);
  expect(await first.getByRole('button').getAttribute('aria-label')).toMatch(
    /^Number 1, photo, IMG_0001\.jpg, Jul 14, 2024, 12:11\sPM, First light$/,
  );
  expect([errors, requests]).toEqual([[], []]);
});

withBrowser('each tile shows its own picture, also after the next page', async () => {
  const { app, calls } = await view(browser, system, { mediaItemIds: [`${result}#all`], sheets: 1 });
  const check = async (index: number) => {
    const tile = await colours(app.locator('.tile canvas').nth(index));
    await app.locator('.open').nth(index).click();
    const large = await colours(app.locator('#stage img'));
    expect(distance(tile, large)).toBeLessThan(12);
    await app.getByRole('button', { name: 'All photos' }).click();
    return tile;
  };
  const [sunset, slope] = [await check(0), await check(1)];
  expect(distance(sunset, slope)).toBeGreaterThan(30);
  await check(59);
  await app.getByRole('button', { name: 'Next' }).click();
  await app.getByRole('heading', { name: '10 photos' }).waitFor();
  expect(await app.locator('.badge').allTextContents()).toEqual([
    '#61',
    '#62',
    '#63',
    '#64',
    '#65',
    '#66',
    '#67',
    '#68',
    '#69',
    '#70',
  ]);
  await check(9);
  expect(calls.map(({ name, input }) => [name, input.mediaItemIds])).toEqual([
    ['media_view', [`${result}#1`]],
    ['media_view', [`${result}#2`]],
    ['media_view', [`${result}#60`]],
    ['media_view', [`${result}#61-70`]],
    ['media_view', [`${result}#70`]],
  ]);
  expect(calls[3]?.input).toEqual({ mediaItemIds: [`${result}#61-70`], sheets: 1 });
});

withBrowser('a click shows the photo large, once fetched for good, with its link', async () => {
  const { app, calls, links } = await view(browser, system, { mediaItemIds: [`${result}#1-10`] });
  await app.locator('.open').nth(3).click();
  await app.getByRole('heading', { name: 'IMG_0004.jpg' }).waitFor();
  expect(await app.locator('#photo-facts').textContent()).toMatch(/^\w+#4 · Jul 14, 2024, 12:08\sPM · 4032 × 3024$/);
  const large = app.locator('#stage img');
  await large.waitFor();
  expect(await large.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1024);
  await app.getByRole('link', { name: 'Open in Google Photos' }).click();
  await expect.poll(() => links).toEqual([expect.stringMatching(/^https:\/\/photos\.google\.com\/lr\/photo\//)]);
  await app.getByRole('button', { name: 'Next photo' }).click();
  await app.getByRole('heading', { name: 'IMG_0005.jpg' }).waitFor();
  await app.getByRole('button', { name: 'Previous photo' }).click();
  await app.getByRole('heading', { name: 'IMG_0004.jpg' }).waitFor();
  await large.waitFor();
  expect(calls.filter(({ input }) => String(input.mediaItemIds) === `${result}#4`)).toHaveLength(1);
});

withBrowser('the keyboard does it all', async () => {
  const { page, app, messages } = await view(browser, system, { mediaItemIds: [`${result}#1-12`] });
  const focused = async (): Promise<string | null> => app.locator(':focus').getAttribute('aria-label');
  await app.locator('.tile').nth(11).waitFor();
  await page.keyboard.press('Tab');
  expect(await focused()).toMatch(/^Number 1,/);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  expect(await focused()).toMatch(/^Number 7,/);
  await page.keyboard.press('x');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('x');
  await page.keyboard.press('End');
  expect(await focused()).toMatch(/^Number 12,/);
  await page.keyboard.press('Shift+X');
  expect(await app.locator('#choice-text').textContent()).toBe(`${result}#2-12`);
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await app.getByRole('heading', { name: 'IMG_0001.jpg' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await app.getByRole('heading', { name: 'IMG_0002.jpg' }).waitFor();
  expect(await app.getByRole('checkbox', { name: 'Choose' }).isChecked()).toBe(true);
  await page.keyboard.press('x');
  await page.keyboard.press('Escape');
  expect(await focused()).toMatch(/^Number 2,/);
  await app.getByRole('button', { name: 'Send to chat' }).press('Enter');
  await expect.poll(() => messages).toEqual([`I chose ${result}#3-12`]);
});

withBrowser('what is chosen on several pages goes to the chat in one sentence', async () => {
  const { app, messages, calls } = await view(browser, system, { mediaItemIds: [`${result}#all`] });
  await app.getByLabel(`Choose ${result}#3`, { exact: true }).check();
  await app.getByLabel(`Choose ${result}#7`, { exact: true }).check();
  await app.getByRole('button', { name: 'Next' }).click();
  await app.getByLabel(`Choose ${result}#62`).check();
  await app.getByRole('button', { name: 'Previous' }).click();
  expect(await app.getByLabel(`Choose ${result}#7`, { exact: true }).isChecked()).toBe(true);
  expect(await app.locator('#choice').textContent()).toContain('3 chosen');
  await app.getByRole('button', { name: 'Send to chat' }).click();
  await app.getByText('Sent to the chat.').waitFor();
  expect(messages).toEqual([`I chose ${result}#3,7,62`]);
  expect(await app.locator('#choice').isVisible()).toBe(false);
  expect(calls).toHaveLength(1);
});

withBrowser('a chat that refuses the message: the person can write it', async () => {
  const { app } = await view(browser, system, { mediaItemIds: [`${result}#1-6`] }, { takesMessages: false });
  await app.getByLabel(`Choose ${result}#5`).check();
  await app.getByRole('button', { name: 'Send to chat' }).click();
  await app.getByText(`You can write it yourself: I chose ${result}#5`).waitFor();
  expect(await app.locator('#choice').isVisible()).toBe(true);
});

withBrowser('hostile words are words', async () => {
  const { page, app, requests, errors } = await view(browser, system, { mediaItemIds: [`${result}#1-6`] });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const tile = app.locator('.tile').nth(2);
  expect(await tile.locator('.description').textContent()).toBe(HOSTILE);
  expect(await tile.locator('.name').textContent()).toBe('"><svg onload=alert(3)>.jpg');
  await tile.locator('.open').click();
  await app.locator('#stage img').waitFor();
  expect(await app.locator('#photo-description').textContent()).toBe(HOSTILE);
  expect(await app.locator('#photo-title').textContent()).toBe('"><svg onload=alert(3)>.jpg');
  expect([dialogs, requests, errors]).toEqual([[], [], []]);
});

/** The reply with other facts in it, as a broken or hostile server would send. */
const withItem =
  (changes: Record<string, unknown>) =>
  (reply: CallToolResult): CallToolResult => {
    const items = reply._meta?.items as Record<string, unknown>[];
    return { ...reply, _meta: { ...reply._meta, items: items.map((item) => ({ ...item, ...changes })) } };
  };

withBrowser('a link leads to the web or is none; odd facts are left out', async () => {
  const odd = withItem({ productUrl: 'javascript:alert(1)', creationTime: 'yesterday', width: -1, description: 7 });
  const { app, errors } = await view(browser, system, { mediaItemIds: [`${result}#1`] }, { handOn: odd });
  expect(await app.locator('.tile p').allTextContents()).toEqual(['IMG_0001.jpg', '', '']);
  await app.locator('.open').click();
  await app.locator('#stage img').waitFor();
  expect(await app.getByRole('link').count()).toBe(0);
  expect(errors).toEqual([]);
});

withBrowser('the page reaches nobody, even if it tried', async () => {
  let reached = 0;
  const elsewhere = createServer((_, response) => {
    reached++;
    response.setHeader('access-control-allow-origin', '*').end();
  }).listen(0, '127.0.0.1');
  onTestFinished(() => void elsewhere.close());
  await once(elsewhere, 'listening');
  const { app } = await view(browser, system, { mediaItemIds: [`${result}#1-6`] });
  await app.locator('.tile').first().waitFor();
  const { port } = elsewhere.address() as AddressInfo;
  const attempts = await app.locator('body').evaluate(async (body, url) => {
    const image = document.createElement('img');
    const loaded = new Promise((resolve) => {
      image.onload = () => resolve('loaded');
      image.onerror = () => resolve('refused');
    });
    image.src = `${url}/x.png`;
    body.append(image);
    return [
      await loaded,
      await fetch(url).then(
        () => 'fetched',
        () => 'refused',
      ),
    ];
  }, `http://127.0.0.1:${port}`);
  expect(attempts).toEqual(['refused', 'refused']);
  expect(reached).toBe(0);
});

withBrowser('a host that does nothing but hand over results', async () => {
  const { app, calls, errors } = await view(browser, system, { mediaItemIds: [`${result}#all`] }, { capabilities: {} });
  await app.getByRole('heading', { name: '60 photos' }).waitFor();
  expect(await app.getByRole('button', { name: 'Next' }).isVisible()).toBe(false);
  await app.getByLabel(`Choose ${result}#5`, { exact: true }).check();
  expect(await app.locator('#choice-text').textContent()).toBe(`${result}#5`);
  expect(await app.getByRole('button', { name: 'Send to chat' }).isVisible()).toBe(false);
  await app.locator('.open').nth(4).click();
  await app.getByText('This chat shows no larger picture.').waitFor();
  expect(await app.locator('#stage canvas').isVisible()).toBe(true);
  expect(await app.getByRole('link').getAttribute('href')).toMatch(/^https:\/\/photos\.google\.com\//);
  expect([calls, errors]).toEqual([[], []]);
});

withBrowser('a host that keeps _meta to itself: the sheet as it is', async () => {
  const bare = ({ content }: CallToolResult): CallToolResult => ({ content });
  const { app, errors } = await view(browser, system, { mediaItemIds: [`${result}#1-20`] }, { handOn: bare });
  const sheet = app.locator('.tile img');
  await sheet.waitFor();
  expect(await sheet.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(1000);
  expect(await app.getByRole('checkbox').count()).toBe(0);
  expect(errors).toEqual([]);
});

withBrowser('a call that fails says so and leaves what was there', async () => {
  const { app, errors } = await view(browser, system, { mediaItemIds: [`${result}#1-6`] });
  onTestFinished(() => system.control('faults', []));
  await system.control('faults', [{ method: 'mediaItems.batchGet', status: 403 }]);
  await app.locator('.open').nth(1).click();
  await expect.poll(() => app.getByRole('status').textContent()).toBe('PERMISSION_DENIED: Injected fault.');
  expect(await app.locator('#stage canvas').isVisible()).toBe(true);
  expect(errors).toEqual([]);
});

withBrowser('pictures that were not to be had have their place, their number and their words', async () => {
  onTestFinished(() => system.control('faults', []));
  await system.control('faults', [{ method: 'media.bytes', status: 404 }]);
  const { app, errors } = await view(browser, system, { mediaItemIds: [`${result}#1-8`] });
  await app.locator('.sheet .tile.missing').nth(7).waitFor();
  expect(await app.locator('.badge').last().textContent()).toBe('#8');
  expect(await app.locator('.name').last().textContent()).toBe('IMG_0008.jpg');
  expect(errors).toEqual([]);
});

withBrowser('nothing to show: the reply in words', async () => {
  const { app } = await view(browser, system, { mediaItemIds: ['zzzz#1'] });
  await app.getByRole('heading', { name: 'No photos' }).waitFor();
  expect(await app.getByRole('status').textContent()).toContain('zzzz');
});

withBrowser('looks as the chat does, and changes with it', async () => {
  const variables = { '--color-background-primary': 'light-dark(rgb(250, 240, 230), rgb(10, 20, 30))' };
  const context = { theme: 'dark', styles: { variables }, availableDisplayModes: ['inline', 'fullscreen'] } as never;
  const { page, app } = await view(browser, system, { mediaItemIds: [`${result}#1-40`] }, { context });
  const background = () => app.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  await app.locator('.tile').nth(39).waitFor();
  expect(await background()).toBe('rgb(10, 20, 30)');
  await page.evaluate(() => window.changeContext({ theme: 'light' }));
  await expect.poll(background).toBe('rgb(250, 240, 230)');
  const height = () => page.locator('iframe').evaluate((frame) => frame.getBoundingClientRect().height);
  expect(await height()).toBeLessThan(700);
  await app.getByRole('button', { name: 'Full screen' }).click();
  await expect.poll(height).toBe(900);
  await expect.poll(() => app.locator('#tiles').evaluate((list) => list.clientHeight)).toBeGreaterThan(700);
  await app.getByRole('button', { name: 'Full screen' }).click();
  await expect.poll(height).toBeLessThan(700);
  expect(await page.evaluate(() => window.tearDown())).toEqual({});
});

test.skipIf(!hasChromium).each([360, 720, 1200])('fits %i pixels', ONCE_MORE_IN_CI, async (width) => {
  const { app } = await view(browser, system, { mediaItemIds: [`${result}#1-9`] }, { width });
  const overflow = () => app.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth);
  await app.locator('.tile').nth(8).waitFor();
  expect(await overflow()).toBe(0);
  await app.getByLabel(`Choose ${result}#5`).check();
  await app.locator('.open').nth(2).click();
  await app.locator('#stage img').waitFor();
  expect(await overflow()).toBe(0);
});
