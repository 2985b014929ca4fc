/** Writing: uploads into items, albums, enrichments (rules of contract 12.3 by number). */
import { expect, test } from 'vitest';
import { png, startHarness } from './harness.ts';

const UNKNOWN = 'x'.repeat(98);
const SUCCESS = { message: 'Success' };

const item = (uploadToken: string, fileName?: string, description?: string) => ({
  ...(description === undefined ? {} : { description }),
  simpleMediaItem: { uploadToken, ...(fileName === undefined ? {} : { fileName }) },
});

type Reply = { status: number; json: { error: { message: string; status: string } } };

function expectRefusal({ status, json }: Reply, message?: string): void {
  expect([status, json.error.status]).toEqual([400, 'INVALID_ARGUMENT']);
  if (message) expect(json.error.message).toBe(message);
}

async function entriesOf(self: Awaited<ReturnType<typeof startHarness>>, albumId: string): Promise<string[]> {
  const { json } = await self.control('GET', 'state');
  const album = json.albums.find(({ id }: { id: string }) => id === albumId);
  return album.entries.map(
    (entry: { mediaItemId?: string; enrichmentId?: string }) => entry.mediaItemId ?? entry.enrichmentId,
  );
}

test('uploads become items, in the order of the request', async () => {
  const { api, upload } = await startHarness();
  const [a, b] = [await upload(png(1)), await upload(png(2), 'from-header.png')];
  const newMediaItems = [item(a, 'a.png', 'First'), item(b)];
  const { status, json } = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems });
  expect(status).toBe(200);
  expect(json.newMediaItemResults).toEqual([
    {
      uploadToken: a,
      status: SUCCESS,
      mediaItem: {
        id: expect.stringMatching(/^[A-Za-z0-9_-]{98}$/),
        description: 'First',
        productUrl: expect.stringMatching(/^https:\/\/photos\.google\.com\/lr\/photo\//),
        mimeType: 'image/png',
        mediaMetadata: { creationTime: expect.any(String), width: '1', height: '1', photo: {} },
        filename: 'a.png',
      },
    },
    { uploadToken: b, status: SUCCESS, mediaItem: expect.objectContaining({ filename: 'from-header.png' }) },
  ]);
});

test('rule 14: fifty at once, not fifty-one', async () => {
  const { api, upload } = await startHarness();
  const tokens = await Promise.all(Array.from({ length: 50 }, (_, n) => upload(png(n))));
  const newMediaItems = tokens.map((token) => item(token));
  const tooMany = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems: [...newMediaItems, item('t')] });
  expectRefusal(tooMany, 'Request must have less than 50 items.');
  const { status, json } = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems });
  expect([status, json.newMediaItemResults.length]).toEqual([200, 50]);
});

test('a batchCreate of nothing is refused', async () => {
  const { api } = await startHarness();
  expectRefusal(await api('POST', '/v1/mediaItems:batchCreate', {}));
});

test('rule 15: a position needs an album', async () => {
  const { api, upload } = await startHarness();
  const newMediaItems = [item(await upload(png(1)))];
  const albumPosition = { position: 'LAST_IN_ALBUM' };
  expectRefusal(await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems, albumPosition }));
});

test('rule 16: bytes that are no picture fail alone, and the others come through', async () => {
  const { api, upload, emulator } = await startHarness();
  const bad = await upload(new TextEncoder().encode('This is a letter, not a photo.'), 'photo.jpg');
  const good = await upload(png(1));
  const mixed = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems: [item(bad), item(good)] });
  expect(mixed.status).toBe(207);
  expect(mixed.json.newMediaItemResults[0]).toEqual({
    uploadToken: bad,
    status: { code: 3, message: 'BAD_IMAGE: There was an error while trying to create this media item.' },
  });
  expect(mixed.json.newMediaItemResults[1].status).toEqual(SUCCESS);

  const allBad = [item(await upload(new TextEncoder().encode('more text')))];
  const failed = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems: allBad });
  expect([failed.status, failed.json.newMediaItemResults[0].status.code]).toEqual([200, 3]);

  emulator.overrides.partialStatus = 200;
  const again = [item(await upload(new TextEncoder().encode('text'))), item(await upload(png(2)))];
  expect((await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems: again })).status).toBe(200);
});

