/** `results_read` as a filter: every condition through a client, and what it makes is a result like any other. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type System, startSystem } from '../harness/system.ts';

const item = (n: number, creationTime: string, more: Record<string, unknown> = {}) => ({
  filename: `IMG_${String(n).padStart(4, '0')}.jpg`,
  creationTime,
  scene: 'beach',
  width: 4000,
  height: 3000,
  cameraMake: 'Apple',
  cameraModel: 'iPhone 15',
  ...more,
});

const LIBRARY = {
  mediaItems: [
    item(1, '2024-07-14T10:00:00Z', { description: 'Praia do Guincho' }),
    item(2, '2024-07-14T23:59:59Z', { width: 800, height: 600 }),
    item(3, '2024-07-15T00:00:00Z', { cameraMake: 'SONY', cameraModel: 'ILCE-7C', filename: 'DSC0003.JPG' }),
    item(4, '2024-08-01T10:00:00Z', { mimeType: 'video/mp4', filename: 'MVI_0004.mp4' }),
    item(5, '2023-01-01T10:00:00Z', { description: 'Snow', width: 3000, height: 4000 }),
    item(6, '2022-05-05T10:00:00Z'),
  ],
};

let system: System;
let all: string;
beforeAll(async () => {
  system = await startSystem({ emulator: { library: LIBRARY } });
  all = (await system.ok('media_items_list')).data.result;
});
afterAll(() => system.stop());

const names = ({ items }: { items: { filename: string }[] }) => items.map(({ filename }) => filename);
const read = async (input: Record<string, unknown>) =>
  (await system.ok('results_read', { result: all, ...input })).data;

test.each([
  [{ from: '2024-07-14', to: '2024-07-14' }, ['IMG_0002.jpg', 'IMG_0001.jpg']],
  [{ from: '2024-07' }, ['MVI_0004.mp4', 'DSC0003.JPG', 'IMG_0002.jpg', 'IMG_0001.jpg']],
  [{ to: '2023' }, ['IMG_0005.jpg', 'IMG_0006.jpg']],
  [{ mediaType: 'video' }, ['MVI_0004.mp4']],
  [{ camera: 'sony' }, ['DSC0003.JPG']],
  [{ filename: 'IMG_*' }, ['IMG_0002.jpg', 'IMG_0001.jpg', 'IMG_0005.jpg', 'IMG_0006.jpg']],
  [{ filename: '0003' }, ['DSC0003.JPG']],
  [{ description: 'guincho' }, ['IMG_0001.jpg']],
  [{ description: '*' }, ['IMG_0001.jpg', 'IMG_0005.jpg']],
  [{ description: '', mediaType: 'photo', from: '2024' }, ['DSC0003.JPG', 'IMG_0002.jpg']],
  [{ minWidth: 3001, mediaType: 'photo', from: '2023' }, ['DSC0003.JPG', 'IMG_0001.jpg']],
  [{ minHeight: 3500 }, ['IMG_0005.jpg']],
  [{ sort: 'oldest', limit: 2 }, ['IMG_0006.jpg', 'IMG_0005.jpg']],
  [{ sort: 'name', limit: 1 }, ['DSC0003.JPG']],
])('%j', async (filter, expected) => {
  expect(names(await read(filter))).toEqual(expected);
});

test('in or not in another result, or in a part of one', async () => {
  const july = (await system.ok('media_items_search', { dates: ['2024-07'] })).data.result;
  expect(names(await read({ inResult: july }))).toEqual(['DSC0003.JPG', 'IMG_0002.jpg', 'IMG_0001.jpg']);
  expect(names(await read({ notInResult: july }))).toEqual(['MVI_0004.mp4', 'IMG_0005.jpg', 'IMG_0006.jpg']);
  expect(names(await read({ inResult: `${july}#1` }))).toEqual(['DSC0003.JPG']);
});

test('what a filter makes is a result of its own, numbered anew, with a title in words', async () => {
  const reply = await system.ok('results_read', { result: all, from: '2024-07', mediaType: 'photo' });
  const { result } = reply.data;
  expect(result).not.toBe(all);
  expect(reply.text).toMatch(/^3 media items · everything, from 2024-07, mediaType photo · result /);
  const one = await system.ok('media_items_get', { mediaItemId: `${result}#1` });
  expect(one.data.mediaItem.filename).toBe('DSC0003.JPG');
  const narrower = await system.ok('results_read', { result, camera: 'iphone' });
  expect(names(narrower.data)).toEqual(['IMG_0002.jpg', 'IMG_0001.jpg']);
});

test('without a filter it shows a page; a reference instead of a result is understood', async () => {
  expect((await read({})).result).toBe(all);
  expect((await system.ok('results_read', { result: `${all}#all` })).data.result).toBe(all);
  const part = await system.ok('results_read', { result: `${all}#2,5-6` });
  expect(names(part.data)).toEqual(['DSC0003.JPG', 'IMG_0005.jpg', 'IMG_0006.jpg']);
  expect(part.data.result).not.toBe(all);
});

test('a date that does not exist is said before anything is made', async () => {
  const reply = await system.call('results_read', { result: all, from: '2024-02-30' });
  expect(reply.data.error).toMatchObject({ code: 'badDate' });
});

test('a filter that finds nothing is not explained with what Google shows', async () => {
  const { text } = await system.ok('results_read', { result: all, filename: 'nothing' });
  expect(text.split('\n')).toHaveLength(1);
});
