/** What every store of results promises, files and databases alike. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { ResultStore } from '../../src/results/store.ts';
import type { ResultItem } from '../../src/results/types.ts';

export interface StoreUnderTest {
  /** A store of the person on the place that all stores of this object share, as another process would open it. */
  open(options?: { now?: () => number; newId?: (attempt: number) => string }): ResultStore;
  /** Starts a process that makes results and adds to them without end, and prints each id that it has made. */
  startWriter(): Promise<ChildProcess>;
  /** Starts a process that says it is ready, waits for a line, adds chunk 1 of so many items, and prints the number then. */
  startAppender(id: string, items: number): Promise<ChildProcess>;
  /** A store of another person. */
  openOther(): ResultStore;
}

const item = (number: number): ResultItem => ({
  kind: 'mediaItem',
  id: `id${number}`,
  filename: `${number}.jpg`,
  type: 'photo',
  mimeType: 'image/jpeg',
});

/** Items number `from` to `to`. */
export const items = (from: number, to: number): ResultItem[] =>
  Array.from({ length: to - from + 1 }, (_, index) => item(from + index));

export const META = { title: 'July 2024', noun: 'media items', origin: { tool: 'list', input: { a: 1 } }, pageSize: 2 };
const DAY = 24 * 3600_000;

/** The next line that a process prints. */
async function lineOf({ stdout }: ChildProcess): Promise<string> {
  const [data] = await once(stdout ?? process, 'data');
  return String(data).trim();
}