test('rule 17: the same bytes are the same item, under their first name', async () => {
  const { api, create, album } = await startHarness();
  const first = await create(png(1), 'first.png', {});
  const albumId = await album('A');
  const second = await create(png(1), 'second.png', { albumId });
  expect([second.id, second.filename]).toEqual([first.id, 'first.png']);
  expect((await api('GET', '/v1/mediaItems')).json.mediaItems).toHaveLength(1);
  expect((await api('POST', '/v1/mediaItems:search', { albumId })).json.mediaItems).toHaveLength(1);
});

test('overrides: a duplicate is code 6, or another item', async () => {
  const { api, create, upload, emulator } = await startHarness();
  const first = await create(png(1));
  emulator.overrides.dedup = 'alreadyExists';
  const newMediaItems = [item(await upload(png(1)))];
  const { json } = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems });
  expect(json.newMediaItemResults[0].status).toEqual({
    code: 6,
    message: 'EXISTS: There was an error while trying to create this media item.',
  });
  emulator.overrides.dedup = 'off';
  expect((await create(png(1))).id).not.toBe(first.id);
});

test('rule 18: a write that meets another is 429', async () => {
  const { api } = await startHarness({ latencyMs: 80 });
  const both = await Promise.all(['A', 'B'].map((title) => api('POST', '/v1/albums', { album: { title } })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 429]);
  expect(both.find(({ status }) => status === 429)?.json).toEqual({
    error: {
      code: 429,
      message: "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.",
      status: 'RESOURCE_EXHAUSTED',
    },
  });
  expect((await api('POST', '/v1/albums', { album: { title: 'C' } })).status).toBe(200);
});

test('rule 18 holds without latency too, and reads and uploads run beside a write', async () => {
  const { api, upload } = await startHarness();
  const write = () => api('POST', '/v1/albums', { album: { title: 'A' } });
  const [one, two, read, token] = await Promise.all([write(), write(), api('GET', '/v1/albums'), upload(png(1))]);
  expect([one.status, two.status].sort()).toEqual([200, 429]);
  expect(read.status).toBe(200);
  expect(token.length).toBeGreaterThan(100);
});

test('rule 19 (and 5.4): tokens that are old, used, unknown or of another app fail alone', async () => {
  const { api, upload, emulator, token } = await startHarness();
  const old = await upload(png(1));
  emulator.advance(86_401);
  const other = token(['photoslibrary.appendonly'], 'other-app');
  const foreign = await upload(png(2), undefined, other);
  const used = await upload(png(3));
  await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems: [item(used)] });
  const newMediaItems = [old, foreign, used, 'unknown'].map((uploadToken) => item(uploadToken));
  const { status, json } = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems });
  expect(status).toBe(200);
  const codes = json.newMediaItemResults.map((result: { status: { code: number } }) => result.status.code);
  expect(codes).toEqual([3, 3, 3, 3]);
});

test('rule 20: one blank upload token spoils the request', async () => {
  const { api, upload } = await startHarness();
  const good = item(await upload(png(1)));
  for (const bad of [item(''), item('  '), { description: 'x' }]) {
    const reply = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems: [good, bad] });
    expectRefusal(reply, 'Request must contain a valid upload token.');
  }
  expect((await api('GET', '/v1/mediaItems')).json).toEqual({});
});

test('descriptions of 1000 characters, names of 255', async () => {
  const { api, upload } = await startHarness();
  const create = async (fileName: string, description: string) =>
    api('POST', '/v1/mediaItems:batchCreate', { newMediaItems: [item(await upload(png(1)), fileName, description)] });
  expectRefusal(await create('a.png', 'ö'.repeat(1001)));
  expectRefusal(await create('a'.repeat(256), ''));
  expect((await create('ö'.repeat(255), '🙂'.repeat(1000))).status).toBe(200);
});

