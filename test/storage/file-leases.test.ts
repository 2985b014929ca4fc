import { writeFileSync } from 'node:fs';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { readText } from '../../src/storage/atomic-file.ts';
import { createFileLeases, type FileLeasesOptions } from '../../src/storage/file-leases.ts';
import { holdLease } from '../../src/storage/held-lease.ts';
import type { Lease, Leases } from '../../src/storage/lease.ts';
import { ownerText } from '../../src/storage/owner-file.ts';
import { identifyProcess } from '../../src/storage/processes.ts';
import { leasesContract } from './contracts/leases.ts';
import { createRandom, PATIENT, type Program, soon, start, temporaryFolder, useProgram } from './harness.ts';

const LIFETIME = 60_000;
/** No timer fires in a test: hearts beat when their owners say so. */
const NEVER = 2 ** 31 - 1;
/** No process has this number: Linux and macOS stop far below. */
const NOBODY = 2 ** 30;

const owner = useProgram('owner');
const contender = useProgram('contender');

leasesContract('leases in files', async () => {
  const folder = temporaryFolder();
  let slept = 0;
  const options: FileLeasesOptions = { beatMs: NEVER, now: () => Date.now() + slept };
  return {
    one: createFileLeases(folder, options),
    two: createFileLeases(folder, options),
    async letOneSleep() {
      slept += LIFETIME + 1;
    },
    async startOther(key) {
      const program = start(owner(), { folder, key });
      const epoch = Number(await program.next());
      return { epoch, kill: async () => void (await program.kill()) };
    },
    async close() {},
  };
});

/** A folder of leases with a clock that a test sets, and what lies in it. */
function createDesk(options: FileLeasesOptions = {}) {
  const folder = temporaryFolder();
  const clock = { time: 1_795_000_000_000 };
  const leases = createFileLeases(folder, { now: () => clock.time, beatMs: NEVER, ...options });
  const place = async () => join(folder, (await readdir(folder))[0] ?? '');
  return { folder, clock, leases, place };
}

async function taken(leases: Leases): Promise<Lease> {
  const lease = await leases.take('key');
  if (!lease) throw new Error('The lease cannot be taken.');
  return lease;
}

const isHeld = (lease: Lease): Promise<boolean> =>
  lease.assertHeld().then(
    () => true,
    () => false,
  );

describe('an owner', () => {
  /** Writes what stands in the newest owner's file. */
  async function ownedBy(change: { pid?: number; host?: string; startedAt?: number; beatAt?: number } | string) {
    const desk = createDesk();
    await (await taken(desk.leases)).release();
    const self = await identifyProcess();
    const text =
      typeof change === 'string' ? change : ownerText({ ...self, key: 'key', beatAt: desk.clock.time, ...change });
    await writeFile(join(await desk.place(), '000000007'), text);
    return desk;
  }

  test.each([
    ['that lives', {}],
    ['that is another process that lives', { pid: process.ppid }],
    ['on another host, whatever its number', { host: 'elsewhere', pid: NOBODY }],
    ['whose heart beat a minute ago', { beatAt: 1_795_000_000_000 - LIFETIME }],
    ['whose clock is a bit ahead', { beatAt: 1_795_000_000_000 + LIFETIME }],
  ])('%s keeps its lease', async (_, change) => {
    const { leases } = await ownedBy(change);
    expect(await leases.take('key')).toBeUndefined();
  });

  test.each([
    ['whose process is gone', { pid: NOBODY }],
    ['with the number of this process, but from before it started', { startedAt: 1 }],
    ['whose heart has stopped', { beatAt: 1_795_000_000_000 - LIFETIME - 1 }],
    ['on another host, whose heart has stopped', { host: 'elsewhere', beatAt: 1_795_000_000_000 - LIFETIME - 1 }],
    ['whose heart last beat in ten years', { beatAt: 2_110_000_000_000 }],
    ['that let go', { beatAt: 0 }],
    ['with a number that names a group of processes', { pid: 0 }],
    ['that was killed before it wrote a word', ''],
    ['that was killed half way', '0001795000000000\n{"host":"ma'],
    ['that is rubbish', 'rubbish\nnull\n'],
  ])('%s holds nobody back', async (_, change) => {
    const { leases } = await ownedBy(change);
    expect((await taken(leases)).epoch).toBe(8);
  });

  test('of whom nothing is there yet but a name is waited for, but not for long', async () => {
    const { clock, leases, place } = await ownedBy('');
    const path = join(await place(), '000000007');
    await utimes(path, clock.time / 1000, clock.time / 1000);
    expect(await leases.take('key')).toBeUndefined();
    clock.time += 2_000;
    expect((await taken(leases)).epoch).toBe(8);
  });

  test('is found out before it can come back: the one before it had woken', async () => {
    const { clock, leases, place } = createDesk();
    const slept = await taken(leases);
    // A dead owner above it, as one leaves that was killed between creating its file and looking again.
    const dead = ownerText({ ...(await identifyProcess()), key: 'key', pid: NOBODY, beatAt: clock.time });
    await writeFile(join(await place(), '000000002'), dead);
    expect(await leases.take('key')).toBeUndefined();
    expect(await isHeld(slept)).toBe(false);
    expect((await taken(leases)).epoch).toBe(3);
  });
});

