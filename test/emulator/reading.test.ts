/** Reading: visibility, lists, pages (rules of contract 12.3 by number). */
import { expect, test } from 'vitest';
import { type Harness, png, startHarness } from './harness.ts';

const READ = 'photoslibrary.readonly.appcreateddata';
const UNKNOWN = 'x'.repeat(98);

const ids = (json: { mediaItems?: { id: string }[] }): string[] => (json.mediaItems ?? []).map(({ id }) => id);

/** All pages of a list, as ids a page. */
async function pages({ api }: Harness, path: string, verb = 'GET', body: object = {}): Promise<string[][]> {
  const found: string[][] = [];
  let pageToken: string | undefined;
  do {
    const { json } =
      verb === 'GET'
        ? await api('GET', `${path}${pageToken ? `&pageToken=${pageToken}` : ''}`)
        : await api('POST', path, { ...body, ...(pageToken ? { pageToken } : {}) });
    found.push((json.mediaItems ?? json.albums ?? []).map(({ id }: { id: string }) => id));
    pageToken = json.nextPageToken;
  } while (pageToken && found.length < 50);
  return found;
}

test('rule 2: a removed scope alone is not enough', async () => {
  const { api, token } = await startHarness();
  for (const scope of ['photoslibrary', 'photoslibrary.readonly', 'photoslibrary.sharing']) {
    const { status, json } = await api('POST', '/v1/mediaItems:search', {}, { token: token([scope]) });
    expect([status, json]).toEqual([
      403,
      { error: { code: 403, message: 'Request had insufficient authentication scopes.', status: 'PERMISSION_DENIED' } },
    ]);
  }
});

const A = 'photoslibrary.appendonly';
const E = 'photoslibrary.edit.appcreateddata';
test.each([
  ['POST', '/v1/albums', [A]],
  ['GET', '/v1/albums', [READ]],
  ['GET', `/v1/albums/${UNKNOWN}`, [READ]],
  ['PATCH', `/v1/albums/${UNKNOWN}?updateMask=title`, [E]],
  ['POST', `/v1/albums/${UNKNOWN}:addEnrichment`, [A, E]],
  ['POST', `/v1/albums/${UNKNOWN}:batchAddMediaItems`, [A, E]],
  ['POST', `/v1/albums/${UNKNOWN}:batchRemoveMediaItems`, [E]],
  ['POST', '/v1/mediaItems:batchCreate', [A]],
  ['GET', `/v1/mediaItems:batchGet?mediaItemIds=${UNKNOWN}`, [READ]],
  ['GET', `/v1/mediaItems/${UNKNOWN}`, [READ]],
  ['GET', '/v1/mediaItems', [READ]],
  ['PATCH', `/v1/mediaItems/${UNKNOWN}?updateMask=description`, [E]],
  ['POST', '/v1/mediaItems:search', [READ]],
])('%s %s opens to exactly %j', async (verb, path, opening) => {
  const { api, token } = await startHarness();
  for (const scope of [A, READ, E, 'photospicker.mediaitems.readonly']) {
    const { status } = await api(verb, path, verb === 'GET' ? undefined : {}, { token: token([scope]) });
    expect([scope, status === 403]).toEqual([scope, !opening.includes(scope)]);
  }
});

test('rule 3: no app-created items, an empty object', async () => {
  const { api, put, token } = await startHarness();
  put({ appProject: null });
  for (const [verb, path] of [
    ['GET', '/v1/mediaItems'],
    ['GET', '/v1/albums'],
    ['POST', '/v1/mediaItems:search'],
  ] as const) {
    const { status, json } = await api(verb, path, verb === 'POST' ? {} : undefined, { token: token([READ]) });
    expect([status, json]).toEqual([200, {}]);
  }
});

test('rule 4: what another project made is in no list and 404 by id', async () => {
  const { api, put, album, token } = await startHarness();
  const item = put({});
  const made = await album('Mine', [item]);
  const other = token([READ], 'other-app');
  expect((await api('GET', '/v1/mediaItems', undefined, { token: other })).json).toEqual({});
  expect((await api('POST', '/v1/mediaItems:search', {}, { token: other })).json).toEqual({});
  expect((await api('GET', '/v1/albums', undefined, { token: other })).json).toEqual({});
  for (const path of [`/v1/mediaItems/${item}`, `/v1/albums/${made}`]) {
    const { status, json } = await api('GET', path, undefined, { token: other });
    expect([status, json.error.status]).toEqual([404, 'NOT_FOUND']);
  }
  const inAlbum = await api('POST', '/v1/mediaItems:search', { albumId: made }, { token: other });
  expect(inAlbum.status).toBe(404);
});

