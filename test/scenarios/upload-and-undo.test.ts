/** A folder becomes an album; what was done is taken back. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createImageCodecs } from '../../src/media/sheets/codecs.ts';
import { blobs } from '../media/pictures.ts';
import { firstOf, previewOf, referenceIn, resultOf, startAssistant } from './assistant.ts';
import { madeLibrary } from './made-library.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wish-'));
  await mkdir(join(folder, 'Harbour day'));
  const codecs = createImageCodecs();
  for (const n of [1, 2, 3, 4, 5]) {
    const picture = await codecs.encodeJpeg(blobs(320, 240, n), 80);
    await writeFile(join(folder, 'Harbour day', `2022060${n}_120000.jpg`), picture);
  }
  await writeFile(join(folder, 'Harbour day', 'notes.txt'), 'buy milk');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('upload a folder, in an album with a cover and a caption', async () => {
  const { ask, look, album, state, settle, stop } = await startAssistant({ config: { allowDirs: [folder] } });
  onTestFinished(stop);
  const found = resultOf(await ask('local_scan', { paths: [join(folder, 'Harbour day')] }));
  await ask('results_overview', { result: found });
  await look([`${found}#all`], /./, { layout: 'sheet' });
  const uploaded = await ask('media_upload', { from: [`${found}#1-4`], albumTitle: 'Harbour day', order: 'name' });
  expect(uploaded).toContain('4 uploaded');
  const albumId = referenceIn(uploaded, /^\w+#1 /);
  const result = resultOf(uploaded);
  const preview = await ask('organize_preview', {
    albums: [{ albumId, cover: `${result}#3`, captions: [{ text: 'The old harbour', before: `${result}#1-4` }] }],
  });
  await ask('organize_apply', { preview: previewOf(preview) });
  settle();

  const { mediaItems } = await state();
  const names = new Map(mediaItems.map(({ id, filename }) => [id, filename]));
  const { entries, coverPhotoMediaItemId } = await album('Harbour day');
  expect(entries.map(({ text, mediaItemId = '' }) => text ?? names.get(mediaItemId))).toEqual([
    'The old harbour',
    '20220601_120000.jpg',
    '20220602_120000.jpg',
    '20220603_120000.jpg',
    '20220604_120000.jpg',
  ]);
  expect(names.get(coverPhotoMediaItemId)).toBe('20220603_120000.jpg');
  expect(mediaItems).toHaveLength(4);
});

test('take it all back', async () => {
  const made = madeLibrary(21);
  const inside = made.mediaItems.slice(0, 6).map(({ id }) => ({ mediaItemId: id }));
  const albums = [{ title: 'Old', coverPhotoMediaItemId: inside[1]?.mediaItemId, entries: inside }];
  const library = { mediaItems: made.mediaItems, albums };
  const { ask, album, state, settle, stop } = await startAssistant({ emulator: { library } });
  onTestFinished(stop);
  const before = await state();
  const found = resultOf(await ask('media_items_search', { dates: ['2023'], pageSize: 100 }));
  const old = referenceIn(await ask('albums_list'), /"Old"/);
  const trip = `${found}#1-20`;
  const preview = await ask('organize_preview', {
    albums: [
      { albumId: old, title: 'Renamed', items: [trip], cover: firstOf(trip) },
      { title: 'New', items: [trip], captions: [{ text: 'Hello' }] },
    ],
    descriptions: [{ items: [trip], text: 'Seen' }],
  });
  const id = previewOf(preview);
  await ask('organize_apply', { preview: id });
  expect((await album('Renamed')).entries).toHaveLength(26);
  expect((await state()).mediaItems.filter(({ description }) => description === 'Seen')).toHaveLength(20);
  const undone = await ask('organize_undo', { preview: id });
  expect(undone).toContain('The album "New" stays, empty');
  settle();

  const after = await state();
  expect(after.mediaItems).toEqual(before.mediaItems);
  expect((await album('Old')).entries).toEqual(before.albums[0]?.entries);
  expect((await album('Old')).coverPhotoMediaItemId).toBe(before.albums[0]?.coverPhotoMediaItemId);
  expect((await album('New')).entries.filter(({ mediaItemId }) => mediaItemId)).toEqual([]);
});
