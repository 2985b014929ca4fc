/** The item store: a virtual base under an overlay, walked by time. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arraySource, type Cursor, createItemStore, type ItemSource } from '../../src/emulator/items.ts';
import type { StoredMediaItem } from '../../src/emulator/model.ts';

const item = (id: string, second: number, fields: Partial<StoredMediaItem> = {}): StoredMediaItem => ({
  id,
  filename: id,
  description: '',
  mimeType: 'image/jpeg',
  captureTime: new Date(second * 1000).toISOString(),
  uploadTime: '2024-01-01T00:00:00Z',
  width: 1,
  height: 1,
  sha256: id,
  appProject: 'demo-project',
  favorite: false,
  archived: false,
  categories: [],
  content: { kind: 'scene', scene: '', seed: 0 },
  ...fields,
});

/** A million items, none of them kept: item `n` is taken at second 2,000,000 - n. */
const million: ItemSource & { made: number } = {
  made: 0,
  count: 1_000_000,
  at(index) {
    this.made += 1;
    return item(`m${index}`, 2_000_000 - index);
  },
  indexOf(id) {
    const index = Number(/^m(\d+)$/.exec(id)?.[1]);
    return index < 1_000_000 ? index : undefined;
  },
};

test('a range in the middle of a million is found without looking at them all', () => {
  million.made = 0;
  const store = createItemStore(million);
  const found = [...store.walk({ ranges: [{ start: 1_500_000_000, end: 1_500_003_000 }] })].map((step) => step.item.id);
  expect(found).toEqual(['m499998', 'm499999', 'm500000']);
  expect(million.made).toBeLessThan(100);
});

test('changes lie over the base without touching it', () => {
  const store = createItemStore(million);
  store.change('m5', { description: 'Beach' });
  expect(store.get('m5')?.description).toBe('Beach');
  expect([...store.walk({ ranges: [{ start: 1_999_995_000, end: 1_999_995_001 }] })][0]?.item.description).toBe(
    'Beach',
  );
  expect(million.at(5).description).toBe('');
  expect(store.overlay().changed.map(({ id }) => id)).toEqual(['m5']);
  expect(store.get('nobody')).toBeUndefined();
});

test('contributions of others are found by id, and in no walk', () => {
  const store = createItemStore(arraySource([item('mine', 1)]));
  store.add(item('theirs', 2, { contributor: 'Mara' }));
  expect(store.get('theirs')?.contributor).toBe('Mara');
  expect([...store.walk()].map((step) => step.item.id)).toEqual(['mine']);
  expect(store.findBySha256('theirs')).toBeUndefined();
});

const seconds = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 12 });

test('however items are spread over base and additions, pages of any size give all of them once, in order', () => {
  fc.assert(
    fc.property(
      seconds,
      seconds,
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('newest', 'oldest'),
      (base, added, size, order) => {
        const all = [...base.map((s, n) => item(`b${n}`, s)), ...added.map((s, n) => item(`a${n}`, s))];
        const store = createItemStore(arraySource(all.slice(0, base.length)));
        for (const each of all.slice(base.length)) store.add(each);
        const newest = all.toSorted(
          (x, y) => Date.parse(y.captureTime ?? '') - Date.parse(x.captureTime ?? '') || (x.id < y.id ? -1 : 1),
        );
        const ranges = [
          { start: 1000, end: 4000 },
          { start: 6000, end: 11_000 },
        ];
        const inRange = ({ captureTime = '' }: StoredMediaItem): boolean =>
          ranges.some(({ start, end }) => Date.parse(captureTime) >= start && Date.parse(captureTime) < end);
        for (const limits of [undefined, ranges]) {
          const found: string[] = [];
          let after: Cursor | undefined;
          for (let isDone = false; !isDone; ) {
            isDone = true;
            let onPage = 0;
            for (const step of store.walk({ order, ranges: limits, after })) {
              if (onPage === size) {
                isDone = false;
                break;
              }
              onPage += 1;
              found.push(step.item.id);
              after = step.cursor;
            }
          }
          const expected = newest.filter((each) => !limits || inRange(each)).map(({ id }) => id);
          expect(found).toEqual(order === 'newest' ? expected : expected.toReversed());
        }
      },
    ),
    { numRuns: 300 },
  );
});
