/**
 * One process at a time works on a preview. A claim is a file with its owner's process id; it dies with its owner, so
 * nothing has to be cleaned up after a kill. A new claim gets the next number instead of replacing a dead one: replacing
 * would let two processes that both found it dead take it from each other.
 */
import { randomUUID } from 'node:crypto';
import { link, readdir, readFile, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Claim {
  /** Tells others that the work goes on; to be called more often than once in five minutes. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/** A claim not renewed for so long is dead even if some process has its owner's number by now. */
const LIFETIME_MS = 5 * 60_000;
const NAME = /^claim-(\d{6})$/;

/** Claims of this process, so that its own number in a file of an earlier process does not look alive. */
export type OwnClaims = Set<string>;

/** The claim on a folder, or nothing while another one is alive. */
export async function claimFolder(folder: string, own: OwnClaims): Promise<Claim | undefined> {
  const numbers = (await readdir(folder)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number);
  const last = Math.max(0, ...numbers);
  if (last > 0 && (await isAlive(pathOf(folder, last), own))) return undefined;
  const path = pathOf(folder, last + 1);
  const token = randomUUID();
  if (!(await writeOnce(path, `${process.pid} ${token}`))) return undefined;
  own.add(token);
  const release = async () => {
    own.delete(token);
    // Dead ones below it go first: the highest number is the one that counts.
    for (const number of [...numbers, last + 1]) await unlink(pathOf(folder, number)).catch(() => {});
  };
  // Somebody may have begun anew from number 1 between our reading the folder and our finding the last owner gone.
  if (await hasOtherOwner(folder, path, own)) {
    await unlink(path).catch(() => {});
    own.delete(token);
    return undefined;
  }
  return {
    renew: () => utimes(path, new Date(), new Date()),
    release,
  };
}

const pathOf = (folder: string, number: number): string => join(folder, `claim-${String(number).padStart(6, '0')}`);

async function hasOtherOwner(folder: string, path: string, own: OwnClaims): Promise<boolean> {
  const others = (await readdir(folder)).filter((name) => NAME.test(name) && join(folder, name) !== path);
  const alive = await Promise.all(others.map((name) => isAlive(join(folder, name), own)));
  return alive.includes(true);
}

async function isAlive(path: string, own: OwnClaims): Promise<boolean> {
  try {
    const [pid = '', token = ''] = (await readFile(path, 'utf8')).split(' ');
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > LIFETIME_MS) return false;
    return Number(pid) === process.pid ? own.has(token) : isRunning(Number(pid));
  } catch {
    // Released in this moment.
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whole or not at all, and only when nobody was faster. */
async function writeOnce(path: string, text: string): Promise<boolean> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, text, { mode: 0o600 });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    // Some file systems have no links; there "wx" is as good.
    return await writeFile(path, text, { flag: 'wx', mode: 0o600 }).then(
      () => true,
      () => false,
    );
  } finally {
    await unlink(temporary).catch(() => {});
  }
}
