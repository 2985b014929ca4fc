/** What every implementation of `PreviewStore` promises; files here, a database later. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PreviewStore } from '../../src/organize/apply/previews.ts';
import type { StepRecord } from '../../src/organize/apply/records.ts';
import { makePlan } from '../../src/organize/plan/plan.ts';
import type { Plan } from '../../src/organize/plan/types.ts';
import { record } from './previews-worker.ts';

/** A process of its own at work on a preview: it runs `obey` of `previews-worker.ts`. */
export interface Worker {
  /** The next line that it prints; undefined at its end. */
  next(): Promise<string | undefined>;
  say(line: string): void;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** At once and without a word, as SIGKILL does. Gives what it printed and the test has not read. */
  kill(): Promise<string[]>;
}

/** One person's previews, and processes that share them. */
export interface PreviewsPlace {
  /** Another store of the same previews, as another process has it. */
  open(): PreviewStore;
  /** Another person's. */
  openOther(): PreviewStore;
  /** Starts a process that runs `obey` on a store of its own. */
  startWorker(id: string): Promise<Worker>;
  close(): Promise<void>;
}

const facts = { albums: [], contents: new Map(), items: new Map(), unavailable: new Set<string>() };

/** Every kind of value that a plan can hold. */
const PLAN: Plan = makePlan(
  {
    albums: [
      {
        title: 'Zürich "2024"\n🙂',
        items: [{ name: 'a', item: { kind: 'id', id: 'item-1' } }],
        cover: { name: 'a', item: { kind: 'id', id: 'item-1' } },
        captions: [{ text: 'One' }],
        places: [{ name: 'Alfama', latitude: 38.71, longitude: -9.13 }],
        maps: [{ origin: { name: 'Berlin' }, destination: { name: 'Lisbon' } }],
      },
      {},
    ],
    descriptions: [{ items: [{ name: 'a', item: { kind: 'id', id: 'item-1' } }], text: 'Said' }],
  },
  facts,
);

const times = (records: readonly StepRecord[]): number[] => records.map(({ at }) => at);

export interface PlaceOptions {
  /** So long a silence ends a process's right to work. */
  lifetimeMs?: number;
}

