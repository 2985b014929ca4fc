/**
 * From `picker_pick` to an album, as a person does it: the built command over stdio, a real browser on the picker page,
 * 120 photos and 3 videos copied into a new album. Both protocol eras, with elicitation and without.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StartedEmulator, startEmulator } from '../../src/emulator/start.ts';
import { hasChromium, useChromium } from '../harness/browser.ts';
import { ONCE_MORE_IN_CI } from '../harness/outside.ts';
import { ERAS, type Era, type Reply, toReply } from '../harness/system.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const openPage = useChromium();

/** Forty photos a day for three days in July 2024 and three videos on the last, between others of 2023. */
function library(): object {
  const two = (number: number) => String(number).padStart(2, '0');
  const photo = (day: string, n: number) => ({
    filename: `IMG_${day}_${two(n)}.jpg`,
    creationTime: `${day}T${two(8 + Math.floor(n / 10))}:${two(n % 10)}:30Z`,
    scene: 'tram',
  });
  const video = (n: number) => ({
    filename: `MOV_${n}.mp4`,
    creationTime: `2024-07-14T19:0${n}:00Z`,
    mimeType: 'video/mp4',
    scene: 'beach',
    durationSeconds: 1,
  });
  const days = ['2023-05-01', '2024-07-12', '2024-07-13', '2024-07-14'];
  const photos = days.flatMap((day) => Array.from({ length: 40 }, (_, n) => photo(day, n)));
  const items = [...photos, ...[1, 2, 3].map(video)];
  return { mediaItems: items.map((item) => ({ ...item, width: 64, height: 48, appCreated: false })) };
}

let emulator: StartedEmulator;
let folder: string;
beforeAll(async () => {
  const overrides = { pickerPollSeconds: 0.2, videoProcessingSeconds: 0 };
  emulator = await startEmulator({ library: library(), accessToken: 'T', overrides });
  folder = await mkdtemp(join(tmpdir(), 'picker-stdio-'));
});
afterAll(async () => {
  await emulator.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => fetch(`${emulator.origin}/_emulator/reset`, { method: 'POST' }));

async function connect(era: Era, state: string, onLink?: (url: string) => void) {
  const client = new Client(
    { name: 'test', version: '0' },
    {
      ...(era === '2026-07-28' && { versionNegotiation: { mode: 'auto' as const } }),
      ...(onLink && { capabilities: { elicitation: { url: {} } } }),
    },
  );
  if (onLink) {
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      if ('url' in params) onLink(params.url);
      return { action: 'accept' };
    });
  }
  const args = [MAIN, '--google-origin', emulator.origin, '--state-dir', join(folder, state)];
  const env = { PATH: process.env.PATH ?? '', HOME: folder, GOOGLE_PHOTOS_ACCESS_TOKEN: 'T' };
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env }));
  expect(client.getNegotiatedProtocolVersion()).toBe(era);
  return {
    async call(name: string, input: Record<string, unknown> = {}): Promise<Reply> {
      const reply = toReply(await client.callTool({ name, arguments: input }));
      if (reply.isError) throw new Error(`${name}: ${reply.text}`);
      return reply;
    },
    close: () => client.close(),
  };
}

/** What the person does: search, take whole days, Done. */
async function choose(url: string): Promise<void> {
  const page = await openPage();
  await page.goto(url);
  await page.getByRole('searchbox').fill('July 2024');
  await page.getByText('123 found for “July 2024”').waitFor();
  for (const day of ['Friday, 12 July', 'Saturday, 13 July', 'Sunday, 14 July']) {
    await page.getByRole('button', { name: `Select all, ${day} 2024` }).click();
  }
  expect(await page.locator('#count').innerText()).toContain('123');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('123 photos shared.').waitFor();
  await page.context().close();
}

interface Stored {
  id: string;
  filename: string;
  creationTime: string;
  mimeType: string;
  appCreated: boolean;
}

async function albumOf(title: string): Promise<(Stored | undefined)[]> {
  const state = await (await fetch(`${emulator.origin}/_emulator/state`)).json();
  const { mediaItems, albums } = state as {
    mediaItems: Stored[];
    albums: { title: string; entries: { mediaItemId: string }[] }[];
  };
  const [album] = albums.filter((each) => each.title === title);
  return album?.entries.map(({ mediaItemId }) => mediaItems.find(({ id }) => id === mediaItemId)) ?? [];
}

describe.skipIf(!hasChromium).each(ERAS)('%s', { ...ONCE_MORE_IN_CI, timeout: 120_000 }, (era) => {
  test.each([
    ['with elicitation, in one call', true],
    ['without, and with a restart in the middle', false],
  ])('%s', async (way, canAsk) => {
    const state = `${era} ${way}`;
    let choosing: Promise<void> | undefined;
    const onLink = (url: string) => {
      choosing = choose(url.replace(/\/autoclose$/, ''));
      choosing.catch(() => undefined);
    };
    let server = await connect(era, state, canAsk ? onLink : undefined);
    let pick = await server.call('picker_pick', { maxItemCount: 200 });
    if (!canAsk) {
      expect(pick.data.state).toBe('choosing');
      await server.close();
      await choose(pick.data.url);
      server = await connect(era, state);
      pick = await server.call('picker_pick', { session: pick.data.session });
    }
    await choosing;
    expect(pick.data).toMatchObject({ state: 'picked', total: 123 });
    const upload = await server.call('media_upload', { from: [`${pick.data.result}#all`], albumTitle: 'Lisbon' });
    expect(upload.data.counts).toEqual({ uploaded: 123, alreadyThere: 0, failed: 0, left: 0 });
    await server.close();

    const copies = await albumOf('Lisbon');
    const originals = [...emulator.state.items.walk({ order: 'oldest' })]
      .map(({ item }) => item)
      .filter((item) => item.appProject === null && item.captureTime?.startsWith('2024-07'));
    expect(copies).toHaveLength(123);
    expect(copies.every((copy) => copy?.appCreated)).toBe(true);
    expect(copies.map((copy) => [copy?.filename, copy?.creationTime])).toEqual(
      originals.map(({ filename, captureTime }) => [filename, captureTime]),
    );
    expect(copies.filter((copy) => copy?.mimeType.startsWith('video/')).map((copy) => copy?.filename)).toEqual([
      'MOV_1.mp4',
      'MOV_2.mp4',
      'MOV_3.mp4',
    ]);
    const { methods } = (await (await fetch(`${emulator.origin}/_emulator/requests`)).json()) as {
      methods: Record<string, number>;
    };
    expect(methods).toMatchObject({
      'picker.sessions.create': 1,
      'picker.mediaItems.list': 2,
      'picker.sessions.delete': 1,
      'media.bytes': 123,
      'uploads.raw': 123,
      'mediaItems.batchCreate': 3,
      'albums.create': 1,
    });
  });
});
