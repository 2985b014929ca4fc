import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGoogle } from '../../src/google/client.ts';
import { loopbackHosts } from '../../src/google/hosts.ts';
import { download } from '../../src/media/download/download.ts';
import { type UploadReport, upload } from '../../src/media/upload/upload.ts';
import type { PickedItemEntry } from '../../src/results/types.ts';
import { FILES, hastyClock, jpeg, MEDIA, openFixture, temporaryFolder, write, writePhotos } from './harness.ts';

const uploaded = (count: number) => ({ uploaded: count, alreadyThere: 0, failed: 0, left: 0 });

/** One line a file: its name and what happened. */
function lines({ items }: UploadReport): Record<string, string> {
  const line = (item: UploadReport['items'][number]) =>
    item.kind === 'failed' ? item.reason : item.kind === 'mediaItem' ? (item.upload?.outcome ?? '') : 'would';
  // Google keeps the first name of a content.
  const name = (item: UploadReport['items'][number]) =>
    item.kind === 'mediaItem' ? basename(item.upload?.path ?? '') : item.filename;
  return Object.fromEntries(items.map((item) => [name(item), line(item)]));
}

describe('into an album', () => {
  it('takes 200 byte uploads, 4 batches, and one request to look for the title and one to make it', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 200);
    const report = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    expect(report.counts).toEqual(uploaded(200));
    expect(await fixture.control.requests()).toEqual({
      'uploads.raw': 200,
      'mediaItems.batchCreate': 4,
      'albums.create': 1,
      'albums.list': 1,
    });
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
    expect(report.albums).toEqual([{ id: expect.any(String), title: 'Lisbon', isNew: true }]);
  });

  it('takes 204 requests where the album is given by id', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 200);
    const deps = fixture.deps();
    const { id: albumId } = await deps.google.call('albums.create', { album: { title: 'Given' } });
    await upload({ from: [fixture.photos], albumId }, deps);
    expect(await fixture.control.requests()).toEqual({
      'uploads.raw': 200,
      'mediaItems.batchCreate': 4,
      'albums.create': 1,
    });
  });

  it('changes nothing the second time', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 60);
    await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    const again = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    expect(again.counts).toEqual({ uploaded: 0, alreadyThere: 60, failed: 0, left: 0 });
    expect((await fixture.control.requests())['uploads.raw']).toBe(60);
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
  });

  it('never makes a second album of a name: not in ten calls at once, not in two processes, not after lost answers', async () => {
    const fixture = await openFixture();
    await fixture.control.faults([{ method: 'albums.create', failure: 'resetAfter', count: 1 }]);
    const [first, second] = [fixture.deps(), fixture.deps()];
    const calls = Array.from({ length: 10 }, (_, index) => {
      const folder = join(fixture.photos, String(index));
      write(join(folder, `${index}.jpg`), jpeg(`photo ${index}`));
      return upload({ from: [folder], albumTitle: 'Lisbon' }, index % 2 === 0 ? first : second);
    });
    await Promise.all(calls);
    const { albums } = await fixture.control.state();
    expect(albums.map(({ title }) => title)).toEqual(['Lisbon']);
    expect(albums[0]?.entries).toHaveLength(10);
  });

  it('finds the album on the last of many pages', async () => {
    const fixture = await openFixture();
    const deps = fixture.deps();
    for (let index = 0; index < 101; index++)
      await deps.google.call('albums.create', { album: { title: `Album ${index}` } });
    writePhotos(fixture.photos, 1);
    await upload({ from: [fixture.photos], albumTitle: 'Album 0' }, deps);
    await upload({ from: [fixture.photos], albumTitle: 'Album 100' }, fixture.deps());
    expect((await fixture.control.state()).albums).toHaveLength(101);
  });

  it('makes a new album when the remembered one has been renamed', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 1);
    const { albums } = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    const deps = fixture.deps();
    await deps.google.call('albums.patch', { id: albums[0]?.id ?? '', updateMask: 'title', title: 'Porto' });
    await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, deps);
    expect(await fixture.control.albumNames('Lisbon')).toEqual(['0001.jpg']);
    expect(await fixture.control.albumNames('Porto')).toEqual(['0001.jpg']);
  });

  it('makes no album when nothing can be sent', async () => {
    const fixture = await openFixture();
    write(join(fixture.photos, 'text.jpg'), 'not a photo');
    const report = await upload({ from: [fixture.photos], albumTitle: 'Empty' }, fixture.deps());
    expect(lines(report)).toEqual({ 'text.jpg': 'is not a photo or video that Google Photos takes' });
    expect(await fixture.control.requests()).toEqual({});
  });

  it('puts what is in the library already into the album, in its place', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 6);
    await upload(
      { from: ['0002.jpg', '0003.jpg', '0005.jpg'].map((name) => join(fixture.photos, name)) },
      fixture.deps(),
    );
    const report = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    expect(report.counts).toEqual({ uploaded: 3, alreadyThere: 3, failed: 0, left: 0 });
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
    expect((await fixture.control.requests())['uploads.raw']).toBe(6);
  });

  it('puts a photo that comes late between its neighbours', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 9);
    const late = join(fixture.folder, 'late');
    mkdirSync(late);
    for (const name of ['0001.jpg', '0005.jpg', '0006.jpg']) renameSync(join(fixture.photos, name), join(late, name));
    await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    for (const name of readdirSync(late)) renameSync(join(late, name), join(fixture.photos, name));
    await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
  });

  it('sends again what is gone from the library, and adds again what was taken out of the album', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 4);
    await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    const { albums, mediaItems } = await fixture.control.state();
    const [, out = '', gone = ''] = albums[0]?.entries.map(({ mediaItemId = '' }) => mediaItemId) ?? [];
    const deps = fixture.deps();
    await deps.google.call('albums.batchRemoveMediaItems', { albumId: albums[0]?.id ?? '', mediaItemIds: [out, gone] });
    const hash = mediaItems.find(({ id }) => id === gone)?.sha256 ?? '';
    deps.ledger.rememberMediaItem(hash, `${gone.slice(0, -4)}AAAA`);
    const report = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, deps);
    expect(report.counts).toMatchObject({ failed: 0, left: 0 });
    expect((await fixture.control.albumNames('Lisbon')).toSorted()).toEqual(names);
    expect((await fixture.control.state()).mediaItems).toHaveLength(4);
  });

  it('starts afresh in a library that was emptied', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 60);
    const request = { from: [fixture.photos], albumTitle: 'Lisbon' };
    await upload(request, fixture.deps());
    await upload({ from: [fixture.photos] }, fixture.deps());
    await fixture.control.reset();
    const report = await upload({ from: [fixture.photos] }, fixture.deps());
    expect(report.counts).toEqual(uploaded(60));
    await fixture.control.reset();
    await upload(request, fixture.deps());
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
  });

  it('makes an album a folder, told apart where two folders have one name', async () => {
    const fixture = await openFixture();
    write(join(fixture.photos, 'root.jpg'), jpeg('root'));
    write(join(fixture.photos, '2023/Beach/a.jpg'), jpeg('a'));
    write(join(fixture.photos, '2024/Beach/b.jpg'), jpeg('b'));
    write(join(fixture.photos, '2024/Hut/c.jpg'), jpeg('c'));
    await upload({ from: [fixture.photos], albumPerFolder: true }, fixture.deps());
    const titles = (await fixture.control.state()).albums.map(({ title }) => title);
    expect(titles.sort()).toEqual(['Hut', 'photos', 'photos / 2023 / Beach', 'photos / 2024 / Beach']);
    expect(await fixture.control.albumNames('Hut')).toEqual(['c.jpg']);
  });
});

