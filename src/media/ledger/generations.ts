/**
 * The ledger's files: `000001.ndjson`, `000002.ndjson`, … Processes append to the newest; each record is one write with a
 * newline before and after, so that a torn record of a killed process spoils nobody else's. A new generation holds what
 * all before it add up to. Older ones are read as well and kept for a day, because somebody may still be writing there.
 */

import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const NAME = /^(\d{6})\.ndjson$/;
const LEFTOVER = /\.tmp$/;
const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;
const NEWLINE = 0x0a;

const nameOf = (generation: number): string => `${String(generation).padStart(6, '0')}.ndjson`;

export class Generations {
  readonly #folder: string;
  /** How far each file has been read, by generation. */
  readonly #read = new Map<number, number>();
  #newest: number;
  #descriptor: number;

  /** Makes the folder and its first file where there are none. @throws the file system's errors. */
  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#newest = this.list().at(-1) ?? 1;
    this.#descriptor = this.#open();
  }

  /** Ascending. */
  list(): number[] {
    const found = readdirSync(this.#folder).flatMap((name) => Number(NAME.exec(name)?.[1] ?? 0) || []);
    return found.sort((a, b) => a - b);
  }

  /** The lines that were added since the last call, oldest first. */
  *newLines(): Generator<string> {
    this.#moveToNewest();
    if (this.#read.size === 0) {
      for (const generation of this.list()) this.#read.set(generation, 0);
    }
    for (const generation of [...this.#read.keys()].sort((a, b) => a - b)) yield* this.#newLinesOf(generation);
  }

  /** Whether another process has written since the last read; costs one or two `stat` calls. */
  hasGrown(): boolean {
    return fstatSync(this.#descriptor).size > (this.#read.get(this.#newest) ?? 0) || this.#hasNext();
  }

  append(line: string): void {
    this.#moveToNewest();
    writeSync(this.#descriptor, `\n${line}\n`);
  }

  get bytes(): number {
    return this.list().reduce((sum, generation) => sum + sizeOf(this.#path(generation)), 0);
  }

  /** Writes what everything adds up to as a new generation, unless another process was quicker, and drops what is old. */
  compact(lines: Iterable<string>, now: number): void {
    const next = this.#newest + 1;
    const temporary = join(this.#folder, `${process.pid}-${randomBytes(6).toString('hex')}.tmp`);
    writeFileSync(temporary, `${[...lines].join('\n')}\n`, { mode: 0o600 });
    claim(temporary, this.#path(next));
    this.#moveToNewest();
    for (const generation of this.list()) {
      if (generation < next && isOlder(this.#path(generation), now - DAY)) remove(this.#path(generation));
    }
    this.#sweep(now);
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  *#newLinesOf(generation: number): Generator<string> {
    const from = this.#read.get(generation) ?? 0;
    const bytes = readFrom(this.#path(generation), from);
    // A record is complete once its closing newline is there.
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    this.#read.set(generation, from + end);
    for (const line of bytes.toString('utf8', 0, end).split('\n')) if (line !== '') yield line;
  }

  #hasNext(): boolean {
    return sizeOf(this.#path(this.#newest + 1)) > 0;
  }

  /** A file that appeared is read from its start: it may hold what was appended to ones that we never saw. */
  #moveToNewest(): void {
    while (this.#hasNext()) {
      closeSync(this.#descriptor);
      this.#newest += 1;
      this.#descriptor = this.#open();
      if (this.#read.size > 0) this.#read.set(this.#newest, 0);
    }
  }

  #open(): number {
    return openSync(this.#path(this.#newest), 'a', 0o600);
  }

  #path(generation: number): string {
    return join(this.#folder, nameOf(generation));
  }

  #sweep(now: number): void {
    for (const name of readdirSync(this.#folder)) {
      const path = join(this.#folder, name);
      if (LEFTOVER.test(name) && isOlder(path, now - HOUR)) remove(path);
    }
  }
}

/** The first one to link wins; file systems without links get a rename, where the last one wins, which is as good. */
function claim(temporary: string, path: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!isTaken) renameSync(temporary, path);
  }
  remove(temporary);
}

function readFrom(path: string, from: number): Buffer {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return Buffer.alloc(0); // Dropped by another process: its records live on in a newer generation.
  }
  try {
    const bytes = Buffer.allocUnsafe(Math.max(0, fstatSync(descriptor).size - from));
    let length = 0;
    while (length < bytes.length) {
      const count = readSync(descriptor, bytes, length, bytes.length - length, from + length);
      if (count === 0) break;
      length += count;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

const isOlder = (path: string, time: number): boolean =>
  (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY) < time;

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already, or held open on Windows: the next sweep takes it.
  }
}
