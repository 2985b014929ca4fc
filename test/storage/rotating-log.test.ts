import { appendFileSync, utimesSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, rmdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { UnknownVersion } from '../../src/storage/log-lines.ts';
import { openRotatingLog, type RotatingLog } from '../../src/storage/rotating-log.ts';
import { createRandom, PATIENT, start, temporaryFolder, useProgram } from './harness.ts';

interface Entry {
  key: string;
  value: number;
}

const DAY = 24 * 3_600_000;
const ledger = useProgram('ledger');

function parse(value: unknown): Entry | undefined {
  const isEntry = typeof value === 'object' && value !== null && 'key' in value && 'value' in value;
  return isEntry ? { key: String(value.key), value: Number(value.value) } : undefined;
}

/** A log, and what it adds up to: the last value of each key. */
async function openTable(folder: string) {
  const log: RotatingLog<Entry> = await openRotatingLog(folder, { version: 1, parse });
  const state = new Map<string, number>();
  const add = (records: Entry[]) => {
    for (const { key, value } of records) state.set(key, value);
  };
  return {
    log,
    async set(key: string, value: number) {
      await log.append({ key, value });
      add([{ key, value }]);
    },
    async read() {
      add((await log.readNew()).records);
      return Object.fromEntries(state);
    },
    compact: (meanwhile = () => {}) =>
      log.compact(({ records }) => {
        add(records);
        meanwhile();
        return Array.from(state, ([key, value]) => ({ key, value }));
      }),
  };
}

const freshly = async (folder: string) => (await openTable(folder)).read();

describe('a log that is made smaller', () => {
  test('holds then what all before added up to', async () => {
    const folder = join(temporaryFolder(), 'folder');
    const table = await openTable(folder);
    expect(await table.log.bytes()).toBe(0);
    for (let value = 0; value < 100; value++) await table.set('a', value);
    await table.set('b', 1);
    const before = await table.log.bytes();
    expect(await table.compact()).toBe(true);
    expect(await readFile(join(folder, '000002.ndjson'), 'utf8')).toBe(
      `\n{"version":1}\n{"key":"a","value":99}\n{"key":"b","value":1}\n{"sumOf":{"1":${before}}}\n`,
    );
    expect(before).toBeGreaterThan(2000);
    expect(await table.log.bytes()).toBeLessThan(100);
    expect(await freshly(folder)).toEqual({ a: 99, b: 1 });
    await table.set('c', 2);
    expect(await readFile(join(folder, '000002.ndjson'), 'utf8')).toContain('{"key":"c","value":2}');
  });

  test('may begin with a sum, of what was kept elsewhere', async () => {
    const folder = temporaryFolder();
    const table = await openTable(folder);
    await table.log.compact(() => [{ key: 'a', value: 1 }]);
    expect(await table.read()).toEqual({ a: 1 });
    await table.compact();
    expect(await freshly(folder)).toEqual({ a: 1 });
  });

  test('goes on for those who had it open', async () => {
    const folder = temporaryFolder();
    const [a, b] = [await openTable(folder), await openTable(folder)];
    await a.set('a', 1);
    await a.compact();
    expect(await b.log.hasGrown()).toBe(true);
    await b.set('b', 2);
    expect(await a.log.hasGrown()).toBe(true);
    await a.set('c', 3);
    expect(await a.read()).toEqual({ a: 1, b: 2, c: 3 });
    expect(await b.read()).toEqual({ a: 1, b: 2, c: 3 });
    expect([await a.log.hasGrown(), await b.log.hasGrown()]).toEqual([false, false]);
    expect((await readdir(folder)).sort()).toEqual(['000001.ndjson', '000002.ndjson']);
  });

  test('is started anew by one of those who try at once', async () => {
    const folder = temporaryFolder();
    const tables = [await openTable(folder), await openTable(folder), await openTable(folder)];
    await tables[0]?.set('a', 1);
    const first = await Promise.all(tables.map((table) => table.compact()));
    expect(first.filter(Boolean)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(['000001.ndjson', '000002.ndjson']);
    expect(await freshly(folder)).toEqual({ a: 1 });
  });

  test('loses nothing that comes too late for the sum, and keeps the order', async () => {
    const folder = temporaryFolder();
    const [table, follower] = [await openTable(folder), await openTable(folder)];
    await table.set('a', 1);
    const late = '\n{"key":"a","value":2}\n\n{"key":"b","value":3}\nrubbish\n';
    expect(await table.compact(() => appendFileSync(join(folder, '000001.ndjson'), late))).toBe(true);
    await table.set('c', 4);
    for (const reader of [follower, await openTable(folder)]) {
      const { records, damaged } = await reader.log.readNew();
      const last = new Map(records.map(({ key, value }) => [key, value]));
      expect([Object.fromEntries(last), damaged]).toEqual([{ a: 2, b: 3, c: 4 }, 1]);
    }
    expect(await table.read()).toEqual({ a: 2, b: 3, c: 4 });
  });

  test('a sum does not bring back what its reader has seen changed', async () => {
    const folder = temporaryFolder();
    const [table, ahead] = [await openTable(folder), await openTable(folder)];
    await table.set('a', 1);
    await table.compact(() => appendFileSync(join(folder, '000001.ndjson'), '\n{"key":"a","value":2}\n'));
    expect(await ahead.read()).toEqual({ a: 2 });
    expect(await table.read()).toEqual({ a: 2 });
  });

  test('a sum for those who do not know its files is followed by what came too late for it', async () => {
    const folder = temporaryFolder();
    const table = await openTable(folder);
    const late = (file: string, key: string, value: number) =>
      appendFileSync(join(folder, file), `\n${JSON.stringify({ key, value })}\n`);
    await table.set('a', 1);
    await table.compact(() => late('000001.ndjson', 'a', 2));
    await table.set('b', 1);
    await table.compact(() => late('000002.ndjson', 'b', 9));
    await rm(join(folder, '000001.ndjson'));
    expect(await freshly(folder)).toEqual({ a: 2, b: 9 });
  });

  test('drops files a day after the last word was written to them, and what killed processes left', async () => {
    const folder = temporaryFolder();
    const [table, asleep] = [await openTable(folder), await openTable(folder)];
    const age = async (name: string, days: number) => {
      const time = (Date.now() - days * DAY) / 1000;
      await utimes(join(folder, name), time, time);
    };
    await table.set('a', 1);
    await asleep.read();
    await table.set('a', 2);
    await writeFile(join(folder, '.1-0123456789ab.tmp'), '');
    await age('.1-0123456789ab.tmp', 1);
    await age('000001.ndjson', 0.99);
    await table.compact();
    expect(await readdir(folder)).toEqual(['000001.ndjson', '000002.ndjson']);
    await age('000001.ndjson', 1.01);
    await table.compact();
    await age('000002.ndjson', 1.01);
    await table.compact();
    expect(await readdir(folder)).toEqual(['000003.ndjson', '000004.ndjson']);
    // Has slept through all of it, with the first file open.
    await asleep.set('b', 2);
    expect(await freshly(folder)).toEqual({ a: 2, b: 2 });
    expect(await asleep.read()).toEqual({ a: 2, b: 2 });
  });

  test('keeps an old file that says more than the sum', async () => {
    const folder = temporaryFolder();
    const table = await openTable(folder);
    await table.set('a', 1);
    const path = join(folder, '000001.ndjson');
    const late = () => {
      appendFileSync(path, '\n{"key":"a","value":2}\n');
      utimesSync(path, 1, 1);
    };
    await table.compact(late);
    expect(await freshly(folder)).toEqual({ a: 2 });
    await table.compact();
    expect(await readdir(folder)).toEqual(['000002.ndjson', '000003.ndjson']);
    expect(await freshly(folder)).toEqual({ a: 2 });
  });

  test('that was killed while a sum was written still has everything', async () => {
    const folder = temporaryFolder();
    const table = await openTable(folder);
    await table.set('a', 1);
    // On a disk without links it stands there half.
    await writeFile(join(folder, '000002.ndjson'), '\n{"version":1}\n{"key":"a","va');
    await utimes(join(folder, '000001.ndjson'), 1, 1);
    await appendFile(join(folder, '000001.ndjson'), '\n{"key":"half');
    await utimes(join(folder, '000001.ndjson'), 1, 1);
    await table.set('b', 2);
    expect(await freshly(folder)).toEqual({ a: 1, b: 2 });
    await table.compact();
    expect(await readdir(folder)).toEqual(['000002.ndjson', '000003.ndjson']);
    expect(await freshly(folder)).toEqual({ a: 1, b: 2 });
  });

  test('reads again what it had read when the disk failed', async () => {
    const folder = temporaryFolder();
    const [table, reader] = [await openTable(folder), await openTable(folder)];
    await table.set('a', 1);
    await table.compact();
    await table.set('b', 2);
    // What is a folder cannot be read as a file.
    await mkdir(join(folder, '000003.ndjson'));
    await expect(reader.read()).rejects.toMatchObject({ code: 'EISDIR' });
    await rmdir(join(folder, '000003.ndjson'));
    expect(await reader.read()).toEqual({ a: 1, b: 2 });
  });

  test('reads what 0.1.0 left, and says what it cannot read', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, '000003.ndjson'), '{"key":"a","value":1}\n\n{"key":"b"}\n\n{"key":"c","value":2}\n');
    const table = await openTable(folder);
    expect(await table.log.readNew()).toMatchObject({ records: { length: 2 }, damaged: 1 });
    await table.set('d', 3);
    await writeFile(join(folder, '000004.ndjson'), '{"version":2}\n');
    await expect(table.set('e', 4)).rejects.toBeInstanceOf(UnknownVersion);
    await expect(table.compact()).rejects.toBeInstanceOf(UnknownVersion);
    await expect(openTable(folder)).rejects.toBeInstanceOf(UnknownVersion);
    expect(await readdir(folder)).toEqual(['000003.ndjson', '000004.ndjson']);
  });

  test('is not there where something stands in its way', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    await expect(openTable(join(folder, 'file'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

test.each([1, 2, 3])('the last value wins, whoever makes it smaller meanwhile (seed %i)', async (seed) => {
  const random = createRandom(seed);
  const folder = temporaryFolder();
  const live = async (name: string) => {
    const table = await openTable(folder);
    for (let value = 1; value <= 60; value++) {
      await table.set(name, value);
      if (random() < 0.15) await table.compact();
      if (random() < 0.3) await sleep(random() * 2);
    }
  };
  await Promise.all(['a', 'b', 'c', 'd'].map(live));
  expect(await freshly(folder)).toEqual({ a: 60, b: 60, c: 60, d: 60 });
});

test.each(['', 'link=EPERM'])(
  'loses no finished record when its writers are killed, on a disk with %j',
  PATIENT,
  async (faults) => {
    const random = createRandom(9);
    const folder = temporaryFolder();
    const follower = await openTable(folder);
    const finished = new Map<string, number>();
    for (let round = 0; round < 3; round++) {
      const writers = ['a', 'b'].map((name) => start(ledger(), { folder, name: `${name}${round}` }, { faults }));
      const printed = await Promise.all(writers.map((writer) => writer.lines(12)));
      await follower.read();
      await sleep(random() * 60);
      printed.push(...(await Promise.all(writers.map((writer) => writer.kill()))));
      for (const [key = '', value] of printed.flat().map((line) => line.split(' '))) finished.set(key, Number(value));
    }
    const states = [await freshly(folder), await follower.read()];
    for (const state of states) {
      // A kill may come between a record and the word that it is there.
      const lost = [...finished].filter(([key, value]) => (state[key] ?? 0) < value);
      expect(lost).toEqual([]);
    }
    // Seven keys each.
    expect(finished.size).toBe(42);
  },
);
