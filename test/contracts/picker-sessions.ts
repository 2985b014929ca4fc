/** What every store of picker sessions promises, files and databases alike. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PickerSessionStore } from '../../src/picker/session-store.ts';
import { session } from './picker-sessions-worker.ts';

/** A process of its own that runs `workOn` of `picker-sessions-worker.ts`. */
export interface SessionsProcess {
  /** The next line that it prints; undefined at its end. */
  next(): Promise<string | undefined>;
  /** At once and without a word, as SIGKILL does. Gives what it printed and the test has not read. */
  kill(): Promise<string[]>;
}

/** One person's sessions, and processes that share them. */
export interface SessionsPlace {
  /** Another store of the same sessions, as another process has it. */
  open(options?: { newId?: () => string }): PickerSessionStore;
  /** Another person's. */
  openOther(): PickerSessionStore;
  startProcess(handle?: string): Promise<SessionsProcess>;
  close(): Promise<void>;
}

const FULL = session({ state: 'picked', maxItemCount: 12, result: 'k7m2', count: 3, copied: ['a', 'Zürich "🙂"\n'] });

export function pickerSessionsContract(name: string, makePlace: () => Promise<SessionsPlace>): void {
  describe(name, () => {
    let place: SessionsPlace;
    beforeEach(async () => {
      place = await makePlace();
    });
    afterEach(() => place.close());

    test('a session is there for the next process as it was kept', async () => {
      const store = place.open();
      await store.prepare();
      const [one, two] = [await store.create(session()), await store.create(FULL)];
      expect([one, two]).toEqual([
        { ...session(), handle: one.handle },
        { ...FULL, handle: two.handle },
      ]);
      for (const { handle } of [one, two]) expect(handle).toMatch(/^[a-z2-9]{6}$/);
      for (const each of [store, place.open()]) {
        expect(await each.read(one.handle)).toEqual(one);
        expect(await each.read(two.handle)).toEqual(two);
        expect((await each.all()).sort((a, b) => a.handle.localeCompare(b.handle))).toEqual(
          [one, two].sort((a, b) => a.handle.localeCompare(b.handle)),
        );
      }
    });

    test('where nothing was kept there are none, and making sure that there can be changes nothing', async () => {
      expect(await place.open().all()).toEqual([]);
      const { handle } = await place.open().create(FULL);
      await place.open().prepare();
      expect(await place.open().read(handle)).toEqual({ ...FULL, handle });
    });

    test('a handle that is taken is drawn again', async () => {
      const ids = ['abcdef', 'abcdef', 'abcdef', 'ghjkmn'];
      const store = place.open({ newId: () => ids.shift() ?? 'pqrstw' });
      expect((await store.create(session())).handle).toBe('abcdef');
      expect((await store.create(FULL)).handle).toBe('ghjkmn');
      expect(await store.read('abcdef')).toEqual({ ...session(), handle: 'abcdef' });
    });

    test('a change is kept, for all who look, and what is not kept any more is gone', async () => {
      const { handle } = await place.open().create(FULL);
      const store = place.open();
      const changed = await store.update(handle, ({ copied: _, ...before }) => ({ ...before, state: 'copied' }));
      expect(changed).toEqual({ ...FULL, copied: undefined, handle, state: 'copied' });
      expect(await place.open().read(handle)).toEqual(changed);
      expect(await place.open().read(handle)).not.toHaveProperty('copied');
    });

    test('of changes that are made at once none is lost', async () => {
      const { handle } = await place.open().create(session());
      const stores = Array.from({ length: 3 }, () => place.open());
      const changes = Array.from({ length: 30 }, (_, n) =>
        stores[n % 3]?.update(handle, (before) => ({ ...before, copied: [...(before.copied ?? []), `item-${n}`] })),
      );
      await Promise.all(changes);
      const { copied = [] } = await place.open().read(handle);
      expect(new Set(copied).size).toBe(30);
    });

    test('a change that fails leaves what was there, and holds no other back', async () => {
      const { handle } = await place.open().create(FULL);
      const oops = new Error('oops');
      const failing = () => {
        throw oops;
      };
      await expect(place.open().update(handle, failing)).rejects.toBe(oops);
      expect(await place.open().read(handle)).toEqual({ ...FULL, handle });
      expect(await place.open().update(handle, (before) => ({ ...before, count: 4 }))).toMatchObject({ count: 4 });
    });

    test('what is removed is gone, and may be removed again', async () => {
      const store = place.open();
      const [one, two] = [await store.create(session()), await store.create(FULL)];
      await store.remove(one.handle);
      await place.open().remove(one.handle);
      await expect(place.open().read(one.handle)).rejects.toMatchObject({ code: 'unknownSession' });
      expect(await place.open().all()).toEqual([two]);
    });

    test.each([
      'zzzzzz',
      '',
      '.',
      '..',
      '../x',
      '../../etc/passwd',
      'a/b',
      'a\\b',
      'ABCDEF',
      'abcdef.json',
      'abcdef\0',
      'abcdef\n',
      'é',
      '%2e%2e',
      'x'.repeat(5_000),
    ])('there is no session %j', async (handle) => {
      const store = place.open({ newId: () => 'abcdef' });
      await store.create(FULL);
      const refusal = {
        code: 'unknownSession',
        message: expect.stringMatching(/^There is no picking "[^\n]{0,40}"\.$/),
      };
      await expect(store.read(handle)).rejects.toMatchObject(refusal);
      await expect(store.update(handle, (before) => before)).rejects.toMatchObject(refusal);
      await store.remove(handle);
      expect(await place.open().all()).toEqual([{ ...FULL, handle: 'abcdef' }]);
    });

    test('another person has none of them', async () => {
      const { handle } = await place.open().create(FULL);
      const other = place.openOther();
      await expect(other.read(handle)).rejects.toMatchObject({ code: 'unknownSession' });
      await other.remove(handle);
      expect(await other.all()).toEqual([]);
      expect(await place.open().read(handle)).toEqual({ ...FULL, handle });
    });

    test('a process killed -9 while it makes some leaves every one that it has named whole', async () => {
      const named: string[] = [];
      for (const stopAfter of [1, 4, 9]) {
        const working = await place.startProcess();
        for (let made = 0; made < stopAfter; made++) named.push((await working.next()) ?? '');
        named.push(...(await working.kill()));
      }
      const all = await place.open().all();
      const handles = new Set(all.map(({ handle }) => handle));
      expect(named.filter((handle) => !handles.has(handle))).toEqual([]);
      // Of each process one may have been kept that it could not name any more.
      expect(handles.size - named.length).toBeLessThanOrEqual(3);
      expect(all.every(({ copied }) => copied?.length === 2_000)).toBe(true);
    });

    test('processes killed -9 while they change one: what each was told is kept, and the next one may', async () => {
      const { handle } = await place.open().create(FULL);
      const countOf = async () => (await place.open().read(handle)).count ?? 0;
      for (const stopAfter of [1, 3, 8]) {
        const before = await countOf();
        const working = await Promise.all([place.startProcess(handle), place.startProcess(handle)]);
        const told = await Promise.all(
          working.map(async (each) => {
            for (let changed = 0; changed < stopAfter; changed++) await each.next();
            return stopAfter + (await each.kill()).length;
          }),
        );
        const kept = told.reduce((sum, each) => sum + each, 0);
        expect((await countOf()) - before).toBeGreaterThanOrEqual(kept);
        expect((await countOf()) - before).toBeLessThanOrEqual(kept + 2);
        expect(await place.open().update(handle, (now) => ({ ...now, state: 'picked' }))).toMatchObject({
          ...FULL,
          count: await countOf(),
        });
      }
    });
  });
}
