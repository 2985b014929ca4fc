import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { imageSize } from 'image-size';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type System, startSystem } from '../harness/system.ts';

let system: System;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'view-'));
  for (const name of ['exif.jpg', 'photo.png', 'photo.webp', 'photo.gif', 'photo.heic']) {
    await copyFile(fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url)), join(folder, name));
  }
  await writeFile(join(folder, 'broken.jpg'), Buffer.from('ffd8ffe000104a46494600', 'hex'));
  system = await startSystem({ emulator: { library: 'demo' }, config: { allowDirs: [folder] } });
});
afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
});

const sizeOf = (image: { data: string }) => {
  const bytes = Buffer.from(image.data, 'base64');
  return { ...imageSize(bytes), bytes: bytes.length };
};

test('four or fewer: one image each, long edge 1,024', async () => {
  const { result } = (await system.ok('media_items_search', { dates: ['2024-07'], mediaType: 'PHOTO' })).data;
  const reply = await system.ok('media_view', { mediaItemIds: [`${result}#2-4`] });
  expect(reply.images).toHaveLength(3);
  for (const image of reply.images) {
    const { width, height } = sizeOf(image);
    expect(image.mimeType).toBe('image/jpeg');
    expect(Math.max(width, height)).toBe(1024);
  }
  expect(reply.text.split('\n')).toEqual([
    expect.stringMatching(`^${result}#2 {2}2024-07-`),
    expect.stringMatching(`^${result}#3 `),
    expect.stringMatching(`^${result}#4 `),
  ]);
  const small = await system.ok('media_view', { mediaItemIds: [`${result}#2`], size: 256 });
  const [image] = small.images;
  if (!image) throw new Error('no image');
  expect(Math.max(sizeOf(image).width, sizeOf(image).height)).toBe(256);
});

test('48 items: one sheet of at most 300 kB and 1,568 pixels, one request for their addresses', async () => {
  const { result } = (await system.ok('media_items_search', { dates: ['2024'], pageSize: 100 })).data;
  const before = await system.requests();
  const reply = await system.ok('media_view', { mediaItemIds: [`${result}#11-58`] });
  const after = await system.requests();
  const [image, ...more] = reply.images;
  if (!image) throw new Error('no image');
  expect(more).toEqual([]);
  const { width, height, bytes } = sizeOf(image);
  expect(bytes).toBeLessThanOrEqual(300_000);
  expect(Math.max(width, height)).toBeLessThanOrEqual(1568);
  expect(reply.data).toEqual({ shown: `${result}#11-58`, failed: [] });
  expect((after['mediaItems.batchGet'] ?? 0) - (before['mediaItems.batchGet'] ?? 0)).toBe(1);
  expect((after['media.bytes'] ?? 0) - (before['media.bytes'] ?? 0)).toBe(48);
  expect(JSON.stringify(reply.data).length + reply.text.length).toBeLessThan(400);
});

test('more than a sheet holds: the next call, or more sheets on request', async () => {
  const { result } = (await system.ok('media_items_search', { pageSize: 100 })).data;
  const first = await system.ok('media_view', { mediaItemIds: [`${result}#1-130`] });
  expect(first.images).toHaveLength(1);
  expect(first.data.next).toBe(`${result}#61-130`);
  expect(first.text).toContain(`Next: media_view ["${result}#61-130"]`);
  const all = await system.ok('media_view', { mediaItemIds: [`${result}#1-130`], sheets: 3 });
  expect(all.images).toHaveLength(3);
});

test('ids and several results: gathered under one numbering', async () => {
  const lisbon = (await system.ok('media_items_search', { dates: ['2024-07'] })).data.result;
  const kyoto = (await system.ok('media_items_search', { dates: ['2025-04'] })).data.result;
  const { id } = (await system.read(`gphotos://results/${kyoto}/pages/1`)).items[0];
  const reply = await system.ok('media_view', { mediaItemIds: [`${lisbon}#1-4`, id, `${kyoto}#2`], layout: 'sheet' });
  expect(reply.data.shown).toMatch(/^[a-z0-9]+#1-6$/);
  const again = await system.ok('media_items_get', { mediaItemId: reply.data.shown.replace('#1-6', '#5') });
  expect(again.data.mediaItem.id).toBe(id);
});

test('local files, and one that is no picture', async () => {
  const { result } = (await system.ok('local_scan', { paths: [folder] })).data;
  const reply = await system.ok('media_view', { mediaItemIds: [`${result}#all`], layout: 'sheet' });
  expect(reply.images).toHaveLength(1);
  expect(reply.data.failed.length).toBeGreaterThan(0);
});

test('an item that is gone is said, not drawn', async () => {
  const reply = await system
    .ok('media_view', { mediaItemIds: ['A'.repeat(98), 'B'.repeat(98)] })
    .catch((error: Error) => error);
  expect(String(reply instanceof Error ? reply.message : reply.text)).toContain('no photo or video among them');
});

test('no base64 in text or structured content', async () => {
  const { result } = (await system.ok('media_items_list')).data;
  const reply = await system.ok('media_view', { mediaItemIds: [`${result}#1`] });
  expect(reply.text + JSON.stringify(reply.data)).not.toMatch(/[A-Za-z0-9+/]{200}/);
});

test('one picture that is gone costs only itself; when none can be had, the reason is told', async () => {
  const { result } = (await system.ok('media_items_search', { dates: ['2024-07'], mediaType: 'PHOTO' })).data;
  await system.control('faults', [{ method: 'media.bytes', status: 404, count: 1 }]);
  const one = await system.ok('media_view', { mediaItemIds: [`${result}#1-3`], size: 128 });
  expect(one.images).toHaveLength(2);
  expect(one.data.failed).toHaveLength(1);
  for (const layout of ['single', 'sheet']) {
    await system.control('faults', [{ method: 'mediaItems.batchGet', status: 403, probability: 1 }]);
    const none = await system.call('media_view', { mediaItemIds: [`${result}#1-3`], layout });
    expect(none).toMatchObject({ isError: true, data: { error: { status: 'PERMISSION_DENIED' } } });
  }
  await system.control('faults', []);
});
