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
import { jpeg, openDesk, temporaryFolder, write, writePhotos } from './harness.ts';
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
async function deskWithPhotos() {
  const desk = await openDesk();
  const names = writePhotos(desk.photos, 40, { bytes: 100_000 });
  const { items } = await upload({ from: [desk.photos], albumTitle: 'Lisbon' }, desk.deps());
  const ids = items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : []));
  return { ...desk, names, ids, dir: join(desk.folder, 'out'), other: desk.deps(temporaryFolder()) };
}

type PhotoDesk = Awaited<ReturnType<typeof deskWithPhotos>>;

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Some are there, each under its name and whole, and nothing else is. */
function expectWholeFiles({ dir, photos, names }: PhotoDesk, count: number): void {
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
    const desk = await deskWithPhotos();
    if (!mount(desk.dir, 2 * MEGABYTE)) skip(NO_MOUNT);
    const report = await download({ items: desk.ids, dir: desk.dir }, desk.other);
    const { downloaded } = report.counts;
    expect(downloaded).toBeGreaterThanOrEqual(10);
    expect(downloaded).toBeLessThanOrEqual(20);
    expect(report.counts).toEqual({ downloaded, alreadyThere: 0, failed: 0, left: 40 - downloaded });
    expect(report.stopped).toMatchObject({ by: 'error', error: fullDisk(desk.dir) });
    expect(report.files).toHaveLength(downloaded);
    expectWholeFiles(desk, downloaded);
    execFileSync('mount', ['-o', `remount,size=${16 * MEGABYTE}`, desk.dir]);
    const next = await download({ items: desk.ids, dir: desk.dir }, desk.other);
    expect(next.counts).toEqual({ downloaded: 40 - downloaded, alreadyThere: downloaded, failed: 0, left: 0 });
    expectWholeFiles(desk, 40);
  });

  it('says the same to a person at a terminal', async ({ skip }) => {
    const desk = await deskWithPhotos();
    if (!mount(desk.dir, 2 * MEGABYTE)) skip(NO_MOUNT);
    let text = '';
    const terminal = {
      output: { write: (piece: string) => (text += piece) },
      signal: new AbortController().signal,
      explain: (error: unknown) => (error instanceof Error ? error.message : ''),
    };
    expect(await downloadCommand({ album: 'Lisbon', dir: desk.dir }, desk.other, terminal)).toBe(1);
    const done = readdirSync(desk.dir).length;
    expect(text).toContain(`${done} downloaded (`);
    expect(text).toContain(`, 0 failed, in ${desk.dir}\n`);
    expect(text).toContain(
      `The disk of ${desk.dir} is full.\n${40 - done} left: the same command goes on from here.\n`,
    );
  });

  it('throws when not one file has room, and leaves nothing behind', async ({ skip }) => {
    const desk = await openDesk();
    const path = write(join(desk.photos, 'large.jpg'), jpeg('large', { bytes: 3 * MEGABYTE }));
    const { items } = await upload({ from: [path] }, desk.deps());
    const ids = items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : []));
    const dir = join(desk.folder, 'out');
    if (!mount(dir, MEGABYTE)) skip(NO_MOUNT);
    await expect(download({ items: ids, dir }, desk.deps(temporaryFolder()))).rejects.toMatchObject(fullDisk(dir));
    expect(readdirSync(dir)).toEqual([]);
  });

  it('stops also where only the system’s word is to be had', async () => {
    const desk = await deskWithPhotos();
    const program = await bundle('test/media/programs/download.ts');
    const { stateDir, folder, token, ids, dir } = desk;
    const job = { origin: desk.emulator.origin, token, stateDir, folder, items: ids, dir };
    const running = start(program, job, ['--require', SMALL_DISK], { DISK_BYTES: String(2 * MEGABYTE) });
    const { counts, error } = JSON.parse(await running.line((line) => line.startsWith('{')));
    expect(error).toMatchObject(fullDisk(dir));
    expect(counts).toEqual({ downloaded: counts.downloaded, alreadyThere: 0, failed: 0, left: 40 - counts.downloaded });
    expect(counts.downloaded).toBeGreaterThanOrEqual(10);
    expectWholeFiles(desk, counts.downloaded);
  });
});

describe('an upload whose own disk is full', () => {
  it('stops when picked photos have no room on their way, instead of failing one by one', async ({ skip }) => {
    const desk = await openDesk();
    const spoolDir = join(desk.stateDir, 'spool');
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
    await expect(upload({ from }, { ...desk.deps(), picked: { fetch, spoolDir } })).rejects.toMatchObject({
      code: 'diskFull',
      message: `The disk of ${spoolDir} is full.`,
    });
    expect(readdirSync(spoolDir)).toEqual([]);
    expect(await desk.control.requests()).toEqual({});
  });
});
