/** The guide, with Google's numbers filled in: `{albumTitle}` in its text is that member of `LIMITS`. */
import { LIMITS } from '../google/limits.ts';
import template from './guide.md';

const NUMBERS: ReadonlyMap<string, unknown> = new Map(Object.entries(LIMITS));

export const guide: string = template.replace(/\{(\w+)\}/g, (_, name: string) => {
  const number = NUMBERS.get(name);
  if (typeof number !== 'number') throw new RangeError(`The guide asks for a limit "${name}".`);
  return number.toLocaleString('en');
});
