import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createFileOnce, readPrivateText, readText, replaceFile } from '../../src/storage/atomic-file.ts';
import { sweepTemporaries } from '../../src/storage/temporaries.ts';
import { createRandom, PATIENT, type StartOptions, start, temporaryFolder, useProgram } from './harness.ts';

const atomic = useProgram('atomic');
const replacer = useProgram('replacer');
const creator = useProgram('creator');

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** What a process says that makes these calls on a disk with these faults. */
const onDisk = (options: StartOptions, ...calls: unknown[][]) => start(atomic(), { calls }, options).end();

/** The word that it says all along; undefined when it is not the whole text. */
function wholeWord(text: string, times: number): string | undefined {
  const words = text.split(' ').slice(0, -1);
  return words.length === times && new Set(words).size === 1 && text.endsWith(' ') ? words[0] : undefined;
}

describe('replacing', () => {
  test('makes folder and file, for their owner only, and leaves nothing else', async () => {
    const folder = join(temporaryFolder(), 'a', 'b');
    await replaceFile(join(folder, 'file'), 'old');
    await replaceFile(join(folder, 'file'), new TextEncoder().encode('né'), { durable: true });
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('né');
    expect(await readdir(folder)).toEqual(['file']);
    expect([await mode(join(folder, '..')), await mode(folder), await mode(join(folder, 'file'))]).toEqual([
      '700',
      '700',
      '600',
    ]);
  });

  test('takes a name as long as the disk takes', async () => {
    const path = join(temporaryFolder(), 'x'.repeat(255));
    await replaceFile(path, 'text');
    expect(await createFileOnce(path, 'other')).toBe(false);
    expect(await readText(path)).toBe('text');
  });

  test('closes a folder that was there only when asked to', async () => {
    const folder = join(temporaryFolder(), 'folder');
    await mkdir(folder, { mode: 0o755 });
    await replaceFile(join(folder, 'file'), '');
    expect(await mode(folder)).toBe('755');
    await replaceFile(join(folder, 'file'), '', { private: true });
    expect(await mode(folder)).toBe('700');
  });

  test('that fails leaves the old file, and nothing else', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    await replaceFile(path, 'old');
    expect(await onDisk({ faults: 'rename=EXDEV' }, ['replaceFile', path, 'new'])).toEqual(['EXDEV']);
    expect(await onDisk({ faults: 'rename=EPERM' }, ['replaceFile', path, 'new'])).toEqual(['EPERM']);
    expect(await onDisk({ fileKiB: 4 }, ['replaceFile', path, 'x'.repeat(9000)])).toEqual(['ENOSPC']);
    await expect(replaceFile(join(path, 'below a file'), '')).rejects.toMatchObject({
      code: expect.stringMatching(/ENOTDIR|EEXIST/),
    });
    await expect(replaceFile(folder, '')).rejects.toMatchObject({
      code: expect.stringMatching(/EISDIR|EEXIST|ENOTEMPTY/),
    });
    expect(await readText(path)).toBe('old');
    expect(await readdir(folder)).toEqual(['file']);
  });

  test.each(['EPERM', 'EACCES', 'EBUSY'])('waits while Windows says %s because somebody reads', async (code) => {
    const path = join(temporaryFolder(), 'file');
    expect(await onDisk({ faults: `rename=${code}*4` }, ['replaceFile', path, 'new'])).toEqual(['undefined']);
    expect(await readText(path)).toBe('new');
  });

  test('does without modes where a disk has none', async () => {
    const path = join(temporaryFolder(), 'file');
    await writeFile(path, 'text', { mode: 0o644 });
    const calls = [
      ['readPrivateText', path],
      ['replaceFile', path, 'new', { private: true, durable: true }],
    ];
    expect(await onDisk({ faults: 'chmod=EPERM,utimes=EPERM' }, ...calls)).toEqual(['text', 'undefined']);
  });

  test.each([false, true])('is never seen half, whoever is killed (durable: %j)', PATIENT, async (durable) => {
    const random = createRandom(7);
    const folder = temporaryFolder();
    const path = join(folder, 'file');
    const times = 30_000;
    const words = new Set<string>();
    const look = async () => words.add(wholeWord(await readFile(path, 'utf8'), times) ?? 'half');
    for (let round = 0; round < 3; round++) {
      const writers = ['a', 'b'].map((name) => start(replacer(), { path, name: `${name}${round}-`, times, durable }));
      for (const writer of writers) await writer.next();
      const next = words.size + 2;
      for (let index = 0; index < 15 || words.size < next; index++) await look();
      await sleep(random() * 30);
      await Promise.all(writers.map((writer) => writer.kill()));
      await look();
    }
    expect(words.size).toBeGreaterThan(4);
    expect(words).not.toContain('half');
    await sweepTemporaries(folder, 0);
    expect(await readdir(folder)).toEqual(['file']);
  });
});

