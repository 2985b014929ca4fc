/** `/_emulator/`: state, requests, reset, faults, clock (design 2). */
import { request } from 'node:http';
import { expect, test } from 'vitest';
import { png, startHarness } from './harness.ts';

test('state shows the library in the documented form', async () => {
  const { control, put, album, api } = await startHarness();
  const item = put({
    filename: 'IMG_1.jpg',
    categories: ['PETS'],
    favorite: true,
    sha256: 'abc',
    photo: { cameraMake: 'Apple', cameraModel: 'iPhone 15' },
  });
  const albumId = await album('Lisbon', [item]);
  const newEnrichmentItem = { textEnrichment: { text: 'Day one' } };
  await api('POST', `/v1/albums/${albumId}:addEnrichment`, {
    newEnrichmentItem,
    albumPosition: { position: 'FIRST_IN_ALBUM' },
  });
  expect((await control('GET', 'state')).json).toEqual({
    mediaItems: [
      {
        id: item,
        filename: 'IMG_1.jpg',
        description: '',
        mimeType: 'image/jpeg',
        creationTime: '2024-07-14T12:11:47Z',
        width: 4032,
        height: 3024,
        sha256: 'abc',
        appCreated: true,
        favorite: true,
        archived: false,
        categories: ['PETS'],
        scene: 'beach',
        seed: 1,
        cameraMake: 'Apple',
        cameraModel: 'iPhone 15',
      },
    ],
    albums: [
      {
        id: albumId,
        title: 'Lisbon',
        appCreated: true,
        coverPhotoMediaItemId: '',
        entries: [{ enrichmentId: expect.any(String), text: 'Day one' }, { mediaItemId: item }],
      },
    ],
  });
});