export function resultStoreContract(name: string, make: () => StoreUnderTest): void {
  describe(`results kept by ${name}`, () => {
    test('are the same for another process', async () => {
      const place = make();
      const { meta } = await place.open().create(META, { items: items(1, 2), next: 'T' });
      expect(meta).toEqual({ ...META, id: meta.id, createdAt: meta.createdAt });
      const other = place.open();
      expect(await other.extent(meta.id)).toEqual({ meta, chunks: 1, items: 2, next: 'T', endsEmpty: false });
      expect(await other.read(meta.id, 0, 10)).toEqual(items(1, 2));
    });

    test('grow at their end, for all who look', async () => {
      const place = make();
      const [one, two] = [place.open(), place.open()];
      const { meta } = await one.create(META, { items: items(1, 2), next: 'a' });
      await two.extent(meta.id);
      await one.append(meta.id, 1, { items: items(3, 7), next: 'b' });
      expect(await two.extent(meta.id)).toMatchObject({ chunks: 2, items: 7, next: 'b' });
      expect(await two.append(meta.id, 2, { items: [], next: 'c' })).toMatchObject({ items: 7, endsEmpty: true });
      await two.append(meta.id, 3, { items: items(8, 8) });
      for (const store of [one, two, place.open()]) {
        const { next, ...extent } = await store.extent(meta.id);
        expect([extent.items, extent.chunks, extent.endsEmpty, next]).toEqual([8, 4, false, undefined]);
        expect(await store.read(meta.id, 1, 8)).toEqual(items(2, 8));
        expect(await store.read(meta.id, 6, 7)).toEqual(items(7, 7));
      }
    });

    test('of two writers of the same chunk the first wins, and both see it', async () => {
      const place = make();
      const [one, two] = [place.open(), place.open()];
      const { meta } = await one.create(META, { items: items(1, 2), next: 'T' });
      await two.extent(meta.id);
      await one.append(meta.id, 1, { items: items(3, 5) });
      expect(await two.append(meta.id, 1, { items: items(3, 4), next: 'U' })).toMatchObject({ items: 5, chunks: 2 });
      expect((await two.extent(meta.id)).next).toBeUndefined();
      expect(await two.read(meta.id, 0, 9)).toEqual(items(1, 5));
    });

    test('of two processes that add the same chunk at once the first wins, and both say the same', {
      timeout: 60_000,
    }, async () => {
      const place = make();
      for (let round = 0; round < 4; round++) {
        const { meta } = await place.open().create(META, { items: items(1, 2), next: 'T' });
        const processes = await Promise.all([100, 200].map((count) => place.startAppender(meta.id, count)));
        await Promise.all(processes.map(lineOf));
        const answers = Promise.all(processes.map(lineOf));
        for (const { stdin } of processes) stdin?.write('go\n');
        const [one, other] = await answers;
        expect(one).toBe(other);
        expect(['102', '202']).toContain(one);
        const extent = await place.open().extent(meta.id);
        expect(extent).toMatchObject({ items: Number(one), chunks: 2 });
        expect(await place.open().read(meta.id, 0, 1_000)).toHaveLength(extent.items);
      }
    });

    test('a writer that is behind learns how far the result is', async () => {
      const place = make();
      const [one, two] = [place.open(), place.open()];
      const { meta } = await one.create(META, { items: items(1, 2), next: 'a' });
      await two.extent(meta.id);
      await one.append(meta.id, 1, { items: items(3, 4), next: 'b' });
      await one.append(meta.id, 2, { items: items(5, 9), next: 'c' });
      const whole = { meta, chunks: 3, items: 9, next: 'c', endsEmpty: false };
      expect(await two.append(meta.id, 1, { items: items(3, 3), next: 'x' })).toEqual(whole);
      expect(await one.append(meta.id, 1, { items: items(3, 3), next: 'x' })).toEqual(whole);
      expect(await one.extent(meta.id)).toEqual(whole);
      expect(await two.read(meta.id, 0, 9)).toEqual(items(1, 9));
      await expect(one.append(meta.id, 5, { items: [] })).rejects.toThrow('gap');
    });

    test('are read from anywhere to anywhere, however many there are', async () => {
      const place = make();
      const { meta } = await place.open().create(META, { items: items(1, 12_345) });
      const store = place.open();
      for (const [from, to] of [
        [0, 3],
        [499, 502],
        [12_344, 12_345],
        [5_000, 6_001],
        [0, 12_345],
      ] as const) {
        expect(await store.read(meta.id, from, to)).toEqual(items(from + 1, to));
      }
      expect(await store.read(meta.id, 12_345, 12_400)).toEqual([]);
      expect(await store.read(meta.id, 7, 7)).toEqual([]);
    });

    test('may be empty', async () => {
      const place = make();
      const { meta } = await place.open().create(META, { items: [] });
      expect(await place.open().extent(meta.id)).toEqual({ meta, chunks: 1, items: 0, endsEmpty: false });
      expect(await place.open().read(meta.id, 0, 5)).toEqual([]);
    });

    test('an id that is taken is drawn again', async () => {
      const ids = ['aaaa', 'aaaa', 'aaaa', 'bbbb'];
      const store = make().open({ newId: () => ids.shift() ?? 'cccc' });
      expect((await store.create(META, { items: [] })).meta.id).toBe('aaaa');
      expect((await store.create(META, { items: [] })).meta.id).toBe('bbbb');
    });

    test.each([
      'zzzz',
      '',
      '..',
      '../x',
      '../../../../etc',
      'a/b',
      'k7m2/../k7m3',
      'K7M2',
      'k7m2\0',
      'k7m2\n',
      'é',
      '%2e%2e',
    ])('there is no result %j', async (id) => {
      const store = make().open();
      await store.create(META, { items: items(1, 1) });
      const refusal = { code: 'unknownResult', message: expect.stringMatching(/^There is no result [^\n]*\.$/) };
      await expect(store.extent(id)).rejects.toMatchObject(refusal);
      await expect(store.read(id, 0, 1)).rejects.toMatchObject(refusal);
      await expect(store.append(id, 1, { items: [] })).rejects.toMatchObject(refusal);
    });

    test('belong to one person', async () => {
      const place = make();
      const { meta } = await place.open().create(META, { items: items(1, 1) });
      await expect(place.openOther().extent(meta.id)).rejects.toMatchObject({ code: 'unknownResult' });
    });

    test('live a month from their last use, and then say how to get them again', async () => {
      const place = make();
      let now = Date.now();
      const clock = () => now;
      const store = place.open({ now: clock });
      const { meta } = await store.create(META, { items: items(1, 2) });
      for (let month = 0; month < 3; month++) {
        now += 29 * DAY;
        await (month === 1 ? place.open({ now: clock }) : store).extent(meta.id);
      }
      now += 31 * DAY;
      const over = { code: 'expiredResult', next: 'Get it again: list {"a":1}.' };
      await expect(store.extent(meta.id)).rejects.toMatchObject(over);
      await expect(place.open({ now: clock }).extent(meta.id)).rejects.toMatchObject(over);
      await place.open({ now: clock }).create(META, { items: [] });
      await expect(place.open({ now: clock }).extent(meta.id)).rejects.toMatchObject(over);
    });

    test('a use by one process counts for another that knows the result from before', async () => {
      const place = make();
      let now = Date.now();
      const [one, two] = [place.open({ now: () => now }), place.open({ now: () => now })];
      const { meta } = await one.create(META, { items: items(1, 2) });
      now += 20 * DAY;
      await two.extent(meta.id);
      now += 20 * DAY;
      expect(await one.extent(meta.id)).toMatchObject({ items: 2 });
    });

    test('a process killed at any instant leaves every result that it has named whole', {
      timeout: 60_000,
    }, async () => {
      const place = make();
      const named: string[] = [];
      for (let round = 0; round < 6; round++) {
        const writer = await place.startWriter();
        let output = '';
        writer.stdout?.on('data', (data) => {
          output += data;
        });
        // Killed at one of the bytes that it writes, not at a time: so it is amid its work on any machine.
        while (output.split('\n').length <= 2 + round * 3) await once(writer.stdout ?? writer, 'data');
        writer.kill('SIGKILL');
        await once(writer, 'close');
        named.push(...output.split('\n').slice(0, -1));
      }
      expect(named.length).toBeGreaterThan(12);
      for (const id of named) {
        const store = place.open();
        const extent = await store.extent(id);
        expect(extent.items % 300).toBe(0);
        expect(await store.read(id, 0, Number.POSITIVE_INFINITY)).toHaveLength(extent.items);
      }
    });
  });
}
