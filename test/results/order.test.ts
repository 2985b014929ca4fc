import { describe, expect, it } from 'vitest';
import { compareNames, inOrder, type OrderFacts } from '../../src/results/order.ts';

const place = (filename: string, time?: number, path?: string): OrderFacts => ({ filename, time, path });
const namesIn = (order: 'captured' | 'name' | 'given', ...items: OrderFacts[]) =>
  inOrder(items, order, (item) => item).map(({ filename, path }) => path ?? filename);

describe('the order of items', () => {
  it('captured: oldest first, of the same time as given, without a time last', () => {
    const items = [place('undated'), place('c', 2000), place('b', 1000), place('a', 1000), place('first', -5)];
    expect(namesIn('captured', ...items)).toEqual(['first', 'b', 'a', 'c', 'undated']);
  });

  it('name: numbers as people read them, then paths, then plainly', () => {
    const items = [place('IMG_10.jpg'), place('IMG_9.jpg'), place('x', 1, '/2/x'), place('x', 9, '/1/x')];
    expect(namesIn('name', ...items)).toEqual(['IMG_9.jpg', 'IMG_10.jpg', '/1/x', '/2/x']);
    // The collator finds these two equal.
    const twins = [place('e\u0301', 1, '/b/e\u0301'), place('\u00e9', 2, '/b/\u00e9')];
    expect(namesIn('name', ...twins)).toEqual(namesIn('name', ...twins.toReversed()));
  });

  it('given: as it is, in a new list', () => {
    const items = [place('b', 2), place('a', 1)];
    expect(inOrder(items, 'given', (item) => item)).toEqual(items);
    expect(inOrder(items, 'given', (item) => item)).not.toBe(items);
  });

  it('knows 2 from 10 in names', () => {
    expect(['10', '2', 'b', 'a', 'B'].toSorted(compareNames)).toEqual(['2', '10', 'a', 'b', 'B']);
  });
});
