/**
 * The lines of a log, and the one outcome for each that is not a record:
 *
 * - A half line at the end, without its newline, never happened. Readers pass it over.
 * - A damaged line, whole but no JSON or no record, is counted and passed over. What a killed writer left half written
 *   becomes one when another writes after it.
 * - `{"version":N}` says how the lines after it are to be read. One above what the reader knows ends everything with
 *   UnknownVersion. Files of 0.1.0 have no such line: they are version 1.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { hasCode } from './errors.ts';

export interface LogFormat<R> {
  /** The newest that this program reads, and the one that it writes. */
  version: number;
  /** Undefined for what is no record. Records are objects, and have no field `version`. */
  parse(value: unknown): R | undefined;
}

export interface News<R> {
  records: R[];
  /** Lines that were no records; what that means is for the caller to say. */
  damaged: number;
}

export interface LogNews<R> extends News<R> {
  /** How far the file has been read, in bytes: up to the end of a line. */
  end: number;
}

/** A newer program has written the file; this one can neither read it nor write to it. */
export class UnknownVersion extends Error {
  override readonly name = 'UnknownVersion';
  readonly path: string;
  readonly version: number;

  constructor(path: string, version: number, known: number) {
    super(`${path} has version ${version}; this program knows versions up to ${known}.`);
    this.path = path;
    this.version = version;
  }
}

export interface Block {
  /** Whole lines, each with its newline. */
  text: string;
  /** The offset behind them, in bytes. */
  end: number;
}

const NEWLINE = 0x0a;
const BLOCK_BYTES = 1024 * 1024;

/** The whole lines from an offset on, as far as the file goes by now. None when there is no file. */
export async function* readBlocks(path: string, from: number): AsyncGenerator<Block> {
  const file = await openIfThere(path);
  if (!file) return;
  try {
    const { size } = await file.stat();
    let rest: Uint8Array = new Uint8Array();
    for (let at = from; at < size; ) {
      const bytes = Buffer.concat([rest, await readAt(file, at, Math.min(BLOCK_BYTES, size - at))]);
      if (bytes.length === rest.length) return;
      at += bytes.length - rest.length;
      const length = bytes.lastIndexOf(NEWLINE) + 1;
      rest = bytes.subarray(length);
      if (length > 0) yield { text: bytes.toString('utf8', 0, length), end: at - rest.length };
    }
  } finally {
    await file.close();
  }
}

/** What one line says; undefined for an empty one. Throws UnknownVersion. */
export type Line<R> = { record: R } | { version: number } | 'damaged' | undefined;

export function readLine<R>(path: string, line: string, { version, parse }: LogFormat<R>): Line<R> {
  if (line.trim() === '') return undefined;
  const value = parseJson(line);
  const said = versionOf(value);
  if (said !== undefined && said > version) throw new UnknownVersion(path, said, version);
  if (said !== undefined) return { version: said };
  const record = value === undefined ? undefined : parse(value);
  return record === undefined ? 'damaged' : { record };
}

/** Ends a half line that a killed writer left, and does not become a part of it. */
export function recordLine(record: unknown): string {
  const json = JSON.stringify(record);
  if (json === undefined || versionOf(record) !== undefined) throw new TypeError('This is no record of a log.');
  return `\n${json}\n`;
}

/** A whole log at once. */
export const logText = (version: number, records: Iterable<unknown>): string =>
  [versionLine(version), ...Array.from(records, recordLine)].join('').replaceAll('\n\n', '\n');

export const versionLine = (version: number): string => `\n${JSON.stringify({ version })}\n`;

/** With whatever else a later program may say in that line. */
function versionOf(value: unknown): number | undefined {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && 'version' in value && typeof value.version === 'number' ? value.version : undefined;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
