import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createResults, type FetchChunk } from '../../src/results/results.ts';
import { createFileStore } from '../../src/results/store.ts';
import type { ResultItem } from '../../src/results/types.ts';
import { bundle, run } from '../harness/program.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'results-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const item = (number: number): ResultItem => ({
  kind: 'mediaItem',
  id: `id${number}`,
  filename: `${number}.jpg`,
  type: 'photo',
  mimeType: 'image/jpeg',
});

const items = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => item(from + index));

const META = { title: 'July 2024', noun: 'media items', origin: { tool: 'list', input: { a: 1 } }, pageSize: 2 };

test('a result is the same for another store on the same folder', async () => {
  const { meta } = await createFileStore(folder).create(META, { items: items(1, 2), next: 'T' });
  const other = createFileStore(folder);
  expect(await other.read(meta.id)).toEqual({ meta, chunks: [{ items: items(1, 2), next: 'T' }] });
});

test('of two writers of the same chunk the first wins, and both see it', async () => {
  const [one, two] = [createFileStore(folder), createFileStore(folder)];
  const { meta } = await one.create(META, { items: items(1, 2), next: 'T' });
  expect(await one.append(meta.id, 1, { items: items(3, 4) })).toEqual({ items: items(3, 4) });
  expect(await two.append(meta.id, 1, { items: items(5, 6) })).toEqual({ items: items(3, 4) });
  expect((await one.read(meta.id)).chunks).toHaveLength(2);
});

test('ids that are taken are drawn again', async () => {
  const ids = ['aaaa', 'aaaa', 'aaaa', 'bbbb'];
  const store = createFileStore(folder, { newId: () => ids.shift() ?? 'cccc' });
  expect((await store.create(META, { items: [] })).meta.id).toBe('aaaa');
  expect((await store.create(META, { items: [] })).meta.id).toBe('bbbb');
});

test('no file is left over', async () => {
  const { meta } = await createFileStore(folder).create(META, { items: items(1, 2) });
  expect((await readdir(join(folder, meta.id))).sort()).toEqual(['000001.json', 'meta.json']);
});

test('unknown, damaged and expired results say so and what to do', async () => {
  const store = createFileStore(folder);
  await expect(store.read('zzzz')).rejects.toMatchObject({
    code: 'unknownResult',
    message: 'There is no result zzzz.',
  });

  const damaged = await store.create(META, { items: items(1, 2) });
  await writeFile(join(folder, damaged.meta.id, '000001.json'), '{"items": [');
  await expect(createFileStore(folder).read(damaged.meta.id)).rejects.toMatchObject({ code: 'corruptResult' });
  await writeFile(join(folder, damaged.meta.id, 'meta.json'), 'null');
  await expect(createFileStore(folder).read(damaged.meta.id)).rejects.toMatchObject({ code: 'corruptResult' });

  const old = await store.create(META, { items: items(1, 2) });
  const monthAgo = Date.now() / 1000 - 31 * 24 * 3600;
  await utimes(join(folder, old.meta.id), monthAgo, monthAgo);
  await expect(store.read(old.meta.id)).rejects.toMatchObject({
    code: 'expiredResult',
    next: 'Get it again: list {"a":1}.',
  });
});

test('a use prolongs the life of a result', async () => {
  let now = Date.now();
  const store = createFileStore(folder, { now: () => now });
  const { meta } = await store.create(META, { items: items(1, 2) });
  for (let month = 0; month < 3; month++) {
    now += 29 * 24 * 3600 * 1000;
    await store.read(meta.id);
  }
  now += 31 * 24 * 3600 * 1000;
  await expect(store.read(meta.id)).rejects.toMatchObject({ code: 'expiredResult' });
});

test('expired results give their space back, and still say how to get them again', async () => {
  const { meta } = await createFileStore(folder).create(META, { items: items(1, 2) });
  const monthAgo = Date.now() / 1000 - 31 * 24 * 3600;
  await utimes(join(folder, meta.id), monthAgo, monthAgo);
  const later = createFileStore(folder);
  await later.create(META, { items: [] });
  expect(await readdir(join(folder, meta.id))).toEqual(['meta.json']);
  await expect(later.read(meta.id)).rejects.toMatchObject({ code: 'expiredResult' });
});

test('a folder that cannot be written is named, with the option that helps', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(createFileStore(join(folder, 'file')).create(META, { items: [] })).rejects.toMatchObject({
    code: 'stateFolder',
    next: expect.stringContaining('--state-dir'),
  });
});

/** A list of `total` items that counts how often it is asked. */
function listOf(total: number) {
  const requests: string[] = [];
  const fetcher: FetchChunk = async (_, { pageSize, pageToken = '0' }) => {
    requests.push(pageToken);
    const from = Number(pageToken);
    const to = Math.min(from + pageSize, total);
    return { items: items(from + 1, to), ...(to < total && { next: String(to) }) };
  };
  return { requests, results: () => createResults(createFileStore(folder), { list: fetcher }) };
}

