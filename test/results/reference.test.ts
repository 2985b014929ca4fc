import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isResultId, newResultId } from '../../src/results/ids.ts';
import { formatReference, parsePageToken, parseReference } from '../../src/results/reference.ts';

test.each([
  ['k7m2#3', { result: 'k7m2', runs: [[3, 3]] }],
  [
    'k7m2#1-25,40',
    {
      result: 'k7m2',
      runs: [
        [1, 25],
        [40, 40],
      ],
    },
  ],
  ['k7m2#all', { result: 'k7m2', runs: 'all' }],
  [
    ' k7m2#7, 3 - 4 ',
    {
      result: 'k7m2',
      runs: [
        [7, 7],
        [3, 4],
      ],
    },
  ],
])('%s', (text, expected) => expect(parseReference(text)).toEqual(expected));

test.each([
  'k7m2',
  'k7m2#',
  'k7m2#0',
  'k7m2#5-3',
  'k7m2#a',
  'K7M2#1',
  'k7#1',
  'k7m2k7m2#1',
  'k7m2#1#2',
  '#1',
  'k7m2#1-',
  'k7m2#-1',
  'k7m2#1.5',
])('%s is no reference', (text) => expect(() => parseReference(text)).toThrow('is not a reference'));

test('what is formatted is parsed again', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99_999 }), { minLength: 1 }), (positions) => {
      const { runs } = parseReference(formatReference('k7m2', positions));
      const read =
        runs === 'all' ? [] : runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));
      expect(read).toEqual([...positions].sort((a, b) => a - b));
    }),
  );
});

test('runs are short', () => {
  expect(formatReference('k7m2', [3, 1, 2, 7, 9, 10])).toBe('k7m2#1-3,7,9,10');
});

test('page tokens', () => {
  expect(parsePageToken('k7m2.12')).toEqual({ result: 'k7m2', page: 12 });
  for (const text of ['k7m2.0', 'k7m2', 'k7m2.x', 'CkgKQnR5cGUuZ29vZ2xlYXBpcy5jb20']) {
    expect(() => parsePageToken(text)).toThrow('is not a page token');
  }
});

test('ids are of the unambiguous alphabet and grow with collisions', () => {
  const ids = Array.from({ length: 500 }, () => newResultId());
  expect(ids.every((id) => isResultId(id) && /^[a-z][2-9a-z]{3}$/.test(id) && !/[01ilouv]/.test(id))).toBe(true);
  expect(newResultId(9)).toHaveLength(6);
});
