/** The Picker API of the emulator: rules 34 to 38 and contract 8. Its replies are not in the Library's schema, so they are compared as they are. */
import { expect, test } from 'vitest';
import { type Harness, startHarness } from './harness.ts';

const raw = { unchecked: true };

async function session(self: Harness, body: object = {}) {
  return (await self.api('POST', '/v1/sessions', body, raw)).json;
}

/** What the page sends when the person presses Done. */
async function choose({ origin }: Harness, id: string, items: string[]): Promise<number> {
  const init = { method: 'POST', body: JSON.stringify({ items }) };
  return (await fetch(`${origin}/picker/${id}/done`, init)).status;
}

const list = (self: Harness, id: string, query = '', token?: string) =>
  self.api('GET', `/v1/mediaItems?sessionId=${id}${query}`, undefined, { ...raw, ...(token && { token }) });

test('a session while the person is choosing, and when they are done', async () => {
  const self = await startHarness({ now: () => Date.parse('2026-11-23T09:00:00Z') });
  const item = self.put();
  const created = await session(self);
  const { id } = created;
  expect(created).toEqual({
    id: expect.stringMatching(/^[\w-]{20,}$/),
    pickerUri: `${self.origin}/picker/${id}`,
    pollingConfig: { pollInterval: '5s', timeoutIn: '1800s' },
    expireTime: '2026-11-30T09:00:00Z',
    pickingConfig: { maxItemCount: '2000' },
  });
  self.emulator.advance(600);
  const waiting = (await self.api('GET', `/v1/sessions/${id}`, undefined, raw)).json;
  expect(waiting).toEqual({ ...created, pollingConfig: { pollInterval: '5s', timeoutIn: '1200s' } });
  expect(await choose(self, id, [item])).toBe(200);
  const done = (await self.api('GET', `/v1/sessions/${id}`, undefined, raw)).json;
  expect(done).toEqual({
    id,
    pickerUri: `${self.origin}/picker/${id}`,
    expireTime: '2026-11-30T09:00:00Z',
    pickingConfig: { maxItemCount: '2000' },
    mediaItemsSet: true,
  });
});

test('after timeoutIn, and after Cancel, it is "0s": stop asking', async () => {
  const self = await startHarness({ overrides: { pickerPollSeconds: 0.05 } });
  const [late, cancelled] = [await session(self), await session(self)];
  expect(late.pollingConfig.pollInterval).toBe('0.050s');
  await fetch(`${self.origin}/picker/${cancelled.id}/cancel`, { method: 'POST' });
  expect((await self.api('GET', `/v1/sessions/${cancelled.id}`, undefined, raw)).json.pollingConfig.timeoutIn).toBe(
    '0s',
  );
  self.emulator.advance(1800);
  expect((await self.api('GET', `/v1/sessions/${late.id}`, undefined, raw)).json.pollingConfig.timeoutIn).toBe('0s');
});

test('maxItemCount is an int64: a string out, string or number in, and it holds', async () => {
  const self = await startHarness();
  const [first, second] = [self.put(), self.put()];
  const one = await session(self, { pickingConfig: { maxItemCount: '1' } });
  expect(one.pickingConfig).toEqual({ maxItemCount: '1' });
  expect((await session(self, { picking_config: { max_item_count: 7 } })).pickingConfig).toEqual({ maxItemCount: '7' });
  expect(await choose(self, one.id, [first, second])).toBe(400);
  expect(await choose(self, one.id, [second])).toBe(200);
  expect(await choose(self, one.id, [first])).toBe(410);
  expect((await self.api('POST', '/v1/sessions', { pickingConfig: { maxItemCount: -1 } }, raw)).status).toBe(400);
});

test('requestId is a UUID of version 4', async () => {
  const self = await startHarness();
  const withId = (id: string) => self.api('POST', `/v1/sessions?requestId=${id}`, {}, raw);
  expect((await withId('8f14e45f-ceea-467f-a34e-1b2c3d4e5f60')).status).toBe(200);
  expect((await withId('8f14e45fceea467fa34e1b2c3d4e5f60')).status).toBe(400);
  expect((await withId('mail@example.com')).status).toBe(400);
});

test('rule 34: listed too early is FAILED_PRECONDITION', async () => {
  const self = await startHarness();
  const { id } = await session(self);
  const { status, json } = await list(self, id);
  expect([status, json.error.status]).toEqual([400, 'FAILED_PRECONDITION']);
});

