import { appendFile, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { type LogOptions, openLog, readLog } from '../../src/storage/append-log.ts';
import { type LogNews, UnknownVersion } from '../../src/storage/log-lines.ts';
import { createRandom, PATIENT, type Program, soon, start, temporaryFolder, useProgram } from './harness.ts';

interface Entry {
  n: number;
  text?: string;
}

const logWriter = useProgram('log-writer');
const journalist = useProgram('journalist');

function parse(value: unknown): Entry | undefined {
  const isEntry = typeof value === 'object' && value !== null && 'n' in value && typeof value.n === 'number';
  return isEntry ? { ...value, n: Number(value.n) } : undefined;
}

const format = { version: 1, parse };
const one: LogOptions<Entry> = { ...format, writers: 'one' };
const many: LogOptions<Entry> = { ...format, writers: 'many' };
const both = [{ options: one }, { options: many }];

const newPath = () => join(temporaryFolder(), 'folder', 'log.ndjson');

/** What was read, but for how far. */
const read = ({ records, damaged }: LogNews<Entry>) => ({ records, damaged });

async function written(text: string): Promise<string> {
  const path = join(temporaryFolder(), 'log.ndjson');
  await writeFile(path, text);
  return path;
}

describe.each(both)('with $options.writers to write it', ({ options }) => {
  test('gives back what was appended, in order, to the next process as well', async () => {
    const path = newPath();
    const log = await openLog(path, options);
    await Promise.all(Array.from({ length: 50 }, (_, n) => log.append({ n })));
    const expected = { records: Array.from({ length: 50 }, (_, n) => ({ n })), damaged: 0 };
    expect(read(await (await openLog(path, options)).readNew())).toEqual(expected);
    expect(read(await readLog(path, format))).toEqual(expected);
  });

  test('says its version first, once', async () => {
    const path = newPath();
    for (const n of [1, 2]) {
      const log = await openLog(path, options);
      await log.append({ n });
      await log.append({ n });
    }
    expect(await readFile(path, 'utf8')).toBe('\n{"version":1}\n\n{"n":1}\n\n{"n":1}\n\n{"n":2}\n\n{"n":2}\n');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
  });

  test('makes no file before there is something to write', async () => {
    const path = newPath();
    const log = await openLog(path, options);
    expect(read(await log.readNew())).toEqual({ records: [], damaged: 0 });
    expect(await log.hasGrown()).toBe(false);
    await expect(readdir(join(path, '..'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('keeps lines single, whatever a record says', async () => {
    const path = newPath();
    const log = await openLog(path, options);
    const texts = ['a\nb', 'a\r\nb', '\u2028\u2029', '\u0000', '\ud800', '🙂', '"\\', '{"n":1}\n'];
    for (const [n, text] of texts.entries()) await log.append({ n, text });
    const { records, damaged } = await readLog(path, format);
    expect(records.map(({ text }) => text)).toEqual(texts);
    expect(damaged).toBe(0);
    expect((await readFile(path, 'utf8')).split('\n').filter((line) => line !== '')).toHaveLength(texts.length + 1);
  });

  test('refuses what is no record, and writes nothing', async () => {
    const path = newPath();
    const log = await openLog<unknown>(path, { ...options, parse: (value) => value });
    await expect(log.append(undefined)).rejects.toBeInstanceOf(TypeError);
    await expect(log.append({ version: 1 })).rejects.toBeInstanceOf(TypeError);
    await expect(log.append({ n: 1n })).rejects.toBeInstanceOf(TypeError);
    await log.append({ n: 1 });
    expect((await readLog(path, format)).records).toEqual([{ n: 1 }]);
  });

  test('begins anew when somebody has removed the file', async () => {
    const path = newPath();
    const log = await openLog(path, options);
    await log.append({ n: 1 });
    await log.append({ n: 2 });
    await log.readNew();
    await rm(join(path, '..'), { recursive: true });
    await log.append({ n: 3 });
    expect(await readFile(path, 'utf8')).toBe('\n{"version":1}\n\n{"n":3}\n');
    expect(read(await log.readNew())).toEqual({ records: [{ n: 3 }], damaged: 0 });
  });

  test('writes to the disk when it must', async () => {
    const path = newPath();
    const log = await openLog(path, { ...options, durable: true });
    await log.append({ n: 1 });
    expect((await readLog(path, format)).records).toEqual([{ n: 1 }]);
  });

  test('reads files without a version, as 0.1.0 wrote them, and writes on', async () => {
    const path = await written('\n{"n":1}\n\n{"n":2}\n');
    const log = await openLog(path, options);
    expect((await log.readNew()).records).toEqual([{ n: 1 }, { n: 2 }]);
    await log.append({ n: 3 });
    expect(await readFile(path, 'utf8')).toBe('\n{"n":1}\n\n{"n":2}\n\n{"n":3}\n');
  });

  test('says a newer version before the first record of it', async () => {
    const path = await written('\n{"n":1}\n');
    const newer = await openLog(path, { ...options, version: 2 });
    await newer.append({ n: 2 });
    await newer.append({ n: 3 });
    expect(await readFile(path, 'utf8')).toBe('\n{"n":1}\n\n{"version":2}\n\n{"n":2}\n\n{"n":3}\n');
    await expect(readLog(path, format)).rejects.toMatchObject({ name: 'UnknownVersion', version: 2, path });
    expect((await readLog(path, { ...format, version: 3 })).records).toHaveLength(3);
  });

  test.each([
    '{"version":2}\n',
    '{"version":1}\n{"n":1}\n{"version":2}\n{"n":2}\n',
    '{"n":1}\n{"version":99,"by":"a later program"}\n',
    '\n{"version":2}\n\n{"n":1}\n{"n":2',
  ])('leaves alone what a newer program has written: %j', async (text) => {
    const path = await written(text);
    await expect(openLog(path, options)).rejects.toBeInstanceOf(UnknownVersion);
    await expect(readLog(path, format)).rejects.toBeInstanceOf(UnknownVersion);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  test.each([
    ['no JSON', 'x'],
    ['half a line', '{"n":1,"te'],
    ['no record', '{"m":1}'],
    ['no object', '7'],
    ['null', 'null'],
    ['zeros of a power cut', '\u0000\u0000\u0000'],
    ['a version that is no number', '{"version":"two"}'],
  ])('counts a damaged line (%s), wherever it is, and reads on', async (_, line) => {
    for (const text of [`${line}\n{"n":1}\n{"n":2}\n`, `{"n":1}\n${line}\n{"n":2}\n`, `{"n":1}\n{"n":2}\n${line}\n`]) {
      const log = await openLog(await written(text), options);
      expect(read(await log.readNew())).toEqual({ records: [{ n: 1 }, { n: 2 }], damaged: 1 });
      expect(read(await log.readNew())).toEqual({ records: [], damaged: 0 });
    }
  });

  test('passes over empty lines', async () => {
    expect(read(await readLog(await written('\n\n{"n":1}\r\n\r\n \n'), format))).toEqual({
      records: [{ n: 1 }],
      damaged: 0,
    });
  });

  test('cut off at any byte, it keeps every whole line, and takes more', async () => {
    const text = '\n{"version":1}\n\n{"n":1}\n\n{"n":2,"text":"é🙂"}\n\n{"n":3}\n';
    const bytes = Buffer.from(text);
    const path = await written('');
    for (let length = 0; length <= bytes.length; length++) {
      await writeFile(path, bytes.subarray(0, length));
      const whole = bytes
        .toString('utf8', 0, length)
        .split('\n')
        .slice(0, -1)
        .filter((line) => line.startsWith('{"n"'));
      const log = await openLog(path, options);
      const { records, damaged } = await log.readNew();
      expect([records.length, damaged]).toEqual([whole.length, 0]);
      await log.append({ n: 9 });
      const after = await readLog(path, format);
      expect(after.records.slice(0, whole.length)).toEqual(records);
      expect(after.records.at(-1)).toEqual({ n: 9 });
      // Many writers may not cut: half a line becomes a damaged one, or turns out to be whole but for its newline.
      const more = after.records.length - records.length - 1 + after.damaged;
      expect(more).toBeLessThanOrEqual(options.writers === 'one' ? 0 : 1);
      expect(await readFile(path, 'utf8')).toContain('{"version":1}\n');
    }
  });

  test('reads lines of any length, letters of any width', async () => {
    const path = newPath();
    const log = await openLog(path, options);
    const texts = ['🙂'.repeat(700_000), ...Array.from({ length: 40 }, (_, n) => 'é'.repeat(30_000 + n))];
    for (const [n, text] of texts.entries()) await log.append({ n, text });
    const { records, damaged } = await readLog(path, format);
    expect(damaged).toBe(0);
    expect(records.map(({ text }) => text?.length)).toEqual(texts.map((text) => text.length));
    expect(records.every(({ text }, n) => text === texts[n])).toBe(true);
  });
});

describe('one writer', () => {
  test('cuts off a half last line when it opens, and nothing else', async () => {
    const path = await written('{"n":1}\nx\n{"n":2');
    await openLog(path, one);
    expect(await readFile(path, 'utf8')).toBe('{"n":1}\nx\n');
  });

  test(
    'keeps every record that it was told of, whenever it is killed, and counts on without a gap',
    PATIENT,
    async () => {
      const random = createRandom(11);
      const folder = temporaryFolder();
      const path = join(folder, 'journal.ndjson');
      const job = { folder: join(folder, 'leases'), path };
      const running: Program[] = [];
      const length = async () => (await readLog(path, format)).records.length;
      let last = 0;
      for (let round = 1; round <= 6; round++) {
        while (running.length < 2) running.push(start(journalist(), job));
        const next = (await length()) + 5;
        await soon(async () => ((await length()) >= next ? true : undefined));
        await sleep(random() * 40);
        const printed = await running.splice(round % 2, 1)[0]?.kill();
        last = Math.max(last, ...(printed ?? []).map(Number));
      }
      for (const program of running) last = Math.max(last, ...(await program.kill()).map(Number));
      const { records, damaged } = await readLog(path, format);
      expect(records.map(({ n }) => n)).toEqual(records.map((_, index) => index + 1));
      expect(records.length).toBeGreaterThanOrEqual(last);
      expect(damaged).toBe(0);
      expect(last).toBeGreaterThan(10);
    },
  );

  test('leaves nothing of a record for which there was no room, and room for the next', async () => {
    const path = newPath();
    const job = { path, writers: 'one', durable: true, name: 'a', padding: 1000 };
    const printed = await start(logWriter(), job, { fileKiB: 8 }).end();
    expect(printed.slice(-2)).toEqual(['ENOSPC', 'and then 0']);
    expect(printed.length).toBeGreaterThan(6);
    const { records, damaged } = await readLog(path, format);
    expect(records.map(({ n }) => String(n))).toEqual([...printed.slice(0, -2), '0']);
    expect(damaged).toBe(0);
  });
});

describe('many writers', () => {
  test('each follows what the others write', async () => {
    const path = newPath();
    const [a, b] = [await openLog(path, many), await openLog(path, many)];
    await a.append({ n: 1 });
    expect(await b.hasGrown()).toBe(true);
    expect((await b.readNew()).records).toEqual([{ n: 1 }]);
    expect(await b.hasGrown()).toBe(false);
    await b.append({ n: 2 });
    await b.append({ n: 3 });
    expect((await a.readNew()).records).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    expect((await b.readNew()).records).toEqual([{ n: 2 }, { n: 3 }]);
    expect(read(await a.readNew())).toEqual({ records: [], damaged: 0 });
  });

  test('a line that is being written is news once, and a record when it is whole', async () => {
    const path = newPath();
    const log = await openLog(path, many);
    await log.append({ n: 1 });
    await log.readNew();
    await appendFile(path, '\n{"n":');
    expect(await log.hasGrown()).toBe(true);
    expect(read(await log.readNew())).toEqual({ records: [], damaged: 0 });
    expect(await log.hasGrown()).toBe(false);
    await appendFile(path, '2}\n');
    expect((await log.readNew()).records).toEqual([{ n: 2 }]);
  });

  test('what one left half written spoils nothing for the others, and is counted', async () => {
    const path = newPath();
    const log = await openLog(path, many);
    await log.append({ n: 1 });
    await appendFile(path, '\n{"n":2,"te');
    await log.append({ n: 3 });
    expect(read(await readLog(path, format))).toEqual({ records: [{ n: 1 }, { n: 3 }], damaged: 1 });
  });

  test('when a newer program comes, the others stop: nothing is read, nothing written', async () => {
    const path = newPath();
    const log = await openLog(path, many);
    await log.append({ n: 1 });
    const newer = await openLog(path, { ...many, version: 2 });
    await newer.append({ n: 2 });
    const text = await readFile(path, 'utf8');
    await expect(log.append({ n: 3 })).rejects.toBeInstanceOf(UnknownVersion);
    await expect(log.readNew()).rejects.toBeInstanceOf(UnknownVersion);
    await expect(log.append({ n: 3 })).rejects.toBeInstanceOf(UnknownVersion);
    expect(await readFile(path, 'utf8')).toBe(text);
    expect((await newer.readNew()).records).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('no finished record is lost when they are killed, and none is torn by another', PATIENT, async () => {
    const random = createRandom(5);
    const path = newPath();
    const finished = new Set<string>();
    const follower = await openLog(path, {
      version: 1,
      writers: 'many',
      parse: (value) => value as { name: string; n: number },
    });
    const seen: string[] = [];
    let killed = 0;
    let torn = 0;
    const follow = async () => {
      const { records, damaged } = await follower.readNew();
      torn += damaged;
      // A kill may come in the middle of a write, and tears that line alone.
      expect(torn).toBeLessThanOrEqual(killed);
      for (const { name, n } of records) seen.push(`${name} ${n}`);
    };
    for (let round = 0; round < 3; round++) {
      const names = ['a', 'b', 'c'].map((name) => `${name}${round}`);
      const writers = names.map((name) => start(logWriter(), { path, writers: 'many', name, padding: 3000 }));
      const printed = await Promise.all(writers.map((writer) => writer.lines(10)));
      await follow();
      await sleep(random() * 40);
      printed.push(...(await Promise.all(writers.map((writer) => writer.kill()))));
      killed += writers.length;
      for (const [index, lines] of printed.entries()) for (const n of lines) finished.add(`${names[index % 3]} ${n}`);
    }
    await follow();
    const all = new Set(seen);
    expect(all.size).toBe(seen.length);
    expect([...finished].filter((entry) => !all.has(entry))).toEqual([]);
    expect(finished.size).toBeGreaterThanOrEqual(90);
  });

  test('a record for which there was no room spoils nothing for the next', async () => {
    const path = newPath();
    const job = { path, writers: 'many', name: 'a', padding: 1000 };
    const printed = await start(logWriter(), job, { fileKiB: 8 }).end();
    expect(printed.slice(-2)).toEqual(['ENOSPC', 'EFBIG']);
    const log = await openLog(path, many);
    await log.append({ n: 0 });
    const { records, damaged } = await log.readNew();
    expect(records.map(({ n }) => String(n))).toEqual([...printed.slice(0, -2), '0']);
    expect(damaged).toBe(1);
  });
});
