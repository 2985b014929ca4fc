/** `picker_pick`: one call brings the person to the page, waits, and hands over what they chose. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { ERAS, type System, type SystemOptions, startSystem } from '../harness/system.ts';

let system: System;
afterEach(() => system.stop());

/** Waits that would take Google's five seconds take as good as none; a minute makes a call come back at once. */
const QUICK = { pickerPollSeconds: 0.02 };
const ONCE = { pickerPollSeconds: 60 };

async function start(options: Omit<SystemOptions, 'emulator'> & { overrides?: object } = {}, photos = 3) {
  const { overrides = QUICK, ...others } = options;
  system = await startSystem({ ...others, emulator: { overrides } });
  return Array.from({ length: photos }, (_, index) => put(index));
}

function put(index: number, more: object = {}): string {
  const id = `item${String(index).padStart(6, '0')}${'-'.repeat(50)}`;
  system.emulator.state.items.add({
    id,
    filename: `IMG_${index}.jpg`,
    description: '',
    mimeType: 'image/jpeg',
    captureTime: new Date(Date.UTC(2024, 6, 14, 12, index)).toISOString(),
    uploadTime: '2024-07-15T00:00:00Z',
    width: 32,
    height: 24,
    sha256: `sha-${index}`,
    appProject: null,
    favorite: false,
    archived: false,
    categories: [],
    content: { kind: 'scene', scene: 'beach', seed: index },
    photo: {},
    ...more,
  });
  return id;
}

/** The person presses Done on the page at that address. */
async function choose(url: string, items: string[]): Promise<void> {
  const body = JSON.stringify({ items });
  const reply = await fetch(`${url.replace(/\/autoclose$/, '')}/done`, { method: 'POST', body });
  if (!reply.ok) throw new Error(`done: ${reply.status}`);
}

const polls = async (): Promise<number> => (await system.requests())['picker.sessions.get'] ?? 0;

/** The same, once the server has asked Google whether they are done. */
async function chooseLate(url: string, items: string[]): Promise<void> {
  const before = await polls();
  await expect.poll(polls).toBeGreaterThan(before);
  await choose(url, items);
}

const sessions = () => system.emulator.state.pickerSessions.size;

describe.each(ERAS)('%s', (era) => {
  test('a client that cannot ask: the link at once, then the result', async () => {
    const ids = await start({ era });
    const begun = await system.ok('picker_pick', { maxItemCount: 5 });
    const { state, session, url } = begun.data;
    expect(state).toBe('choosing');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/picker\/[\w-]+$/);
    expect(begun.text).toBe(
      `Give the person this link, where they choose up to 5 photos and press Done: ${url}\n` +
        'They can search there by date, place, things, or the title of an album.\n' +
        `Then call picker_pick {"session": "${session}"}, which waits for them.`,
    );
    expect(await system.requests()).toEqual({ 'picker.sessions.create': 1 });
    await choose(url, ids);
    const picked = await system.ok('picker_pick', { session });
    expect(picked.data).toMatchObject({ state: 'picked', session, total: 3, page: 1 });
    expect(picked.text).toMatch(
      /^3 items picked\.\n3 picked items · picked by the person · result \w{4,6} page 1\n#1 {2}2024-07-14 12:00 {2}IMG_0\.jpg {2}photo 32×24\n/,
    );
    expect(picked.text).toContain(`media_upload {"from": ["${picked.data.result}#all"]}`);
    const again = await system.ok('picker_pick', { session });
    expect(again.data.result).toBe(picked.data.result);
    expect((await system.requests())['picker.mediaItems.list']).toBe(1);
  });

  test('a client that can ask: the person is brought to the page, the same call gives the result', async () => {
    const asked: string[] = [];
    let ids: string[] = [];
    let chosen: Promise<void> | undefined;
    const elicitUrl: SystemOptions['elicitUrl'] = async (url, message) => {
      asked.push(url, message);
      chosen = chooseLate(url, ids);
      return 'accept';
    };
    ids = await start({ era, elicitUrl });
    const picked = await system.ok('picker_pick');
    await chosen;
    expect(picked.data).toMatchObject({ state: 'picked', total: 3 });
    expect(asked).toEqual([
      expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/picker\/[\w-]+\/autoclose$/),
      'Choose photos in Google Photos, then press Done there.',
    ]);
    expect((await system.requests())['picker.sessions.create']).toBe(1);
  });

  test.each(['decline', 'cancel'] as const)('a person who says no (%s): the session is deleted', async (action) => {
    await start({ era, elicitUrl: async () => action });
    const reply = await system.ok('picker_pick');
    expect(reply.text).toBe('The person did not want to choose photos. Nothing was shared.');
    expect(reply.data.state).toBe('declined');
    expect(sessions()).toBe(0);
    expect((await system.requests())['picker.sessions.delete']).toBe(1);
    expect((await system.ok('picker_pick', { session: reply.data.session })).data.state).toBe('declined');
  });

  test('still choosing when a call’s time is over: the handle, the link, and nothing asked twice', async () => {
    let questions = 0;
    const ids = await start({
      era,
      overrides: ONCE,
      elicitUrl: async () => {
        questions += 1;
        return 'accept';
      },
    });
    const waiting = await system.ok('picker_pick');
    const { session, url } = waiting.data;
    expect(waiting.text).toBe(
      `The person is still choosing. To go on waiting: picker_pick {"session": "${session}"}.\nShould they not see the page: ${url}`,
    );
    await choose(url, ids);
    system.emulator.overrides.pickerPollSeconds = 0.02;
    const restarted = await system.restart();
    expect((await restarted.ok('picker_pick', { session })).data).toMatchObject({ state: 'picked', total: 3 });
    await restarted.stop();
    expect(questions).toBe(1);
  });
});