describe('order', () => {
  const times = { 'a10.jpg': '2024:07:14 12:00:02', 'a9.jpg': '2024:07:14 12:00:03', 'b.jpg': '2024:07:14 12:00:01' };
  it.each([
    ['captured', ['b.jpg', 'a10.jpg', 'a9.jpg']],
    ['name', ['a9.jpg', 'a10.jpg', 'b.jpg']],
    ['given', ['a10.jpg', 'b.jpg', 'a9.jpg']],
  ] as const)('%s', async (order, expected) => {
    const fixture = await openFixture();
    for (const [name, taken] of Object.entries(times)) write(join(fixture.photos, name), jpeg(name, { taken }));
    const from = ['a10.jpg', 'b.jpg', 'a9.jpg'].map((name) => join(fixture.photos, name));
    await upload({ from, albumTitle: 'Ordered', order }, fixture.deps());
    expect(await fixture.control.albumNames('Ordered')).toEqual(expected);
  });
});

describe('content', () => {
  it('sends the same bytes once, whatever their names', async () => {
    const fixture = await openFixture();
    for (const name of ['one.jpg', 'two.jpg', 'sub/three.jpg'])
      write(join(fixture.photos, name), jpeg('same'), '2024-01-01');
    const report = await upload({ from: [fixture.photos], albumTitle: 'Same' }, fixture.deps());
    expect(lines(report)).toEqual({ 'one.jpg': 'uploaded', 'two.jpg': 'already there', 'three.jpg': 'already there' });
    expect((await fixture.control.requests())['uploads.raw']).toBe(1);
    expect(await fixture.control.albumNames('Same')).toEqual(['one.jpg']);
  });

  it('goes into two albums as one item', async () => {
    const fixture = await openFixture();
    for (const name of ['A/x.jpg', 'B/x.jpg']) write(join(fixture.photos, name), jpeg('same'));
    await upload({ from: [fixture.photos], albumPerFolder: true }, fixture.deps());
    expect(await fixture.control.albumNames('A')).toEqual(['x.jpg']);
    expect(await fixture.control.albumNames('B')).toEqual(['x.jpg']);
    expect((await fixture.control.state()).mediaItems).toHaveLength(1);
  });

  it('describes from the text given, or from the file where that has one', async () => {
    const fixture = await openFixture();
    for (const name of ['full.jpg', 'iptc.jpg', 'exifonly.jpg', 'plain.jpg'])
      copyFileSync(join(FILES, name), join(fixture.photos, name));
    const options = { description: 'Summer', descriptionFromMetadata: true };
    await upload({ from: [fixture.photos], ...options }, fixture.deps());
    const { mediaItems } = await fixture.control.state();
    expect(Object.fromEntries(mediaItems.map(({ filename, description }) => [filename, description]))).toEqual({
      'full.jpg': 'XMP caption é',
      'iptc.jpg': 'Legenda – é',
      'exifonly.jpg': 'EXIF caption',
      'plain.jpg': 'Summer',
    });
  });

  it('says in a dry run what would happen and sends nothing', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 3);
    await upload({ from: [join(fixture.photos, '0002.jpg')] }, fixture.deps());
    const before = await fixture.control.requests();
    const report = await upload({ from: [fixture.photos], albumTitle: 'Lisbon', dryRun: true }, fixture.deps());
    expect(report.counts).toEqual({ uploaded: 2, alreadyThere: 1, failed: 0, left: 0 });
    expect(report.items.map((item) => [item.filename, 'mediaItemId' in item])).toEqual([
      ['0001.jpg', false],
      ['0002.jpg', true],
      ['0003.jpg', false],
    ]);
    expect(await fixture.control.requests()).toEqual(before);
  });

  it('sends a file again that changed while it was sent', async () => {
    const fixture = await openFixture();
    const path = write(join(fixture.photos, 'film.jpg'), jpeg('before', { bytes: 400_000 }));
    const after = jpeg('after!', { bytes: 400_000 });
    const deps = fixture.deps();
    const { google } = deps;
    let uploads = 0;
    const meddled = {
      ...google,
      upload: (...args: Parameters<typeof google.upload>) => {
        const sent = google.upload(...args);
        if (++uploads === 1) return sent.finally(() => writeFileSync(path, after));
        return sent;
      },
    };
    const report = await upload({ from: [path] }, { ...deps, google: meddled });
    expect(report.counts).toEqual(uploaded(1));
    const { mediaItems } = await fixture.control.state();
    expect(mediaItems).toHaveLength(1);
    expect(mediaItems[0]?.sha256).toBe(createHash('sha256').update(after).digest('hex'));
  });
});

