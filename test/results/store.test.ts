import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFileStore } from '../../src/results/file-store.ts';
import { createResults, type FetchChunk } from '../../src/results/results.ts';
import { items, META, resultStoreContract } from '../contracts/result-store.ts';
import { bundle, run } from '../harness/program.ts';

/** Bundled once. */
let program: string;
beforeAll(async () => {
  program = await bundle('test/results/result-writer.ts');
});

const startWriter = async (...args: string[]) =>
  run(program, [join(folder, 'one'), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'results-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

resultStoreContract('files', () => ({
  open: (options) => createFileStore(join(folder, 'one'), options),
  openOther: () => createFileStore(join(folder, 'other')),
  startWriter: () => startWriter(),
  startAppender: (id, count) => startWriter(id, String(count)),
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

  test('what a day’s requests could not load costs none', async () => {
    const { requests, results } = listOf(1_000_000);
    const service = results();
    const { result } = await service.open(OPEN);
    await expect(service.resolve(`${result}#5,100011`)).rejects.toMatchObject({
      code: 'pastEnd',
      message: `Result ${result} (July) has 10 loaded media items; #100011 is past the end.`,
    });
    await expect(service.page(result, 10_002)).rejects.toMatchObject({ code: 'pastEnd' });
    expect(requests).toEqual(['0']);
  });

  test('what is far ahead is loaded', async () => {
    const { requests, results } = listOf(20_000);
    const service = results();
    const { result } = await service.open(OPEN);
    expect((await service.page(result, 1_500)).from).toBe(14_991);
    expect(await service.resolve(`${result}#19999`)).toMatchObject([{ position: 19_999, item: { id: 'id19999' } }]);
    expect(requests).toHaveLength(2_000);
  });

  test('a reference of very many runs', async () => {
    const { results } = listOf(20_000);
    const service = results();
    const { result } = await service.open({ ...OPEN, pageSize: 10_000 });
    const odd = Array.from({ length: 10_000 }, (_, index) => 2 * index + 1);
    const found = await service.resolve(`${result}#${odd.join()}`);
    expect(found.map(({ position }) => position)).toEqual(odd);
    const many = Array.from({ length: 300_000 }, () => '3').join();
    await expect(service.resolve(`${result}#${many}`)).rejects.toMatchObject({ code: 'badReference' });
  });
});

describe('an item that several references name comes once, where it is named first', () => {
  test.each<[string[], number[][]]>([
    [['#3,1-2,3'], [[3, 1, 2]]],
    [
      ['#4-6', '#5', '#3-8'],
      [[4, 5, 6], [], [3, 7, 8]],
    ],
    [
      ['#33', '#all', '#all'],
      [[33], [...Array.from({ length: 32 }, (_, index) => index + 1), 34, 35], []],
    ],
  ])('%j', async (positions, expected) => {
    const { results } = listOf(35);
    const service = results();
    const { result } = await service.open(OPEN);
    const found = await service.resolveAll(positions.map((position) => `${result}${position}`));
    expect(found.map((items) => items.map(({ position }) => position))).toEqual(expected);
    const [first] = found.flat();
    expect(first).toMatchObject({ item: { id: `id${first?.position}` } });
  });

  test('two results are two', async () => {
    const { results } = listOf(35);
    const service = results();
    const [one, two] = [await service.open(OPEN), await service.open(OPEN)];
    const found = await service.resolveAll([`${one.result}#1-2`, `${two.result}#2`]);
    expect(found.map((items) => items.length)).toEqual([2, 1]);
  });
});

describe('a result of some items of another', () => {
  const PART = { ...OPEN, title: 'July: photos', pageSize: 100 };

  test('is the same one when it is asked for again, and another for other positions or another title', async () => {
    const { results } = listOf(35);
    const service = results();
    const { result } = await service.open(OPEN);
    const all = await service.select(result);
    const made = await service.derive(all, [3, 1, 30], PART);
    expect((await service.select(made)).items).toEqual([3, 1, 30].map((number) => items(number, number)[0]));
    expect(await service.derive(await service.select(result), [3, 1, 30], PART)).toBe(made);
    expect(await service.derive(all, [1, 3, 30], PART)).not.toBe(made);
    expect(await service.derive(all, [3, 1, 30], { ...PART, title: 'July: best' })).not.toBe(made);
  });

  test('is made anew when it is no longer there', async () => {
    let now = Date.now();
    const store = createFileStore(folder, { now: () => now });
    const service = createResults(store, { list: async () => ({ items: items(1, 5) }) });
    const all = await service.select((await service.open(OPEN)).result);
    const made = await service.derive(all, [2, 4], PART);
    now += 31 * 24 * 3600_000;
    const again = await service.derive(all, [2, 4], PART);
    expect(again).not.toBe(made);
    expect((await service.select(again)).items).toEqual([items(2, 2)[0], items(4, 4)[0]]);
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

  test('a list that is slow ends in time, with what is loaded kept, for all references of a call together', async () => {
    let now = 1_000_000;
    const asked: (number | undefined)[] = [];
    const slow: FetchChunk = async (_, { pageToken = '0' }, { budgetMs }) => {
      asked.push(budgetMs);
      now += 20_000;
      const from = Number(pageToken);
      return { items: items(from + 1, from + 10), next: String(from + 10) };
    };
    const results = createResults(createFileStore(folder), { list: slow }, { clock: { now: () => now } });
    const { result } = await results.open(OPEN);
    await expect(results.resolveAll([`${result}#11`, `${result}#21`, `${result}#all`])).rejects.toMatchObject({
      code: 'listTooLong',
      message:
        "Google's list of media items is too long for one call: 40 media items were read when the time was over, and there are more.",
      next: `What is loaded stays, and calling again goes on; or use a part, such as ${result}#1-30.`,
    });
    expect(asked).toEqual([undefined, 50_000, 30_000, 10_000]);
    expect(await results.resolve(`${result}#40`)).toHaveLength(1);
  });

  test('making a result and filling its first page have one time', async () => {
    let now = 1_000_000;
    const slow: FetchChunk = async (_, { pageToken = '0' }) => {
      now += 30_000;
      return { items: items(Number(pageToken) + 1, Number(pageToken) + 1), next: String(Number(pageToken) + 1) };
    };
    const results = createResults(createFileStore(folder), { list: slow }, { clock: { now: () => now } });
    await expect(results.open(OPEN)).rejects.toMatchObject({ code: 'listTooLong' });
    expect(now).toBe(1_060_000);
  });

  test('one empty page after the other', async () => {
    let requests = 0;
    const results = listed(async () => ({ items: [], next: `t${++requests}` }));
    await expect(results.open(OPEN)).rejects.toMatchObject(stuck);
    expect(requests).toBeLessThanOrEqual(202);
  });
});
