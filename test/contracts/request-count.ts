/** What every store of request counts promises; files here, a database later. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RequestCountStore } from '../../src/google/request-count.ts';

/** A process that adds one request after the other to a day. */
export interface CountingProcess {
  /** Resolves when so many have been added, as far as it has said. */
  hasAdded(requests: number): Promise<void>;
  /** At once and without a word, as SIGKILL does. Gives how many it said it had added. */
  kill(): Promise<number>;
}

/** Stores of one project, and others that have nothing to do with it. */
export interface CountingPlace {
  /** Another store of the same project, as another process has it. */
  open(): RequestCountStore;
  /** A store of another project. */
  openOther(): RequestCountStore;
  startCounting(day: string): Promise<CountingProcess>;
  close(): Promise<void>;
}

const DAY = '2026-11-23';
const NEXT = '2026-11-24';

export function requestCountContract(name: string, makePlace: () => Promise<CountingPlace>): void {
  describe(name, () => {
    let place: CountingPlace;
    beforeEach(async () => {
      place = await makePlace();
    });
    afterEach(() => place.close());

    test('a day without requests has zeros', async () => {
      expect(await place.open().read(DAY)).toEqual({ requests: 0, mediaRequests: 0 });
    });

    test('what is added adds up, in one store and in several, and is there for the next', async () => {
      const [one, two] = [place.open(), place.open()];
      await one.add(DAY, { requests: 2, mediaRequests: 0 });
      await one.add(DAY, { requests: 1, mediaRequests: 5 });
      await two.add(DAY, { requests: 10, mediaRequests: 0 });
      for (const store of [one, two, place.open()]) {
        expect(await store.read(DAY)).toEqual({ requests: 13, mediaRequests: 5 });
      }
    });

    test('nothing is lost when many add at once', async () => {
      const stores = Array.from({ length: 4 }, () => place.open());
      const adds = Array.from({ length: 100 }, (_, n) => stores[n % 4]?.add(DAY, { requests: 1, mediaRequests: 2 }));
      await Promise.all(adds);
      expect(await place.open().read(DAY)).toEqual({ requests: 100, mediaRequests: 200 });
    });

    test('days are apart', async () => {
      const store = place.open();
      await store.add(DAY, { requests: 7, mediaRequests: 0 });
      await store.add(NEXT, { requests: 1, mediaRequests: 0 });
      await store.add(NEXT, { requests: 1, mediaRequests: 0 });
      expect(await store.read(NEXT)).toEqual({ requests: 2, mediaRequests: 0 });
    });

    test('projects are apart', async () => {
      await place.openOther().add(DAY, { requests: 7, mediaRequests: 0 });
      expect(await place.open().read(DAY)).toEqual({ requests: 0, mediaRequests: 0 });
    });

    test('a process killed -9 loses nothing that it had added, and harms no other', async () => {
      const store = place.open();
      await store.add(DAY, { requests: 1000, mediaRequests: 3 });
      let atLeast = 1000;
      let atMost = 1000;
      for (const requests of [1, 5, 23]) {
        const counting = await place.startCounting(DAY);
        await counting.hasAdded(requests);
        const added = await counting.kill();
        // One may have been stored and not been told of.
        atLeast += added;
        atMost += added + 1;
      }
      const counts = await place.open().read(DAY);
      expect(counts.mediaRequests).toBe(3);
      expect(counts.requests).toBeGreaterThanOrEqual(atLeast);
      expect(counts.requests).toBeLessThanOrEqual(atMost);
      await store.add(DAY, { requests: 1, mediaRequests: 0 });
      expect(await place.open().read(DAY)).toEqual({ ...counts, requests: counts.requests + 1 });
    });
  });
}
