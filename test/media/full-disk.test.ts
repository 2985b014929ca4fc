/** A disk that is full in the middle of things: a small one where the tests may mount it, and one that is said to be full. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadCommand } from '../../src/cli/transfers/transfers.ts';
import { download } from '../../src/media/download/download.ts';
import { upload } from '../../src/media/upload/upload.ts';
import type { PickedItemEntry } from '../../src/results/types.ts';
import { bundle } from '../harness/program.ts';
import { jpeg, openFixture, temporaryFolder, write, writePhotos } from './harness.ts';
import { start } from './programs/run.ts';

const MEGABYTE = 1024 * 1024;
const SMALL_DISK = new URL('./programs/small-disk.cjs', import.meta.url).pathname;

/** Mounts a disk of that size; false where the tests may not. */
function mount(folder: string, bytes: number): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  return true;
}

const NO_MOUNT = 'needs the right to mount a small disk';

/** A library of 40 photos of 100 kB in one album. */
async function fixtureWithPhotos() {
  const fixture = await openFixture();
  const names = writePhotos(fixture.photos, 40, { bytes: 100_000 });
  const { items } = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
  const ids = items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : []));
  return { ...fixture, names, ids, dir: join(fixture.folder, 'out'), other: fixture.deps(temporaryFolder()) };
}

type PhotoFixture = Awaited<ReturnType<typeof fixtureWithPhotos>>;

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Some are there, each under its name and whole, and nothing else is. */
function expectWholeFiles({ dir, photos, names }: PhotoFixture, count: number): void {
  const found = readdirSync(dir);
  expect(found).toHaveLength(count);
  for (const name of found) {
    expect(names).toContain(name);
    expect(sha256(join(dir, name))).toBe(sha256(join(photos, name)));
  }
}

const fullDisk = (dir: string) => ({
  code: 'diskFull',
  message: `The disk of ${dir} is full.`,
  next: 'Make room and call again: what is there is not fetched again.',
});

describe('a download onto a disk that becomes full', () => {
  it('stops, says what is done and what is left, and goes on when there is room', async ({ skip }) => {
    const fixture = await fixtureWithPhotos();
    if (!mount(fixture.dir, 2 * MEGABYTE)) skip(NO_MOUNT);
    const report = await download({ items: fixture.ids, dir: fixture.dir }, fixture.other);
    const { downloaded } = report.counts;
    expect(downloaded).toBeGreaterThanOrEqual(10);
    expect(downloaded).toBeLessThanOrEqual(20);
    expect(report.counts).toEqual({ downloaded, alreadyThere: 0, failed: 0, left: 40 - downloaded });
    expect(report.stopped).toMatchObject({ by: 'error', error: fullDisk(fixture.dir) });
    expect(report.files).toHaveLength(downloaded);
    expectWholeFiles(fixture, downloaded);
    execFileSync('mount', ['-o', `remount,size=${16 * MEGABYTE}`, fixture.dir]);
    const next = await download({ items: fixture.ids, dir: fixture.dir }, fixture.other);
    expect(next.counts).toEqual({ downloaded: 40 - downloaded, alreadyThere: downloaded, failed: 0, left: 0 });
    expectWholeFiles(fixture, 40);
  });

  it('says the same to a person at a terminal', async ({ skip }) => {
    const fixture = await fixtureWithPhotos();
    if (!mount(fixture.dir, 2 * MEGABYTE)) skip(NO_MOUNT);
    let text = '';
    const terminal = {
      output: { write: (piece: string) => (text += piece) },
      signal: new AbortController().signal,
      explain: (error: unknown) => (error instanceof Error ? error.message : ''),
    };
    expect(await downloadCommand({ album: 'Lisbon', dir: fixture.dir }, fixture.other, terminal)).toBe(1);
    const done = readdirSync(fixture.dir).length;
    expect(text).toContain(`${done} downloaded (`);
    expect(text).toContain(`, 0 failed, in ${fixture.dir}\n`);
    expect(text).toContain(
      `The disk of ${fixture.dir} is full.\n${40 - done} left: the same command goes on from here.\n`,
    );
  });

  it('throws when not one file has room, and leaves nothing behind', async ({ skip }) => {
    const fixture = await openFixture();
    const path = write(join(fixture.photos, 'large.jpg'), jpeg('large', { bytes: 3 * MEGABYTE }));
    const { items } = await upload({ from: [path] }, fixture.deps());
    const ids = items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : []));
    const dir = join(fixture.folder, 'out');
    if (!mount(dir, MEGABYTE)) skip(NO_MOUNT);
    await expect(download({ items: ids, dir }, fixture.deps(temporaryFolder()))).rejects.toMatchObject(fullDisk(dir));
    expect(readdirSync(dir)).toEqual([]);
  });

  it('stops also where only the system’s word is to be had', async () => {
    const fixture = await fixtureWithPhotos();
    const program = await bundle('test/media/programs/download.ts');
    const { stateDir, folder, token, ids, dir } = fixture;
    const job = { origin: fixture.emulator.origin, token, stateDir, folder, items: ids, dir };
    const running = start(program, job, ['--require', SMALL_DISK], { DISK_BYTES: String(2 * MEGABYTE) });
    const { counts, error } = JSON.parse(await running.line((line) => line.startsWith('{')));
    expect(error).toMatchObject(fullDisk(dir));
    expect(counts).toEqual({ downloaded: counts.downloaded, alreadyThere: 0, failed: 0, left: 40 - counts.downloaded });
    expect(counts.downloaded).toBeGreaterThanOrEqual(10);
    expectWholeFiles(fixture, counts.downloaded);
  });
});

describe('an upload whose own disk is full', () => {
  it('stops when picked photos have no room on their way, instead of failing one by one', async ({ skip }) => {
    const fixture = await openFixture();
    const spoolDir = join(fixture.stateDir, 'spool');
    if (!mount(spoolDir, MEGABYTE)) skip(NO_MOUNT);
    const item = (id: string): PickedItemEntry => ({
      kind: 'pickedItem',
      id,
      sessionId: 's',
      filename: `${id}.jpg`,
      type: 'photo',
      mimeType: 'image/jpeg',
    });
    const fetch = async ({ id }: PickedItemEntry) => new Response(new Uint8Array(jpeg(id, { bytes: 3 * MEGABYTE })));
    const from = ['p1', 'p2', 'p3'].map(item);
    await expect(upload({ from }, { ...fixture.deps(), picked: { fetch, spoolDir } })).rejects.toMatchObject({
      code: 'diskFull',
      message: `The disk of ${spoolDir} is full.`,
    });
    expect(readdirSync(spoolDir)).toEqual([]);
    expect(await fixture.control.requests()).toEqual({});
  });
});