describe('large files', () => {
  it('arrive byte for byte, in pieces, over a line that breaks', async () => {
    const fixture = await openFixture();
    const bytes = jpeg('large', { bytes: 20 * 1024 * 1024 });
    for (let at = 100_000; at < bytes.length - 10_000; at += 60_004) bytes.writeUInt32BE(at, at);
    const path = write(join(fixture.photos, 'large.jpg'), bytes);
    await fixture.control.faults([
      { method: 'uploads.*', failure: 'resetAfter', count: 1 },
      { method: 'uploads.*', status: 503, count: 1 },
    ]);
    const deps = fixture.deps();
    const google = createGoogle({
      hosts: loopbackHosts(fixture.emulator.origin),
      clock: hastyClock,
      tokens: { accessToken: async () => fixture.token, invalidate: () => undefined },
      upload: { chunkBytes: 4 * 1024 * 1024 },
    });
    expect((await upload({ from: [path] }, { ...deps, google })).counts).toEqual(uploaded(1));
    const { mediaItems } = await fixture.control.state();
    expect(mediaItems.map(({ sha256 }) => sha256)).toEqual([createHash('sha256').update(bytes).digest('hex')]);
    expect(await fixture.control.requests()).not.toHaveProperty('uploads.raw');
  });
});

describe('refusals, each by name, before anything is sent', () => {
  it('names them', async () => {
    const fixture = await openFixture();
    const outside = write(join(temporaryFolder(), 'secret.jpg'), jpeg('secret'));
    const at = (name: string) => join(fixture.photos, name);
    symlinkSync(outside, at('link.jpg'));
    symlinkSync(at('nowhere.jpg'), at('dangling.jpg'));
    execFileSync('mkfifo', [at('pipe.jpg')]);
    write(at('empty.jpg'), '');
    write(at('text.jpg'), 'I am not a photo');
    write(at('notes.txt'), 'left alone in a folder');
    copyFileSync(join(FILES, 'v.webm'), at('v.webm'));
    copyFileSync(join(FILES, 'plain.jpg'), at('large.jpg'));
    truncateSync(at('large.jpg'), 200 * 1024 * 1024 + 1);
    const report = await upload(
      { from: [fixture.photos, at('missing.jpg'), outside, '/dev/null', at('*.gif')] },
      fixture.deps(),
    );
    expect(lines(report)).toEqual({
      'link.jpg': 'is a link that leads outside the allowed folders',
      'dangling.jpg': 'does not exist',
      'pipe.jpg': 'is a device, pipe or socket, not a file',
      'empty.jpg': 'is empty',
      'text.jpg': 'is not a photo or video that Google Photos takes',
      'v.webm': 'is video/webm, which Google Photos does not take',
      'large.jpg': 'is over 200 MB, the most that Google takes for a photo',
      'missing.jpg': 'does not exist',
      'secret.jpg': 'is outside the allowed folders',
      null: 'is outside the allowed folders',
      '*.gif': 'matches no file',
    });
    expect(report.skipped).toEqual([{ path: at('notes.txt'), reason: expect.any(String) }]);
    expect(JSON.stringify(report)).not.toContain(`${outside}"},`);
    expect(await fixture.control.requests()).toEqual({});
  });
});

