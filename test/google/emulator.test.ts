/** The client against the emulator: all 19 methods, uploads and bytes, with faults on the line. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PNG } from 'pngjs';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../src/emulator/index.ts';
import { createGoogle } from '../../src/google/client.ts';
import type { UploadSource } from '../../src/google/google.ts';
import { loopbackHosts } from '../../src/google/hosts.ts';
import { rejection } from './scripted.ts';

async function start(legacySharing = false) {
  const emulator = await startEmulator({ library: 'empty', accessToken: 'tok', legacySharing });
  onTestFinished(() => emulator.close());
  const google = createGoogle({
    hosts: loopbackHosts(emulator.origin),
    tokens: { accessToken: async () => 'tok', invalidate: () => undefined },
    // Waits as long as it says, only faster.
    clock: { now: Date.now, random: () => 0, sleep: (ms, signal) => sleep(ms / 1000, undefined, { signal }) },
    upload: { rawLimit: 100_000, chunkBytes: 300_000 },
  });
  const faults = (...rules: object[]) =>
    fetch(`${emulator.origin}/_emulator/faults`, { method: 'POST', body: JSON.stringify(rules) });
  return { emulator, google, faults };
}

/** A picture that no compression can shrink. */
function picture(width: number, seed: number): Buffer {
  const png = new PNG({ width, height: width });
  let noise = seed;
  for (let index = 0; index < png.data.length; index++) {
    noise = (noise * 1_103_515_245 + 12_345) % 2_147_483_648;
    png.data[index] = index % 4 === 3 ? 255 : noise >> 16;
  }
  return PNG.sync.write(png);
}

