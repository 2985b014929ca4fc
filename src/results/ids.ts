import { randomInt } from 'node:crypto';

/** No 0/o, 1/l/i, u/v: what a person reads aloud or a model copies cannot be mistaken. */
const ALPHABET = '23456789abcdefghjkmnpqrstwxyz';
const PATTERN = new RegExp(`^[${ALPHABET}]{4,6}$`);

/** Whether a string has the form of a result id: 4 to 6 characters of the unambiguous alphabet. */
export const isResultId = (text: string): boolean => PATTERN.test(text);

/**
 * A random result id. `attempt` counts collisions so far: ids grow with them, so that a full folder never ends the search.
 * Starts with a letter, so that no id can be read as a number.
 */
export function newResultId(attempt = 0): string {
  const length = Math.min(4 + Math.floor(attempt / 3), 6);
  const letters = ALPHABET.slice(8);
  const rest = Array.from({ length: length - 1 }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `${letters[randomInt(letters.length)]}${rest.join('')}`;
}