const OPEN = { title: 'July', noun: 'media items', origin: { tool: 'list', input: {} }, pageSize: 10 };

test('pages are loaded once, whoever asks, and stay the same after a restart', async () => {
  const { requests, results } = listOf(35);
  const first = results();
  const page = await first.open(OPEN);
  expect(page).toMatchObject({ page: 1, from: 1, loaded: 10, complete: false });
  await Promise.all([1, 2, 3].map(() => first.page(page.result, 3)));
  expect(requests).toEqual(['0', '10', '20']);
  const again = results();
  expect((await again.page(page.result, 4)).items).toEqual(items(31, 35));
  expect(await again.page(page.result, 4)).toMatchObject({ complete: true, loaded: 35, from: 31 });
  expect((await again.page(page.result, 4)).next).toBeUndefined();
  expect(requests).toEqual(['0', '10', '20', '30']);
});

test('references load what they need and keep the order written', async () => {
  const { requests, results } = listOf(35);
  const service = results();
  const { result } = await service.open(OPEN);
  const found = await service.resolve(`${result}#12,2-3`);
  expect(found.map(({ position, item }) => [position, 'id' in item && item.id])).toEqual([
    [12, 'id12'],
    [2, 'id2'],
    [3, 'id3'],
  ]);
  expect(requests).toEqual(['0', '10']);
  expect(await service.resolve(`${result}#all`)).toHaveLength(35);
});

test('past the end is said with what there is', async () => {
  const { results } = listOf(35);
  const service = results();
  const { result } = await service.open(OPEN);
  await expect(service.resolve(`${result}#36`)).rejects.toMatchObject({
    code: 'pastEnd',
    message: `Result ${result} (July) has 35 media items; #36 is past the end.`,
  });
  await expect(service.page(result, 5)).rejects.toMatchObject({ code: 'pastEnd' });
  await expect(service.page(result, 500)).rejects.toMatchObject({ code: 'pastEnd' });
});

test('an empty page in the middle, a repeated first item and an empty last page are Google’s ways (contract 1.2)', async () => {
  const script = [
    { items: items(1, 3), next: 'a' },
    { items: [], next: 'b' },
    { items: items(3, 6), next: 'c' },
    { items: [] },
  ];
  const results = createResults(createFileStore(folder), { list: async () => script.shift() ?? { items: [] } });
  const { result } = await results.open({ ...OPEN, pageSize: 3 });
  const second = await results.page(result, 2);
  expect(second.items).toEqual(items(4, 6));
  expect(second.next).toMatchObject({ pageToken: `${result}.3` });
  expect(await results.page(result, 3)).toMatchObject({ items: [], complete: true });
});

test('a page token that Google no longer takes leaves what was loaded', async () => {
  const refusal = Object.assign(new Error('token'), { status: 'INVALID_ARGUMENT' });
  const results = createResults(createFileStore(folder), {
    list: async (_, { pageToken }) => {
      if (pageToken !== undefined) throw refusal;
      return { items: items(1, 3), next: 'a' };
    },
  });
  const { result } = await results.open({ ...OPEN, pageSize: 3 });
  await expect(results.page(result, 2)).rejects.toMatchObject({ code: 'expiredPage' });
  expect(await results.resolve(`${result}#1-3`)).toHaveLength(3);
});

test('a token continues only the request it came from', async () => {
  const { results } = listOf(35);
  const service = results();
  const { next } = await service.open(OPEN);
  const token = next?.pageToken ?? '';
  await expect(service.pageOf(token, { tool: 'list', input: { albumId: 'A' } })).rejects.toMatchObject({
    code: 'pageTokenMismatch',
  });
  await expect(service.pageOf(token, { tool: 'other', input: {} })).rejects.toMatchObject({
    code: 'pageTokenMismatch',
  });
  expect((await service.pageOf(token, { tool: 'list', input: {} })).from).toBe(11);
});

test('a process killed at any instant leaves every result readable', { timeout: 60_000 }, async () => {
  const writer = await bundle('test/results/result-writer.ts');
  for (let round = 0; round < 8; round++) {
    const child = run(writer, [folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    if (child.stdout) await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, 20 + round * 13));
    child.kill('SIGKILL');
    await once(child, 'close');
  }
  const store = createFileStore(folder);
  const ids = await readdir(folder);
  expect(ids.length).toBeGreaterThan(8);
  for (const id of ids) {
    const found = await store.read(id).catch((error: unknown) => error);
    // Killed before its first chunk or `meta.json` stood, a result never existed for anybody.
    if (found instanceof Error) expect(found).toMatchObject({ code: 'unknownResult' });
    else expect(found).toMatchObject({ meta: { id } });
  }
});
