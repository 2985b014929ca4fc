/** What every implementation of `Leases` promises; files here, a database later. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Lease, LeaseLost, type Leases } from '../../../src/storage/lease.ts';
import { LockBusy, withLock } from '../../../src/storage/lock.ts';
import { soon } from '../harness.ts';

/** Another process that took a key when this was made. */
export interface OtherProcess {
  epoch: number;
  /** At once and without a word, as SIGKILL does. */
  kill(): Promise<void>;
}

/** Two owners who share their keys with each other, and with nobody outside the test. */
export interface TwoOwners {
  one: Leases;
  two: Leases;
  /** `one` sleeps for longer than its lifetime: its heart does not beat. That of `two` does. */
  letOneSleep(): Promise<void>;
  /** Starts a process that takes the key and keeps it. */
  startOther(key: string): Promise<OtherProcess>;
  close(): Promise<void>;
}

async function taken(leases: Leases, key: string): Promise<Lease> {
  const lease = await leases.take(key);
  if (!lease) throw new Error(`${key} cannot be taken.`);
  return lease;
}

export function leasesContract(name: string, makeTwoOwners: () => Promise<TwoOwners>): void {
  describe(name, () => {
    let owners: TwoOwners;
    beforeEach(async () => {
      owners = await makeTwoOwners();
    });
    afterEach(() => owners.close());

    test('one owner at a time, the same or another', async () => {
      const { one, two } = owners;
      const lease = await taken(one, 'key');
      expect(await two.take('key')).toBeUndefined();
      expect(await one.take('key')).toBeUndefined();
      await lease.assertHeld();
      await lease.release();
      await (await taken(two, 'key')).assertHeld();
    });

    test('one of many who come at once', async () => {
      const { one, two } = owners;
      const found = await Promise.all(Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).take('key')));
      // None is possible: two who get in each other's way may both step back.
      expect(found.filter((lease) => lease !== undefined).length).toBeLessThanOrEqual(1);
      for (const lease of found) await lease?.release();
      await (await soon(() => one.take('key'))).release();
    });

    test('keys are any text, and keep apart', async () => {
      const { one, two } = owners;
      const keys = ['key', 'Key', 'key ', '../key', 'a/b', 'a\\b', '', '.', 'CON', 'Ü 日本 🙂', '\n', 'x'.repeat(5000)];
      const leases = await Promise.all(keys.map((key) => taken(one, key)));
      for (const key of keys) expect(await two.take(key)).toBeUndefined();
      for (const lease of leases) await lease.assertHeld();
    });

    test('epochs grow with every owner of a key', async () => {
      const { one, two } = owners;
      const epochs: number[] = [];
      for (const leases of [one, two, two, one, one, two]) {
        const lease = await taken(leases, 'key');
        epochs.push(lease.epoch);
        await lease.release();
      }
      expect(epochs).toEqual([...new Set(epochs)].sort((a, b) => a - b));
    });

    test('what was released is lost, and releasing it again takes nothing from the next owner', async () => {
      const { one, two } = owners;
      const first = await taken(one, 'key');
      await first.release();
      await expect(first.assertHeld()).rejects.toBeInstanceOf(LeaseLost);
      const second = await taken(two, 'key');
      await first.release();
      await second.assertHeld();
      expect(await one.take('key')).toBeUndefined();
    });

    test('a sleeper loses its lease to whoever comes, and knows it when it wakes', async () => {
      const { one, two } = owners;
      const slept = await taken(one, 'key');
      await owners.letOneSleep();
      const next = await soon(() => two.take('key'));
      expect(next.epoch).toBeGreaterThan(slept.epoch);
      await expect(slept.assertHeld()).rejects.toBeInstanceOf(LeaseLost);
      await expect(slept.assertHeld()).rejects.toMatchObject({ name: 'LeaseLost', key: 'key' });
      await slept.release();
      await next.assertHeld();
      expect(await one.take('key')).toBeUndefined();
    });

    test('a sleeper whom nobody missed either goes on or knows that it may not', async () => {
      const { one, two } = owners;
      const slept = await taken(one, 'key');
      await owners.letOneSleep();
      const isHeld = await slept.assertHeld().then(
        () => true,
        () => false,
      );
      const next = await two.take('key');
      expect(next === undefined).toBe(isHeld);
    });

    test('a process killed -9 leaves its lease to the next, under a higher epoch', async () => {
      const { one, two } = owners;
      let last = 0;
      for (const next of [one, two, one]) {
        const other = await owners.startOther('key');
        expect(other.epoch).toBeGreaterThan(last);
        expect(await next.take('key')).toBeUndefined();
        await other.kill();
        const lease = await soon(() => next.take('key'));
        expect(lease.epoch).toBeGreaterThan(other.epoch);
        last = lease.epoch;
        await lease.release();
      }
    });

    describe('under a lock', () => {
      test('work is alone, and in the order of asking within one owner', async () => {
        const { one, two } = owners;
        const done: string[] = [];
        let inside = 0;
        const work = (word: string) => async () => {
          inside += 1;
          expect(inside).toBe(1);
          await sleep(2);
          inside -= 1;
          done.push(word);
        };
        const words = ['a', 'b', 'c', 'd', 'e', 'f'];
        await Promise.all([
          ...words.map((word) => withLock(one, 'key', { pollMs: 5 }, work(word))),
          ...words.map((word) => withLock(two, 'key', { pollMs: 5 }, work(word.toUpperCase()))),
        ]);
        expect(done.filter((word) => words.includes(word))).toEqual(words);
        expect(done.filter((word) => !words.includes(word))).toEqual(words.map((word) => word.toUpperCase()));
      });

      test('whatever the work does, the lease is given back', async () => {
        const { one, two } = owners;
        const oops = new Error('oops');
        await expect(withLock(one, 'key', {}, () => Promise.reject(oops))).rejects.toBe(oops);
        const thrown = withLock(one, 'key', {}, () => {
          throw oops;
        });
        await expect(thrown).rejects.toBe(oops);
        expect(await withLock(two, 'key', { waitMs: 0 }, async ({ epoch }) => epoch)).toBeGreaterThan(0);
      });

      test('those who wait in one owner look one at a time, also when one of them gives up', async () => {
        let looks = 0;
        const counted: Leases = {
          take(key) {
            looks += 1;
            return owners.one.take(key);
          },
        };
        let finish = () => {};
        const finished = new Promise<void>((resolve) => {
          finish = resolve;
        });
        const first = withLock(counted, 'key', {}, () => finished);
        const controller = new AbortController();
        const second = withLock(counted, 'key', { pollMs: 1, signal: controller.signal }, async () => 'second');
        const third = withLock(counted, 'key', { pollMs: 1 }, async () => 'third');
        controller.abort(new Error('no more'));
        await expect(second).rejects.toThrow('no more');
        await sleep(20);
        expect(looks).toBe(1);
        finish();
        await first;
        expect(await third).toBe('third');
      });

      test('waiting ends with the signal or with the patience, and nobody behind is stopped by it', async () => {
        const { one, two } = owners;
        const lease = await taken(two, 'key');
        await expect(withLock(one, 'key', { waitMs: 0 }, async () => 1)).rejects.toMatchObject({ name: 'LockBusy' });
        const reason = new Error('no more');
        await expect(withLock(one, 'key', { signal: AbortSignal.abort(reason) }, async () => 1)).rejects.toBe(reason);
        const controller = new AbortController();
        const first = withLock(one, 'key', { pollMs: 5, signal: controller.signal }, async () => 'first');
        const second = withLock(one, 'key', { pollMs: 5, waitMs: 10 }, async () => 'second');
        const third = withLock(one, 'key', { pollMs: 5 }, async () => 'third');
        await expect(second).rejects.toBeInstanceOf(LockBusy);
        controller.abort(reason);
        await expect(first).rejects.toBe(reason);
        await lease.release();
        expect(await third).toBe('third');
      });
    });
  });
}
