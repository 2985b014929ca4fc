import { copyFile, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type System, startSystem } from '../harness/system.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));

let folder: string;
let system: System;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transfers-'));
  await mkdir(join(folder, 'trip'));
  for (const name of ['exif.jpg', 'photo.png', 'photo.heic', 'clip.mp4'])
    await copyFile(fixture(name), join(folder, 'trip', name));
  await writeFile(join(folder, 'trip', 'fake.jpg'), 'this is no photo');
  await writeFile(join(folder, 'trip', 'notes.txt'), 'left alone');
  system = await startSystem({
    config: { allowDirs: [folder] },
    emulator: { overrides: { videoProcessingSeconds: 0 } },
  });
});
afterAll(async () => {
  await system.stop();
  await rm(folder, { recursive: true, force: true });
});

test('scan, upload the result into an album, upload again, download, upload what was downloaded', async () => {
  const scanned = await system.ok('local_scan', { paths: [join(folder, 'trip')] });
  expect(scanned.text).toContain('1 other file left alone');
  expect(scanned.data.items).toHaveLength(5);

  const uploaded = await system.ok('media_upload', { from: [`${scanned.data.result}#all`], albumTitle: 'Trip' });
  expect(uploaded.data.counts).toEqual({ uploaded: 4, alreadyThere: 0, failed: 0, left: 0 });
  expect(uploaded.text).toContain('new album "Trip"');
  const library = await system.library();
  expect(library.mediaItems).toHaveLength(4);
  expect(library.albums).toMatchObject([{ title: 'Trip', entries: [{}, {}, {}, {}] }]);

  const again = await system.ok('media_upload', { from: [join(folder, 'trip')], albumTitle: 'Trip' });
  expect(again.data.counts).toEqual({ uploaded: 0, alreadyThere: 4, failed: 1, left: 0 });
  expect(again.text).toMatch(/FAILED {2}fake\.jpg/);
  expect((await system.ok('local_scan', { paths: [join(folder, 'trip')] })).text).toContain('uploaded before');

  const reference = `${uploaded.data.result}#all`;
  const saved = await system.ok('media_download', { mediaItemIds: [reference], dir: join(folder, 'out') });
  expect(saved.data.counts.failed).toBe(0);
  expect((await readdir(join(folder, 'out'))).sort()).toEqual(['clip.mp4', 'exif.jpg', 'photo.heic', 'photo.png']);
  expect((await stat(join(folder, 'out', 'exif.jpg'))).size).toBeGreaterThan(100);

  const back = await system.ok('media_upload', { from: [join(folder, 'out')] });
  expect(back.data.counts).toEqual({ uploaded: 0, alreadyThere: 4, failed: 0, left: 0 });
  expect((await system.library()).mediaItems).toHaveLength(4);
});

test('what is wrong is said in one line, and nothing is sent', async () => {
  const before = await system.requests();
  const outside = await system.call('media_upload', { from: ['/etc/hostname'] });
  expect(outside.text).toMatch(/outside the allowed folders/);
  const target = await system.call('media_download', { mediaItemIds: ['x'.repeat(60)], dir: '/etc/photos' });
  expect(target).toMatchObject({ isError: true, text: expect.stringContaining('outside the allowed folders') });
  const single = await system.call('media_items_batch_create', { newMediaItems: [{ path: '/etc/hostname' }] });
  expect(single).toMatchObject({ isError: true, data: { error: { code: 'fileRefused' } } });
  expect(await system.requests()).toEqual(before);
});

test('a file keeps its own name in the report where the library knows the same bytes by another', async () => {
  await mkdir(join(folder, 'twins'));
  for (const name of ['a.jpg', 'copy of a.jpg']) await copyFile(fixture('plain.jpg'), join(folder, 'twins', name));
  for (const into of [{ albumTitle: 'Twins' }, { albumTitle: 'Twins' }, {}]) {
    const { data, text } = await system.ok('media_upload', { from: [join(folder, 'twins')], ...into });
    expect(data.items.map(({ filename }: { filename: string }) => filename)).toEqual(['a.jpg', 'copy of a.jpg']);
    expect(text).toContain('  copy of a.jpg  ');
  }
});

test('two targets for one upload are refused, and nothing is sent', async () => {
  const before = await system.requests();
  const from = [join(folder, 'trip')];
  for (const targets of [
    { albumTitle: 'A', albumId: 'x'.repeat(60) },
    { albumTitle: 'A', albumPerFolder: true },
    { albumId: 'x'.repeat(60), albumPerFolder: true },
  ]) {
    const reply = await system.call('media_upload', { from, ...targets });
    expect(reply).toMatchObject({ isError: true, text: expect.stringMatching(/^Only one of albumId, albumTitle and/) });
  }
  expect(await system.requests()).toEqual(before);
});

test('a folder without photos is not explained with what Google shows', async () => {
  await mkdir(join(folder, 'nothing'));
  for (const [tool, input] of [
    ['media_upload', { from: [join(folder, 'nothing')] }],
    ['local_scan', { paths: [join(folder, 'nothing')] }],
  ] as const)
    expect((await system.ok(tool, input)).text).not.toContain('Google shows');
});
