/** Text of an option or an environment variable → its value. Each throws InvalidValueError with one line. */
import { homedir } from 'node:os';
import { delimiter, resolve } from 'node:path';
import { TOOLSETS, type Toolset } from '../context/toolsets.ts';

/** Commander, which is not loaded for the environment alone, knows it by its code. */
export class InvalidValueError extends Error {
  override readonly name = 'InvalidValueError';
  readonly code = 'commander.invalidArgument';
}

const refuse = (reason: string): never => {
  throw new InvalidValueError(reason);
};

const withHome = (path: string): string => (path === '~' || path.startsWith('~/') ? homedir() + path.slice(1) : path);

/** A path, `~` included → absolute. */
export const absolutePath = (path: string): string => resolve(withHome(path));

export const folder = (path: string): string =>
  path.trim() === '' ? refuse('It must name a folder.') : absolutePath(path);

/** Folders separated as the platform separates PATH. */
export const folderList = (list: string): string[] => list.split(delimiter).filter(Boolean).map(folder);

/** The folder that naming a path or a pattern on the command line gives access to. */
export const folderOfPattern = (path: string): string => absolutePath(path.split(/[*?{[]/, 1)[0] || '.');

export const wholeNumber = (text: string): number =>
  /^\d{1,9}$/.test(text) ? Number(text) : refuse('It must be a whole number.');

const between = (min: number, max: number) => (text: string) => {
  const number = wholeNumber(text);
  return number < min || number > max ? refuse(`It goes from ${min} to ${max}.`) : number;
};

export const port = between(0, 65_535);
export const concurrency = between(1, 8);

/** `demo`, `empty`, a number of items, or a file. */
export function library(text: string): 'demo' | 'empty' | number | { file: string } {
  if (text === 'demo' || text === 'empty') return text;
  return /^\d+$/.test(text) ? wholeNumber(text) : { file: absolutePath(text) };
}

/** It becomes the name of a folder, beside `NAME.json` and `NAME@emulator`. */
export const accountName = (text: string): string =>
  /^(?!\.)(?!.*(?:\.json|@emulator)$)[\w.@+-]{1,64}$/i.test(text)
    ? text
    : refuse('Account names are 1 to 64 letters, digits and . _ @ + -, such as work or me@example.org.');

export const bearerToken = (text: string): string =>
  /^[\x21-\x7e]+$/.test(text) ? text : refuse('A token has letters, digits and punctuation, but no spaces.');

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

export function loopbackOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const loopback = url && LOOPBACK.includes(url.hostname) && url.username === '' && /^https?:$/.test(url.protocol);
  return loopback ? url.origin : refuse('It must be an address of this machine, such as http://127.0.0.1:8080.');
}

export const oneOf =
  <T extends string>(choices: readonly T[]) =>
  (text: string): T =>
    choices.find((choice) => choice === text) ?? refuse(`Allowed choices are ${choices.join(', ')}.`);

export function toolsets(text: string): Toolset[] {
  const names = text.split(/[\s,]+/).filter(Boolean);
  return names.length === 0
    ? refuse(`Allowed choices are ${TOOLSETS.join(', ')}.`)
    : [...new Set(names.map(oneOf(TOOLSETS)))];
}

export const flag = (text: string): boolean => ['1', 'true', 'yes', 'on'].includes(oneOf(FLAGS)(text.toLowerCase()));

const FLAGS = ['true', 'false', '1', '0', 'yes', 'no', 'on', 'off'];