test('rule 35: 50 by default, 1000 gives 100, −1 is refused', async () => {
  const self = await startHarness();
  const ids = Array.from({ length: 130 }, () => self.put());
  const { id } = await session(self);
  await choose(self, id, ids);
  expect((await list(self, id)).json.mediaItems).toHaveLength(50);
  const page = (await list(self, id, '&pageSize=1000')).json;
  expect(page.mediaItems).toHaveLength(100);
  const rest = (await list(self, id, `&pageSize=1000&pageToken=${page.nextPageToken}`)).json;
  expect(rest.mediaItems).toHaveLength(30);
  expect(rest).not.toHaveProperty('nextPageToken');
  expect(new Set([...page.mediaItems, ...rest.mediaItems].map((item: { id: string }) => item.id)).size).toBe(130);
  const { status, json } = await list(self, id, '&pageSize=-1');
  expect([status, json.error.status]).toEqual([400, 'INVALID_ARGUMENT']);
});

test('rule 36: an item in the Picker’s own form, numbers as numbers, in the order of choosing', async () => {
  const self = await startHarness();
  const photo = self.put({
    filename: 'IMG_0569.HEIC',
    mimeType: 'image/heic',
    photo: {
      cameraMake: 'Apple',
      cameraModel: 'iPhone X',
      focalLength: 6,
      apertureFNumber: 2.4,
      isoEquivalent: 16,
      exposureTime: 0.008,
    },
  });
  const video = self.put({
    filename: 'IMG_0570.MOV',
    mimeType: 'video/quicktime',
    width: 1920,
    height: 1080,
    photo: undefined,
    video: { fps: 30, durationSeconds: 12, readyAt: 0 },
  });
  const { id } = await session(self);
  await choose(self, id, [video, photo]);
  const { mediaItems } = (await list(self, id)).json;
  expect(mediaItems).toEqual([
    {
      id: expect.stringMatching(/^[\w-]{55,}$/),
      createTime: '2024-07-14T12:11:47Z',
      type: 'VIDEO',
      mediaFile: {
        baseUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/lr\/[\w-]+$/),
        mimeType: 'video/quicktime',
        filename: 'IMG_0570.MOV',
        mediaFileMetadata: { width: 1920, height: 1080, videoMetadata: { fps: 30, processingStatus: 'READY' } },
      },
    },
    {
      id: expect.stringMatching(/^[\w-]{55,}$/),
      createTime: '2024-07-14T12:11:47Z',
      type: 'PHOTO',
      mediaFile: {
        baseUrl: expect.any(String),
        mimeType: 'image/heic',
        filename: 'IMG_0569.HEIC',
        mediaFileMetadata: {
          width: 4032,
          height: 3024,
          cameraMake: 'Apple',
          cameraModel: 'iPhone X',
          photoMetadata: { focalLength: 6, apertureFNumber: 2.4, isoEquivalent: 16, exposureTime: '0.008s' },
        },
      },
    },
  ]);
});

test('ids stay from session to session, and the Library API does not know them', async () => {
  const self = await startHarness();
  const item = self.put();
  const ids: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    const { id } = await session(self);
    await choose(self, id, [item]);
    ids.push((await list(self, id)).json.mediaItems[0].id);
  }
  expect(ids[0]).toBe(ids[1]);
  expect(ids[0]).not.toBe(item);
  expect((await self.api('GET', `/v1/mediaItems/${ids[0]}`)).status).toBe(404);
});

test('rule 37: bytes only with a bearer that has the Picker’s scope; they expire within the hour', async () => {
  const self = await startHarness();
  const item = self.put({ width: 40, height: 30 });
  const { id } = await session(self);
  await choose(self, id, [item]);
  const { baseUrl } = (await list(self, id)).json.mediaItems[0].mediaFile;
  const status = async (suffix: string, token?: string) =>
    (await fetch(`${baseUrl}${suffix}`, token ? { headers: { authorization: `Bearer ${token}` } } : {})).status;
  expect(await status('=d')).toBe(403);
  expect(await status('=d', self.token(['photoslibrary.appendonly', 'photoslibrary.readonly.appcreateddata']))).toBe(
    403,
  );
  const picker = self.token(['photospicker.mediaitems.readonly']);
  expect(await status('=d', picker)).toBe(200);
  expect(await status('=w20-h20', picker)).toBe(200);
  expect(await status('', picker)).toBe(400);
  self.emulator.advance(3600);
  expect(await status('=d', picker)).toBe(403);
});

