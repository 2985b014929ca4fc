/**
 * zod schemas as the SDK wants them, with two differences: what a client sees is as short as JSON Schema allows, and
 * validating is left to the adapter, whose errors are one clear line (the SDK's own are a zod dump).
 */
import * as z from 'zod';
import type { JsonSchema } from './json-schema.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** JSON Schema of a zod object without what says nothing: the dialect (2020-12 is the default) and the limits of doubles. */
export function toJsonSchema(schema: z.ZodObject, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io }) as Record<string, Json>;
  const short = shorten(json) as Record<string, unknown>;
  // Replies may grow members; a client that refused them would break on our next version.
  return io === 'input' ? { ...short, additionalProperties: false } : short;
}

function shorten(value: Json): Json {
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name, entry]) => !isOmitted(name, entry));
  return Object.fromEntries(kept.map(([name, entry]) => [name, shorten(entry)]));
}

/** Checked here all the same, and broken so seldom that an error costs less than saying it in every conversation. */
const OMITTED_KEYWORDS = new Set(['minLength', 'maxLength', 'minItems', 'minimum', 'additionalProperties']);

/** A bound that is only the largest whole number of a double is none. */
const isOmitted = (name: string, value: Json): boolean =>
  OMITTED_KEYWORDS.has(name) || (name === 'maximum' && value === Number.MAX_SAFE_INTEGER);

/** What is wrong with a tool's input, in one line. */
export function describeIssues(error: z.ZodError, schema: z.ZodObject): string {
  // A misspelt name is the cause, the parameter that is missing for it the consequence.
  const [first, ...others] = error.issues.toSorted((a, b) => Number(isUnknown(b)) - Number(isUnknown(a)));
  if (!first) return 'The input is not valid.';
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return `${describeIssue(first, schema)}${more}`;
}

const isUnknown = (issue: z.core.$ZodIssue): boolean => issue.code === 'unrecognized_keys';

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodObject): string {
  const place = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key.slice(0, 40)}"`).join(', ');
    const known = place === '' ? ` It takes ${listNames(schema)}.` : '';
    return `Unknown parameter ${names}${place && ` in ${place}`}.${known}`;
  }
  if (/received undefined$/.test(issue.message)) return `Parameter "${place}" is missing.`;
  return place === '' ? `${capitalize(issue.message)}.` : `Parameter "${place}": ${issue.message}.`;
}

function listNames(schema: z.ZodObject): string {
  const names = Object.keys(schema.shape);
  return names.length === 0 ? 'no parameters' : names.join(', ');
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, '');
