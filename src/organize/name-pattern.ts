/** Patterns for file names and titles, as `results_read` takes them: `IMG_*`, `*.{jpg,png}`, `photo (?).jpg`. */
import picomatch from 'picomatch';
import { AppError } from '../app-error.ts';

/** Case and the two ways to write an accented letter make no difference. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** Whether a text is a pattern, or only a part of a name. */
export const isPattern = (text: string): boolean => /[*?{]/.test(text);

/** Characters; names have 255 at most (contract 3.10), and picomatch throws at 65,536. */
const LONGEST = 1_000;
/** ASCII punctuation but `*`, `?`, `,` and braces. */
const PUNCTUATION = /[!-)+\-./:->@[-`|~]/g;
const PUNCTUATION_AND_BRACES = /[!-)+\-./:->@[-`{-~]/g;

/**
 * Tests whole names: `*` stands for any characters, `?` for one, `{a,b}` for either. Everything else, slashes, dots and
 * brackets too, stands for itself. Throws AppError `badPattern`.
 */
export function patternMatcher(pattern: string): (name: string) => boolean {
  if (pattern.length > LONGEST) throw badPattern();
  const hide = hideAll(hasPairedBraces(pattern) ? PUNCTUATION : PUNCTUATION_AND_BRACES);
  const isWhole = picomatch(hide(withoutLoneChoices(pattern)), { flags: 'su', fastpaths: false });
  return (name) => name !== '' && isWhole(hide(name));
}

/** Plane 15: private code points, which no name has. */
const PRIVATE_PLANE = 0xf0000;

/**
 * What means something to picomatch and nothing to people (`!`, `[`, `/`, `\`) is hidden from it, in pattern and name
 * alike. Escaping would not do: after four backslashes at the end of a pattern picomatch 4.0 parses for ever.
 */
const hideAll = (characters: RegExp) => (text: string) =>
  fold(text).replace(characters, (character) => String.fromCodePoint(PRIVATE_PLANE + character.charCodeAt(0)));

/** A brace without its partner is a brace. */
function hasPairedBraces(pattern: string): boolean {
  let depth = 0;
  for (const character of pattern) {
    if (character === '{') depth++;
    if (character === '}' && --depth < 0) return false;
  }
  return depth === 0;
}

/** `{jpg}` is a choice of one; to a shell it would be four letters and braces. */
const withoutLoneChoices = (pattern: string): string => pattern.replace(/\{([^{},]+)\}/g, '$1');

const badPattern = (): AppError =>
  new AppError(
    'badPattern',
    `A pattern for file names has at most ${LONGEST.toLocaleString('en')} characters.`,
    'Write a shorter one, such as IMG_*.',
  );