test('requests counts methods by name and keeps a log', async () => {
  const { control, api, upload } = await startHarness();
  await api('POST', '/v1/mediaItems:search', {});
  await api('POST', '/v1/mediaItems:search', {});
  await api('GET', '/v1/albums/short?access_token=secret');
  await upload(png(1));
  await api('GET', '/v1/nothing');
  const { json } = await control('GET', 'requests');
  expect(json.methods).toEqual({ 'mediaItems.search': 2, 'albums.get': 1, 'uploads.raw': 1, unknown: 1 });
  expect(json.log.map(({ method, path, status }: Record<string, unknown>) => [method, path, status])).toEqual([
    ['mediaItems.search', '/v1/mediaItems:search', 200],
    ['mediaItems.search', '/v1/mediaItems:search', 200],
    ['albums.get', '/v1/albums/short', 400],
    ['uploads.raw', '/v1/uploads', 200],
    ['unknown', '/v1/nothing', 404],
  ]);
  expect(json.log[0].at).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test('reset goes back to the start', async () => {
  const { control, api, create, album, token, emulator } = await startHarness();
  await create(png(1));
  await album('A');
  const extra = token(['photoslibrary.readonly.appcreateddata']);
  await control('POST', 'clock', { advanceSeconds: 3600 });
  await control('POST', 'faults', [{ method: '*', status: 503 }]);
  expect((await control('POST', 'reset')).status).toBe(200);
  expect((await control('GET', 'requests')).json).toEqual({ methods: {}, log: [] });
  expect((await control('GET', 'state')).json).toEqual({ mediaItems: [], albums: [] });
  expect((await api('GET', '/v1/albums')).status).toBe(200);
  expect((await api('GET', '/v1/albums', undefined, { token: extra })).status).toBe(401);
  const { json } = await control('POST', 'clock', { advanceSeconds: 0 });
  expect(Math.abs(Date.parse(json.now) - Date.now())).toBeLessThan(60_000);
  expect(emulator.state.items.count).toBe(0);
});

test('clock moves on, never back', async () => {
  const { control } = await startHarness({ now: () => Date.parse('2026-11-23T00:00:00Z') });
  expect((await control('POST', 'clock', { advanceSeconds: 90 })).json.now).toBe('2026-11-23T00:01:30.000Z');
  for (const body of [{}, { advanceSeconds: -1 }, { advanceSeconds: 'x' }, []]) {
    expect((await control('POST', 'clock', body)).status).toBe(400);
  }
});

test('a status fault answers in Google’s envelope, as often as it was asked to', async () => {
  const { control, api } = await startHarness();
  await control('POST', 'faults', [{ method: 'albums.list', status: 503, count: 2, retryAfter: 7 }]);
  const first = await api('GET', '/v1/albums');
  expect([first.status, first.headers.get('retry-after'), first.json.error.status]).toEqual([503, '7', 'UNAVAILABLE']);
  expect((await api('GET', '/v1/mediaItems')).status).toBe(200);
  expect((await api('GET', '/v1/albums')).status).toBe(503);
  expect((await api('GET', '/v1/albums')).status).toBe(200);
});

test('rules are replaced by the next call', async () => {
  const { control, api } = await startHarness();
  await control('POST', 'faults', [{ method: '*', status: 500 }]);
  await control('POST', 'faults', []);
  expect((await api('GET', '/v1/albums')).status).toBe(200);
});

test('probability repeats from the seed', async () => {
  const { control, api } = await startHarness();
  const run = async (): Promise<string> => {
    await control('POST', 'faults', [{ method: '*', status: 500, probability: 0.5 }]);
    let statuses = '';
    for (let i = 0; i < 20; i += 1) statuses += (await api('GET', '/v1/albums')).status === 200 ? '.' : 'x';
    return statuses;
  };
  const first = await run();
  expect(await run()).toBe(first);
  expect(first).toMatch(/\.+x|x+\./);
});

test('reset breaks the connection before the work, resetAfter after it', async () => {
  const { control, api, emulator } = await startHarness();
  await control('POST', 'faults', [{ method: 'albums.create', failure: 'reset', count: 1 }]);
  await expect(api('POST', '/v1/albums', { album: { title: 'A' } })).rejects.toThrow('fetch failed');
  expect(emulator.state.albums.size).toBe(0);
  await control('POST', 'faults', [{ method: 'albums.create', failure: 'resetAfter', count: 1 }]);
  await expect(api('POST', '/v1/albums', { album: { title: 'A' } })).rejects.toThrow('fetch failed');
  expect(emulator.state.albums.size).toBe(1);
  const { json } = await control('GET', 'requests');
  expect(json.log.map(({ status }: { status: number }) => status)).toEqual([0, 0]);
});

test('truncate sends half a body and breaks off', async () => {
  const { control, api } = await startHarness();
  await control('POST', 'faults', [{ method: 'albums.list', failure: 'truncate' }]);
  await expect(api('GET', '/v1/albums')).rejects.toThrow('terminated');
});

test('html and badJson come with status 200 and no JSON in them', async () => {
  const { control, api } = await startHarness();
  await control('POST', 'faults', [
    { method: '*', failure: 'html', count: 1 },
    { method: '*', failure: 'badJson' },
  ]);
  const html = await api('GET', '/v1/albums');
  expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
  const bad = await api('GET', '/v1/albums');
  expect([bad.status, bad.headers.get('content-type')]).toEqual([200, 'application/json; charset=UTF-8']);
  expect(() => JSON.parse(bad.text)).toThrow();
});

test('hang answers nothing until the client gives up', async () => {
  const { control, origin } = await startHarness();
  await control('POST', 'faults', [{ method: '*', failure: 'hang' }]);
  await expect(fetch(`${origin}/v1/albums`, { signal: AbortSignal.timeout(150) })).rejects.toThrow(/timeout/i);
});

test('latency alone delays and does the work', async () => {
  const { control, api } = await startHarness();
  await control('POST', 'faults', [{ method: 'albums.list', latencyMs: 120, count: 1 }]);
  const start = performance.now();
  expect((await api('GET', '/v1/albums')).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(110);
});

test.each([
  ['no list', {}],
  ['no method', [{ status: 500 }]],
  ['nothing to do', [{ method: '*' }]],
  ['an unknown failure', [{ method: '*', failure: 'explode' }]],
  ['an unknown member', [{ method: '*', status: 500, often: 3 }]],
  ['a status of success', [{ method: '*', status: 200 }]],
])('faults: %s is refused', async (_, rules) => {
  const { control } = await startHarness();
  expect((await control('POST', 'faults', rules)).status).toBe(400);
});

/** `fetch` does not let one choose the Host. */
function statusWith(origin: string, path: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(origin + path, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
}

test('control answers loopback names only, and no web page from elsewhere', async () => {
  const { origin, emulator } = await startHarness();
  const path = '/_emulator/requests';
  expect(await statusWith(origin, path, { host: `localhost:${emulator.port}` })).toBe(200);
  expect(await statusWith(origin, path, { host: 'evil.example' })).toBe(403);
  expect(await statusWith(origin, path, { origin: 'https://evil.example' })).toBe(403);
  expect(await statusWith(origin, '/v1/albums', { host: 'photoslibrary.example' })).toBe(401);
});