describe('the heart', () => {
  test('beats by itself, so that nobody has to renew', async () => {
    const { clock, folder, leases } = createDesk({ beatMs: 1 });
    const lease = await taken(leases);
    const other = createFileLeases(folder, { now: () => clock.time, beatMs: NEVER });
    for (let minutes = 0; minutes < 3; minutes++) {
      clock.time += LIFETIME - 1;
      await beaten(folder, clock.time);
      expect(await other.take('key')).toBeUndefined();
    }
    await lease.assertHeld();
    await lease.release();
  });

  test('stops when another has taken over, so that it does not stand in the way of those who come', async () => {
    const { clock, folder, leases } = createDesk({ beatMs: 1 });
    const other = createFileLeases(folder, { now: () => clock.time + 2 * LIFETIME, beatMs: NEVER });
    // Each is dead by the other's clock.
    await taken(leases);
    const next = await soon(() => other.take('key'));
    await next.release();
    expect((await soon(() => leases.take('key'))).epoch).toBeGreaterThan(next.epoch);
  });

  test('does not beat after the release', async () => {
    const { leases, place } = createDesk({ beatMs: 1 });
    for (let index = 0; index < 50; index++) await (await taken(leases)).release();
    await sleep(20);
    const [last = ''] = (await readdir(await place())).sort().reverse();
    expect(await readFile(join(await place(), last), 'utf8')).toMatch(/^0{16}\n\{/);
  });

  test('beats before it looks, so that of two who think that they are the owner one sees the other', async () => {
    const { clock, leases, place } = createDesk();
    await (await taken(leases)).release();
    const path = join(await place(), '000000002');
    let looks = 0;
    const now = () => {
      looks += 1;
      // At the instant of the beat, which the next owner just missed.
      if (looks === 2) writeFileSync(join(path, '../000000003'), '');
      return clock.time;
    };
    await writeFile(path, ownerText({ ...(await identifyProcess()), key: 'key', beatAt: 1 }));
    const times = { bornAt: 1, now, beatMs: NEVER, lifetimeMs: LIFETIME };
    const woken = holdLease({ key: 'key', folder: await place(), epoch: 2, ...times });
    expect(await isHeld(woken)).toBe(false);
    expect(await readdir(await place())).toContain('000000003');
  });

  test('that is beating when the lease is released does not beat afterwards', async () => {
    const { clock, leases, place } = createDesk();
    const lease = await taken(leases);
    clock.time += LIFETIME;
    const beating = lease.assertHeld();
    await lease.release();
    await beating;
    expect(await readFile(join(await place(), '000000001'), 'utf8')).toMatch(/^0{16}\n\{/);
  });

  /** Resolves once some owner's beat says that time. */
  async function beaten(folder: string, time: number): Promise<void> {
    const [place = ''] = await readdir(folder);
    await soon(async () => (await readText(join(folder, place, '000000001')))?.includes(String(time)) || undefined);
  }
});

describe('what is on the disk', () => {
  test('a key has a folder, and its owners say in words what they own', async () => {
    const { leases, place } = createDesk();
    await taken(leases);
    expect(await readdir(await place())).toEqual(['000000001']);
    const self = await identifyProcess();
    const [beat, rest = ''] = (await readFile(join(await place(), '000000001'), 'utf8')).split('\n');
    expect(beat).toBe('0001795000000000');
    expect(JSON.parse(rest)).toEqual({ ...self, key: 'key' });
  });

  test('few files stay, however often a lease changes hands, and never the number of the last owner is lost', async () => {
    const { leases, place } = createDesk();
    for (let index = 0; index < 10; index++) await (await taken(leases)).release();
    expect(await readdir(await place())).toEqual(['000000008', '000000009', '000000010']);
  });

  test('whoever comes while others come and go is told by the higher number', async () => {
    const { clock, folder, leases, place } = createDesk();
    await (await taken(leases)).release();
    const path = join(await place(), '000000009');
    const other = { ...(await identifyProcess()), key: 'key', host: 'elsewhere', beatAt: clock.time };
    // At the instant between looking into the folder and creating the next number.
    const now = () => {
      writeFileSync(path, ownerText(other));
      return clock.time;
    };
    expect(await createFileLeases(folder, { now, beatMs: NEVER }).take('key')).toBeUndefined();
    await rm(path);
    expect((await taken(leases)).epoch).toBe(2);
  });

  test('an owner with a number from long ago is none', async () => {
    const { clock, leases, place } = createDesk();
    for (let index = 0; index < 5; index++) await (await taken(leases)).release();
    // Read the folder when number 1 was there, slept, and creates number 2 now that it is gone.
    await writeFile(
      join(await place(), '000000002'),
      ownerText({ ...(await identifyProcess()), key: 'key', beatAt: clock.time }),
    );
    const late = holdLease({
      key: 'key',
      folder: await place(),
      epoch: 2,
      bornAt: clock.time,
      now: () => clock.time,
      beatMs: NEVER,
      lifetimeMs: LIFETIME,
    });
    expect(await isHeld(late)).toBe(false);
    expect((await taken(leases)).epoch).toBe(6);
  });

  test('a lease whose folder somebody removed is lost, and can be taken', async () => {
    const { leases, folder, place } = createDesk();
    const lease = await taken(leases);
    await rm(await place(), { recursive: true });
    await expect(lease.assertHeld()).rejects.toMatchObject({ name: 'LeaseLost' });
    await lease.release();
    expect(await readdir(folder)).toEqual([]);
    await (await taken(leases)).assertHeld();
    await expect(lease.assertHeld()).rejects.toMatchObject({ name: 'LeaseLost' });
  });

  test('where nothing can be written, taking says so', async () => {
    const { folder } = createDesk();
    await writeFile(join(folder, 'file'), '');
    const leases = createFileLeases(join(folder, 'file'));
    await expect(leases.take('key')).rejects.toMatchObject({ code: expect.stringMatching(/ENOTDIR|EEXIST/) });
  });
});

/**
 * Owners whose hearts stop at any instant, seen by a clock that jumps; their promises must hold in every order of
 * events.
 */
test.each([1, 2, 3, 4])('whoever was told that it holds the lease, nobody came after it (seed %i)', async (seed) => {
  const random = createRandom(seed);
  const { clock, folder } = createDesk();
  let newest = 0;
  const promises: string[] = [];
  const live = async () => {
    const leases = createFileLeases(folder, { now: () => clock.time, beatMs: NEVER });
    while (newest < 15) {
      const lease = await leases.take('key');
      if (!lease) {
        await sleep(random() * 3);
        continue;
      }
      if (lease.epoch <= newest) promises.push(`${lease.epoch} after ${newest}`);
      newest = lease.epoch;
      while (random() < 0.8 && (await isHeld(lease))) {
        if (lease.epoch !== newest) promises.push(`${lease.epoch} held beside ${newest}`);
        await sleep(random() * 2);
      }
      if (random() < 0.5) await lease.release();
    }
  };
  const jump = setInterval(() => {
    clock.time += random() < 0.5 ? LIFETIME + 1 : (LIFETIME * 3) / 4;
  }, 7);
  await Promise.all(Array.from({ length: 5 }, live));
  clearInterval(jump);
  expect(promises).toEqual([]);
  expect(newest).toBeGreaterThan(5);
});

test('a process that was stopped for longer than its lifetime does not go on', async () => {
  const folder = temporaryFolder();
  const options = { lifetimeMs: 300, beatMs: 50 };
  const stopped = start(owner(), { folder, key: 'key', options });
  const epoch = Number(await stopped.next());
  stopped.process.kill('SIGSTOP');
  const next = await soon(() => createFileLeases(folder, options).take('key'));
  expect(next.epoch).toBeGreaterThan(epoch);
  stopped.process.kill('SIGCONT');
  stopped.say('go on');
  expect(await stopped.next()).toBe('LeaseLost');
  await next.release();
});

describe.each([
  ['', 12],
  ['link=EPERM', 8],
  ['link=EISDIR,utimes=EPERM,chmod=EPERM', 6],
])('processes that are killed at any instant, on a disk with %j', (faults, kills) => {
  test('never own a lease at once, never leave one that nobody can take; epochs grow', PATIENT, async () => {
    const random = createRandom(kills);
    const folder = temporaryFolder();
    const job = {
      folder: join(folder, 'leases'),
      ...{ marker: join(folder, 'marker'), epochs: join(folder, 'epochs'), violations: join(folder, 'violations') },
    };
    const epochs = async () => ((await readText(job.epochs)) ?? '').split('\n').slice(0, -1).map(Number);
    const grown = async (count: number) => {
      await soon(async () => ((await epochs()).length > count ? true : undefined));
    };
    const running: Program[] = Array.from({ length: 3 }, () => start(contender(), job, { faults }));
    for (let index = 0; index < kills; index++) {
      await grown((await epochs()).length);
      await sleep(random() * 40);
      const [program] = running.splice(Math.floor(random() * running.length), 1, start(contender(), job, { faults }));
      // None has lost a lease that it held, which would have ended it.
      expect(program?.process.exitCode).toBeNull();
      await program?.kill();
    }
    // Whatever the last kill hit, those that are left go on.
    await grown((await epochs()).length);
    expect(running.map((program) => program.process.exitCode)).toEqual([null, null, null]);
    await Promise.all(running.map((program) => program.kill()));
    const owned = await epochs();
    expect(await readText(job.violations)).toBeUndefined();
    expect(owned).toEqual([...new Set(owned)].sort((a, b) => a - b));
    const last = await soon(() => createFileLeases(job.folder).take('one at a time'));
    expect(last.epoch).toBeGreaterThan(owned.at(-1) ?? 0);
    await last.release();
  });
});
