import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AlbumFinder, upload } from '../../src/media/upload/upload.ts';
import { createFileLeases } from '../../src/storage/file-leases.ts';
import { bundle } from '../harness/program.ts';
import { hastyClock, jpeg, openFixture, write, writePhotos } from './harness.ts';
import { start } from './programs/run.ts';

/** Mulberry32: the same moments in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** One request in twenty fails, in every way that networks and servers know. */
const FAULTS = [
  { method: '*', status: 500, probability: 0.009 },
  { method: '*', status: 503, probability: 0.009 },
  { method: '*', status: 429, probability: 0.008 },
  { method: '*', failure: 'reset', probability: 0.008 },
  { method: '*', failure: 'resetAfter', probability: 0.008 },
  { method: '*', failure: 'truncate', probability: 0.008 },
  { method: '*', latencyMs: 150, probability: 0.005 },
];

type Fixture = Awaited<ReturnType<typeof openFixture>>;

async function albumIsAskedFor({ control }: Fixture): Promise<void> {
  while (!(await control.requests())['albums.create']) await sleep(1);
}

describe('an upload that is killed', () => {
  it('has each of 500 files once in library and album, in order, after ten kills and 5 % of failing requests', {
    timeout: 120_000,
  }, async () => {
    const fixture = await openFixture({ emulator: { latencyMs: 5 } });
    const names = writePhotos(fixture.photos, 500);
    const program = await bundle('test/media/programs/upload.ts');
    const { stateDir, folder, token } = fixture;
    const request = { from: [fixture.photos], albumTitle: 'Lisbon' };
    const job = { origin: fixture.emulator.origin, token, stateDir, folder, request };
    await fixture.control.faults(FAULTS);
    const random = seeded(4);
    const count = async () =>
      Object.values(await fixture.control.requests()).reduce((sum, requests) => sum + requests, 0);
    for (let kill = 0; kill < 10; kill++) {
      const target = (await count()) + 1 + Math.floor(random() * 60);
      const running = start(program, job);
      while ((await count()) < target && running.process.exitCode === null) await sleep(5 + random() * 10);
      running.process.kill('SIGKILL');
      await running.end;
    }
    const last = start(program, job);
    const counts = JSON.parse(await last.line((line) => line.startsWith('{')));
    expect(counts).toMatchObject({ failed: 0, left: 0, failures: [] });
    expect(counts.uploaded + counts.alreadyThere).toBe(500);
    const { mediaItems, albums } = await fixture.control.state();
    expect(mediaItems).toHaveLength(500);
    expect(albums).toHaveLength(1);
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
  });

  it('has each file once when two processes upload the same folder at once', { timeout: 60_000 }, async () => {
    const fixture = await openFixture({ emulator: { latencyMs: 5 } });
    const names = writePhotos(fixture.photos, 160);
    const program = await bundle('test/media/programs/upload.ts');
    const { stateDir, folder, token } = fixture;
    const request = { from: [fixture.photos], albumTitle: 'Lisbon' };
    // Google takes one write at a time: who is refused must wait longer than the other's write lasts.
    const job = { origin: fixture.emulator.origin, token, stateDir, folder, request, waitMs: 250 };
    const both = [start(program, job), start(program, job)];
    for (const each of both) {
      const counts = JSON.parse(await each.line((line) => line.startsWith('{')));
      expect(counts).toMatchObject({ failed: 0, left: 0, failures: [] });
    }
    const { mediaItems, albums } = await fixture.control.state();
    expect(mediaItems).toHaveLength(160);
    expect(albums).toHaveLength(1);
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
  });

  it('has one album though the request of a killed process takes effect late', { timeout: 60_000 }, async () => {
    const fixture = await openFixture();
    const paths = ['a', 'b'].map((name) => write(join(fixture.photos, name, `${name}.jpg`), jpeg(name)));
    const [ofKilled = '', ofNext = ''] = paths;
    await fixture.control.faults([{ method: 'albums.create', failure: 'effectAfter', latencyMs: 5_000, count: 1 }]);
    const { stateDir, folder, token } = fixture;
    const request = { from: [ofKilled], albumTitle: 'Lisbon' };
    const killed = start(await bundle('test/media/programs/upload.ts'), {
      origin: fixture.emulator.origin,
      token,
      stateDir,
      folder,
      request,
      // For ever: it must not ask once more before it is killed.
      waitMs: 2 ** 31 - 1,
    });
    await albumIsAskedFor(fixture);
    killed.process.kill('SIGKILL');
    await killed.end;
    expect((await fixture.control.requests())['albums.create']).toBe(1);
    const waits: number[] = [];
    const clock = {
      ...hastyClock,
      sleep: async (ms: number) => {
        waits.push(ms);
        while ((await fixture.control.state()).albums.length === 0) await sleep(20);
      },
    };
    const deps = fixture.deps();
    const albums = new AlbumFinder({ ...deps, clock, leases: createFileLeases(join(stateDir, 'leases')) });
    const report = await upload({ from: [ofNext], albumTitle: 'Lisbon' }, { ...deps, albums });
    expect(waits).toEqual([3_000]);
    expect(report.albums).toEqual([{ id: expect.any(String), title: 'Lisbon', isNew: false }]);
    expect(await fixture.control.albumNames('Lisbon')).toEqual(['b.jpg']);
  });

  it('has one album when two processes want a title that is new, and one of them is killed while it is made', {
    timeout: 120_000,
  }, async () => {
    const program = await bundle('test/media/programs/upload.ts');
    for (let round = 0; round < 2; round++) {
      const fixture = await openFixture();
      const jobs = ['a', 'b'].map((name) => {
        write(join(fixture.photos, name, `${name}.jpg`), jpeg(name));
        const { stateDir, folder, token } = fixture;
        const request = { from: [join(fixture.photos, name)], albumTitle: round % 2 ? 'Zu\u0308rich' : 'Z\u00fcrich' };
        return { origin: fixture.emulator.origin, token, stateDir, folder, request };
      });
      const both = jobs.map((job) => start(program, job));
      await albumIsAskedFor(fixture);
      both[round]?.process.kill('SIGKILL');
      await Promise.all(both.map(({ end }) => end));
      for (const job of jobs) await start(program, job).line((line) => line.startsWith('{'));
      const { albums } = await fixture.control.state();
      expect(albums).toHaveLength(1);
      expect(albums[0]?.entries).toHaveLength(2);
    }
  });
});