test('the file name of batchCreate goes before that of the upload', async () => {
  const { api, upload } = await startHarness();
  const newMediaItems = [item(await upload(png(1), 'header.png'), 'body.png')];
  const { json } = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems });
  expect(json.newMediaItemResults[0].mediaItem.filename).toBe('body.png');
});

test('a full account refuses the whole request', async () => {
  const { api, upload, emulator } = await startHarness();
  emulator.overrides.storageFull = true;
  const reply = await api('POST', '/v1/mediaItems:batchCreate', { newMediaItems: [item(await upload(png(1)))] });
  expect(reply.status).toBe(400);
  expect(reply.json.error.message).toContain("The remaining storage in the user's account is not enough");
});

test('batchCreate puts items into an album, at the position given', async () => {
  const self = await startHarness();
  const { api, upload, put, album } = self;
  const [a, b] = [put(), put()];
  const albumId = await album('A', [a, b]);
  const insert = async (albumPosition: object | undefined, ...numbers: number[]): Promise<string[]> => {
    const newMediaItems = [];
    for (const n of numbers) newMediaItems.push(item(await upload(png(n))));
    const { json } = await api('POST', '/v1/mediaItems:batchCreate', { albumId, newMediaItems, albumPosition });
    return json.newMediaItemResults.map((result: { mediaItem: { id: string } }) => result.mediaItem.id);
  };
  const [c, d] = await insert({ position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: a }, 1, 2);
  const [e] = await insert({ position: 'FIRST_IN_ALBUM' }, 3);
  const [f] = await insert(undefined, 4);
  const [g] = await insert({ position: 'LAST_IN_ALBUM' }, 5);
  expect(await entriesOf(self, albumId)).toEqual([e, a, c, d, b, f, g]);
});

test('batchCreate into an album that is not the app’s is 400, and nothing is made', async () => {
  const { api, upload, emulator } = await startHarness();
  const id = 'f'.repeat(76);
  emulator.state.albums.set(id, { id, title: 'Foreign', appProject: null, entries: [] });
  const newMediaItems = [item(await upload(png(1)))];
  const reply = await api('POST', '/v1/mediaItems:batchCreate', { albumId: id, newMediaItems });
  expectRefusal(reply, 'No permission to add media items to this album.');
  expectRefusal(
    await api('POST', '/v1/mediaItems:batchCreate', { albumId: 'bad', newMediaItems }),
    'Invalid album ID.',
  );
  expect((await api('GET', '/v1/mediaItems')).json).toEqual({});
});

test('albumId "" means no album', async () => {
  const { create } = await startHarness();
  expect((await create(png(1), 'a.png', { albumId: '' })).filename).toBe('a.png');
});

test('album titles: 500 characters, not 501, not none', async () => {
  const { api } = await startHarness();
  expect((await api('POST', '/v1/albums', { album: { title: 'x'.repeat(500) } })).status).toBe(200);
  expectRefusal(await api('POST', '/v1/albums', { album: { title: 'x'.repeat(501) } }));
  for (const body of [{}, { album: {} }, { album: { title: '' } }])
    expectRefusal(await api('POST', '/v1/albums', body));
});

test('two albums may have one title', async () => {
  const { album, api } = await startHarness();
  expect(await album('Trip')).not.toBe(await album('Trip'));
  expect((await api('GET', '/v1/albums')).json.albums).toHaveLength(2);
});

test('batchAdd appends in order; what is there stays where it is', async () => {
  const self = await startHarness();
  const [a, b, c] = [self.put(), self.put(), self.put()];
  const albumId = await self.album('A', [b]);
  const path = `/v1/albums/${albumId}:batchAddMediaItems`;
  const { status, json } = await self.api('POST', path, { mediaItemIds: [c, b, a, c] });
  expect([status, json]).toEqual([200, {}]);
  expect(await entriesOf(self, albumId)).toEqual([b, c, a]);
});

test('rule 21: one foreign id, and the album stays as it was', async () => {
  const self = await startHarness();
  const [own, foreign, phone] = [self.put(), self.put({ appProject: 'other-app' }), self.put({ appProject: null })];
  const albumId = await self.album('A');
  for (const bad of [foreign, phone, UNKNOWN, 'short']) {
    const reply = await self.api('POST', `/v1/albums/${albumId}:batchAddMediaItems`, { mediaItemIds: [own, bad] });
    expectRefusal(reply, 'Request contains an invalid media item id.');
  }
  expect(await entriesOf(self, albumId)).toEqual([]);
});