describe('trouble', () => {
  it('loses one file to a damaged picture, not its batch', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 10);
    write(join(fixture.photos, 'broken.jpg'), jpeg('broken').subarray(0, 900));
    const report = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    expect(report.counts).toEqual({ uploaded: 10, alreadyThere: 0, failed: 1, left: 0 });
    expect(lines(report)['broken.jpg']).toMatch(/^was refused by Google: it is damaged/);
    expect((await fixture.control.requests())['uploads.raw']).toBe(11);
  });

  it('finds the one bad upload token for which Google refuses a whole batch', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 20);
    const deps = fixture.deps();
    const { google } = deps;
    const broken: typeof google.upload = async (source, options) =>
      source.fileName === '0013.jpg' ? ' ' : google.upload(source, options);
    const report = await upload(
      { from: [fixture.photos], albumTitle: 'Lisbon' },
      { ...deps, google: { ...google, upload: broken } },
    );
    expect(report.counts).toEqual({ uploaded: 19, alreadyThere: 0, failed: 1, left: 0 });
    expect(lines(report)['0013.jpg']).toBe('was refused by Google: Request must contain a valid upload token.');
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names.filter((name) => name !== '0013.jpg'));
    await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, deps);
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
  });

  it('sends bytes again whose token has aged', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 5);
    await fixture.control.faults([{ method: 'mediaItems.batchCreate', status: 400 }]);
    await upload({ from: [fixture.photos] }, fixture.deps());
    fixture.emulator.advance(86_401);
    await fixture.control.faults([]);
    const report = await upload({ from: [fixture.photos] }, fixture.deps());
    expect(report.counts).toEqual(uploaded(names.length));
    expect((await fixture.control.state()).mediaItems).toHaveLength(5);
  });

  it('uses the tokens of bytes that an earlier call has sent', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 5);
    await fixture.control.faults([{ method: 'albums.create', status: 403 }]);
    await expect(upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps())).rejects.toMatchObject({
      code: 7,
    });
    await fixture.control.faults([]);
    await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    expect((await fixture.control.requests())['uploads.raw']).toBe(5);
  });

  it('knows an item that Google only says exists', async () => {
    const fixture = await openFixture({ emulator: { library: 'empty', overrides: { dedup: 'alreadyExists' } } });
    const names = writePhotos(fixture.photos, 3);
    await upload({ from: [join(fixture.photos, '0002.jpg')] }, fixture.deps());
    const report = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps(temporaryFolder()));
    expect(report.counts).toEqual({ uploaded: 2, alreadyThere: 1, failed: 0, left: 0 });
    expect((await fixture.control.albumNames('Lisbon')).toSorted()).toEqual(names);
  });

  it('stops at the daily quota, says what is left, and goes on the next day', async () => {
    const fixture = await openFixture({ emulator: { library: 'empty', overrides: { requestsPerDay: 80 } } });
    const names = writePhotos(fixture.photos, 120);
    const request = { from: [fixture.photos], albumTitle: 'Lisbon' };
    const report = await upload(request, fixture.deps());
    expect(report.stopped).toMatchObject({ by: 'error', error: { reason: 'quotaDay' } });
    expect(report.counts).toEqual({ uploaded: 50, alreadyThere: 0, failed: 0, left: 70 });
    await expect(upload({ from: [join(fixture.photos, '0120.jpg')] }, fixture.deps())).rejects.toMatchObject({
      reason: 'quotaDay',
    });
    fixture.emulator.overrides.requestsPerDay = 10_000;
    await upload(request, fixture.deps());
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
    expect((await fixture.control.requests())['uploads.raw']).toBeLessThan(150);
  });

  it('stops when the storage is full', async () => {
    const fixture = await openFixture({ emulator: { library: 'empty', overrides: { storageFull: true } } });
    writePhotos(fixture.photos, 3);
    await expect(upload({ from: [fixture.photos] }, fixture.deps())).rejects.toMatchObject({ reason: 'storageFull' });
  });

  it('stops at an album that it may not write to', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 60);
    const deps = fixture.deps();
    const { id } = await deps.google.call('albums.create', { album: { title: 'Given' } });
    const albumId = `${id.slice(0, -4)}AAAA`;
    await expect(upload({ from: [fixture.photos], albumId }, deps)).rejects.toThrow();
    expect((await fixture.control.state()).mediaItems).toEqual([]);
  });

  it('tells the truth after a cancellation, though Google hangs, and goes on afterwards', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 120);
    const request = { from: [fixture.photos], albumTitle: 'Lisbon' };
    const stop = new AbortController();
    await fixture.control.faults([
      { method: 'mediaItems.batchCreate', latencyMs: 300, count: 1 },
      { method: 'mediaItems.batchCreate', failure: 'hang' },
    ]);
    const report = await upload(request, fixture.deps(), {
      signal: stop.signal,
      onProgress: ({ filesDone }) => filesDone >= 50 && stop.abort(),
    });
    expect(report.stopped).toEqual({ by: 'cancel' });
    expect(report.counts).toEqual({ uploaded: 50, alreadyThere: 0, failed: 0, left: 70 });
    expect((await fixture.control.state()).mediaItems).toHaveLength(50);
    await fixture.control.faults([]);
    await upload(request, fixture.deps());
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
  });

  it('hears out the batch that is on its way when it is cancelled', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 3);
    const stop = new AbortController();
    await fixture.control.faults([{ method: 'mediaItems.batchCreate', latencyMs: 200 }]);
    const running = upload({ from: [fixture.photos] }, fixture.deps(), { signal: stop.signal });
    await expect.poll(async () => (await fixture.control.requests())['mediaItems.batchCreate']).toBe(1);
    stop.abort();
    expect((await running).counts).toEqual(uploaded(3));
  });

  it('tells of a bug of ours its kind alone: what its message holds is not for the model', async () => {
    const fixture = await openFixture();
    writePhotos(fixture.photos, 2);
    const deps = fixture.deps();
    const secret = `cannot read ${fixture.stateDir}: bearer ${fixture.token}`;
    const broken: typeof deps.google.upload = async ({ fileName }) => {
      throw fileName === '0001.jpg' ? new RangeError(secret) : Object.assign(new Error(secret), { code: 'EMFILE' });
    };
    const report = await upload({ from: [fixture.photos] }, { ...deps, google: { ...deps.google, upload: broken } });
    expect(lines(report)).toEqual({ '0001.jpg': 'failed (RangeError)', '0002.jpg': 'failed (EMFILE)' });
  });

  it('makes no duplicate when answers get lost', async () => {
    const fixture = await openFixture();
    const names = writePhotos(fixture.photos, 60);
    await fixture.control.faults([
      { method: 'mediaItems.batchCreate', failure: 'resetAfter', probability: 0.15 },
      { method: 'mediaItems.batchCreate', failure: 'truncate', probability: 0.15 },
      { method: 'uploads.raw', failure: 'truncate', probability: 0.1 },
    ]);
    const report = await upload({ from: [fixture.photos], albumTitle: 'Lisbon' }, fixture.deps());
    expect(report.counts).toMatchObject({ failed: 0, left: 0 });
    expect(await fixture.control.albumNames('Lisbon')).toEqual(names);
    expect((await fixture.control.state()).mediaItems).toHaveLength(60);
  });
});