test('malformed ids are 400, unknown ones 404', async () => {
  const { api } = await startHarness();
  const album = await api('GET', '/v1/albums/AF1QipMqX');
  expect([album.status, album.json.error.message]).toEqual([400, 'Invalid album ID.']);
  const search = await api('POST', '/v1/mediaItems:search', { albumId: 'AF1QipMqX' });
  expect([search.status, search.json.error.message]).toEqual([400, 'Invalid album ID.']);
  expect((await api('GET', '/v1/mediaItems/short')).status).toBe(400);
  expect((await api('GET', `/v1/albums/${UNKNOWN}`)).status).toBe(404);
  expect((await api('GET', `/v1/mediaItems/${UNKNOWN}`)).status).toBe(404);
});

test('lists are newest first, and every page follows the last', async () => {
  const self = await startHarness();
  const made = [3, 1, 2, 5, 4].map((day) => self.put({ captureTime: `2024-07-0${day}T10:00:00Z` }));
  const newestFirst = [made[3], made[4], made[0], made[2], made[1]];
  expect(await pages(self, '/v1/mediaItems?pageSize=2')).toEqual([
    newestFirst.slice(0, 2),
    newestFirst.slice(2, 4),
    newestFirst.slice(4),
  ]);
  expect(await pages(self, '/v1/mediaItems:search', 'POST', { pageSize: 3 })).toEqual([
    newestFirst.slice(0, 3),
    newestFirst.slice(3),
  ]);
});

test('pages go on where they stopped although items were added meanwhile', async () => {
  const { api, put } = await startHarness();
  const old = [1, 2, 3, 4].map((day) => put({ captureTime: `2024-07-0${day}T10:00:00Z` }));
  const first = await api('GET', '/v1/mediaItems?pageSize=2');
  put({ captureTime: '2025-01-01T00:00:00Z' });
  const between = put({ captureTime: '2024-07-01T11:00:00Z' });
  const second = await api('GET', `/v1/mediaItems?pageSize=2&pageToken=${first.json.nextPageToken}`);
  expect(ids(first.json)).toEqual([old[3], old[2]]);
  expect(ids(second.json)).toEqual([old[1], between]);
});

test.each([
  ['/v1/mediaItems', 25, 100],
  ['/v1/albums', 20, 50],
])('%s: %i by default, %i at most', async (path, standard, max) => {
  const { api, put, emulator } = await startHarness();
  for (let i = 0; i < 110; i += 1) {
    const id = put();
    emulator.state.albums.set(id, { id, title: String(i), appProject: 'demo-project', entries: [] });
  }
  const count = async (query: string): Promise<number> => {
    const { json } = await api('GET', `${path}${query}`);
    return (json.mediaItems ?? json.albums).length;
  };
  expect(await count('')).toBe(standard);
  expect(await count('?pageSize=0')).toBe(standard);
  expect(await count(`?pageSize=${max}`)).toBe(max);
  for (const size of [max + 1, -1]) {
    const { status, json } = await api('GET', `${path}?pageSize=${size}`);
    expect([status, json.error.status]).toEqual([400, 'INVALID_ARGUMENT']);
  }
});