test('batchAdd to a foreign album is 400, not 403', async () => {
  const { api, put, album, token } = await startHarness();
  const albumId = await album('Demo’s');
  const mine = put({ appProject: 'other-app' });
  const other = token(['photoslibrary.appendonly'], 'other-app');
  const reply = await api(
    'POST',
    `/v1/albums/${albumId}:batchAddMediaItems`,
    { mediaItemIds: [mine] },
    { token: other },
  );
  expectRefusal(reply, 'No permission to add media items to this album.');
});

test('batchAdd takes 1 to 50', async () => {
  const { api, put, album } = await startHarness();
  const many = Array.from({ length: 51 }, () => put());
  const path = `/v1/albums/${await album('A')}:batchAddMediaItems`;
  expectRefusal(await api('POST', path, { mediaItemIds: many }), 'Request must have less than 50 items.');
  expectRefusal(await api('POST', path, {}));
  expect((await api('POST', path, { mediaItemIds: many.slice(1) })).status).toBe(200);
});

test('batchRemove takes out of the album, not out of the library', async () => {
  const self = await startHarness();
  const [a, b, c] = [self.put(), self.put(), self.put()];
  const albumId = await self.album('A', [a, b, c]);
  const path = `/v1/albums/${albumId}:batchRemoveMediaItems`;
  const { status, json } = await self.api('POST', path, { mediaItemIds: [c, a] });
  expect([status, json]).toEqual([200, {}]);
  expect(await entriesOf(self, albumId)).toEqual([b]);
  expect((await self.api('GET', `/v1/mediaItems/${a}`)).status).toBe(200);
});

test('rule 22: batchRemove of nothing, of one thing twice, of what is not there', async () => {
  const self = await startHarness();
  const [a, b, outside] = [self.put(), self.put(), self.put()];
  const albumId = await self.album('A', [a, b]);
  const remove = (mediaItemIds: string[]) =>
    self.api('POST', `/v1/albums/${albumId}:batchRemoveMediaItems`, { mediaItemIds });
  expectRefusal(await remove([]));
  expectRefusal(await remove([a, a]));
  expectRefusal(await remove([a, outside]), 'Request contains an invalid media item id.');
  expect(await entriesOf(self, albumId)).toEqual([a, b]);
});

test('rule 23: an album of 20,000 takes no more', async () => {
  const { api, put, upload, album, emulator } = await startHarness();
  const albumId = await album('Full');
  const stored = emulator.state.albums.get(albumId);
  stored?.entries.push(...Array.from({ length: 19_999 }, (_, n) => ({ mediaItemId: `m${n}` })));
  const [a, b] = [put(), put()];
  const add = (mediaItemIds: string[]) => api('POST', `/v1/albums/${albumId}:batchAddMediaItems`, { mediaItemIds });
  expectRefusal(await add([a, b]));
  expect((await add([a])).status).toBe(200);
  expectRefusal(await add([b]));
  const newMediaItems = [item(await upload(png(1)))];
  expectRefusal(await api('POST', '/v1/mediaItems:batchCreate', { albumId, newMediaItems }));
  const newEnrichmentItem = { textEnrichment: { text: 'x' } };
  const albumPosition = { position: 'FIRST_IN_ALBUM' };
  expectRefusal(await api('POST', `/v1/albums/${albumId}:addEnrichment`, { newEnrichmentItem, albumPosition }));
});

test('a cover that is taken out gives way to the first item', async () => {
  const { api, put, album } = await startHarness();
  const [a, b] = [put(), put()];
  const albumId = await album('A', [a, b]);
  await api('PATCH', `/v1/albums/${albumId}?updateMask=coverPhotoMediaItemId`, { coverPhotoMediaItemId: b });
  expect((await api('GET', `/v1/albums/${albumId}`)).json.coverPhotoMediaItemId).toBe(b);
  await api('POST', `/v1/albums/${albumId}:batchRemoveMediaItems`, { mediaItemIds: [b] });
  expect((await api('GET', `/v1/albums/${albumId}`)).json.coverPhotoMediaItemId).toBe(a);
});

