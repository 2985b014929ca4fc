import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/media/download/download.ts';
import { candidate, safeName } from '../../src/media/download/names.ts';
import { upload } from '../../src/media/upload/upload.ts';
import { FILES, type FixtureOptions, jpeg, openFixture, temporaryFolder, write, writePhotos } from './harness.ts';

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A fixture whose library holds these files; gives their ids in that order. */
async function fixtureWith(files: Record<string, Buffer>, options?: FixtureOptions) {
  const fixture = await openFixture(options);
  for (const [name, bytes] of Object.entries(files)) write(join(fixture.photos, name), bytes);
  const { items } = await upload({ from: [fixture.photos], order: 'given' }, fixture.deps());
  const idOf = (name: string) =>
    items.flatMap((item) => (item.kind === 'mediaItem' && item.filename === name ? [item.id] : []))[0] ?? '';
  return {
    ...fixture,
    idOf,
    ids: items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : [])),
    dir: join(fixture.folder, 'out'),
  };
}

/** As another computer would do it: no ledger that knows anything. */
const elsewhere = (fixture: { deps(state: string): ReturnType<Awaited<ReturnType<typeof openFixture>>['deps']> }) =>
  fixture.deps(temporaryFolder());

describe('a downloaded file', () => {
  it('has its name, its bytes and the time it was taken', async () => {
    const bytes = jpeg('photo', { taken: '2024:07:14 12:11:33' });
    const fixture = await fixtureWith({ 'IMG_0001.jpg': bytes });
    const report = await download({ items: fixture.ids, dir: fixture.dir }, elsewhere(fixture));
    const path = join(fixture.dir, 'IMG_0001.jpg');
    expect(readdirSync(fixture.dir)).toEqual(['IMG_0001.jpg']);
    expect(sha256(path)).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(statSync(path).mtime.toISOString()).toBe('2024-07-14T12:11:33.000Z');
    expect(report.files).toEqual([
      {
        outcome: 'downloaded',
        entry: expect.objectContaining({ kind: 'localFile', path, mediaItemId: fixture.ids[0] }),
      },
    ]);
  });

  it('comes without its place, as Google gives it', async () => {
    const fixture = await fixtureWith({ 'full.jpg': readFileSync(join(FILES, 'full.jpg')) });
    await download({ items: fixture.ids, dir: fixture.dir }, elsewhere(fixture));
    const { examine } = await import('../../src/media/metadata/read.ts');
    const path = join(fixture.dir, 'full.jpg');
    const seen = await examine(path, statSync(path).size);
    expect(seen).toMatchObject({ facts: { cameraModel: 'iPhone 14 Pro' } });
    expect(seen).not.toHaveProperty('facts.latitude');
  });

  it('is never overwritten, recognised when it is the same, numbered when it is not', async () => {
    const fixture = await fixtureWith({ 'a/x.jpg': jpeg('one'), 'b/x.jpg': jpeg('two'), 'c/x.jpg': jpeg('three') });
    mkdirSync(fixture.dir);
    writeFileSync(join(fixture.dir, 'x.jpg'), 'mine');
    writeFileSync(join(fixture.dir, 'x (2).jpg'), jpeg('two'));
    const report = await download({ items: fixture.ids, dir: fixture.dir }, elsewhere(fixture));
    expect(report.counts).toEqual({ downloaded: 2, alreadyThere: 1, failed: 0, left: 0 });
    expect(readFileSync(join(fixture.dir, 'x.jpg'), 'utf8')).toBe('mine');
    expect(readdirSync(fixture.dir).sort()).toEqual(['x (2).jpg', 'x (3).jpg', 'x (4).jpg', 'x.jpg']);
    expect(new Set(readdirSync(fixture.dir).map((name) => sha256(join(fixture.dir, name)))).size).toBe(4);
  });

  it('is not fetched again', async () => {
    const fixture = await fixtureWith({ 'a/x.jpg': jpeg('one'), 'b/x.jpg': jpeg('two') });
    await download({ items: fixture.ids, dir: fixture.dir }, fixture.deps());
    const before = (await fixture.control.requests())['media.bytes'];
    const report = await download({ items: fixture.ids, dir: fixture.dir }, fixture.deps());
    expect(report.counts).toEqual({ downloaded: 0, alreadyThere: 2, failed: 0, left: 0 });
    expect((await fixture.control.requests())['media.bytes']).toBe(before);
    expect(readdirSync(fixture.dir).sort()).toEqual(['x (2).jpg', 'x.jpg']);
  });

  it('is fetched again when the person has changed it', async () => {
    const fixture = await fixtureWith({ 'x.jpg': jpeg('one') });
    await download({ items: fixture.ids, dir: fixture.dir }, fixture.deps());
    writeFileSync(join(fixture.dir, 'x.jpg'), 'painted over');
    await download({ items: fixture.ids, dir: fixture.dir }, fixture.deps());
    expect(readdirSync(fixture.dir).sort()).toEqual(['x (2).jpg', 'x.jpg']);
  });

  it('does not go through a link that lies under its name', async () => {
    const fixture = await fixtureWith({ 'x.jpg': jpeg('one') });
    const outside = write(join(temporaryFolder(), 'x.jpg'), 'precious');
    mkdirSync(fixture.dir);
    symlinkSync(outside, join(fixture.dir, 'x.jpg'));
    await download({ items: fixture.ids, dir: fixture.dir }, fixture.deps());
    expect(readFileSync(outside, 'utf8')).toBe('precious');
    expect(readdirSync(fixture.dir).sort()).toEqual(['x (2).jpg', 'x.jpg']);
  });

  it('ends as what it is: Google gives MP4 for other films', async () => {
    const film = readFileSync(join(FILES, 'v.avi'));
    const fixture = await fixtureWith(
      { 'v.avi': film },
      { emulator: { library: 'empty', overrides: { videoProcessingSeconds: 0 } } },
    );
    const { google } = fixture.deps();
    const asMp4 = readFileSync(join(FILES, 'v.mp4'));
    const media: typeof google.media = async () => new Response(new Uint8Array(asMp4));
    await download({ items: fixture.ids, dir: fixture.dir }, { ...elsewhere(fixture), google: { ...google, media } });
    expect(readdirSync(fixture.dir)).toEqual(['v.mp4']);
  });
});

