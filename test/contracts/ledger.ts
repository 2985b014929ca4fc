/** What every upload ledger promises, in files and in databases alike. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Ledger } from '../../src/media/ledger/ledger.ts';

export interface LedgerUnderTest {
  /** The ledger of a person's library, as another process would open it. */
  open(): Ledger;
  /** Another person's. */
  openOther(): Ledger;
  /**
   * Starts a process that remembers `item-1`, `item-2`, … as the items of `NAME-1`, `NAME-2`, … without end, makes room
   * now and then, and prints each number once it is remembered.
   */
  startWriter(name: string): Promise<ChildProcess>;
}

const stamp = { size: 1, mtimeMs: 2.5, ctimeMs: 3.5, ino: 4 };

export function ledgerContract(name: string, make: () => LedgerUnderTest): void {
  describe(`the ledger in ${name}`, () => {
    test('remembers for the next process', async () => {
      const place = make();
      const ledger = place.open();
      await ledger.rememberHash('/a.jpg', stamp, 'h1');
      await ledger.rememberMediaItem('h1', 'item-1');
      await ledger.rememberUploadToken('h2', { token: 't2', at: 5 });
      await ledger.rememberAlbum('Lisbon', 'album-1');
      await ledger.rememberMediaItem('h3', 'item-3');
      await ledger.forgetMediaItem('h3');
      await ledger.rememberUploadToken('h4', { token: 't4', at: 6 });
      await ledger.forgetUploadToken('h4');
      for (const each of [ledger, place.open()]) {
        expect(await each.hashOf('/a.jpg', stamp)).toBe('h1');
        expect(await each.hashOf('/b.jpg', stamp)).toBeUndefined();
        expect(await each.mediaItemOf('h1')).toBe('item-1');
        expect(await each.uploadTokenOf('h2')).toEqual({ token: 't2', at: 5 });
        expect(await each.albumOf('Lisbon')).toBe('album-1');
        expect(await each.mediaItemOf('h3')).toBeUndefined();
        expect(await each.uploadTokenOf('h4')).toBeUndefined();
      }
    });

    test.each(['size', 'mtimeMs', 'ctimeMs', 'ino'])('a file whose %s has changed is another file', async (field) => {
      const ledger = make().open();
      await ledger.rememberHash('/a.jpg', stamp, 'h1');
      expect(await ledger.hashOf('/a.jpg', { ...stamp, [field]: 9 })).toBeUndefined();
      expect(await ledger.hashOf('/a.jpg', { ...stamp })).toBe('h1');
    });

    test('is one person’s', async () => {
      const place = make();
      await place.open().rememberMediaItem('h1', 'item-1');
      expect(await place.openOther().mediaItemOf('h1')).toBeUndefined();
    });

    test('sees at once what another process writes', async () => {
      const place = make();
      const [one, two] = [place.open(), place.open()];
      await one.rememberMediaItem('h1', 'item-1');
      expect(await two.mediaItemOf('h1')).toBe('item-1');
      await two.rememberMediaItem('h1', 'item-2');
      expect(await one.mediaItemOf('h1')).toBe('item-2');
      await two.forgetMediaItem('h1');
      expect(await one.mediaItemOf('h1')).toBeUndefined();
    });

    test('keeps any text, line breaks and all', async () => {
      const place = make();
      const title = 'a\nb\u2028"c" {"hash":"x"}';
      await place.open().rememberAlbum(title, 'album-1');
      expect(await place.open().albumOf(title)).toBe('album-1');
    });

    test('many calls at once are all remembered', async () => {
      const place = make();
      const [one, two] = [place.open(), place.open()];
      const numbers = Array.from({ length: 200 }, (_, index) => index);
      await Promise.all(numbers.map((n) => (n % 2 ? one : two).rememberMediaItem(`h${n}`, `item-${n}`)));
      const next = place.open();
      const found = await Promise.all(numbers.map((n) => next.mediaItemOf(`h${n}`)));
      expect(found).toEqual(numbers.map((n) => `item-${n}`));
    });

    test('loses nothing that was remembered when its writers are killed', { timeout: 60_000 }, async () => {
      const place = make();
      for (let round = 0; round < 4; round++) {
        const writers = await Promise.all(['a', 'b'].map((writer) => watch(place, `${writer}${round}`)));
        // Killed at one of the numbers that it prints, not at a time: so it is amid its work on any machine.
        await Promise.all(writers.map((writer) => writer.reaches(120 + round * 170)));
        for (const { process } of writers) process.kill('SIGKILL');
        await Promise.all(writers.map(({ process }) => once(process, 'close')));
        const ledger = place.open();
        for (const { name, last } of writers) {
          for (let n = 1; n <= last(); n++) expect(await ledger.mediaItemOf(`${name}-${n}`)).toBe(`item-${n}`);
        }
      }
    });
  });
}

async function watch(place: LedgerUnderTest, name: string) {
  const process = await place.startWriter(name);
  let output = '';
  process.stdout?.on('data', (data) => {
    output += data;
  });
  /** The last number that was printed whole. */
  const last = () => Number(output.split('\n').at(-2) ?? 0);
  const reaches = async (number: number) => {
    while (last() < number) await once(process.stdout ?? process, 'data');
  };
  return { name, process, last, reaches };
}