test.each([
  ['title', { title: 'New' }, { title: 'New' }],
  ['coverPhotoMediaItemId', { coverPhotoMediaItemId: 'B' }, { coverPhotoMediaItemId: 'B' }],
  ['cover_photo_media_item_id', { coverPhotoMediaItemId: 'B' }, { coverPhotoMediaItemId: 'B' }],
  [
    'title,coverPhotoMediaItemId',
    { title: 'New', coverPhotoMediaItemId: 'B' },
    { title: 'New', coverPhotoMediaItemId: 'B' },
  ],
  [
    'title&updateMask=cover_photo_media_item_id',
    { title: 'New', coverPhotoMediaItemId: 'B' },
    { title: 'New', coverPhotoMediaItemId: 'B' },
  ],
  ['title', { title: 'New', coverPhotoMediaItemId: 'B' }, { title: 'New', coverPhotoMediaItemId: 'A' }],
])('albums.patch with updateMask=%s', async (mask, body, expected) => {
  const { api, put, album } = await startHarness();
  const byName: Record<string, string> = { A: put(), B: put() };
  const albumId = await album('Old', Object.values(byName));
  const real = (fields: object) => JSON.parse(JSON.stringify(fields), (_, value) => byName[value] ?? value);
  const { status, json } = await api('PATCH', `/v1/albums/${albumId}?updateMask=${mask}`, real(body));
  expect(status).toBe(200);
  expect(json).toMatchObject(real(expected));
});

test('a whole album may be sent back in a patch', async () => {
  const { api, album } = await startHarness();
  const { json } = await api('GET', `/v1/albums/${await album('Old')}`);
  const patched = await api('PATCH', `/v1/albums/${json.id}?updateMask=title`, { ...json, title: 'New' });
  expect(patched.json).toMatchObject({ id: json.id, title: 'New' });
});

test('rule 24: a patch without a mask, or with a wrong one', async () => {
  const { api, put, album } = await startHarness();
  const albumId = await album('Old');
  for (const query of ['', '?updateMask=', '?updateMask=isWriteable', '?updateMask=title,nothing', '?updateMask=*']) {
    expectRefusal(await api('PATCH', `/v1/albums/${albumId}${query}`, { title: 'New' }));
    expectRefusal(await api('PATCH', `/v1/mediaItems/${put()}${query}`, { description: 'New' }));
  }
  expect((await api('GET', `/v1/albums/${albumId}`)).json.title).toBe('Old');
});

test('rule 25: the cover comes from the album', async () => {
  const { api, put, album } = await startHarness();
  const albumId = await album('A', [put()]);
  for (const coverPhotoMediaItemId of [put(), UNKNOWN, '']) {
    expectRefusal(
      await api('PATCH', `/v1/albums/${albumId}?updateMask=coverPhotoMediaItemId`, { coverPhotoMediaItemId }),
    );
  }
});

test('an album that the app did not make cannot be patched', async () => {
  const { api, emulator } = await startHarness();
  const id = 'f'.repeat(76);
  emulator.state.albums.set(id, { id, title: 'Foreign', appProject: null, entries: [] });
  const { status, json } = await api('PATCH', `/v1/albums/${id}?updateMask=title`, { title: 'Mine' });
  expect([status, json.error.status]).toEqual([403, 'PERMISSION_DENIED']);
});

test('descriptions are set, cleared, limited', async () => {
  const { api, put } = await startHarness();
  const path = `/v1/mediaItems/${put()}?updateMask=description`;
  expect((await api('PATCH', path, { description: 'On the beach' })).json.description).toBe('On the beach');
  expectRefusal(await api('PATCH', path, { description: 'x'.repeat(1001) }));
  expect((await api('PATCH', path, { description: 'x'.repeat(1000) })).status).toBe(200);
  expect((await api('PATCH', path, {})).json.description).toBeUndefined();
});

