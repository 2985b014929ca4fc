import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFileStore } from '../../src/results/file-store.ts';
import { createResults, type FetchChunk } from '../../src/results/results.ts';
import { items, META, resultStoreContract } from '../contracts/result-store.ts';
import { bundle, run } from '../harness/program.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'results-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

resultStoreContract('files', () => ({
  open: (options) => createFileStore(join(folder, 'one'), options),
  openOther: () => createFileStore(join(folder, 'other')),
  startWriter: async () =>
    run(await bundle('test/results/result-writer.ts'), [join(folder, 'one')], { stdio: ['ignore', 'pipe', 'inherit'] }),
}));

describe('files', () => {
  test('nothing is left over beside them', async () => {
    const { meta } = await createFileStore(folder).create(META, { items: items(1, 2) });
    expect((await readdir(join(folder, meta.id))).sort()).toEqual(['000001.json', 'meta.json']);
  });

  test('of version 0.1.0 are read, and grow', async () => {
    await mkdir(join(folder, 'k7m2'));
    const meta = { id: 'k7m2', ...META, createdAt: '2026-11-24T10:00:00.000Z' };
    const files = {
      'meta.json': meta,
      '000001.json': { items: items(1, 3), next: 'a' },
      '000002.json': { items: [], next: 'b' },
      '000003.json': { items: items(4, 9), next: 'c' },
    };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder, 'k7m2', name), JSON.stringify(content));
    }
    const store = createFileStore(folder);
    expect(await store.extent('k7m2')).toEqual({ meta, chunks: 3, items: 9, next: 'c', endsEmpty: false });
    expect(await store.append('k7m2', 3, { items: items(10, 12) })).toMatchObject({ items: 12, chunks: 4 });
    for (const each of [store, createFileStore(folder)]) {
      expect(await each.read('k7m2', 2, 11)).toEqual(items(3, 11));
      expect(await each.read('k7m2', 11, 12)).toEqual(items(12, 12));
    }
  });

  test('that are damaged say so and what to do', async () => {
    const store = createFileStore(folder);
    const { meta } = await store.create(META, { items: items(1, 2) });
    await writeFile(join(folder, meta.id, '000001.json'), '{"items": [');
    await expect(createFileStore(folder).extent(meta.id)).rejects.toMatchObject({ code: 'corruptResult' });
    await writeFile(join(folder, meta.id, 'meta.json'), 'null');
    await expect(createFileStore(folder).extent(meta.id)).rejects.toMatchObject({ code: 'corruptResult' });
  });

  test('of an expired result give their space back', async () => {
    const { meta } = await createFileStore(folder).create(META, { items: items(1, 2) });
    const monthAgo = Date.now() / 1000 - 31 * 24 * 3600;
    await utimes(join(folder, meta.id), monthAgo, monthAgo);
    const later = createFileStore(folder);
    await later.create(META, { items: [] });
    expect(await readdir(join(folder, meta.id))).toEqual(['meta.json']);
    await expect(later.extent(meta.id)).rejects.toMatchObject({ code: 'expiredResult' });
  });

  test('are looked for nowhere but in the folder: what lies beside it is neither read nor touched', async () => {
    const outside = join(folder, 'k7m2');
    await mkdir(outside);
    await writeFile(join(outside, 'meta.json'), JSON.stringify({ id: 'k7m2', ...META, createdAt: '' }));
    await writeFile(join(outside, '000001.json'), JSON.stringify({ start: 0, items: items(1, 2) }));
    const before = await stat(outside);
    const store = createFileStore(join(folder, 'results'));
    await store.prepare();
    for (const id of ['../k7m2', '../../k7m2', './../k7m2', '..\\k7m2']) {
      await expect(store.extent(id)).rejects.toMatchObject({ code: 'unknownResult' });
    }
    expect((await stat(outside)).mtimeMs).toBe(before.mtimeMs);
  });

  test('that cannot be written are named, with the option that helps', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(createFileStore(join(folder, 'file')).create(META, { items: [] })).rejects.toMatchObject({
      code: 'stateFolder',
      next: expect.stringContaining('--state-dir'),
    });
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

describe('a reference is held against the result before it is spelled out', () => {
  test.each([
    ['past the end', '#1-9999999', 'pastEnd'],
    ['past the end, again and again', `#${Array.from({ length: 40 }, () => '1-9999999').join()}`, 'pastEnd'],
    ['each item twice', '#1-35,1-35', 'badReference'],
    ['one item more often than there are items', `#${Array.from({ length: 36 }, () => '7').join()}`, 'badReference'],
  ])('%s', async (_, positions, code) => {
    const { requests, results } = listOf(35);
    const service = results();
    const { result } = await service.open(OPEN);
    await expect(service.resolve(`${result}${positions}`)).rejects.toMatchObject({ code });
    await expect(service.select(`${result}${positions}`)).rejects.toMatchObject({ code });
    expect(requests.length).toBeLessThanOrEqual(4);
  });

  test('what cannot be there costs no request', async () => {
    const { requests, results } = listOf(1_000_000);
    const service = results();
    const { result } = await service.open(OPEN);
    await expect(service.resolve(`${result}#5,10100`)).rejects.toMatchObject({
      code: 'pastEnd',
      message: `Result ${result} (July) has 10 loaded media items; #10100 is past the end.`,
    });
    await expect(service.page(result, 9999)).rejects.toMatchObject({ code: 'pastEnd' });
    expect(requests).toEqual(['0']);
  });
});

describe('a list that leads nowhere ends', () => {
  const listed = (list: FetchChunk) => createResults(createFileStore(folder), { list });
  const stuck = { code: 'listStuck', next: expect.any(String) };

  test('the same token again and again', async () => {
    let requests = 0;
    const results = listed(async () => {
      requests++;
      return { items: items(1, 10), next: 'again' };
    });
    const { result } = await results.open(OPEN);
    await expect(results.select(result)).rejects.toMatchObject(stuck);
    await expect(results.page(result, 2)).rejects.toMatchObject(stuck);
    expect(requests).toBe(3);
    expect(await results.resolve(`${result}#1-10`)).toHaveLength(10);
  });

  test('tokens that go round in a circle', async () => {
    let requests = 0;
    const results = listed(async () => ({ items: [], next: `t${++requests % 3}` }));
    await expect(results.open(OPEN)).rejects.toMatchObject(stuck);
    expect(requests).toBeLessThan(6);
  });

  test('one empty page after the other', async () => {
    let requests = 0;
    const results = listed(async () => ({ items: [], next: `t${++requests}` }));
    await expect(results.open(OPEN)).rejects.toMatchObject(stuck);
    expect(requests).toBeLessThanOrEqual(202);
  });
});
