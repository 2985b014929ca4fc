import { describe, expect, test } from 'vitest';
import { clip, count, oneLine, shorten, shortenCharacters } from '../../src/text/text.ts';

/** One character to people: three people and two joiners, 18 bytes, 8 UTF-16 units. */
const FAMILY = '👨‍👩‍👧';

describe('cut text', () => {
  test.each([
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abc…'],
    ['äöüß', 6, 'ä…'],
    [`a${FAMILY}b`, 19, 'a…'],
    [`a${FAMILY}bcdef`, 22, `a${FAMILY}…`],
    ['two\nlines\u2028three', 40, 'two lines three'],
  ])('%j to %i bytes', (text, bytes, expected) => {
    expect(shorten(text, bytes)).toBe(expected);
  });

  test.each([
    [FAMILY.repeat(3), 3, FAMILY.repeat(3)],
    [FAMILY.repeat(4), 3, `${FAMILY.repeat(2)}…`],
    ['Straße', 4, 'Str…'],
  ])('%j to %i characters', (text, characters, expected) => {
    expect(shortenCharacters(text, characters)).toBe(expected);
  });

  test('to UTF-16 units never leaves half a character', () => {
    expect(clip('a😀b', 2)).toBe('a');
    expect(clip('a😀b', 3)).toBe('a😀');
    expect(clip(`a${FAMILY}`, 8)).toBe('a');
    expect(clip('e\u0301e\u0301', 3)).toBe('e\u0301');
    expect(clip('short', 40)).toBe('short');
  });
});

test('control characters and line breaks of every kind become one blank', () => {
  expect(oneLine(' a\r\n\tb\u001b[31m\u2029c\u0000 ')).toBe('a b [31m c');
});

test.each([
  [0, 'item', undefined, '0 items'],
  [1, 'item', undefined, '1 item'],
  [1200, 'caption or place', 'captions and places', '1,200 captions and places'],
])('counts %i %s', (number, noun, plural, expected) => {
  expect(count(number, noun, plural)).toBe(expected);
});
