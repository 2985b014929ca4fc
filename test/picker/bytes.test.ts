/** Bytes of picked items (contract 8.5): fresh base URLs, the right suffix, the bearer for Google's hosts alone. */
import { expect, test } from 'vitest';
import { googleHosts, loopbackHosts } from '../../src/google/hosts.ts';
import { createPickedBytes } from '../../src/picker/bytes.ts';
import { safePickerUri, selfClosing } from '../../src/picker/link.ts';
import type { PickedItemEntry } from '../../src/results/types.ts';
import { clientOf, fakeClock, rejection, startScripted } from '../google/scripted.ts';
import { startPicking } from './harness.ts';

const BUDGET = { budgetMs: 50_000 };

async function pickAll(fixture: Awaited<ReturnType<typeof startPicking>>, ids: string[]) {
  const sessions = fixture.openSessions();
  const begun = await sessions.start({});
  await fixture.choose(begun.sessionId, ids);
  return { sessions, begun, items: await sessions.items(await sessions.wait(begun, BUDGET)) };
}

test('URLs are used as long as they are fresh, and listed again when they are 45 minutes old', async () => {
  const fixture = await startPicking();
  const { sessions, items } = await pickAll(fixture, fixture.photos(120));
  for (const item of items.slice(0, 3)) expect((await sessions.fetch(item)).status).toBe(200);
  expect((await fixture.requests())['picker.mediaItems.list']).toBe(2);
  await fixture.clock.sleep(45 * 60_000);
  await Promise.all(items.slice(0, 8).map((item) => sessions.fetch(item)));
  expect((await fixture.requests())['picker.mediaItems.list']).toBe(3);
  const last = items.at(-1);
  if (last) await sessions.fetch(last);
  expect((await fixture.requests())['picker.mediaItems.list']).toBe(4);
  expect((await fixture.requests())['media.bytes']).toBe(12);
});

test('a URL that is refused early is renewed once for all who had it', async () => {
  const fixture = await startPicking({ overrides: { baseUrlSeconds: 600 } });
  const { sessions, items } = await pickAll(fixture, fixture.photos(10));
  await fixture.clock.sleep(601_000);
  const replies = await Promise.all(items.map((item) => sessions.fetch(item)));
  expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect((await fixture.requests())['picker.mediaItems.list']).toBe(2);
});

test('after a restart any item is found, and no page is listed twice', async () => {
  const fixture = await startPicking();
  const { items } = await pickAll(fixture, fixture.photos(450));
  const before = (await fixture.requests())['picker.mediaItems.list'] ?? 0;
  const fresh = fixture.openSessions();
  for (const index of [449, 0, 250, 449]) {
    const item = items[index];
    if (item) expect((await fresh.fetch(item)).status).toBe(200);
  }
  expect(((await fixture.requests())['picker.mediaItems.list'] ?? 0) - before).toBe(5);
});

test('a page token that has died: the page is looked for from the start', async () => {
  const fixture = await startPicking();
  const { sessions, items } = await pickAll(fixture, fixture.photos(130));
  await fixture.clock.sleep(3600_000);
  await fixture.faults([{ method: 'picker.mediaItems.list', status: 400, count: 1 }]);
  const last = items.at(-1);
  if (!last) throw new Error('nothing picked');
  expect((await sessions.fetch(last)).status).toBe(200);
});

test('videos by =dv, only when they are ready; their still at any time', async () => {
  const fixture = await startPicking();
  const { sessions, items } = await pickAll(fixture, [fixture.video(fixture.clock.now() + 60_000)]);
  const [film] = items;
  if (!film) throw new Error('nothing picked');
  expect(film).toMatchObject({ type: 'video', videoStatus: 'PROCESSING' });
  expect(await rejection(sessions.fetch(film))).toMatchObject({
    reason: 'failedPrecondition',
    message: 'Google is still processing this video; try again in a few minutes',
  });
  await fixture.clock.sleep(61_000);
  const reply = await sessions.fetch(film);
  expect(reply.headers.get('content-type')).toBe('video/quicktime');
  const still = await sessions.fetchAt(film, '=w8-h8-no');
  expect(still.headers.get('content-type')).toBe('image/jpeg');
});

