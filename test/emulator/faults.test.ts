/** `POST /_emulator/faults`: an effect that comes after its connection is gone, and lists whose pages lead nowhere. */
import { request } from 'node:http';
import { expect, test, vi } from 'vitest';
import { type Harness, startHarness, TOKEN } from './harness.ts';

/** Long enough never to pass by itself while a test runs; the clock brings what waits for it. */
const HOUR_MS = 3_600_000;

const lose = (self: Harness, method: string): Promise<unknown> =>
  self.control('POST', 'faults', [{ method, failure: 'effectAfter', latencyMs: HOUR_MS, count: 1 }]);

const titles = async ({ api }: Harness): Promise<string[]> =>
  ((await api('GET', '/v1/albums')).json.albums ?? []).map(({ title }: { title: string }) => title);

const newAlbum = ({ api }: Harness, title: string) => api('POST', '/v1/albums', { album: { title } });

test('effectAfter loses the connection, and has its effect when it is due', async () => {
  const self = await startHarness();
  await lose(self, 'albums.create');
  await expect(newAlbum(self, 'Late')).rejects.toThrow('fetch failed');
  expect(await titles(self)).toEqual([]);
  await self.control('POST', 'clock', { advanceSeconds: 3599 });
  expect(await titles(self)).toEqual([]);
  await self.control('POST', 'clock', { advanceSeconds: 1 });
  expect(await titles(self)).toEqual(['Late']);
});

test('others write meanwhile: what is on its way holds no lock', async () => {
  const self = await startHarness();
  await lose(self, 'albums.create');
  await expect(newAlbum(self, 'Twin')).rejects.toThrow('fetch failed');
  expect((await newAlbum(self, 'Twin')).status).toBe(200);
  await self.emulator.advance(3600);
  expect(await titles(self)).toEqual(['Twin', 'Twin']);
});

test('a late effect takes its turn after the write that is under way', async () => {
  const self = await startHarness({ overrides: { writeMs: 1000 } });
  await lose(self, 'albums.create');
  await expect(newAlbum(self, 'Late')).rejects.toThrow('fetch failed');
  const other = newAlbum(self, 'Now');
  await vi.waitFor(() => expect(self.emulator.state.writing).toBe(true), { interval: 1 });
  self.emulator.overrides.writeMs = 10;
  await self.emulator.advance(3600);
  expect((await other).status).toBe(200);
  expect(await titles(self)).toEqual(['Now', 'Late']);
});

test('without latencyMs the effect comes as soon as the connection is gone', async () => {
  const self = await startHarness();
  await self.control('POST', 'faults', [{ method: 'albums.create', failure: 'effectAfter', count: 1 }]);
  await expect(newAlbum(self, 'Soon')).rejects.toThrow('fetch failed');
  await vi.waitFor(async () => expect(await titles(self)).toEqual(['Soon']));
});

test('the request is in the log once its effect has happened', async () => {
  const self = await startHarness();
  const log = async () => (await self.control('GET', 'requests')).json;
  await lose(self, 'albums.create');
  await expect(newAlbum(self, 'Late')).rejects.toThrow('fetch failed');
  expect(await log()).toEqual({ methods: { 'albums.create': 1 }, log: [] });
  await self.emulator.advance(3600);
  await vi.waitFor(async () => expect((await log()).log).toMatchObject([{ method: 'albums.create', status: 0 }]));
});

test('bytes whose sender is gone become an upload token later', async () => {
  const self = await startHarness();
  await lose(self, 'uploads.raw');
  await expect(self.upload(Buffer.from('a'))).rejects.toThrow('fetch failed');
  expect(self.emulator.state.uploads.size).toBe(0);
  await self.emulator.advance(3600);
  expect([...self.emulator.state.uploads.values()].map(({ sha256 }) => sha256)).toEqual([
    'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
  ]);
});