test('a browser of the server’s own opens the page, and the same call waits', async () => {
  const opened: string[] = [];
  const ids = await start();
  let chosen: Promise<void> | undefined;
  system.services.openInBrowser = async (url) => {
    opened.push(url);
    chosen = chooseLate(url, ids);
    return true;
  };
  expect((await system.ok('picker_pick')).data).toMatchObject({ state: 'picked', total: 3 });
  await chosen;
  expect(opened).toEqual([expect.stringMatching(/\/autoclose$/)]);
});

test('progress is told while it waits, with the link', async () => {
  const ids = await start({ era: '2026-07-28' });
  const { session, url } = (await system.ok('picker_pick')).data;
  const chosen = chooseLate(url, ids);
  const messages: (string | undefined)[] = [];
  const onprogress = ({ message }: { message?: string }) => messages.push(message);
  await system.client.callTool({ name: 'picker_pick', arguments: { session } }, { onprogress });
  await chosen;
  expect(messages[0]).toBe(`The person is choosing: ${url}`);
});

test('given up, empty, expired and unknown each say so', async () => {
  await start();
  const [first, second] = [(await system.ok('picker_pick')).data, (await system.ok('picker_pick')).data];
  await fetch(`${first.url}/cancel`, { method: 'POST' });
  const given = await system.ok('picker_pick', { session: first.session });
  expect(given.data.state).toBe('givenUp');
  expect(given.text).toMatch(
    /^The person left Google's page without Done.* Nothing was shared\. Call picker_pick for a new link\.$/,
  );
  await system.control('clock', { advanceSeconds: 7 * 86_400 });
  const expired = await system.ok('picker_pick', { session: second.session });
  expect([expired.data.state, expired.text]).toEqual([
    'expired',
    'This picking has expired: Google keeps one for a week. Call picker_pick for a new link.',
  ]);
  const unknown = await system.call('picker_pick', { session: 'zzzz' });
  expect([unknown.isError, unknown.data.error.code]).toEqual([true, 'unknownSession']);
  const both = await system.call('picker_pick', { session: 'abcd', maxItemCount: 3 });
  expect([both.isError, both.data.error.code]).toEqual([true, 'invalidInput']);
  for (const maxItemCount of [0, 2001, 1.5])
    expect((await system.call('picker_pick', { maxItemCount })).isError).toBe(true);
  expect(system.unexpected).toEqual([]);
});

test('what Google refuses is explained', async () => {
  await start();
  system.emulator.overrides.disabledApis = ['photospicker'];
  const disabled = await system.call('picker_pick');
  expect(disabled.data.error.code).toBe('apiDisabled');
  expect(disabled.text).toContain('photospicker.googleapis.com');
  system.emulator.overrides.disabledApis = [];
  system.emulator.overrides.noPhotosAccount = true;
  const account = await system.call('picker_pick');
  expect(account.data.error.code).toBe('photosDisabled');
  expect(account.text).toContain('https://photos.google.com');
});