describe('picked items', () => {
  const item = (id: string, filename: string): PickedItemEntry => ({
    kind: 'pickedItem',
    id,
    sessionId: 's',
    filename,
    type: 'photo',
    mimeType: 'image/jpeg',
  });

  it('go up through a file that is gone afterwards, and are not fetched a second time', async () => {
    const fixture = await openFixture();
    const spoolDir = join(fixture.stateDir, 'spool');
    const fetched: string[] = [];
    const fetch = async ({ id }: PickedItemEntry) => {
      fetched.push(id);
      return new Response(new Uint8Array(jpeg(id)));
    };
    const from = [item('p1', 'a.jpg'), item('p2', 'b.jpg')];
    const run = () => upload({ from, albumTitle: 'Picked' }, { ...fixture.deps(), picked: { fetch, spoolDir } });
    expect((await run()).counts).toEqual(uploaded(2));
    expect(readdirSync(spoolDir)).toEqual([]);
    expect((await run()).counts).toEqual({ uploaded: 0, alreadyThere: 2, failed: 0, left: 0 });
    expect(fetched.sort()).toEqual(['p1', 'p2']);
    expect(await fixture.control.albumNames('Picked')).toEqual(['a.jpg', 'b.jpg']);
  });

  it('are fetched again when the connection breaks in the middle', async () => {
    const fixture = await openFixture();
    const spoolDir = join(fixture.stateDir, 'spool');
    const bytes = new Uint8Array(jpeg('picked'));
    let answers = 0;
    const fetch = async () => {
      answers += 1;
      const end = answers === 1 ? bytes.length / 2 : bytes.length;
      return new Response(bytes.slice(0, end), { headers: { 'content-length': String(bytes.length) } });
    };
    const picked = { fetch, spoolDir };
    expect((await upload({ from: [item('p1', 'a.jpg')] }, { ...fixture.deps(), picked })).counts).toEqual(uploaded(1));
    expect(answers).toBe(2);
    expect(readdirSync(spoolDir)).toEqual([]);
  });

  it('fail by name when they cannot be fetched', async () => {
    const fixture = await openFixture();
    const fetch = async () => new Response(null);
    const picked = { fetch, spoolDir: join(fixture.stateDir, 'spool') };
    const report = await upload({ from: [item('p1', 'a.jpg')] }, { ...fixture.deps(), picked });
    expect(lines(report)).toEqual({ 'a.jpg': 'came without any bytes from Google' });
  });
});