test('rule 38: deleted, expired, unknown and foreign sessions are not found', async () => {
  const self = await startHarness();
  const item = self.put();
  const [deleted, expired, foreign] = [await session(self), await session(self), await session(self)];
  await choose(self, deleted.id, [item]);
  expect((await self.api('DELETE', `/v1/sessions/${deleted.id}`, undefined, raw)).json).toEqual({});
  const stranger = self.token(['photospicker.mediaitems.readonly'], 'other-app');
  const statuses = async (id: string, token?: string) => {
    const options = { ...raw, ...(token && { token }) };
    const get = await self.api('GET', `/v1/sessions/${id}`, undefined, options);
    const remove = await self.api('DELETE', `/v1/sessions/${id}`, undefined, options);
    const listed = await list(self, id, '', token);
    return [get.status, remove.status, listed.status, get.json.error.status];
  };
  expect(await statuses(foreign.id, stranger)).toEqual([404, 404, 404, 'NOT_FOUND']);
  expect(await statuses(deleted.id)).toEqual([404, 404, 404, 'NOT_FOUND']);
  expect(await statuses('no-such-session')).toEqual([404, 404, 404, 'NOT_FOUND']);
  self.emulator.advance(7 * 86_400);
  expect(await statuses(expired.id)).toEqual([404, 404, 404, 'NOT_FOUND']);
  expect((await fetch(`${self.origin}/picker/${expired.id}`)).status).toBe(404);
});

test('who may not: another scope, an API that is off, no Photos account, too many sessions', async () => {
  const self = await startHarness({ overrides: { pickerSessions: 2 } });
  const create = (token?: string) => self.api('POST', '/v1/sessions', {}, { ...raw, ...(token && { token }) });
  const library = self.token(['photoslibrary.appendonly']);
  expect((await create(library)).json.error).toMatchObject({
    code: 403,
    message: 'Request had insufficient authentication scopes.',
    status: 'PERMISSION_DENIED',
  });
  expect((await create('nobody')).status).toBe(401);
  self.emulator.overrides.noPhotosAccount = true;
  expect((await create()).json.error).toMatchObject({ code: 400, status: 'FAILED_PRECONDITION' });
  self.emulator.overrides.noPhotosAccount = false;
  self.emulator.overrides.disabledApis = ['photospicker'];
  expect((await create()).json.error).toMatchObject({
    code: 403,
    message: expect.stringContaining('Google Photos Picker API has not been used in project'),
  });
  expect((await self.api('GET', '/v1/mediaItems')).status).toBe(200);
  self.emulator.overrides.disabledApis = [];
  const [first] = [await create(), await create()];
  expect((await create()).json.error).toMatchObject({ code: 429, status: 'RESOURCE_EXHAUSTED' });
  await self.api('DELETE', `/v1/sessions/${first?.json.id}`, undefined, raw);
  expect((await create()).status).toBe(200);
});

test('the list shares its path with the Library’s: sessionId tells them apart', async () => {
  const self = await startHarness();
  self.put();
  const picker = self.token(['photospicker.mediaitems.readonly']);
  expect((await self.api('GET', '/v1/mediaItems', undefined, { token: picker })).status).toBe(403);
  expect((await list(self, '', '', picker)).status).toBe(400);
  expect((await self.api('GET', '/v1/mediaItems')).json.mediaItems).toHaveLength(1);
  expect((await self.api('GET', '/v1/sessions/x/mediaItems', undefined, raw)).status).toBe(404);
  await session(self);
  const { methods } = (await self.control('GET', 'requests')).json;
  expect(methods).toMatchObject({
    'picker.sessions.create': 1,
    'picker.mediaItems.list': 1,
    'mediaItems.list': 2,
  });
});

test('faults strike by name', async () => {
  const self = await startHarness();
  await self.control('POST', 'faults', [{ method: 'picker.*', status: 503 }]);
  expect((await self.api('POST', '/v1/sessions', {}, raw)).status).toBe(503);
  await self.control('POST', 'faults', []);
  expect((await self.api('POST', '/v1/sessions', {}, raw)).status).toBe(200);
});

test('only what is in the person’s library can be chosen, and something must be', async () => {
  const self = await startHarness();
  const mine = self.put({ appProject: null });
  const theirs = self.put({ contributor: 'Somebody' });
  const { id } = await session(self);
  expect(await choose(self, id, [])).toBe(400);
  expect(await choose(self, id, [mine, theirs])).toBe(400);
  expect(await choose(self, id, ['unknown'])).toBe(400);
  expect(await choose(self, id, [mine, mine])).toBe(200);
  expect((await list(self, id)).json.mediaItems).toHaveLength(1);
});

test('reset forgets sessions', async () => {
  const self = await startHarness();
  const { id } = await session(self);
  await self.control('POST', 'reset');
  expect((await self.api('GET', `/v1/sessions/${id}`, undefined, raw)).status).toBe(404);
});