test('a session that has expired in the meantime says so, and asks Google once', async () => {
  const fixture = await startPicking();
  const { sessions, items } = await pickAll(fixture, fixture.photos(3));
  const before = (await fixture.requests())['picker.mediaItems.list'] ?? 0;
  await fixture.clock.sleep(7 * 86_400_000);
  for (const item of items) {
    expect(await rejection(sessions.fetch(item))).toMatchObject({
      reason: 'notFound',
      message: expect.stringContaining('pick it again with picker_pick'),
    });
  }
  expect(((await fixture.requests())['picker.mediaItems.list'] ?? 0) - before).toBe(1);
});

const item: PickedItemEntry = {
  kind: 'pickedItem',
  id: 'p',
  sessionId: 's',
  filename: 'a.jpg',
  type: 'photo',
  mimeType: 'image/jpeg',
};

test.each([
  'https://lh3.googleusercontent.com.evil.test/x',
  'https://x.bc.googleusercontent.com/x',
  'https://lh3.googleusercontent.com@evil.test/x',
  'https://me:secret@lh3.googleusercontent.com/x',
  'https://lh3.googleusercontent.com:8443/x',
  'http://lh3.googleusercontent.com/x',
  'https://evil.test/lh3.googleusercontent.com/x',
  'file:///etc/passwd',
  '',
])('a list that gives %j as the base URL gets neither token nor request there', async (baseUrl) => {
  const server = await startScripted({ json: { mediaItems: [{ id: 'p', type: 'PHOTO', mediaFile: { baseUrl } }] } });
  let asked = 0;
  const tokens = { accessToken: async () => `tok-${++asked}`, invalidate: () => undefined };
  const hosts = { ...googleHosts, picker: server.origin, bearer: [...googleHosts.bearer, server.origin] };
  const google = clientOf(server.origin, { hosts, tokens });
  const error = await rejection(createPickedBytes(google, fakeClock(), async () => '').fetch(item));
  expect(error).toMatchObject({ reason: 'unexpected', nothingHappened: true });
  expect(asked).toBe(1);
  expect(server.seen).toHaveLength(1);
});

test('the bearer goes with the first request, never with a redirect', async () => {
  const films = await startScripted({ text: 'film' });
  const evil = await startScripted({ text: 'evil' });
  const server = await startScripted();
  const address = { mediaItems: [{ id: 'p', type: 'PHOTO', mediaFile: { baseUrl: `${server.origin}/lr/x` } }] };
  const to = (origin: string) => ({ status: 302, headers: { location: `${origin}/film` } });
  const hosts = { ...loopbackHosts(server.origin), mediaRedirects: [films.origin] };
  const bytes = createPickedBytes(clientOf(server.origin, { hosts }), fakeClock(), async () => '');
  server.script({ json: address }, to(films.origin), to(evil.origin));
  expect(await (await bytes.fetch(item)).text()).toBe('film');
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer tok-1', 'Bearer tok-1']);
  expect(films.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  expect(await rejection(bytes.fetch(item))).toMatchObject({ reason: 'unexpected' });
  expect(evil.seen).toHaveLength(0);
});

test.each(['https://photos.google.com/picker/x', 'http://127.0.0.1:8080/picker/x', 'http://localhost:1/picker/x'])(
  '%s may be opened',
  (address) => expect(safePickerUri(address)).toBe(address),
);

test.each([
  undefined,
  'javascript:alert(1)',
  'file:///etc/passwd',
  'http://photos.google.com/picker/x',
  'https://photos.google.com.evil.test/x',
  'https://photos.google.com@evil.test/x',
  'https://user@photos.google.com/x',
  'https://evilgoogle.com/x',
  'vscode://x',
])('%s is never opened', (address) => {
  expect(() => safePickerUri(address)).toThrow(/not opened/);
});

test('the page that closes itself', () => {
  expect(selfClosing('https://photos.google.com/picker/x')).toBe('https://photos.google.com/picker/x/autoclose');
  expect(selfClosing('https://photos.google.com/picker/x?a=1')).toBe(
    'https://photos.google.com/picker/x/autoclose?a=1',
  );
});