test('rule 11: a page token holds for the same request only', async () => {
  const { api, put, album } = await startHarness();
  const items = Array.from({ length: 5 }, () => put());
  const made = await album('Five', items);
  const refused = async (call: Promise<{ status: number; json: { error: { message: string; status: string } } }>) => {
    const { status, json } = await call;
    expect([status, json.error.status, json.error.message]).toEqual([
      400,
      'INVALID_ARGUMENT',
      'When using a page token, you must use the same parameters as the previous request.',
    ]);
  };
  const list = (await api('GET', '/v1/mediaItems?pageSize=2')).json.nextPageToken;
  await refused(api('GET', `/v1/mediaItems?pageSize=3&pageToken=${list}`));
  await refused(api('GET', `/v1/mediaItems?pageToken=${list}`));
  await refused(api('POST', '/v1/mediaItems:search', { pageSize: 2, pageToken: list }));
  const search = (await api('POST', '/v1/mediaItems:search', { albumId: made, pageSize: 2 })).json.nextPageToken;
  await refused(api('POST', '/v1/mediaItems:search', { pageSize: 2, pageToken: search }));
  const filters = { includeArchivedMedia: true };
  await refused(api('POST', '/v1/mediaItems:search', { filters, pageSize: 2, pageToken: list }));
  expect((await api('GET', '/v1/mediaItems?pageSize=2&pageToken=nonsense')).status).toBe(400);
  expect(list).toMatch(/^[A-Za-z0-9_-]+$/);
});

test('rule 12: pages may come empty in the middle', async () => {
  const self = await startHarness({ overrides: { emptyPages: true } });
  const made = [1, 2, 3].map((day) => self.put({ captureTime: `2024-07-0${day}T10:00:00Z` }));
  const first = await self.api('GET', '/v1/mediaItems?pageSize=2');
  const second = await self.api('GET', `/v1/mediaItems?pageSize=2&pageToken=${first.json.nextPageToken}`);
  expect(second.json).toEqual({ nextPageToken: expect.any(String) });
  expect(await pages(self, '/v1/mediaItems?pageSize=2')).toEqual([[made[2], made[1]], [], [made[0]]]);
});

test('rule 13: an album of an exact multiple of the page size ends with an extra empty page', async () => {
  const self = await startHarness({ overrides: { extraEmptyPage: true } });
  const items = Array.from({ length: 4 }, () => self.put());
  const albumId = await self.album('Four', items);
  const body = { albumId, pageSize: 2 };
  expect(await pages(self, '/v1/mediaItems:search', 'POST', body)).toEqual([items.slice(0, 2), items.slice(2), []]);
  self.emulator.overrides.extraEmptyPage = false;
  expect(await pages(self, '/v1/mediaItems:search', 'POST', body)).toEqual([items.slice(0, 2), items.slice(2)]);
});

test('an override lets a page begin with the last element of the page before', async () => {
  const self = await startHarness({ overrides: { repeatLastItem: true } });
  const [a, b, c] = [1, 2, 3].map((n) => self.put({ captureTime: `2024-07-0${4 - n}T10:00:00Z` }));
  expect(await pages(self, '/v1/mediaItems?pageSize=2')).toEqual([
    [a, b],
    [b, c],
  ]);
});

test('rule 26: an empty album has neither count nor cover', async () => {
  const { api, album } = await startHarness();
  const { json } = await api('GET', `/v1/albums/${await album('Empty')}`);
  expect(Object.keys(json).sort()).toEqual(['coverPhotoBaseUrl', 'id', 'isWriteable', 'productUrl', 'title']);
});

test('rule 27: 64-bit integers are strings', async () => {
  const { api, put, album } = await startHarness();
  const item = put({ width: 4032, height: 3024, photo: { isoEquivalent: 16, focalLength: 6, exposureTime: 0.008 } });
  expect((await api('GET', `/v1/albums/${await album('One', [item])}`)).json).toMatchObject({
    mediaItemsCount: '1',
    coverPhotoMediaItemId: item,
  });
  expect((await api('GET', `/v1/mediaItems/${item}`)).json.mediaMetadata).toEqual({
    creationTime: '2024-07-14T12:11:47Z',
    width: '4032',
    height: '3024',
    photo: { isoEquivalent: 16, focalLength: 6, exposureTime: '0.008s' },
  });
});

test('rule 28: a new video is being processed, later ready', async () => {
  const { api, put, emulator } = await startHarness();
  const item = put({ mimeType: 'video/mp4', photo: undefined, video: { fps: 30, readyAt: Date.now() + 5000 } });
  const status = async () => (await api('GET', `/v1/mediaItems/${item}`)).json.mediaMetadata.video;
  expect(await status()).toEqual({ fps: 30, status: 'PROCESSING' });
  emulator.advance(6);
  expect(await status()).toEqual({ fps: 30, status: 'READY' });
});