describe('videos', () => {
  it('waits for Google: not ready is a reason, ready is a file', async () => {
    const fixture = await fixtureWith({ 'v.mp4': readFileSync(join(FILES, 'v.mp4')) });
    const early = await download({ items: fixture.ids, dir: fixture.dir }, elsewhere(fixture));
    expect(early.files[0]).toMatchObject({
      outcome: 'failed',
      entry: { filename: 'v.mp4', reason: expect.stringContaining('still being processed') },
    });
    fixture.emulator.advance(60);
    expect((await download({ items: fixture.ids, dir: fixture.dir }, elsewhere(fixture))).counts.downloaded).toBe(1);
  });
});

describe('trouble', () => {
  it('names what is not there and goes on', async () => {
    const fixture = await fixtureWith({ 'x.jpg': jpeg('one') });
    const unknown = `${fixture.ids[0]?.slice(0, -4)}AAAA`;
    const report = await download(
      { items: [unknown, ...fixture.ids, 'nonsense'], dir: fixture.dir },
      elsewhere(fixture),
    );
    expect(report.counts).toEqual({ downloaded: 1, alreadyThere: 0, failed: 2, left: 0 });
    expect(report.files[0]).toMatchObject({
      outcome: 'failed',
      entry: { id: unknown, reason: expect.stringContaining('not available to this app') },
    });
  });

  it('renews base URLs that have expired, long before and just now', async () => {
    const fixture = await fixtureWith({ 'a.jpg': jpeg('one'), 'b.jpg': jpeg('two') });
    const { google } = fixture.deps();
    let first = true;
    const media: typeof google.media = (...args) => {
      if (first) fixture.emulator.advance(3700);
      first = false;
      return google.media(...args);
    };
    const report = await download(
      { items: fixture.ids, dir: fixture.dir },
      { ...elsewhere(fixture), google: { ...google, media } },
    );
    expect(report.counts.downloaded).toBe(2);
  });

  it('leaves no half file under a final name, and none at all in the end', async () => {
    const fixture = await fixtureWith({
      'a.jpg': jpeg('one', { bytes: 300_000 }),
      'b.jpg': jpeg('two', { bytes: 300_000 }),
    });
    await fixture.control.faults([{ method: 'media.bytes', failure: 'truncate' }]);
    const report = await download({ items: fixture.ids, dir: fixture.dir }, elsewhere(fixture));
    expect(report.counts).toEqual({ downloaded: 0, alreadyThere: 0, failed: 2, left: 0 });
    expect(readdirSync(fixture.dir)).toEqual([]);
  });

  it('survives cut bodies, resets and busy servers', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 60);
    const { items } = await upload({ from: [fixture.photos] }, fixture.deps());
    const ids = items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : []));
    await fixture.control.faults([
      { method: 'media.bytes', failure: 'truncate', probability: 0.1 },
      { method: 'media.bytes', failure: 'reset', probability: 0.1 },
      { method: '*', status: 503, probability: 0.1 },
      { method: '*', status: 429, probability: 0.05 },
    ]);
    const dir = join(fixture.folder, 'out');
    const deps = elsewhere(fixture);
    let report = await download({ items: ids, dir }, deps);
    // Two refusals for quota in a row are more than one call waits for: it stops and says so, and the next goes on.
    for (let calls = 1; calls < 5 && report.stopped; calls++) report = await download({ items: ids, dir }, deps);
    expect(report.counts).toMatchObject({ failed: 0, left: 0 });
    expect(readdirSync(dir).sort()).toEqual(names);
  });

  it('stops at the day’s media quota and says how many are left', async () => {
    const fixture = await fixtureWith(
      Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${index}.jpg`, jpeg(`photo ${index}`)])),
      { emulator: { library: 'empty', overrides: { mediaBytesPerDay: 8 } } },
    );
    const report = await download({ items: fixture.ids, dir: fixture.dir }, elsewhere(fixture));
    expect(report.stopped).toMatchObject({ by: 'error' });
    expect(report.counts).toMatchObject({ downloaded: 8, left: 12 });
    expect(readdirSync(fixture.dir)).toHaveLength(8);
  });

  it('stops when it is told to, leaves no part behind, and goes on later', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 30);
    const { items } = await upload({ from: [fixture.photos] }, fixture.deps());
    const ids = items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : []));
    const stop = new AbortController();
    const dir = join(fixture.folder, 'out');
    const report = await download({ items: ids, dir }, elsewhere(fixture), {
      signal: stop.signal,
      onProgress: ({ filesDone }) => filesDone >= 10 && stop.abort(),
    });
    expect(report.stopped).toEqual({ by: 'cancel' });
    expect(report.counts.left).toBe(30 - report.counts.downloaded);
    expect(readdirSync(dir)).toHaveLength(report.counts.downloaded);
    await download({ items: ids, dir }, elsewhere(fixture));
    expect(readdirSync(dir).sort()).toEqual(names);
  });

  it('sweeps up the parts of a process that was killed', async () => {
    const fixture = await fixtureWith({ 'x.jpg': jpeg('one') });
    const dead = write(join(fixture.dir, '.google-photos-mcp-999999-0123456789ab.part'), 'half');
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(dead, hourAgo, hourAgo);
    await download({ items: fixture.ids, dir: fixture.dir }, elsewhere(fixture));
    expect(readdirSync(fixture.dir)).toEqual(['x.jpg']);
  });

  it('writes nowhere but in the allowed folders', async () => {
    const fixture = await fixtureWith({ 'x.jpg': jpeg('one') });
    const outside = temporaryFolder();
    symlinkSync(outside, join(fixture.folder, 'link'));
    copyFileSync(join(FILES, 'plain.jpg'), join(fixture.folder, 'file'));
    const run = (dir: string) => download({ items: fixture.ids, dir }, fixture.deps());
    await expect(run(outside)).rejects.toMatchObject({ reason: 'is outside the allowed folders' });
    await expect(run(join(outside, 'new'))).rejects.toMatchObject({ reason: 'is outside the allowed folders' });
    await expect(run(join(fixture.folder, '..', 'new'))).rejects.toMatchObject({
      reason: 'is outside the allowed folders',
    });
    await expect(run(join(fixture.folder, 'link'))).rejects.toMatchObject({
      reason: 'leads outside the allowed folders',
    });
    await expect(run(join(fixture.folder, 'link', 'new'))).rejects.toMatchObject({
      reason: 'leads outside the allowed folders',
    });
    await expect(run(join(fixture.folder, 'file'))).rejects.toMatchObject({ reason: 'is not a folder' });
    expect(readdirSync(outside)).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['IMG_0001.HEIC', 'IMG_0001.HEIC'],
    ['a/b\\c:d*e?f"g<h>i|j.jpg', 'a_b_c_d_e_f_g_h_i_j.jpg'],
    ['../../etc/passwd', '__.._etc_passwd'],
    ['..', 'photo-x'],
    ['', 'photo-x'],
    ['.hidden.jpg', '_hidden.jpg'],
    ['con.jpg', 'con_.jpg'],
    ['LPT1', 'LPT1_'],
    ['console.jpg', 'console.jpg'],
    ['dots...', 'dots'],
    ['space .jpg ', 'space.jpg'],
    ['nul\0byte\n.jpg', 'nul_byte_.jpg'],
    ['cafe\u0301.jpg', 'café.jpg'],
    ['写真.jpg', '写真.jpg'],
    ['a.tar.gz', 'a.tar.gz'],
    ['Mr. Smith and others', 'Mr. Smith and others'],
    ['lone\ud800.jpg', 'lone_.jpg'],
  ])('%j becomes %j', (name, expected) => {
    expect(candidate(safeName(name, 'photo-x'), 1)).toBe(expected);
  });

  it('fit into 255 bytes with their number and their extension, in whole characters', () => {
    const long = safeName(`${'写'.repeat(100)}.jpg`, 'x');
    expect(candidate(long, 1)).toBe(`${'写'.repeat(83)}.jpg`);
    expect(candidate(long, 12)).toBe(`${'写'.repeat(82)} (12).jpg`);
  });
});
