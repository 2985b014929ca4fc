/**
 * Reads JSON bodies as Google's front end does (contract 1, proto3 JSON): camelCase or snake_case names, integers as numbers
 * or strings, enums by name or number, null as absent; unknown names and wrong types collected into one 400.
 */
import { GoogleApiError } from './errors.ts';

interface Violation {
  field: string;
  description: string;
}

/** Reads one value; `absent` is what a message holds when the field is not there (proto3 has no "missing"). */
export interface Decoder<T> {
  readonly absent: T;
  decode(value: unknown, path: string, violations: Violation[]): T;
}

export type Decoded<D> = D extends Decoder<infer T> ? T : never;

type Fields = Readonly<Record<string, Decoder<unknown>>>;
type Message<F extends Fields> = { [K in keyof F]: Decoded<F[K]> };

const wrong = (path: string, type: string, value: unknown, violations: Violation[]): void => {
  violations.push({ field: path, description: `Invalid value at '${path}' (${type}), ${JSON.stringify(value)}` });
};

function scalar<T>(absent: T, type: string, read: (value: unknown) => T | undefined): Decoder<T> {
  return {
    absent,
    decode(value, path, violations) {
      const result = read(value);
      if (result === undefined) wrong(path, type, value, violations);
      return result ?? absent;
    },
  };
}

export const text = scalar('', 'TYPE_STRING', (value) => (typeof value === 'string' ? value : undefined));

export const int32 = scalar(0, 'TYPE_INT32', (value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && Math.abs(number) < 2 ** 31 ? number : undefined;
});

/** As a decimal string, which is how int64 travels. */
export const int64 = scalar('0', 'TYPE_INT64', (value) =>
  /^-?\d{1,19}$/.test(String(value)) ? String(value) : undefined,
);

export const double = scalar(0, 'TYPE_DOUBLE', (value) => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
});

/** Besides JSON's own two also the words that protobuf reads, in any case: Python's `True` comes in queries. */
export const bool = scalar(false, 'TYPE_BOOL', (value) => {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return TRUE_WORDS.includes(word) || (FALSE_WORDS.includes(word) ? false : undefined);
});

const TRUE_WORDS = ['true', 't', 'yes', 'y', '1'];
const FALSE_WORDS = ['false', 'f', 'no', 'n', '0'];

/** @param names in the order of their proto numbers. */
export function enumeration<const N extends readonly [string, ...string[]]>(
  type: string,
  names: N,
): Decoder<N[number]> {
  return scalar<N[number]>(names[0], `type.googleapis.com/google.photos.library.v1.${type}`, (value) =>
    typeof value === 'number' ? names[value] : names.find((name) => name === value),
  );
}

export function list<T>(element: Decoder<T>): Decoder<T[]> {
  return {
    absent: [],
    decode(value, path, violations) {
      // A lone value stands for a list of one: Google's parser is that lenient.
      const values = Array.isArray(value) ? value : [value];
      return values.map((each, index) => element.decode(each, `${path}[${index}]`, violations));
    },
  };
}

/** A nested message: undefined when it is not there. */
export function message<F extends Fields>(fields: F): Decoder<Message<F> | undefined> {
  return {
    absent: undefined,
    decode(value, path, violations) {
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        return decodeFields(fields, Object.entries(value), path, violations);
      }
      wrong(path, 'TYPE_MESSAGE', value, violations);
      return undefined;
    },
  };
}

function decodeFields<F extends Fields>(
  fields: F,
  entries: [string, unknown][],
  path: string,
  violations: Violation[],
) {
  const message: Record<string, unknown> = {};
  for (const [name, decoder] of Object.entries(fields)) message[name] = decoder.absent;
  for (const [name, value] of entries) {
    const known = camelCase(name);
    const decoder = Object.hasOwn(fields, known) ? fields[known] : undefined;
    if (!decoder) violations.push(unknownName(name, path));
    else if (value !== null) message[known] = decoder.decode(value, joined(path, known), violations);
  }
  return message as Message<F>; // every name of `fields` has been set, each by its own decoder
}

function unknownName(name: string, path: string): Violation {
  const at = path ? ` at '${path}'` : '';
  const description = `Invalid JSON payload received. Unknown name "${name}"${at}: Cannot find field.`;
  return { field: path, description };
}

const camelCase = (name: string): string => name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const joined = (path: string, name: string): string => (path ? `${path}.${snakeCase(name)}` : snakeCase(name));

function refuse(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const details = [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations }];
  const text = violations.map(({ description }) => description).join('\n');
  throw new GoogleApiError('INVALID_ARGUMENT', text, { details });
}

/** Reads a request body; an empty one is an empty message. Throws 400 with all that is wrong with it. */
export function decodeBody<F extends Fields>(fields: F, body: Buffer): Message<F> {
  const source = body.toString('utf8').trim();
  const value = source === '' ? {} : parseJson(source);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new GoogleApiError(
      'INVALID_ARGUMENT',
      'Invalid JSON payload received. Unknown name "": Root element must be a message.',
    );
  }
  const violations: Violation[] = [];
  const message = decodeFields(fields, Object.entries(value), '', violations);
  refuse(violations);
  return message;
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new GoogleApiError(
      'INVALID_ARGUMENT',
      `Invalid JSON payload received. Unexpected token.\n${source.slice(0, 60)}\n^`,
    );
  }
}

/** Query parameters every method takes (contract 1). */
const SYSTEM_PARAMETERS = new Set(
  '$.xgafv $alt $fields $prettyPrint $key access_token alt callback fields key oauth_token prettyPrint pp quotaUser uploadType upload_protocol bearer_token'.split(
    ' ',
  ),
);

/** Reads query parameters into a message; a repeated name fills a list, else the last one counts. Throws 400. */
export function decodeQuery<F extends Fields>(fields: F, query: URLSearchParams): Message<F> {
  const violations: Violation[] = [];
  const entries: [string, unknown][] = [];
  for (const name of new Set(query.keys())) {
    if (SYSTEM_PARAMETERS.has(name)) continue;
    const known = camelCase(name);
    const decoder = Object.hasOwn(fields, known) ? fields[known] : undefined;
    if (!decoder) violations.push(unbindable(name));
    else entries.push([name, Array.isArray(decoder.absent) ? query.getAll(name) : query.getAll(name).at(-1)]);
  }
  const message = decodeFields(fields, entries, '', violations);
  refuse(violations);
  return message;
}

function unbindable(name: string): Violation {
  const description = `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`;
  return { field: '', description };
}
