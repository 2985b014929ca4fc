/** `updateMask` of the two patch methods (contract 3.4): camelCase or snake_case, a comma list or repeated. */
import { invalidArgument } from '../errors.ts';

/** The fields to change; 400 when the mask is empty or names anything else. */
export function readMask<const F extends string>(masks: readonly string[], allowed: readonly F[]): F[] {
  const names = masks
    .flatMap((mask) => mask.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw invalidArgument('Request must contain a valid update mask.');
  return names.map((name) => {
    const field = allowed.find((candidate) => candidate === camelCase(name));
    if (!field) throw invalidArgument(`Request contains an invalid update mask path: ${name}`);
    return field;
  });
}

const camelCase = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
