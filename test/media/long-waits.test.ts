/** `Retry-After: 40000`, eleven hours (contract 6.4): whatever asks for it, a call ends in an answer that says when. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/google/clock.ts';
import { explain } from '../../src/mcp/explain.ts';
import { download } from '../../src/media/download/download.ts';
import { AlbumFinder, upload } from '../../src/media/upload/upload.ts';
import { createFileLeases } from '../../src/storage/file-leases.ts';
import { openFixture, temporaryFolder, writePhotos } from './harness.ts';

/** Waits take no time, but count. */
function countingClock() {
  let waited = 0;
  const waits: number[] = [];
  const clock: Clock = {
    now: () => Date.now() + waited,
    sleep: async (ms) => {
      waits.push(ms);
      waited += ms;
    },
    random: () => 0,
  };
  return { clock, waits };
}

/** Two photos, in the library and an album of `Lisbon` where a test wants to read them. */
async function openPatientFixture({ isUploaded = false } = {}) {
  const { clock, waits } = countingClock();
  const fixture = await openFixture({ google: { clock } });
  writePhotos(fixture.photos, 2);
  const depsOf = (stateDir: string) => {
    const deps = { ...fixture.deps(stateDir), clock };
    return { ...deps, albums: new AlbumFinder({ ...deps, leases: createFileLeases(join(stateDir, 'leases')) }) };
  };
  const request = { from: [fixture.photos], albumTitle: 'Lisbon' };
  const known = isUploaded ? await upload(request, depsOf(fixture.stateDir)) : undefined;
  const ids = known?.items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : [])) ?? [];
  waits.length = 0;
  return { ...fixture, deps: depsOf(temporaryFolder()), known: depsOf(fixture.stateDir), request, ids, waits };
}

/** What a model is told of an error. */
const toldOf = (failing: Promise<unknown>) =>
  failing.then(
    (report) => Promise.reject(new Error(`no error: ${JSON.stringify(report)}`)),
    (error: unknown) => explain(error).next,
  );

const STATUSES = [429, 503];
/** Before it may stand that a write may have been done. */
const TOLD = expect.stringMatching(/Call again in 12 hours\.$/);

describe.each(STATUSES)('%i with a wait of hours', (status) => {
  it.each(['uploads.raw', 'albums.list', 'albums.create', 'mediaItems.batchCreate'])(
    'ends an upload, at %s',
    async (method) => {
      const fixture = await openPatientFixture();
      await fixture.control.faults([{ method, status, retryAfter: 40_000 }]);
      expect(await toldOf(upload(fixture.request, fixture.deps))).toEqual(TOLD);
      expect(Math.max(0, ...fixture.waits)).toBeLessThanOrEqual(120_000);
    },
  );

  it.each(['albums.get', 'mediaItems.search'])('ends an upload of what is known, at %s', async (method) => {
    const fixture = await openPatientFixture({ isUploaded: true });
    await fixture.control.faults([{ method, status, retryAfter: 40_000 }]);
    expect(await toldOf(upload(fixture.request, fixture.known))).toEqual(TOLD);
    expect(Math.max(0, ...fixture.waits)).toBeLessThanOrEqual(120_000);
  });

  it.each(['mediaItems.batchGet', 'media.bytes'])('ends a download, at %s', async (method) => {
    const fixture = await openPatientFixture({ isUploaded: true });
    await fixture.control.faults([{ method, status, retryAfter: 40_000 }]);
    const dir = join(fixture.folder, 'out');
    expect(await toldOf(download({ items: fixture.ids, dir }, fixture.deps))).toEqual(TOLD);
    expect(Math.max(0, ...fixture.waits)).toBeLessThanOrEqual(120_000);
  });
});

describe('a wait that is worth it', () => {
  it('is waited for: a minute, and the upload goes on', async () => {
    const fixture = await openPatientFixture();
    await fixture.control.faults([{ method: 'uploads.raw', status: 429, retryAfter: 60, count: 1 }]);
    expect((await upload(fixture.request, fixture.deps)).counts).toEqual({
      uploaded: 2,
      alreadyThere: 0,
      failed: 0,
      left: 0,
    });
    expect(fixture.waits).toContain(60_000);
  });

  it('is waited for: a minute, and the download goes on', async () => {
    const fixture = await openPatientFixture({ isUploaded: true });
    await fixture.control.faults([{ method: 'media.bytes', status: 429, retryAfter: 60, count: 1 }]);
    const { counts } = await download({ items: fixture.ids, dir: join(fixture.folder, 'out') }, fixture.deps);
    expect(counts).toEqual({ downloaded: 2, alreadyThere: 0, failed: 0, left: 0 });
    expect(fixture.waits).toContain(60_000);
  });

  it('ends an upload that has done something with a report of what is done and left', async () => {
    const fixture = await openPatientFixture();
    writePhotos(fixture.photos, 60);
    await fixture.control.faults([
      { method: 'mediaItems.batchCreate', latencyMs: 1, count: 1 },
      { method: 'mediaItems.batchCreate', status: 429, retryAfter: 40_000 },
    ]);
    const report = await upload(fixture.request, fixture.deps);
    expect(report.counts).toEqual({ uploaded: 50, alreadyThere: 0, failed: 0, left: 10 });
    expect(report.stopped?.by === 'error' && explain(report.stopped.error).next).toEqual(TOLD);
  });
});