describe('many kinds', () => {
  it('says one line about each of 300 files', async () => {
    const fixture = await openFixture();
    const kinds = [
      ...readdirSync(FILES).map((name) => join(FILES, name)),
      ...readdirSync(MEDIA).map((name) => join(MEDIA, name)),
    ];
    const scripts = [
      'фото',
      '写真',
      'صورة',
      'תמונה',
      'फोटो',
      'é',
      'e\u0301',
      '🏔️',
      'a b',
      "it's",
      '#1',
      '100%',
      '[x](1)',
      '-rf',
      '~',
      '{a,b}',
    ];
    for (let index = 0; index < 300; index++) {
      const source = kinds[index % kinds.length] ?? '';
      const extension = source.slice(source.lastIndexOf('.'));
      const stem = `${scripts[index % scripts.length]}-${index}`;
      const long = 'x'.repeat(255 - Buffer.byteLength(stem) - extension.length);
      const path = join(fixture.photos, `${stem}${index % 10 === 9 ? long : ''}${extension}`);
      const bytes = readFileSync(source);
      if (index % 50 === 1) write(path, 'text in a photo’s clothes');
      else if (index % 50 === 2) write(path, bytes.subarray(0, bytes.length / 2));
      else if (extension === '.jpg')
        write(path, Buffer.concat([bytes.subarray(0, 2), comment(index), bytes.subarray(2)]));
      else write(path, bytes);
    }
    expect(readdirSync(fixture.photos)).toHaveLength(300);
    const report = await upload({ from: [fixture.photos], albumTitle: 'Kinds' }, fixture.deps());
    expect(report.stopped).toBeUndefined();
    expect(report.items).toHaveLength(300);
    expect(Object.keys(lines(report)).sort()).toEqual(readdirSync(fixture.photos).sort());
    const reasons = new Set(report.items.flatMap((item) => (item.kind === 'failed' ? [item.reason] : [])));
    expect([...reasons].sort()).toEqual([
      'is not a photo or video that Google Photos takes',
      'is video/webm, which Google Photos does not take',
      'was refused by Google: it is damaged, or of a kind that Google does not take (BAD_IMAGE: There was an error while trying to create this media item.)',
    ]);
    const { mediaItems, albums } = await fixture.control.state();
    expect(albums[0]?.entries).toHaveLength(mediaItems.length);
    const ids = report.items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : []));
    expect(new Set(ids).size).toBe(mediaItems.length);
  });
});

