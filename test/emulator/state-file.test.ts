/** `stateFile`: what an emulator remembers over restarts. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { patiently, replaceFile } from '../../src/emulator/control/whole-file.ts';
import { startEmulator } from '../../src/emulator/index.ts';
import { png, startHarness } from './harness.ts';

async function stateFile(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'emulator-state-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'deeper', 'state.json');
}

test('everything is there again after a restart', async () => {
  const file = await stateFile();
  const first = await startHarness({ stateFile: file });
  const item = await first.create(png(1), 'a.png', {});
  const albumId = await first.album('Kept', [item.id]);
  const path = `/v1/mediaItems/${item.id}?updateMask=description`;
  await first.api('PATCH', path, { description: 'Kept too' });
  const pending = await first.upload(png(2), 'later.png');
  const bearer = first.token(['photoslibrary.readonly.appcreateddata']);
  await first.control('POST', 'clock', { advanceSeconds: 60 });
  const before = (await first.control('GET', 'state')).json;
  await first.emulator.close();

  const second = await startHarness({ stateFile: file });
  expect((await second.control('GET', 'state')).json).toEqual(before);
  expect(before.mediaItems[0].description).toBe('Kept too');
  expect((await second.api('GET', `/v1/albums/${albumId}`, undefined, { token: bearer })).status).toBe(200);
  const newMediaItems = [{ simpleMediaItem: { uploadToken: pending } }];
  const { json } = await second.api('POST', '/v1/mediaItems:batchCreate', { newMediaItems });
  expect(json.newMediaItemResults[0].mediaItem.filename).toBe('later.png');
  expect((await second.create(png(1), 'again.png')).id).toBe(item.id);
  const now = Date.parse((await second.control('POST', 'clock', { advanceSeconds: 0 })).json.now);
  expect(now - Date.now()).toBeGreaterThan(50_000);
});

test('no id comes twice because of a restart', async () => {
  const file = await stateFile();
  const first = await startHarness({ stateFile: file });
  const before = await first.album('A');
  await first.emulator.close();
  const second = await startHarness({ stateFile: file });
  expect(await second.album('B')).not.toBe(before);
  expect((await second.api('GET', '/v1/albums')).json.albums).toHaveLength(2);
});

test('it is written soon after a change, bytes beside it, and nothing else is left lying about', async () => {
  const file = await stateFile();
  const { create } = await startHarness({ stateFile: file });
  await create(png(1), 'a.png');
  await vi.waitFor(async () => expect(JSON.parse(await readFile(file, 'utf8')).snapshot.added).toHaveLength(1), 5000);
  expect((await readdir(join(file, '..'))).sort()).toEqual(['state.json', 'state.json.content']);
  const sha256 = JSON.parse(await readFile(file, 'utf8')).snapshot.added[0].sha256;
  expect(await readdir(`${file}.content`)).toEqual([sha256]);
  expect((await readFile(join(`${file}.content`, sha256))).equals(png(1))).toBe(true);
});

test('reset goes back to what was loaded', async () => {
  const file = await stateFile();
  const first = await startHarness({ stateFile: file });
  await first.album('Kept');
  await first.emulator.close();
  const second = await startHarness({ stateFile: file });
  await second.album('Gone');
  await second.control('POST', 'reset');
  const { json } = await second.control('GET', 'state');
  expect(json.albums.map(({ title }: { title: string }) => title)).toEqual(['Kept']);
});

test('a library of one’s own as version 0.1 wrote it is read', async () => {
  const file = await stateFile();
  const first = await startHarness({ stateFile: file, library: { albums: [{ id: 'a1', title: 'Old' }] } });
  await first.emulator.close();
  const saved = JSON.parse(await readFile(file, 'utf8'));
  expect(saved.library).toEqual({ albums: [{ id: 'a1', title: 'Old' }] });
  const snapshot = { ...saved.snapshot, albums: [] };
  await writeFile(file, JSON.stringify({ ...saved, library: { library: saved.library }, snapshot }));
  const second = await startHarness({ stateFile: file });
  await second.album('New');
  await second.emulator.close();
  expect(JSON.parse(await readFile(file, 'utf8')).library).toEqual({ albums: [{ id: 'a1', title: 'Old' }] });
});

test('a file that is something else is refused, and stays as it is', async () => {
  const file = `${await stateFile()}.txt`;
  await mkdir(join(file, '..'));
  await writeFile(file, 'my diary');
  await expect(startEmulator({ stateFile: file, library: 'empty' })).rejects.toThrow('is not a state file');
  expect(await readFile(file, 'utf8')).toBe('my diary');
});

test.each(['{"version":1}', '{"version":1,"snapshot":null}', '[]', 'null', ''])(
  'refused, without a word of the program’s own: %j',
  async (text) => {
    const file = await stateFile();
    await mkdir(join(file, '..'));
    await writeFile(file, text);
    await expect(startEmulator({ stateFile: file })).rejects.toThrow(`${file} is not a state file of this emulator`);
  },
);

test('what a killed process left half written is swept away; what a running one is writing stays', async () => {
  const file = await stateFile();
  const first = await startHarness({ stateFile: file });
  await first.create(png(1), 'a.png');
  await first.emulator.close();
  const { pid: gone = 0 } = spawnSync(process.execPath, ['-e', '']);
  const id = '01234567-89ab-4def-8123-456789abcdef';
  const left = [`${file}.${gone}-${id}.tmp`, join(`${file}.content`, `abc.${gone}-${id}.tmp`)];
  const others = [`${file}.${process.pid}-${id}.tmp`, `${file}.notes.tmp`];
  for (const path of [...left, ...others]) await writeFile(path, 'half');
  const second = await startHarness({ stateFile: file });
  expect((await second.api('GET', '/v1/mediaItems')).json.mediaItems).toHaveLength(1);
  const names = [...(await readdir(join(file, '..'))), ...(await readdir(`${file}.content`))];
  expect(names.filter((name) => name.endsWith('.tmp'))).toEqual(others.map((path) => basename(path)).sort());
});

test('a write that fails leaves nothing, and the old file as it was', async () => {
  const file = await stateFile();
  await replaceFile(file, (temporary) => writeFile(temporary, 'old'));
  const full = replaceFile(file, async (temporary) => {
    await writeFile(temporary, 'ha');
    throw new Error('no space left');
  });
  await expect(full).rejects.toThrow('no space left');
  expect(await readdir(join(file, '..'))).toEqual(['state.json']);
  expect(await readFile(file, 'utf8')).toBe('old');
});

test('a file that another program has open for a moment is replaced all the same', async () => {
  const failures = ['EPERM', 'EACCES', 'EBUSY'].map((code) => Object.assign(new Error(code), { code }));
  let done = 0;
  await patiently(async () => {
    const failure = failures.pop();
    if (failure) throw failure;
    done += 1;
  });
  expect([failures, done]).toEqual([[], 1]);
  const other = Object.assign(new Error('full'), { code: 'ENOSPC' });
  let tries = 0;
  const refused = patiently(async () => {
    tries += 1;
    throw other;
  });
  await expect(refused).rejects.toBe(other);
  expect(tries).toBe(1);
});

test('a library FILE is the form that GET state gives', async () => {
  const file = `${await stateFile()}.library`;
  const first = await startHarness({ legacySharing: true });
  const dated = first.put({ favorite: true, archived: true, categories: ['PETS'], latitude: 38.7, longitude: -9.1 });
  first.put({ captureTime: undefined, uploadTime: '2024-05-05T00:00:00Z', appProject: null });
  first.put({ mimeType: 'video/mp4', photo: undefined, video: { durationSeconds: 12, fps: 30, readyAt: 0 } });
  const albumId = await first.album('Trip', [dated]);
  await first.api('POST', `/v1/albums/${albumId}:share`, {});
  await first.api('POST', `/v1/albums/${albumId}:addEnrichment`, {
    newEnrichmentItem: { mapEnrichment: { origin: { locationName: 'A' }, destination: { locationName: 'B' } } },
    albumPosition: { position: 'FIRST_IN_ALBUM' },
  });
  const shown = await first.control('GET', 'state');
  await mkdir(join(file, '..'));
  await writeFile(file, shown.text);
  const second = await startHarness({ library: { file } });
  expect((await second.control('GET', 'state')).json).toEqual(shown.json);
});
