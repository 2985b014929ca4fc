/** More items than one request takes: in order, and honest about what was done when a later batch fails. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { UploadSource } from '../../src/google/google.ts';
import { type System, startSystem } from '../harness/system.ts';

let system: System;
let ids: string[];
let albumId: string;
beforeAll(async () => {
  system = await startSystem({ emulator: { library: 130 } });
  ids = (await system.library()).mediaItems.map(({ id }: { id: string }) => id);
});
afterAll(() => system.stop());
beforeEach(async () => {
  albumId = (await system.ok('albums_create', { title: 'Batches' })).data.album.id;
});

/** As long as real ones, and made by no app. */
const FOREIGN = `AF1QipForeign${'x'.repeat(80)}`;

const entriesOf = async (id: string): Promise<string[]> =>
  (await system.library()).albums
    .find((album: { id: string }) => album.id === id)
    .entries.map(({ mediaItemId }: { mediaItemId: string }) => mediaItemId);

/** The first request of a method goes through, what follows is struck. */
const strikeSecond = (method: string, fault: Record<string, unknown>) =>
  system.control('faults', [
    { method, count: 1, latencyMs: 1 },
    { method, ...fault },
  ]);

test('an id that Google refuses in the second batch is named, and what is to be left out', async () => {
  const mediaItemIds = [...ids.slice(0, 72), FOREIGN, ...ids.slice(72, 120)];
  const reply = await system.call('albums_batch_add_media_items', { albumId, mediaItemIds });
  expect(reply).toMatchObject({ isError: true, data: { error: { code: 'partlyDone', status: 'INVALID_ARGUMENT' } } });
  expect(reply.text).toBe(
    'INVALID_ARGUMENT: Request contains an invalid media item id. That was items 51 to 100 of 121; items 1 to 50 are done.\n' +
      'Of items 51 to 100 none is done. Leave out item 73, which this app cannot see, then call again with the others of items 51 to 121.',
  );
  expect(await entriesOf(albumId)).toEqual(ids.slice(0, 50));
  await system.ok('albums_batch_add_media_items', { albumId, mediaItemIds: ids.slice(50, 120) });
  expect(await entriesOf(albumId)).toEqual(ids.slice(0, 120));
});

test('what cannot be found out is not made up: items that exist, and are not in the album', async () => {
  await system.ok('albums_batch_add_media_items', { albumId, mediaItemIds: ids.slice(0, 60) });
  const reply = await system.call('albums_batch_remove_media_items', { albumId, mediaItemIds: ids.slice(0, 70) });
  expect(reply.text).toBe(
    'INVALID_ARGUMENT: Request contains an invalid media item id. That was items 51 to 70 of 70; items 1 to 50 are done.\n' +
      'Of items 51 to 70 none is done. Leave out what Google refused: media_items_search with the albumId shows what the album has, then call again with the others of items 51 to 70.',
  );
  expect(await entriesOf(albumId)).toEqual(ids.slice(50, 60));
});

test('a failure in the first batch is told as it is', async () => {
  const reply = await system.call('albums_batch_add_media_items', { albumId, mediaItemIds: [FOREIGN, ...ids] });
  expect(reply).toMatchObject({ isError: true, data: { error: { code: 'invalid', status: 'INVALID_ARGUMENT' } } });
  expect(reply.text).toMatch(/^INVALID_ARGUMENT: Request contains an invalid media item id\.\nCorrect the call\./);
});

test('a quota in the second batch says when to call again, and with what', async () => {
  await strikeSecond('albums.batchAddMediaItems', { status: 429, retryAfter: 40_000 });
  const reply = await system.call('albums_batch_add_media_items', { albumId, mediaItemIds: ids });
  await system.control('faults', []);
  expect(reply).toMatchObject({
    isError: true,
    data: { error: { code: 'partlyDone', status: 'RESOURCE_EXHAUSTED', retryable: true } },
  });
  const [first, second] = reply.text.split('\n');
  expect(first).toMatch(/^RESOURCE_EXHAUSTED: .* That was items 51 to 100 of 130; items 1 to 50 are done\.$/);
  expect(second).toBe('Call again in 12 hours. Then only with items 51 to 130.');
});

test('a lost answer in the second batch is not taken for a failure', async () => {
  await system.ok('albums_batch_add_media_items', { albumId, mediaItemIds: ids.slice(0, 60) });
  await strikeSecond('albums.batchRemoveMediaItems', { failure: 'resetAfter', count: 1 });
  const reply = await system.call('albums_batch_remove_media_items', { albumId, mediaItemIds: ids.slice(0, 51) });
  await system.control('faults', []);
  expect(reply).toMatchObject({ isError: true, data: { error: { code: 'partlyDone', retryable: false } } });
  expect(reply.text).toContain('That was item 51 of 51; items 1 to 50 are done.\n');
  expect(reply.text).toContain('It may have been done all the same: look before calling again.');
  expect(reply.text).toMatch(/ Then only with item 51\.$/);
});

test('more than fifty new items stand in the album in the order given, at the place given', async () => {
  await system.ok('albums_batch_add_media_items', { albumId, mediaItemIds: ids.slice(0, 2) });
  const plain = await readFile(new URL('../fixtures/media/plain.jpg', import.meta.url));
  const newMediaItems: { uploadToken: string; fileName: string }[] = [];
  for (let n = 1; n <= 53; n++) {
    const uploadToken = await system.services.google.upload(sourceOf(Buffer.concat([plain, Buffer.from([n])])));
    newMediaItems.push({ uploadToken, fileName: `new-${n}.jpg` });
  }
  const before = (await system.requests())['mediaItems.batchCreate'] ?? 0;
  await system.ok('media_items_batch_create', { newMediaItems, albumId, position: 'FIRST_IN_ALBUM' });
  expect((await system.requests())['mediaItems.batchCreate']).toBe(before + 2);
  const { mediaItems } = await system.library();
  const names = new Map(mediaItems.map(({ id, filename }: { id: string; filename: string }) => [id, filename]));
  const entries = await entriesOf(albumId);
  expect(entries.slice(0, 53).map((id) => names.get(id))).toEqual(newMediaItems.map(({ fileName }) => fileName));
  expect(entries.slice(53)).toEqual(ids.slice(0, 2));
});

const sourceOf = (bytes: Buffer): UploadSource => ({
  size: bytes.length,
  mimeType: 'image/jpeg',
  open: async function* () {
    yield bytes;
  },
});