function comment(index: number): Buffer {
  const text = `number ${index}`;
  const head = Buffer.from([0xff, 0xfe, 0, text.length + 2]);
  return Buffer.concat([head, Buffer.from(text)]);
}

describe('there and back', () => {
  it('uploads nothing new from a folder that was downloaded', async () => {
    const fixture = await openFixture({ emulator: { library: 'empty', overrides: { videoProcessingSeconds: 0 } } });
    writePhotos(fixture.photos, 20);
    copyFileSync(join(FILES, 'full.jpg'), join(fixture.photos, 'full.jpg'));
    copyFileSync(join(FILES, 'v.mp4'), join(fixture.photos, 'v.mp4'));
    const first = await upload({ from: [fixture.photos], albumTitle: 'There' }, fixture.deps());
    const before = await fixture.control.state();
    const items = first.items.flatMap((item) => (item.kind === 'mediaItem' ? [item.id] : []));
    const dir = join(fixture.folder, 'back');
    expect((await download({ items, dir }, fixture.deps())).counts).toEqual({
      downloaded: 22,
      alreadyThere: 0,
      failed: 0,
      left: 0,
    });
    const back = await upload({ from: [dir], albumTitle: 'There' }, fixture.deps());
    expect(back.counts).toEqual({ uploaded: 0, alreadyThere: 22, failed: 0, left: 0 });
    expect(await fixture.control.state()).toEqual(before);
  });
});
