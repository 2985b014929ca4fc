/** The day's quota as counted here (contract 6.3). */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { pacificDay, secondsUntilMidnightPacific } from '../../src/google/pacific.ts';
import { createRequestCount } from '../../src/google/request-count.ts';
import { createFileRequestCountStore } from '../../src/google/request-count-files.ts';
import { clientOf, startScripted } from './scripted.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gphotos-count-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('counts what goes out, media apart, across processes and restarts', async () => {
  const folder = await temporaryFolder();
  const server = await startScripted({ status: 503, json: {} }, { json: {} });
  const now = () => Date.parse('2026-11-23T20:00:00Z');
  const one = createRequestCount(createFileRequestCountStore(folder), now);
  const two = createRequestCount(createFileRequestCountStore(folder), now);
  const client = clientOf(server.origin, { onRequest: one.count });
  await client.call('albums.list', {});
  await client.media(`${server.origin}/x=d`);
  two.count('uploads');
  await Promise.all([one.flush(), two.flush()]);
  const used = { day: '2026-11-23', requests: 3, mediaRequests: 1, secondsUntilReset: 43_200 };
  expect(await one.today()).toEqual(used);
  expect(await createRequestCount(createFileRequestCountStore(folder), now).today()).toEqual(used);
});

test('starts anew at midnight Pacific, and clears the day before away', async () => {
  const folder = await temporaryFolder();
  const time = { now: Date.parse('2026-11-24T07:59:59Z') };
  const counter = createRequestCount(createFileRequestCountStore(folder), () => time.now);
  counter.count('albums.list');
  await counter.flush();
  expect(await counter.today()).toMatchObject({ day: '2026-11-23', requests: 1, secondsUntilReset: 1 });
  time.now += 1000;
  expect(await counter.today()).toMatchObject({ day: '2026-11-24', requests: 0, secondsUntilReset: 86_400 });
  counter.count('albums.list');
  await counter.flush();
  expect(await readdir(folder)).toEqual(['2026-11-24']);
});

test('a damaged file counts as nothing, and a folder that cannot be written stops no request', async () => {
  const folder = await temporaryFolder();
  const now = () => Date.parse('2026-11-23T20:00:00Z');
  const counter = createRequestCount(createFileRequestCountStore(folder), now);
  counter.count('albums.list');
  await counter.flush();
  await writeFile(join(folder, '2026-11-23', 'x.json'), '{"requests":"many"');
  expect(await counter.today()).toMatchObject({ requests: 1 });
  await writeFile(join(folder, 'file'), '');
  const blocked = createRequestCount(createFileRequestCountStore(join(folder, 'file', 'x')), now);
  blocked.count('media');
  await blocked.flush();
  expect(await blocked.today()).toMatchObject({ mediaRequests: 1 });
});

test.each([
  ['2026-11-23T07:59:59Z', '2026-11-22', 1],
  ['2026-07-01T06:59:00Z', '2026-06-30', 60],
  ['2026-07-01T07:00:00Z', '2026-07-01', 86_400],
])('Pacific time at %s', (utc, day, seconds) => {
  expect(pacificDay(Date.parse(utc))).toBe(day);
  expect(secondsUntilMidnightPacific(Date.parse(utc))).toBe(seconds);
});