function sourceOf(bytes: Buffer): UploadSource {
  return {
    size: bytes.length,
    mimeType: 'image/png',
    async *open(offset) {
      for (let at = offset; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
  };
}

const itemsOf = (reply: { newMediaItemResults?: { mediaItem?: { id: string } }[] }) =>
  (reply.newMediaItemResults ?? []).map(({ mediaItem }) => mediaItem?.id ?? '');

test('the 13 live methods, from an empty library to an album with a cover and a caption', async () => {
  const { google } = await start();
  expect(await google.call('mediaItems.list', {})).toEqual({});
  const small = await google.upload(sourceOf(picture(64, 1)));
  const large = await google.upload(sourceOf(picture(500, 2)));
  const created = await google.call('mediaItems.batchCreate', {
    newMediaItems: [
      { simpleMediaItem: { uploadToken: small, fileName: 'small.png' } },
      { description: 'Big', simpleMediaItem: { uploadToken: large, fileName: 'large.png' } },
    ],
  });
  const [a = '', b = ''] = itemsOf(created);
  const album = await google.call('albums.create', { album: { title: 'Lisboa' } });
  const albumId = album.id;
  expect(await google.call('albums.batchAddMediaItems', { albumId, mediaItemIds: [a, b] })).toEqual({});
  expect(await google.call('albums.batchRemoveMediaItems', { albumId, mediaItemIds: [a] })).toEqual({});
  const enriched = await google.call('albums.addEnrichment', {
    albumId,
    newEnrichmentItem: { textEnrichment: { text: 'Day one' } },
    albumPosition: { position: 'FIRST_IN_ALBUM' },
  });
  expect(enriched.enrichmentItem?.id).toBeTruthy();
  const mask = 'title,coverPhotoMediaItemId';
  const patched = await google.call('albums.patch', {
    id: albumId,
    updateMask: mask,
    title: 'Lisbon',
    coverPhotoMediaItemId: b,
  });
  expect(patched).toMatchObject({ title: 'Lisbon', mediaItemsCount: '1', coverPhotoMediaItemId: b });
  expect(await google.call('albums.get', { albumId })).toMatchObject({ title: 'Lisbon' });
  expect((await google.call('albums.list', { pageSize: 50 })).albums).toHaveLength(1);
  const described = await google.call('mediaItems.patch', { id: a, updateMask: 'description', description: 'Small' });
  expect(described).toMatchObject({ description: 'Small', filename: 'small.png' });
  const got = await google.call('mediaItems.batchGet', { mediaItemIds: [a, b] });
  expect(got.mediaItemResults?.map(({ mediaItem }) => mediaItem?.description)).toEqual(['Small', 'Big']);
  expect((await google.call('mediaItems.search', { albumId, pageSize: 100 })).mediaItems).toHaveLength(1);

  const item = await google.call('mediaItems.get', { mediaItemId: b });
  expect(item.mediaMetadata).toMatchObject({ width: '500', height: '500' });
  const bytes = await google.media(`${item.baseUrl}=w100`);
  expect(bytes.headers.get('content-type')).toMatch(/^image\//);
  expect((await bytes.arrayBuffer()).byteLength).toBeGreaterThan(100);
});

test('the six others are refused as removed, and work on the API as it was', async () => {
  const { google } = await start();
  const refused = await Promise.all([
    rejection(google.call('albums.share', { albumId: 'a' })),
    rejection(google.call('albums.unshare', { albumId: 'a' })),
    rejection(google.call('sharedAlbums.get', { shareToken: 's' })),
    rejection(google.call('sharedAlbums.join', { shareToken: 's' })),
    rejection(google.call('sharedAlbums.leave', { shareToken: 's' })),
    rejection(google.call('sharedAlbums.list', {})),
  ]);
  for (const error of refused) {
    expect(error).toMatchObject({ reason: 'removed', httpStatus: 403, status: 'PERMISSION_DENIED' });
  }
  const legacy = (await start(true)).google;
  const { id: albumId } = await legacy.call('albums.create', { album: { title: 'Shared' } });
  const { shareInfo } = await legacy.call('albums.share', { albumId });
  expect(await legacy.call('sharedAlbums.get', { shareToken: shareInfo?.shareToken ?? '' })).toMatchObject({
    id: albumId,
  });
});

test('a large picture arrives whole over a line that keeps breaking', async () => {
  const { google, faults } = await start();
  const bytes = picture(600, 3);
  expect(bytes.length).toBeGreaterThan(900_000);
  await faults({ method: 'uploads.upload', failure: 'reset', count: 2 }, { method: '*', status: 503, count: 1 });
  const uploadToken = await google.upload(sourceOf(bytes));
  const reply = await google.call('mediaItems.batchCreate', { newMediaItems: [{ simpleMediaItem: { uploadToken } }] });
  const [mediaItemId = ''] = itemsOf(reply);
  const { baseUrl } = await google.call('mediaItems.get', { mediaItemId });
  const back = PNG.sync.read(Buffer.from(await (await google.media(`${baseUrl}=d`)).arrayBuffer()));
  expect(back.data.equals(PNG.sync.read(bytes).data)).toBe(true);
});

test('ten writes at once all succeed, though Google takes one at a time', async () => {
  const { google } = await start();
  const titles = Array.from({ length: 10 }, (_, index) => `Album ${index}`);
  await Promise.all(titles.map((title) => google.call('albums.create', { album: { title } })));
  const { albums } = await google.call('albums.list', { pageSize: 50 });
  expect(albums?.map(({ title }) => title).toSorted()).toEqual(titles);
});

test.each(['reset', 'truncate', 'html', 'badJson', 'resetAfter'])('a read survives %s', async (failure) => {
  const { google, faults } = await start();
  await faults({ method: 'albums.list', failure, count: 2 });
  expect(await google.call('albums.list', {})).toEqual({});
});

test('an album whose answer is lost is not made twice', async () => {
  const { google, faults } = await start();
  await faults({ method: 'albums.create', failure: 'resetAfter', count: 1 });
  const error = await rejection(google.call('albums.create', { album: { title: 'Once' } }));
  expect(error).toMatchObject({ outcomeUnknown: true, retryable: false });
  expect((await google.call('albums.list', {})).albums).toHaveLength(1);
});