test('rule 33: enrichments have ids, are listed nowhere, and others can stand after them', async () => {
  const self = await startHarness();
  const [a, b] = [self.put(), self.put()];
  const albumId = await self.album('A', [a, b]);
  const add = async (newEnrichmentItem: object, albumPosition: object): Promise<string> => {
    const { status, json } = await self.api('POST', `/v1/albums/${albumId}:addEnrichment`, {
      newEnrichmentItem,
      albumPosition,
    });
    expect(status).toBe(200);
    expect(json).toEqual({ enrichmentItem: { id: expect.stringMatching(/^[A-Za-z0-9_-]{55,}$/) } });
    return json.enrichmentItem.id;
  };
  const place = { locationName: 'Alfama', latlng: { latitude: 38.71, longitude: -9.13 } };
  const text = await add({ textEnrichment: { text: 'Day one' } }, { position: 'FIRST_IN_ALBUM' });
  const location = await add(
    { locationEnrichment: { location: place } },
    { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: a },
  );
  const map = await add(
    { mapEnrichment: { origin: place, destination: { locationName: 'Belém' } } },
    { position: 'AFTER_ENRICHMENT_ITEM', relativeEnrichmentItemId: location },
  );
  const last = await add({ textEnrichment: { text: 'The end' } }, { position: 'LAST_IN_ALBUM' });
  expect(await entriesOf(self, albumId)).toEqual([text, a, location, map, b, last]);
  const listed = await self.api('POST', '/v1/mediaItems:search', { albumId });
  expect(listed.json.mediaItems.map(({ id }: { id: string }) => id)).toEqual([a, b]);
  expect((await self.api('GET', `/v1/albums/${albumId}`)).json.mediaItemsCount).toBe('2');
  const { json: state } = await self.control('GET', 'state');
  expect(state.albums[0].entries[2]).toEqual({ enrichmentId: location, location: place });
});

test('items can stand after an enrichment', async () => {
  const self = await startHarness();
  const a = self.put();
  const albumId = await self.album('A', [a]);
  const added = await self.api('POST', `/v1/albums/${albumId}:addEnrichment`, {
    newEnrichmentItem: { textEnrichment: { text: 'Day one' } },
    albumPosition: { position: 'FIRST_IN_ALBUM' },
  });
  const relativeEnrichmentItemId = added.json.enrichmentItem.id;
  const albumPosition = { position: 'AFTER_ENRICHMENT_ITEM', relativeEnrichmentItemId };
  const made = await self.create(png(1), 'a.png', { albumId, albumPosition });
  expect(await entriesOf(self, albumId)).toEqual([relativeEnrichmentItemId, made.id, a]);
});

const TEXT = { textEnrichment: { text: 'Day one' } };
const FIRST = { position: 'FIRST_IN_ALBUM' };
test.each([
  ['no enrichment', {}, FIRST],
  ['two at once', { ...TEXT, locationEnrichment: { location: { locationName: 'x' } } }, FIRST],
  ['an empty text', { textEnrichment: { text: '' } }, FIRST],
  ['1001 characters', { textEnrichment: { text: 'x'.repeat(1001) } }, FIRST],
  ['an empty location', { locationEnrichment: {} }, FIRST],
  ['latitude 91', { locationEnrichment: { location: { latlng: { latitude: 91, longitude: 0 } } } }, FIRST],
  ['a map without destination', { mapEnrichment: { origin: { locationName: 'x' } } }, FIRST],
  ['no position', TEXT, undefined],
  ['an anchor that is not there', TEXT, { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId: UNKNOWN }],
  ['an anchor left out', TEXT, { position: 'AFTER_ENRICHMENT_ITEM' }],
  ['an anchor too many', TEXT, { position: 'FIRST_IN_ALBUM', relativeMediaItemId: UNKNOWN }],
  ['an unknown position', TEXT, { position: 'BEFORE_MEDIA_ITEM' }],
])('addEnrichment with %s is refused', async (_, newEnrichmentItem, albumPosition) => {
  const { api, album } = await startHarness();
  const path = `/v1/albums/${await album('A')}:addEnrichment`;
  expectRefusal(await api('POST', path, { newEnrichmentItem, albumPosition }));
});