describe('creating once', () => {
  test('is for one, with its content', async () => {
    const path = join(temporaryFolder(), 'folder', 'file');
    expect(await createFileOnce(path, 'first', { durable: true })).toBe(true);
    expect(await createFileOnce(path, 'second')).toBe(false);
    expect(await readText(path)).toBe('first');
    expect(await mode(path)).toBe('600');
    expect(await readdir(join(path, '..'))).toEqual(['file']);
  });

  test.each(['', 'link=EISDIR', 'link=EPERM', 'link=ENOTSUP'])(
    'of many processes, one is first for each file (%j)',
    async (faults) => {
      const folder = temporaryFolder();
      const job = { folder, files: 40, times: 2_000 };
      const names = ['a', 'b'];
      const won = await Promise.all(names.map((name) => start(creator(), { ...job, name }, { faults }).end()));
      expect(
        won
          .flat()
          .map(Number)
          .sort((a, b) => a - b),
      ).toEqual(Array.from({ length: 40 }, (_, n) => n));
      for (const [index, name] of names.entries()) {
        for (const n of won[index] ?? []) expect(wholeWord(await readFile(join(folder, n), 'utf8'), 2_000)).toBe(name);
      }
      expect(await readdir(folder)).toHaveLength(40);
    },
  );

  test('is whole, whoever is killed', PATIENT, async () => {
    const random = createRandom(3);
    const folder = temporaryFolder();
    for (let round = 0; round < 5; round++) {
      const program = start(creator(), { folder, name: `r${round}`, files: 1_000_000, times: 30_000 });
      await program.next();
      await sleep(random() * 25);
      await program.kill();
    }
    await sweepTemporaries(folder, 0);
    const names = await readdir(folder);
    expect(names.length).toBeGreaterThanOrEqual(5);
    for (const name of names) expect(wholeWord(await readFile(join(folder, name), 'utf8'), 30_000)).toMatch(/^r\d$/);
  });

  test.each(['ENOSPC', 'EROFS', 'EDQUOT', 'ENOENT'])('fails with %s, without trying otherwise', async (code) => {
    const folder = temporaryFolder();
    expect(await onDisk({ faults: `link=${code}` }, ['createFileOnce', join(folder, 'file'), 'text'])).toEqual([code]);
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves no empty file where there are no links and no more room', async () => {
    const folder = temporaryFolder();
    const call = ['createFileOnce', join(folder, 'file'), 'text'];
    expect(await onDisk({ faults: 'link=EISDIR,write=ENOSPC' }, call)).toEqual(['ENOSPC']);
    expect(await onDisk({ fileKiB: 4 }, [...call.slice(0, 2), 'x'.repeat(9000)])).toEqual(['ENOSPC']);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('moving once', () => {
  test.each(['', 'link=EISDIR'])('gives a name that is free, and never takes one (%j)', async (faults) => {
    const folder = temporaryFolder();
    const [part, path] = [join(folder, 'part'), join(folder, 'file')];
    await writeFile(part, 'first');
    expect(await onDisk({ faults }, ['moveOnce', part, path])).toEqual(['true']);
    expect(await readdir(folder)).toEqual(['file']);
    await writeFile(part, 'second');
    expect(await onDisk({ faults }, ['moveOnce', part, path])).toEqual(['false']);
    expect([await readText(path), await readText(part)]).toEqual(['first', 'second']);
  });

  test('that fails leaves no empty file under the name', async () => {
    const folder = temporaryFolder();
    const [part, path] = [join(folder, 'part'), join(folder, 'file')];
    await writeFile(part, 'text');
    expect(await onDisk({ faults: 'link=EPERM,rename=EIO' }, ['moveOnce', part, path])).toEqual(['EIO']);
    expect(await onDisk({ faults: 'link=ENOSPC' }, ['moveOnce', part, path])).toEqual(['ENOSPC']);
    expect(await readdir(folder)).toEqual(['part']);
  });
});

describe('reading', () => {
  test('gives nothing where there is nothing', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'file'), 'text');
    for (const read of [readText, readPrivateText]) {
      expect(await read(join(folder, 'file'))).toBe('text');
      expect(await read(join(folder, 'none'))).toBeUndefined();
      expect(await read(join(folder, 'file', 'none'))).toBeUndefined();
      await expect(read(folder)).rejects.toMatchObject({ code: 'EISDIR' });
    }
  });

  test('closes what is private, and nothing else', async () => {
    const path = join(temporaryFolder(), 'file');
    await writeFile(path, 'text');
    await chmod(path, 0o644);
    await readText(path);
    expect(await mode(path)).toBe('644');
    await readPrivateText(path);
    expect(await mode(path)).toBe('600');
  });
});

test('sweeping takes our leftovers once they are old, and only ours', async () => {
  const folder = temporaryFolder();
  const ours = ['.123-0123456789ab.tmp', '9-0123456789ab.tmp'];
  const others = ['photo.tmp', '.123-0123456789ab.tmp.jpg', '.x-0123456789ab.tmp', '.1-0123.tmp', 'file'];
  for (const name of [...ours, ...others]) await writeFile(join(folder, name), '');
  await sweepTemporaries(folder, 3_600_000);
  expect(await readdir(folder)).toHaveLength(7);
  const before = new Date(Date.now() - 3_700_000);
  for (const name of [...ours, ...others]) await utimes(join(folder, name), before, before);
  await sweepTemporaries(folder, 3_600_000);
  expect((await readdir(folder)).sort()).toEqual(others.sort());
  await sweepTemporaries(join(folder, 'none'), 0);
});