test('cancelled by the client in its first call: no session is left behind', async () => {
  await start({ elicitUrl: async () => 'accept', overrides: { pickerPollSeconds: 1 } });
  const stop = new AbortController();
  const call = system.client.callTool({ name: 'picker_pick', arguments: {} }, { signal: stop.signal });
  await expect.poll(polls).toBeGreaterThan(0);
  stop.abort();
  await expect(call).rejects.toThrow();
  await expect.poll(sessions).toBe(0);
});

test('the picked are looked at, filtered, downloaded and copied into an album with names, dates and order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'picked-'));
  const ids = await start({ config: { allowDirs: [folder] } });
  ids.push(
    put(7, {
      filename: 'film.mov',
      mimeType: 'video/quicktime',
      photo: undefined,
      video: { durationSeconds: 1, readyAt: 0 },
    }),
  );
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, [...ids].reverse());
  const { result } = (await system.ok('picker_pick', { session })).data;
  expect((await system.ok('results_read', { result })).data.total).toBe(4);
  const view = await system.ok('media_view', { mediaItemIds: [`${result}#1-4`] });
  expect([view.images.length, view.data.failed]).toEqual([4, []]);

  const saved = await system.ok('media_download', { mediaItemIds: [`${result}#all`], dir: join(folder, 'saved') });
  expect(saved.data.counts).toMatchObject({ downloaded: 4, failed: 0 });
  expect((await readdir(join(folder, 'saved'))).sort()).toEqual(['IMG_0.jpg', 'IMG_1.jpg', 'IMG_2.jpg', 'film.mov']);

  const part = await system.ok('media_upload', { from: [`${result}#4`], albumTitle: 'Picked' });
  expect(part.data.counts).toMatchObject({ uploaded: 1, failed: 0 });
  expect(sessions()).toBe(1);
  const upload = await system.ok('media_upload', { from: [`${result}#all`], albumTitle: 'Picked' });
  expect(upload.data.counts).toEqual({ uploaded: 3, alreadyThere: 1, failed: 0, left: 0 });
  expect(upload.text).toContain('Picked photos become copies in this library, without the place');
  expect(sessions()).toBe(0);
  const { albums, mediaItems } = await system.library();
  const copies = albums[0].entries.map(({ mediaItemId }: { mediaItemId: string }) =>
    mediaItems.find(({ id }: { id: string }) => id === mediaItemId),
  );
  expect(
    copies.map(({ filename, creationTime, appCreated }: Record<string, unknown>) => [
      filename,
      creationTime,
      appCreated,
    ]),
  ).toEqual([
    ['IMG_0.jpg', '2024-07-14T12:00:00Z', true],
    ['IMG_1.jpg', '2024-07-14T12:01:00Z', true],
    ['IMG_2.jpg', '2024-07-14T12:02:00Z', true],
    ['film.mov', '2024-07-14T12:07:00Z', true],
  ]);
  const over = await system.ok('picker_pick', { session });
  expect(over.data).toMatchObject({ state: 'copied', result });
  const spool = join(system.stateDir, 'accounts', 'default@emulator', 'spool');
  expect(existsSync(spool) ? readdirSync(spool) : []).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

test('base URLs expire in the middle of a copy, and the copy goes through', async () => {
  const ids = await start({ overrides: { ...QUICK, baseUrlSeconds: 600 } }, 12);
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, ids);
  const { result } = (await system.ok('picker_pick', { session })).data;
  expect((await system.ok('media_upload', { from: [`${result}#1-4`] })).data.counts.uploaded).toBe(4);
  await system.control('clock', { advanceSeconds: 601 });
  expect((await system.ok('media_upload', { from: [`${result}#all`] })).data.counts).toEqual({
    uploaded: 8,
    alreadyThere: 4,
    failed: 0,
    left: 0,
  });
  expect((await system.requests())['picker.mediaItems.list']).toBe(2);
});

test('a session that expires in the middle of a copy: what is left says what to do', async () => {
  const ids = await start();
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, ids);
  const { result } = (await system.ok('picker_pick', { session })).data;
  await system.ok('media_upload', { from: [`${result}#1`] });
  await system.control('clock', { advanceSeconds: 8 * 86_400 });
  const rest = await system.ok('media_upload', { from: [`${result}#all`] });
  expect(rest.data.counts).toEqual({ uploaded: 0, alreadyThere: 1, failed: 2, left: 0 });
  expect(rest.text).toContain('pick it again with picker_pick');
});