test('a chunk of a resumable upload counts later', async () => {
  const self = await startHarness();
  const command = (url: string, headers: Record<string, string>, body?: Uint8Array) =>
    fetch(url, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}`, ...headers }, body });
  const begun = await command(`${self.origin}/v1/uploads`, {
    'x-goog-upload-protocol': 'resumable',
    'x-goog-upload-command': 'start',
    'x-goog-upload-raw-size': '4',
  });
  const url = begun.headers.get('x-goog-upload-url') ?? '';
  const received = async () =>
    (await command(url, { 'x-goog-upload-command': 'query' })).headers.get('x-goog-upload-size-received');
  await lose(self, 'uploads.upload');
  const upload = { 'x-goog-upload-command': 'upload, finalize', 'x-goog-upload-offset': '0' };
  await expect(command(url, upload, Uint8Array.of(1, 2, 3, 4))).rejects.toThrow('fetch failed');
  expect(await received()).toBe('0');
  await self.emulator.advance(3600);
  expect(await received()).toBe('4');
});

test('reset forgets what was still to come', async () => {
  const self = await startHarness();
  await lose(self, 'albums.create');
  await expect(newAlbum(self, 'Late')).rejects.toThrow('fetch failed');
  await self.control('POST', 'reset');
  await self.emulator.advance(3600);
  expect(await titles(self)).toEqual([]);
});

test('close does not wait for it', async () => {
  const self = await startHarness();
  await lose(self, 'albums.create');
  await expect(newAlbum(self, 'Late')).rejects.toThrow('fetch failed');
  await self.emulator.close();
  expect(self.emulator.state.albums.size).toBe(0);
});

test('a request that does not arrive whole has no effect', async () => {
  const self = await startHarness();
  await lose(self, 'albums.create');
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-length': '1000' };
  const half = request(`${self.origin}/v1/albums`, { method: 'POST', headers });
  half.on('error', () => {});
  half.write('{"album":');
  await vi.waitFor(async () =>
    expect((await self.control('GET', 'requests')).json.methods).toEqual({ 'albums.create': 1 }),
  );
  half.destroy();
  await vi.waitFor(async () => expect((await self.control('GET', 'requests')).json.log).toHaveLength(1));
  await self.emulator.advance(3600);
  expect(await titles(self)).toEqual([]);
});

interface Listed {
  items: string[];
  token: string | undefined;
}

/** A list or search of the library, a page at a time. */
const LISTS: Record<string, (self: Harness, pageToken: string) => Promise<Listed>> = {
  'mediaItems.list': async ({ api }, pageToken) =>
    listed((await api('GET', `/v1/mediaItems?pageSize=2&pageToken=${pageToken}`)).json),
  'mediaItems.search': async ({ api }, pageToken) =>
    listed((await api('POST', '/v1/mediaItems:search', { pageSize: 2, pageToken })).json),
  'albums.list': async ({ api }, pageToken) =>
    listed((await api('GET', `/v1/albums?pageSize=2&pageToken=${pageToken}`)).json),
};

interface ListReply {
  mediaItems?: { filename: string }[];
  albums?: { title: string }[];
  nextPageToken?: string;
}

const listed = ({ mediaItems = [], albums = [], nextPageToken }: ListReply): Listed => ({
  items: [...mediaItems.map(({ filename }) => filename), ...albums.map(({ title }) => title)],
  token: nextPageToken,
});

/** Three photos and three albums, 3 first or A first. */
async function library(): Promise<Harness> {
  const self = await startHarness();
  for (const n of [1, 2, 3]) self.put({ filename: `${n}.jpg`, captureTime: `2024-07-0${n}T12:00:00Z` });
  for (const title of ['A', 'B', 'C']) await self.album(title);
  return self;
}

const PAGES = [
  ['mediaItems.list', ['3.jpg', '2.jpg'], ['1.jpg']],
  ['mediaItems.search', ['3.jpg', '2.jpg'], ['1.jpg']],
  ['albums.list', ['A', 'B'], ['C']],
] as const;

test.each(PAGES)('repeatToken: %s answers with the token that it was given', async (method, first, second) => {
  const self = await library();
  const list = LISTS[method] ?? expect.fail();
  await self.control('POST', 'faults', [{ method, failure: 'repeatToken' }]);
  const one = await list(self, '');
  expect(one).toEqual({ items: first, token: expect.any(String) });
  expect(await list(self, one.token ?? '')).toEqual({ items: second, token: one.token });
  expect(await list(self, one.token ?? '')).toEqual({ items: second, token: one.token });
});

test('repeatToken: also a list of one page has a next one', async () => {
  const self = await startHarness();
  await self.album('Only');
  await self.control('POST', 'faults', [{ method: 'albums.list', failure: 'repeatToken' }]);
  const list = LISTS['albums.list'] ?? expect.fail();
  const one = await list(self, '');
  expect(one).toEqual({ items: ['Only'], token: expect.any(String) });
  expect(await list(self, one.token ?? '')).toEqual(one);
});

test.each(PAGES)(
  'tokenOnly: %s has no items and always another token; then it goes on',
  async (method, first, second) => {
    const self = await library();
    const list = LISTS[method] ?? expect.fail();
    await self.control('POST', 'faults', [{ method, failure: 'tokenOnly', count: 3 }]);
    const tokens = [''];
    for (let page = 0; page < 3; page += 1) {
      const { items, token = '' } = await list(self, tokens.at(-1) ?? '');
      expect(items).toEqual([]);
      tokens.push(token);
    }
    expect(new Set(tokens).size).toBe(4);
    const one = await list(self, tokens.at(-1) ?? '');
    expect(one).toEqual({ items: first, token: expect.any(String) });
    await self.control('POST', 'faults', [{ method, failure: 'tokenOnly', count: 1 }]);
    const empty = await list(self, one.token ?? '');
    expect(empty).toEqual({ items: [], token: expect.any(String) });
    expect(await list(self, empty.token ?? '')).toEqual({ items: second, token: undefined });
  },
);

test('faults of pages leave alone what has none', async () => {
  const self = await startHarness();
  await self.control('POST', 'faults', [{ method: '*', failure: 'tokenOnly' }]);
  expect((await newAlbum(self, 'A')).json.title).toBe('A');
});