test('rule 32: archived items show only when asked for, or in their album', async () => {
  const { api, put, album } = await startHarness();
  const item = put({ archived: true });
  const albumId = await album('Old', [item]);
  expect((await api('GET', '/v1/mediaItems')).json).toEqual({});
  expect((await api('POST', '/v1/mediaItems:search', {})).json).toEqual({});
  const asked = await api('POST', '/v1/mediaItems:search', { filters: { includeArchivedMedia: true } });
  expect(ids(asked.json)).toEqual([item]);
  expect(ids((await api('POST', '/v1/mediaItems:search', { albumId })).json)).toEqual([item]);
});

test('batchGet answers in order, with a status for each that is not to be had', async () => {
  const { api, put } = await startHarness();
  const [a, b, foreign] = [put(), put(), put({ appProject: 'other-app' })];
  const query = [b, UNKNOWN, 'short', foreign, a].map((id) => `mediaItemIds=${id}`).join('&');
  const { status, json } = await api('GET', `/v1/mediaItems:batchGet?${query}`);
  const bad = { status: { code: 3, message: 'Invalid media item ID.' } };
  expect(status).toBe(200);
  expect(json.mediaItemResults).toEqual([
    { mediaItem: expect.objectContaining({ id: b }) },
    bad,
    bad,
    bad,
    { mediaItem: expect.objectContaining({ id: a }) },
  ]);
});

test('batchGet takes 1 to 50 ids, none twice', async () => {
  const { api, put } = await startHarness();
  const many = Array.from({ length: 51 }, () => put());
  const get = (wanted: string[]) =>
    api('GET', `/v1/mediaItems:batchGet?${wanted.map((id) => `mediaItemIds=${id}`).join('&')}`);
  expect((await get(many.slice(0, 50))).json.mediaItemResults).toHaveLength(50);
  const tooMany = await get(many);
  expect([tooMany.status, tooMany.json.error.message]).toEqual([400, 'Request must have less than 50 items.']);
  expect((await get([])).status).toBe(400);
  expect((await get(many.slice(0, 1).concat(many.slice(0, 1)))).status).toBe(400);
});

test('albums.list keeps the order of creation and shows no enrichments', async () => {
  const self = await startHarness();
  const made = [await self.album('A'), await self.album('B'), await self.album('C')];
  expect(await pages(self, '/v1/albums?pageSize=2')).toEqual([made.slice(0, 2), made.slice(2)]);
});

test('isWriteable follows the scopes of who looks', async () => {
  const { api, album, token } = await startHarness();
  const id = await album('Mine');
  expect((await api('GET', `/v1/albums/${id}`)).json.isWriteable).toBe(true);
  expect((await api('GET', `/v1/albums/${id}`, undefined, { token: token([READ]) })).json.isWriteable).toBeUndefined();
});

test('a search in an album links into the album and keeps its order', async () => {
  const { api, put, album } = await startHarness();
  const items = [put({ captureTime: '2020-01-01T00:00:00Z' }), put({ captureTime: '2022-01-01T00:00:00Z' })];
  const albumId = await album('Two', items);
  const { json } = await api('POST', '/v1/mediaItems:search', { albumId });
  expect(ids(json)).toEqual(items);
  expect(json.mediaItems[0].productUrl).toBe(`https://photos.google.com/lr/album/${albumId}/photo/${items[0]}`);
});

test('an access token ends with its hour', async () => {
  const { api, token, emulator } = await startHarness();
  const short = token([READ]);
  const stored = emulator.state.accessTokens.get(short);
  if (stored) stored.expiresAt = Date.now() + 3_599_000;
  expect((await api('GET', '/v1/albums', undefined, { token: short })).status).toBe(200);
  emulator.advance(3600);
  expect((await api('GET', '/v1/albums', undefined, { token: short })).status).toBe(401);
});

test('the new item of a batchCreate has no base URL, the same item read has one', async () => {
  const { api, create } = await startHarness();
  const item = await create(png(1));
  expect(item.baseUrl).toBeUndefined();
  expect((await api('GET', `/v1/mediaItems/${item.id}`)).json.baseUrl).toMatch(/^http/);
});
