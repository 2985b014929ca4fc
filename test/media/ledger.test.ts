import { appendFileSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/media/ledger/file-ledger.ts';
import { ledgerContract } from '../contracts/ledger.ts';
import { bundle } from '../harness/program.ts';
import { temporaryFolder } from './harness.ts';
import { start } from './programs/run.ts';

const DAY = 24 * 60 * 60 * 1000;

const openAt = (stateDir: string, account = 'default') => openLedger({ stateDir, account });

/** By this process, from files and pipes. */
const bytesRead = () => Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'utf8'))?.[1]);

ledgerContract('files', () => {
  const stateDir = temporaryFolder();
  return {
    open: () => openAt(stateDir),
    openOther: () => openAt(stateDir, 'other'),
    startWriter: async (name) => start(await bundle('test/media/programs/ledger.ts'), { stateDir, name }).process,
  };
});

describe('the ledger’s files', () => {
  it('lie in a folder of the account, whatever it is called', async () => {
    const stateDir = temporaryFolder();
    for (const account of ['anna@example.com', 'ben', '../anna']) {
      await openAt(stateDir, account).rememberMediaItem('h1', account);
    }
    expect(await openAt(stateDir, 'ben').mediaItemOf('h1')).toBe('ben');
    expect(readdirSync(join(stateDir, 'ledger')).sort()).toEqual(['..%2Fanna', 'anna%40example.com', 'ben']);
  });

  it('of version 0.1.0 are read where they lie, and written on', async () => {
    const stateDir = temporaryFolder();
    const folder = join(stateDir, 'ledger/default');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, '000001.ndjson'),
      '\n{"hash":"h1","mediaItemId":"item-1"}\n\n{"hash":"h2","mediaItemId":"x"}\n',
    );
    writeFileSync(
      join(folder, '000002.ndjson'),
      '{"hash":"h2","mediaItemId":"item-2"}\n\n{"album":"Lisbon","albumId":"a"}\n',
    );
    const ledger = openAt(stateDir);
    await ledger.rememberMediaItem('h3', 'item-3');
    for (const each of [ledger, openAt(stateDir)]) {
      expect(await Promise.all(['h1', 'h2', 'h3'].map((hash) => each.mediaItemOf(hash)))).toEqual([
        'item-1',
        'item-2',
        'item-3',
      ]);
      expect(await each.albumOf('Lisbon')).toBe('a');
    }
  });

  it('are read past torn and foreign lines', async () => {
    const stateDir = temporaryFolder();
    const ledger = openAt(stateDir);
    await ledger.rememberMediaItem('h1', 'item-1');
    const file = join(stateDir, 'ledger/default/000001.ndjson');
    appendFileSync(file, '\n{"hash":"h2","mediaItemI');
    await ledger.rememberMediaItem('h3', 'item-3');
    appendFileSync(file, '\n[]\n\n{"hash":7}\nnull\n{"file":"/x","stamp":{},"hash":"h"}\n');
    const next = openAt(stateDir);
    expect(await Promise.all(['h1', 'h2', 'h3'].map((hash) => next.mediaItemOf(hash)))).toEqual([
      'item-1',
      undefined,
      'item-3',
    ]);
  });

  it('are read once: looking something up reads nothing while nothing is added', async ({ skip }) => {
    if (process.platform !== 'linux') skip('only Linux counts the bytes that a process reads');
    const stateDir = temporaryFolder();
    mkdirSync(join(stateDir, 'ledger/default'), { recursive: true });
    const lines = Array.from({ length: 20_000 }, (_, n) => `\n{"hash":"h${n}","mediaItemId":"item-${n}"}\n`).join('');
    writeFileSync(join(stateDir, 'ledger/default/000001.ndjson'), lines);
    const ledger = openAt(stateDir);
    expect(await ledger.mediaItemOf('h0')).toBe('item-0');
    const before = bytesRead();
    for (let n = 0; n < 200; n++) expect(await ledger.mediaItemOf(`h${n}`)).toBe(`item-${n}`);
    // Reading the file each time would be 200 MB.
    expect(bytesRead() - before).toBeLessThan(lines.length);
  });

  it('are compacted while other processes go on writing', async () => {
    const stateDir = temporaryFolder();
    const [one, two] = [openAt(stateDir), openAt(stateDir)];
    for (let index = 0; index < 100; index++) await one.rememberMediaItem('h1', `item-${index}`);
    await one.rememberUploadToken('old', { token: 't', at: 0 });
    await two.mediaItemOf('h1');
    await one.compact();
    await two.rememberMediaItem('h2', 'item-two');
    await one.rememberMediaItem('h3', 'item-three');
    const next = openAt(stateDir);
    expect(await Promise.all(['h1', 'h2', 'h3'].map((hash) => next.mediaItemOf(hash)))).toEqual([
      'item-99',
      'item-two',
      'item-three',
    ]);
    expect(await two.mediaItemOf('h3')).toBe('item-three');
    const compacted = readFileSync(join(stateDir, 'ledger/default/000002.ndjson'), 'utf8');
    const hashes = compacted.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line).hash ?? [])));
    expect(hashes).toEqual(['h1', 'h2', 'h3']);
  });

  it('are dropped a day after the last word was written to them', async () => {
    const stateDir = temporaryFolder();
    const ledger = openAt(stateDir);
    await ledger.rememberMediaItem('h1', 'item-1');
    await ledger.compact();
    const folder = join(stateDir, 'ledger/default');
    const old = new Date(Date.now() - 2 * DAY);
    utimesSync(join(folder, '000001.ndjson'), old, old);
    await ledger.compact();
    expect(readdirSync(folder).sort()).toEqual(['000002.ndjson', '000003.ndjson']);
    expect(await openAt(stateDir).mediaItemOf('h1')).toBe('item-1');
  });

  it('that cannot be used say what to do', async () => {
    const stateDir = temporaryFolder();
    mkdirSync(join(stateDir, 'ledger'));
    writeFileSync(join(stateDir, 'ledger/default'), 'a file in the way');
    await expect(openAt(stateDir).rememberMediaItem('h1', 'item-1')).rejects.toMatchObject({
      code: 'stateNotWritable',
      next: expect.stringContaining('--state-dir'),
    });
  });

  it('of a newer version are left alone', async () => {
    const stateDir = temporaryFolder();
    await openAt(stateDir).rememberMediaItem('h1', 'item-1');
    const file = join(stateDir, 'ledger/default/000001.ndjson');
    appendFileSync(file, '\n{"version":2}\n\n{"something":"new"}\n');
    const before = readFileSync(file, 'utf8');
    await expect(openAt(stateDir).rememberMediaItem('h2', 'item-2')).rejects.toMatchObject({
      code: 'stateNotWritable',
      message: expect.stringContaining('a newer version'),
    });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
