/** Checks replies against Google's own machine-readable schema (test/fixtures/photoslibrary-v1.json). */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  items?: Schema;
}

interface Oracle {
  methods: Record<string, { httpMethod: string; path: string; response: string }>;
  schemas: Record<string, Record<string, Schema>>;
}

const oracle: Oracle = JSON.parse(readFileSync(new URL('../fixtures/photoslibrary-v1.json', import.meta.url), 'utf8'));

/** Fails the test when a reply is no message of its method, or no error envelope. */
export function checkReply(verb: string, path: string, status: number, json: unknown): void {
  const method = methodOf(verb, path);
  if (!method || json === undefined) return;
  const problems = status < 400 ? check({ $ref: method.response }, json, '$') : checkError(status, json);
  expect(problems, `${verb} ${path}`).toEqual([]);
}

function methodOf(verb: string, path: string): { response: string } | undefined {
  const pathname = path.replace(/[?#].*$/, '').slice(1);
  const matching = Object.values(oracle.methods).filter(({ httpMethod, path: template }) => {
    const pattern = template.replaceAll(/\{\+?\w+\}/g, '[^/:]+');
    return httpMethod === verb && new RegExp(`^${pattern}$`).test(pathname);
  });
  return matching[0];
}

/** What is wrong with a value, each with its path. */
function check(schema: Schema, value: unknown, at: string): string[] {
  if (schema.$ref) return checkMessage(oracle.schemas[schema.$ref] ?? {}, value, at);
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${at} is not a list`];
    if (value.length === 0) return [`${at} is an empty list, which is left out`];
    return value.flatMap((each, index) => check(schema.items ?? {}, each, `${at}[${index}]`));
  }
  if (schema.type === 'object') return typeof value === 'object' ? [] : [`${at} is no object`];
  return isScalar(schema, value) ? [] : [`${at} is ${JSON.stringify(value)}, not ${JSON.stringify(schema)}`];
}

function checkMessage(fields: Record<string, Schema>, value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} is no message`];
  return Object.entries(value).flatMap(([name, member]) => {
    const field = fields[name];
    if (!field) return [`${at}.${name} is unknown`];
    if (member === '' || member === 0 || member === false || (member === '0' && field.format === 'int64'))
      return [`${at}.${name} is a default, which is left out`];
    return check(field, member, `${at}.${name}`);
  });
}

function isScalar({ type, format, enum: names }: Schema, value: unknown): boolean {
  if (names) return typeof value === 'string' && names.includes(value);
  if (format === 'int64') return typeof value === 'string' && /^-?\d+$/.test(value);
  if (format === 'google-datetime')
    return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value);
  if (format === 'google-duration') return typeof value === 'string' && /^-?\d+(\.(\d{3}|\d{6}|\d{9}))?s$/.test(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number') return typeof value === 'number';
  return typeof value === type;
}

function checkError(status: number, json: unknown): string[] {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : undefined;
  if (typeof error !== 'object' || error === null) return ['no error envelope'];
  expect(error).toMatchObject({
    code: status,
    message: expect.any(String),
    status: expect.stringMatching(/^[A-Z_]+$/),
  });
  return [];
}