test('bytes that Google knows already are recognised, others become copies', async () => {
  const ids = await start();
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, ids);
  const { result } = (await system.ok('picker_pick', { session })).data;
  const first = await system.ok('media_upload', { from: [`${result}#1-2`] });
  expect(first.data.counts).toMatchObject({ uploaded: 2, alreadyThere: 0 });
  const copies = (await system.library()).mediaItems.filter(({ appCreated }: { appCreated: boolean }) => appCreated);
  const { session: other, url: page } = (await system.ok('picker_pick')).data;
  await choose(
    page,
    copies.map(({ id }: { id: string }) => id),
  );
  const { result: again } = (await system.ok('picker_pick', { session: other })).data;
  expect((await system.ok('media_upload', { from: [`${again}#all`] })).data.counts).toMatchObject({
    uploaded: 0,
    alreadyThere: 2,
  });
});

test('a picked photo is no media item of this app, and the error says how it becomes one', async () => {
  const ids = await start();
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, ids);
  const { result } = (await system.ok('picker_pick', { session })).data;
  const error = await system.call('media_items_get', { mediaItemId: `${result}#1` });
  expect(error.isError).toBe(true);
  expect(error.text).toContain(`media_upload {"from": ["${result}#1"]}`);
});

test('a video that was still being processed when it was picked can be had later', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'picked-'));
  await start({ config: { allowDirs: [folder] } }, 0);
  const readyAt = Date.now() + 3600_000;
  const film = {
    filename: 'film.mp4',
    mimeType: 'video/mp4',
    photo: undefined,
    video: { durationSeconds: 1, readyAt },
  };
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, [put(1, film)]);
  const { result } = (await system.ok('picker_pick', { session })).data;
  const save = () => system.ok('media_download', { mediaItemIds: [`${result}#1`], dir: folder });
  const early = await save();
  expect(early.data.counts).toMatchObject({ downloaded: 0, failed: 1 });
  expect(early.text).toContain('Google is still processing this video');
  await system.control('clock', { advanceSeconds: 3600 });
  const later = await system.restart();
  const saved = await later.ok('media_download', { mediaItemIds: [`${result}#1`], dir: folder });
  expect(saved.data.counts).toMatchObject({ downloaded: 1, failed: 0 });
  await later.stop();
  await rm(folder, { recursive: true, force: true });
});

test('bytes of picked photos are counted, though only the transfer tells how many they are', async () => {
  await start({}, 0);
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, [put(1, { width: 2400, height: 1800 })]);
  const { result } = (await system.ok('picker_pick', { session })).data;
  expect((await system.ok('media_upload', { from: [`${result}#1`] })).text).toMatch(/^1 uploaded \(0\.[1-9] MB\)/);
});

test('a picking goes on while one of its photos could not be copied, which the next call copies', async () => {
  const ids = await start();
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, ids);
  const { result } = (await system.ok('picker_pick', { session })).data;
  await system.control('faults', [{ method: 'uploads.raw', status: 400, count: 1 }]);
  const first = await system.ok('media_upload', { from: [`${result}#all`] });
  expect(first.data.counts).toEqual({ uploaded: 2, alreadyThere: 0, failed: 1, left: 0 });
  expect(sessions()).toBe(1);
  const second = await system.ok('media_upload', { from: [`${result}#all`] });
  expect(second.data.counts).toEqual({ uploaded: 1, alreadyThere: 2, failed: 0, left: 0 });
  expect(sessions()).toBe(0);
});

test('a picking goes on while photos of it are left, and after a dry run', { timeout: 60_000 }, async () => {
  const ids = await start({}, 55);
  const { session, url } = (await system.ok('picker_pick')).data;
  await choose(url, ids);
  const { result } = (await system.ok('picker_pick', { session })).data;
  const from = [`${result}#all`];
  await system.ok('media_upload', { from, dryRun: true });
  expect(sessions()).toBe(1);
  await system.control('faults', [
    { method: 'mediaItems.batchCreate', latencyMs: 1, count: 1 },
    { method: 'mediaItems.batchCreate', status: 429, retryAfter: 40_000 },
  ]);
  const first = await system.ok('media_upload', { from });
  expect(first.data.counts).toEqual({ uploaded: 50, alreadyThere: 0, failed: 0, left: 5 });
  expect(first.text).toContain('Stopped with 5 left.');
  expect(first.text).toContain('Call again in 12 hours.');
  expect(sessions()).toBe(1);
  await system.control('faults', []);
  const second = await system.ok('media_upload', { from });
  expect(second.data.counts).toEqual({ uploaded: 5, alreadyThere: 50, failed: 0, left: 0 });
  expect(sessions()).toBe(0);
});
