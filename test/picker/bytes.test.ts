/** Bytes of picked items (contract 8.5): fresh base URLs, the right suffix, the bearer for Google's hosts alone. */
import { expect, test } from 'vitest';
import { googleHosts, loopbackHosts } from '../../src/google/hosts.ts';
import { createPickedBytes } from '../../src/picker/bytes.ts';
import { safePickerUri, selfClosing } from '../../src/picker/link.ts';
import type { PickedItemEntry } from '../../src/results/types.ts';
import { clientOf, fakeClock, rejection, startScripted } from '../google/scripted.ts';
import { openDesk } from './harness.ts';

const PATIENCE = { patienceMs: 50_000 };

async function pickAll(desk: Awaited<ReturnType<typeof openDesk>>, ids: string[]) {
  const pickings = desk.pickings();
  const begun = await pickings.start({});
  await desk.choose(begun.sessionId, ids);
  return { pickings, begun, items: await pickings.items(await pickings.wait(begun, PATIENCE)) };
}

test('URLs are used as long as they are fresh, and listed again when they are 45 minutes old', async () => {
  const desk = await openDesk();
  const { pickings, items } = await pickAll(desk, desk.photos(120));
  for (const item of items.slice(0, 3)) expect((await pickings.fetch(item)).status).toBe(200);
  expect((await desk.requests())['picker.mediaItems.list']).toBe(2);
  await desk.clock.sleep(45 * 60_000);
  await Promise.all(items.slice(0, 8).map((item) => pickings.fetch(item)));
  expect((await desk.requests())['picker.mediaItems.list']).toBe(3);
  const last = items.at(-1);
  if (last) await pickings.fetch(last);
  expect((await desk.requests())['picker.mediaItems.list']).toBe(4);
  expect((await desk.requests())['media.bytes']).toBe(12);
});

test('a URL that is refused early is renewed once for all who had it', async () => {
  const desk = await openDesk({ overrides: { baseUrlSeconds: 600 } });
  const { pickings, items } = await pickAll(desk, desk.photos(10));
  await desk.clock.sleep(601_000);
  const replies = await Promise.all(items.map((item) => pickings.fetch(item)));
  expect(replies.map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect((await desk.requests())['picker.mediaItems.list']).toBe(2);
});

test('after a restart any item is found, and no page is listed twice', async () => {
  const desk = await openDesk();
  const { items } = await pickAll(desk, desk.photos(450));
  const before = (await desk.requests())['picker.mediaItems.list'] ?? 0;
  const fresh = desk.pickings();
  for (const index of [449, 0, 250, 449]) {
    const item = items[index];
    if (item) expect((await fresh.fetch(item)).status).toBe(200);
  }
  expect(((await desk.requests())['picker.mediaItems.list'] ?? 0) - before).toBe(5);
});

test('a page token that has died: the page is looked for from the start', async () => {
  const desk = await openDesk();
  const { pickings, items } = await pickAll(desk, desk.photos(130));
  await desk.clock.sleep(3600_000);
  await desk.faults([{ method: 'picker.mediaItems.list', status: 400, count: 1 }]);
  const last = items.at(-1);
  if (!last) throw new Error('nothing picked');
  expect((await pickings.fetch(last)).status).toBe(200);
});

test('videos by =dv, only when they are ready; their still at any time', async () => {
  const desk = await openDesk();
  const { pickings, items } = await pickAll(desk, [desk.video(desk.clock.now() + 60_000)]);
  const [film] = items;
  if (!film) throw new Error('nothing picked');
  expect(film).toMatchObject({ type: 'video', videoStatus: 'PROCESSING' });
  expect(await rejection(pickings.fetch(film))).toMatchObject({
    reason: 'failedPrecondition',
    message: 'Google is still processing this video; try again in a few minutes',
  });
  await desk.clock.sleep(61_000);
  const reply = await pickings.fetch(film);
  expect(reply.headers.get('content-type')).toBe('video/quicktime');
  const still = await pickings.fetchAt(film, '=w8-h8-no');
  expect(still.headers.get('content-type')).toBe('image/jpeg');
});

test('a session that has expired in the meantime says so, and asks Google once', async () => {
  const desk = await openDesk();
  const { pickings, items } = await pickAll(desk, desk.photos(3));
  const before = (await desk.requests())['picker.mediaItems.list'] ?? 0;
  await desk.clock.sleep(7 * 86_400_000);
  for (const item of items) {
    expect(await rejection(pickings.fetch(item))).toMatchObject({
      reason: 'notFound',
      message: expect.stringContaining('pick it again with picker_pick'),
    });
  }
  expect(((await desk.requests())['picker.mediaItems.list'] ?? 0) - before).toBe(1);
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
