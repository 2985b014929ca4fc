import { describe, expect, it } from 'vitest';
import { isPattern, patternMatcher } from '../../src/organize/name-pattern.ts';

const matching = (pattern: string, names: string[]): string[] => names.filter(patternMatcher(pattern));

describe('a pattern for names', () => {
  it.each<[string, string[], string[]]>([
    ['*.{jpg,png}', ['a.JPG', '.png', 'a.b.png'], ['a.jpeg', 'a.jpg.txt']],
    ['*.{jpg}', ['a.jpg'], ['a.{jpg}', 'a.png']],
    ['{a,{b,c}}x', ['ax', 'bx', 'cx'], ['x', '{b,c}x']],
    ['IMG_{1..3}*', ['IMG_1..3.jpg'], ['IMG_2.jpg']],
    ['*', ['.hidden', '..', 'Trip/1', 'two\nlines'], []],
    ['Trip ?/*', ['Trip 1/2', 'Trip \u{1f600}/'], ['Trip 12/2']],
    ['!a*', ['!ab'], ['b', 'ab']],
    ['+(a)*', ['+(a)b'], ['aa', 'a']],
    ['[ab]?', ['[ab]c'], ['ac']],
    ['@^$|.#*', ['@^$|.#', '@^$|.#x'], ['@^$|x#']],
    ['{a*', ['{ab'], ['ab']],
    ['a}?', ['a}b'], ['ab']],
    ['*\\', ['a\\'], ['a']],
    ['?}\\\\', ['x}\\\\'], ['x}\\']],
    ['*\\\\\\\\', ['x\\\\\\\\'], ['x\\\\']],
    ['Zu\u0308*', ['Zürich', 'zu\u0308rich'], ['Zurich']],
  ])('%j', (pattern, yes, no) => {
    expect(isPattern(pattern)).toBe(true);
    expect(matching(pattern, [...yes, ...no])).toEqual(yes);
  });

  it('is refused when it is longer than any name', () => {
    expect(() => patternMatcher(`*${'x'.repeat(1000)}`)).toThrow(expect.objectContaining({ code: 'badPattern' }));
  });
});
