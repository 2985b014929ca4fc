import { appendFileSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openLedger } from '../../src/media/ledger/file-ledger.ts';
import { temporaryFolder } from './harness.ts';
import { bundle, start } from './programs/run.ts';

const stamp = { size: 1, mtimeMs: 2.5, ctimeMs: 3.5, ino: 4 };
const DAY = 24 * 60 * 60 * 1000;

function openAt(stateDir: string, account = 'default') {
  return openLedger({ stateDir, account });
}

describe('the ledger', () => {
  it('remembers for the next process', () => {
    const stateDir = temporaryFolder();
    const ledger = openAt(stateDir);
    ledger.rememberHash('/a.jpg', stamp, 'h1');
    ledger.rememberMediaItem('h1', 'item-1');
    ledger.rememberUploadToken('h2', { token: 't2', at: 5 });
    ledger.rememberAlbum('Lisbon', 'album-1');
    ledger.rememberMediaItem('h3', 'item-3');
    ledger.forgetMediaItem('h3');
    const next = openAt(stateDir);
    expect(next.hashOf('/a.jpg', stamp)).toBe('h1');
    expect(next.hashOf('/a.jpg', { ...stamp, ctimeMs: 9 })).toBeUndefined();
    expect(next.mediaItemOf('h1')).toBe('item-1');
    expect(next.uploadTokenOf('h2')).toEqual({ token: 't2', at: 5 });
    expect(next.albumOf('Lisbon')).toBe('album-1');
    expect(next.mediaItemOf('h3')).toBeUndefined();
  });

  it('is another one for another account', () => {
    const stateDir = temporaryFolder();
    openAt(stateDir, 'anna@example.com').rememberMediaItem('h1', 'item-1');
    expect(openAt(stateDir, 'ben').mediaItemOf('h1')).toBeUndefined();
    expect(openAt(stateDir, '../anna').mediaItemOf('h1')).toBeUndefined();
    expect(readdirSync(join(stateDir, 'ledger')).sort()).toEqual(['..%2Fanna', 'anna%40example.com', 'ben']);
  });

  it('sees at once what another process writes', () => {
    const stateDir = temporaryFolder();
    const [one, two] = [openAt(stateDir), openAt(stateDir)];
    one.rememberMediaItem('h1', 'item-1');
    expect(two.mediaItemOf('h1')).toBe('item-1');
    two.rememberMediaItem('h1', 'item-2');
    expect(one.mediaItemOf('h1')).toBe('item-2');
  });

  it('reads past torn and foreign lines', () => {
    const stateDir = temporaryFolder();
    const ledger = openAt(stateDir);
    ledger.rememberMediaItem('h1', 'item-1');
    const file = join(stateDir, 'ledger/default/000001.ndjson');
    appendFileSync(file, '\n{"hash":"h2","mediaItemI');
    ledger.rememberMediaItem('h3', 'item-3');
    appendFileSync(file, '\n[]\n\n{"hash":7}\nnull\n{"file":"/x","stamp":{},"hash":"h"}\n');
    const next = openAt(stateDir);
    expect([next.mediaItemOf('h1'), next.mediaItemOf('h2'), next.mediaItemOf('h3')]).toEqual([
      'item-1',
      undefined,
      'item-3',
    ]);
  });

  it('is compacted while other processes go on writing', () => {
    const stateDir = temporaryFolder();
    const [one, two] = [openAt(stateDir), openAt(stateDir)];
    for (let index = 0; index < 100; index++) one.rememberMediaItem('h1', `item-${index}`);
    one.rememberUploadToken('old', { token: 't', at: 0 });
    one.compact(Date.now());
    two.rememberMediaItem('h2', 'item-two');
    one.rememberMediaItem('h3', 'item-three');
    const next = openAt(stateDir);
    expect(['h1', 'h2', 'h3'].map((hash) => next.mediaItemOf(hash))).toEqual(['item-99', 'item-two', 'item-three']);
    expect(two.mediaItemOf('h3')).toBe('item-three');
    const compacted = readFileSync(join(stateDir, 'ledger/default/000002.ndjson'), 'utf8').trim().split('\n');
    expect(compacted.filter((line) => line !== '').map((line) => JSON.parse(line).hash)).toEqual(['h1', 'h2', 'h3']);
  });

  it('drops generations a day after the last word was written to them', () => {
    const stateDir = temporaryFolder();
    const ledger = openAt(stateDir);
    ledger.rememberMediaItem('h1', 'item-1');
    ledger.compact(Date.now());
    const folder = join(stateDir, 'ledger/default');
    const old = new Date(Date.now() - 2 * DAY);
    utimesSync(join(folder, '000001.ndjson'), old, old);
    writeFileSync(join(folder, '1-abc.tmp'), '');
    utimesSync(join(folder, '1-abc.tmp'), old, old);
    ledger.compact(Date.now());
    expect(readdirSync(folder).sort()).toEqual(['000002.ndjson', '000003.ndjson']);
    expect(openAt(stateDir).mediaItemOf('h1')).toBe('item-1');
  });

  it('says what to do about a state folder that cannot be written', () => {
    const stateDir = temporaryFolder();
    mkdirSync(join(stateDir, 'ledger'));
    writeFileSync(join(stateDir, 'ledger/default'), 'a file in the way');
    expect(() => openAt(stateDir)).toThrow(
      expect.objectContaining({ code: 'stateNotWritable', next: expect.stringContaining('--state-dir') }),
    );
  });

  it('loses no finished record when its writers are killed', async () => {
    const stateDir = temporaryFolder();
    const program = await bundle('ledger', temporaryFolder());
    for (let round = 0; round < 6; round++) {
      const writers = ['a', 'b'].map((name) => start(program, { stateDir, name: `${name}${round}` }));
      await Promise.all(writers.map((writer) => writer.line((line) => line === '50')));
      await sleep(round * 7);
      for (const writer of writers) writer.process.kill('SIGKILL');
      await Promise.all(writers.map(({ end }) => end));
      const ledger = openAt(stateDir);
      for (const [index, writer] of writers.entries()) {
        const name = `${index === 0 ? 'a' : 'b'}${round}`;
        const last = Number(writer.printed().at(-1));
        for (let n = 1; n <= last; n++) expect(ledger.mediaItemOf(`${name}-${n}`)).toBe(`item-${n}`);
      }
    }
  });
});
