/** A right that one process has at a time, on a shared state folder; a claim of a process that died does not outlive it. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../google/clock.ts';

/** Process ids are used again, so even a living owner loses a claim as old as this. */
const LONGEST = 5 * 60_000;
const POLL = 50;

interface Owner {
  id: string;
  pid: number;
  host: string;
}

export interface ClaimOptions {
  folder: string;
  clock: Clock;
  signal?: AbortSignal;
}

/** Runs the work while no other process holds the claim of that name. */
export async function withClaim<T>(
  name: string,
  { folder, clock, signal }: ClaimOptions,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.claim`);
  const owner: Owner = { id: randomUUID(), pid: process.pid, host: hostname() };
  while (!(await take(path, owner))) {
    await breakStale(path, clock);
    await clock.sleep(POLL, signal);
  }
  try {
    return await work();
  } finally {
    if ((await readOwner(path))?.id === owner.id) await unlink(path).catch(() => undefined);
  }
}

async function take(path: string, owner: Owner): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600);
    await file.writeFile(JSON.stringify(owner));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's claim aside; what was moved is looked at again, since somebody may have been quicker. */
async function breakStale(path: string, clock: Clock): Promise<void> {
  const owner = await readOwner(path);
  if (!(await isStale(path, owner, clock))) return;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
    if ((await readOwner(aside))?.id !== owner?.id) await rename(aside, path);
    else await unlink(aside);
  } catch {
    // Another process has broken it, or its owner let go.
  }
}

async function isStale(path: string, owner: Owner | undefined, clock: Clock): Promise<boolean> {
  const age =
    clock.now() -
    (await stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => clock.now(),
    ));
  // A claim without an owner is one that is just being written, or whose writer was killed.
  if (!owner) return age > 2_000;
  return age > LONGEST || (owner.host === hostname() && !isAlive(owner.pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    return isOwner(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isOwner = (value: unknown): value is Owner =>
  typeof value === 'object' && value !== null && 'id' in value && 'pid' in value && typeof value.pid === 'number';
