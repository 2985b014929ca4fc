/** Folders, chance and programs for tests of `src/storage`: real files, real processes, real kills. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, onTestFinished } from 'vitest';
import { bundle } from '../harness/program.ts';

export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'google-photos-mcp-storage-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** For tests that start dozens of processes: a machine that does ten other things needs a second for each. */
export const PATIENT = { timeout: 120_000 };

/** What a look finds, as soon as it finds something; the test's time limit ends the waiting. */
export async function soon<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(5);
  }
}

/** From 0 up to, but not including, 1; always the same numbers for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A program of `programs/`, bundled before the tests of a file; gives its path. */
export function useProgram(name: string): () => string {
  let path = '';
  beforeAll(async () => {
    path = await bundle(`test/storage/programs/${name}.ts`);
  });
  return () => path;
}

export interface Program {
  process: ChildProcess;
  /** The next line that it prints; undefined at its end. */
  next(): Promise<string | undefined>;
  /** So many lines, as soon as it has printed them; fewer at its end. */
  lines(count: number): Promise<string[]>;
  say(line: string): void;
  /** SIGKILL; resolves when the process is gone. Gives what it printed and nobody has read. */
  kill(): Promise<string[]>;
  /** Waits for its end. Gives what it printed and nobody has read. */
  end(): Promise<string[]>;
}

export interface StartOptions {
  /** What the disk refuses to do: `link=EISDIR,utimes=EPERM`. */
  faults?: string;
  /** The largest file that the process may write. The disk then takes a part of a line, and refuses the next. */
  fileKiB?: number;
}

const FAULTS = fileURLToPath(new URL('./programs/faults.cjs', import.meta.url));

export function start(file: string, job: unknown, { faults, fileKiB }: StartOptions = {}): Program {
  const node = [process.execPath, ...(faults ? ['--require', FAULTS] : []), file, JSON.stringify(job)];
  const [command = '', ...args] = fileKiB ? ['bash', '-c', `ulimit -f ${fileKiB}; exec "$@"`, 'bash', ...node] : node;
  const child = spawn(command, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, FAULTS: faults },
  });
  // It may be dead already when it is spoken to.
  child.stdin.on('error', () => {});
  const closed = once(child, 'close');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async (count: number) => {
    const found: string[] = [];
    while (found.length < count) {
      const line = await lines.next();
      if (line.done) break;
      found.push(line.value);
    }
    return found;
  };
  const end = async () => {
    const rest = await read(Number.POSITIVE_INFINITY);
    await closed;
    return rest;
  };
  const kill = () => {
    child.kill('SIGKILL');
    return end();
  };
  onTestFinished(async () => {
    await kill();
  });
  return {
    process: child,
    next: async () => (await read(1))[0],
    lines: read,
    say: (line) => child.stdin.write(`${line}\n`),
    kill,
    end,
  };
}