export function previewsContract(name: string, makePlace: (options?: PlaceOptions) => Promise<PreviewsPlace>): void {
  describe(name, () => {
    let place: PreviewsPlace;
    beforeEach(async () => {
      place = await makePlace();
    });
    afterEach(() => place.close());

    /** Works as soon as no other process does; the test's time limit ends the waiting. */
    const workSoon = (id: string, at: number): Promise<void> =>
      vi.waitUntil(
        () =>
          place
            .open()
            .work(id, (journal) => journal.append(record(0, 'done', { at })))
            .then(
              () => true,
              (error) => (error.code === 'previewBusy' ? false : Promise.reject(error)),
            ),
        { timeout: 25_000, interval: 20 },
      ) as Promise<never>;

    test('a preview is there for the next process as it was saved, and has no history', async () => {
      const saved = await place.open().save(PLAN);
      expect(saved.id).toMatch(/^plan-[a-z0-9]{4,6}$/);
      expect(saved.plan).toEqual(PLAN);
      const read = await place.open().read(saved.id);
      expect(read.plan).toEqual(JSON.parse(JSON.stringify(PLAN)));
      expect({ ...read, plan: PLAN }).toEqual({ ...saved, plan: PLAN });
      expect(await place.open().history(saved.id)).toEqual([]);
    });

    test('every plan has an id of its own', async () => {
      const saved = await Promise.all(Array.from({ length: 20 }, () => place.open().save(PLAN)));
      expect(new Set(saved.map(({ id }) => id)).size).toBe(20);
    });

    test.each([
      'plan-2222',
      '',
      'plan-',
      'k7m2',
      '../../x',
      'plan-../../x',
      'plan-k7m2/..',
      'PLAN-K7M2',
      'x'.repeat(5000),
    ])('there is no preview %j', async (id) => {
      const store = place.open();
      const { id: real } = await store.save(PLAN);
      for (const each of [id, `${real}/../${real}`, `${real}\0`]) {
        await expect(store.read(each)).rejects.toMatchObject({ code: 'unknownPreview' });
        await expect(store.history(each)).rejects.toMatchObject({ code: 'unknownPreview' });
        await expect(store.work(each, async () => 1)).rejects.toMatchObject({ code: 'unknownPreview' });
      }
    });

    test('another person has none of them', async () => {
      const { id } = await place.open().save(PLAN);
      await expect(place.openOther().read(id)).rejects.toMatchObject({ code: 'unknownPreview' });
    });

    test('what is recorded is there in its order, for the work, the history and the next work', async () => {
      const { id } = await place.open().save(PLAN);
      const first = [record(0, 'sending'), record(0, 'done', { outcome: { albumId: 'a', productUrl: 'https://b' } })];
      const second = [record(1, 'failed', { reason: 'Zürich\n🙂' }), record(0, 'sending', { phase: 'undo' })];
      const store = place.open();
      await store.work(id, async (journal) => {
        expect(journal.records).toEqual([]);
        for (const each of first) {
          await journal.append(each);
          expect((await place.open().history(id)).at(-1)).toEqual(each);
        }
        expect(journal.records).toEqual(first);
      });
      await place.open().work(id, async (journal) => {
        expect(journal.records).toEqual(first);
        for (const each of second) await journal.append(each);
      });
      expect(await store.history(id)).toEqual([...first, ...second]);
    });

    test('records that are appended at once keep their order', async () => {
      const { id } = await place.open().save(PLAN);
      const numbers = Array.from({ length: 50 }, (_, n) => n + 1);
      await place
        .open()
        .work(id, (journal) => Promise.all(numbers.map((at) => journal.append(record(0, 'sending', { at })))));
      expect(times(await place.open().history(id))).toEqual(numbers);
    });

    test('one works at a time on a preview, and whoever comes meanwhile is told', async () => {
      const one = place.open();
      const [{ id }, other] = [await one.save(PLAN), await one.save(PLAN)];
      await one.work(id, async () => {
        for (const store of [one, place.open()]) {
          await expect(store.work(id, async () => 1)).rejects.toMatchObject({ code: 'previewBusy', retryable: true });
          expect(await store.work(other.id, async () => 'another preview')).toBe('another preview');
        }
      });
      expect(await place.open().work(id, async () => 'later')).toBe('later');
    });

    test('of many who come at once at most one works', async () => {
      const { id } = await place.open().save(PLAN);
      let inside = 0;
      const work = async () => {
        expect(++inside).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
      };
      const all = await Promise.allSettled(Array.from({ length: 10 }, () => place.open().work(id, work)));
      for (const each of all) {
        if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'previewBusy' });
      }
      await workSoon(id, 1);
    });

    test('whatever the work does, the next one may', async () => {
      const { id } = await place.open().save(PLAN);
      const oops = new Error('oops');
      await expect(place.open().work(id, () => Promise.reject(oops))).rejects.toBe(oops);
      expect(await place.open().work(id, async () => 'next')).toBe('next');
    });

    test('a journal that outlives its work records nothing more', async () => {
      const { id } = await place.open().save(PLAN);
      const kept = await place.open().work(id, async (journal) => journal);
      await expect(kept.append(record(0, 'sending'))).rejects.toMatchObject({ code: 'workTakenOver' });
      expect(await place.open().history(id)).toEqual([]);
    });

    test('killed -9 between two records: the next one has them all, and works', async () => {
      const { id } = await place.open().save(PLAN);
      const worker = await place.startWorker(id);
      expect(await worker.next()).toBe('working');
      worker.say('7');
      expect(await worker.next()).toBe('appended');
      await expect(place.open().work(id, async () => 1)).rejects.toMatchObject({ code: 'previewBusy' });
      await worker.kill();
      await workSoon(id, 8);
      expect(times(await place.open().history(id))).toEqual([7, 8]);
    });

    test('killed -9 in the middle of records: none that was told is lost, at most one more is there', async () => {
      const { id } = await place.open().save(PLAN);
      let expected: number[] = [];
      for (const stopAfter of [1, 3, 10, 4]) {
        const worker = await place.startWorker(id);
        expect(await worker.next()).toBe('working');
        worker.say('on');
        let told = 0;
        while (told < stopAfter) told = Number(await worker.next());
        told = Number((await worker.kill()).at(-1) ?? told);
        await workSoon(id, -1);
        const found = times(await place.open().history(id)).slice(expected.length, -1);
        expect(found).toEqual(Array.from({ length: found.length }, (_, n) => n + 1));
        expect(found.length).toBeGreaterThanOrEqual(told);
        expect(found.length).toBeLessThanOrEqual(told + 1);
        expected = [...expected, ...found, -1];
      }
    });

    test.skipIf(process.platform === 'win32')(
      'a process that was stopped for too long records nothing after another has worked',
      async () => {
        await place.close();
        place = await makePlace({ lifetimeMs: 1_000 });
        const { id } = await place.open().save(PLAN);
        const worker = await place.startWorker(id);
        expect(await worker.next()).toBe('working');
        worker.say('1');
        expect(await worker.next()).toBe('appended');
        worker.signal('SIGSTOP');
        await workSoon(id, 2);
        worker.signal('SIGCONT');
        worker.say('3');
        expect(await worker.next()).toBe('workTakenOver');
        worker.say('4');
        expect(await worker.next()).toBe('workTakenOver');
        expect(times(await place.open().history(id))).toEqual([1, 2]);
        await workSoon(id, 5);
        expect(times(await place.open().history(id))).toEqual([1, 2, 5]);
      },
    );
  });
}
