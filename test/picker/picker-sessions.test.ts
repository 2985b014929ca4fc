/** Picking without MCP: waiting at Google's pace, every page, sessions that end when they have served (contract 8.4). */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startPicking } from './harness.ts';

const BUDGET = { budgetMs: 50_000 };

test('waits at Google’s interval, fifty seconds of a call, then goes on', async () => {
  const { openSessions, clock, requests, photos, choose } = await startPicking();
  const ids = photos(3);
  const sessions = openSessions();
  const begun = await sessions.start({ maxItemCount: 5 });
  expect(begun).toMatchObject({ state: 'choosing', maxItemCount: 5, handle: expect.stringMatching(/^[a-z2-9]{6}$/) });
  const polls: number[] = [];
  const waiting = await sessions.wait(begun, { ...BUDGET, onPoll: (elapsed) => polls.push(elapsed) });
  expect(waiting.state).toBe('choosing');
  expect(polls).toEqual([0, 5000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000, 40_000, 45_000, 50_000]);
  expect((await requests())['picker.sessions.get']).toBe(11);
  await choose(begun.sessionId, ids);
  const before = clock.now();
  expect((await sessions.wait(waiting, BUDGET)).state).toBe('picked');
  // Not sooner than Google's interval after the last time.
  expect(clock.now() - before).toBe(5000);
});

test('another interval of Google’s is kept to', async () => {
  const { openSessions } = await startPicking({ overrides: { pickerPollSeconds: 20 } });
  const sessions = openSessions();
  const polls: number[] = [];
  await sessions.wait(await sessions.start({}), { ...BUDGET, onPoll: (elapsed) => polls.push(elapsed) });
  expect(polls).toEqual([0, 20_000, 40_000]);
});

test('2,000 items: 20 list requests, all of them, in order, with their facts', async () => {
  const { openSessions, photos, choose, requests } = await startPicking();
  const ids = photos(2000);
  const sessions = openSessions();
  const begun = await sessions.start({});
  await choose(begun.sessionId, ids);
  const items = await sessions.items(await sessions.wait(begun, BUDGET));
  expect(items).toHaveLength(2000);
  expect(items.map(({ filename }) => filename)).toEqual(ids.map((_, index) => `IMG_${index}.jpg`));
  expect(items[0]).toEqual({
    kind: 'pickedItem',
    id: expect.any(String),
    sessionId: begun.sessionId,
    filename: 'IMG_0.jpg',
    type: 'photo',
    mimeType: 'image/jpeg',
    creationTime: '2024-07-14T00:00:00.000Z',
    width: 16,
    height: 12,
    cameraMake: undefined,
    cameraModel: undefined,
  });
  expect((await requests())['picker.mediaItems.list']).toBe(20);
});

test('given up: by Cancel, and by time; the session is deleted', async () => {
  const { openSessions, cancel, clock, requests, emulator } = await startPicking();
  const sessions = openSessions();
  const [first, second] = [await sessions.start({}), await sessions.start({})];
  await cancel(first.sessionId);
  expect((await sessions.wait(first, BUDGET)).state).toBe('givenUp');
  await clock.sleep(1800_000);
  expect((await sessions.wait(second, BUDGET)).state).toBe('givenUp');
  expect(emulator.state.pickerSessions.size).toBe(0);
  expect((await requests())['picker.sessions.delete']).toBe(2);
  expect((await sessions.find(first.handle)).state).toBe('givenUp');
});

test('expired, or deleted elsewhere: Google has it no longer', async () => {
  const { openSessions, google } = await startPicking();
  const sessions = openSessions();
  const begun = await sessions.start({});
  await google.picker.delete(begun.sessionId);
  expect((await sessions.wait(begun, BUDGET)).state).toBe('expired');
});

test('Done without a photo is over', async () => {
  const { openSessions, emulator } = await startPicking();
  const sessions = openSessions();
  const begun = await sessions.start({});
  const session = emulator.state.pickerSessions.get(begun.sessionId);
  if (session) session.state = 'done';
  expect(await sessions.items(await sessions.wait(begun, BUDGET))).toEqual([]);
  expect((await sessions.find(begun.handle)).state).toBe('empty');
  expect(emulator.state.pickerSessions.size).toBe(0);
});

test('several at once, each its own', async () => {
  const { openSessions, photos, choose } = await startPicking();
  const [first = '', second = ''] = photos(2);
  const sessions = openSessions();
  const [one, two] = await Promise.all([sessions.start({}), sessions.start({})]);
  await choose(two.sessionId, [second]);
  await choose(one.sessionId, [first]);
  const names = await Promise.all(
    [one, two].map(async (begun) =>
      (await sessions.items(await sessions.wait(begun, BUDGET))).map(({ filename }) => filename),
    ),
  );
  expect(names).toEqual([['IMG_0.jpg'], ['IMG_1.jpg']]);
});

test('Google not answering for a while does not end a picking', async () => {
  const { openSessions, photos, choose, faults } = await startPicking();
  const sessions = openSessions();
  const begun = await sessions.start({});
  await faults([{ method: 'picker.sessions.get', status: 503, count: 6 }]);
  await choose(begun.sessionId, photos(1));
  expect((await sessions.wait(begun, BUDGET)).state).toBe('picked');
});

test('stopped in the middle of waiting, another process goes on', async () => {
  const { openSessions, photos, choose } = await startPicking();
  const ids = photos(2);
  const begun = await openSessions().start({});
  await choose(begun.sessionId, ids);
  const other = openSessions();
  const found = await other.wait(await other.find(begun.handle), BUDGET);
  expect(found.state).toBe('picked');
  const [item] = await other.items(found);
  if (!item) throw new Error('nothing picked');
  const third = openSessions();
  expect((await third.fetch(item)).headers.get('content-type')).toBe('image/jpeg');
});

test.each(['', 'zzz', '../../etc/passwd', 'abcdef'])('there is no picking %j', async (handle) => {
  const { openSessions } = await startPicking();
  await expect(openSessions().find(handle)).rejects.toMatchObject({ code: 'unknownSession' });
});

test('a session is deleted when everything of it has been copied, not before', async () => {
  const { openSessions, photos, choose, emulator, requests } = await startPicking();
  const sessions = openSessions();
  const begun = await sessions.start({});
  await choose(begun.sessionId, photos(3));
  const picked = await sessions.wait(begun, BUDGET);
  const [first, second, third] = await sessions.items(picked);
  if (!first || !second || !third) throw new Error('three were chosen');
  await sessions.kept(picked, 'k7m2', 3);
  await sessions.copied([first, second]);
  await sessions.copied([second]);
  expect(emulator.state.pickerSessions.size).toBe(1);
  await openSessions().copied([third]);
  expect(emulator.state.pickerSessions.size).toBe(0);
  expect((await requests())['picker.sessions.delete']).toBe(1);
  expect(await sessions.find(begun.handle)).toMatchObject({ state: 'copied', result: 'k7m2', count: 3 });
  await expect(openSessions().fetch(first)).rejects.toMatchObject({
    reason: 'notFound',
    message: 'the picking ended when everything was in the library: use the result of that media_upload',
  });
});

test('the next picking sweeps: what its person left is deleted, what is past remembering forgotten', async () => {
  const { openSessions, clock, photos, choose, emulator, folder } = await startPicking();
  const sessions = openSessions();
  const [lost, kept] = [await sessions.start({}), await sessions.start({})];
  await choose(kept.sessionId, photos(1));
  await sessions.wait(kept, BUDGET);
  await clock.sleep(1800_000);
  await sessions.start({});
  expect((await sessions.find(lost.handle)).state).toBe('givenUp');
  expect((await sessions.find(kept.handle)).state).toBe('picked');
  expect(emulator.state.pickerSessions.has(kept.sessionId)).toBe(true);
  await clock.sleep(7 * 86_400_000);
  await sessions.start({});
  expect((await sessions.find(kept.handle)).state).toBe('expired');
  await clock.sleep(31 * 86_400_000);
  await sessions.start({});
  await expect(sessions.find(lost.handle)).rejects.toMatchObject({ code: 'unknownSession' });
  expect(readdirSync(join(folder, 'pickings'))).toHaveLength(1);
});

test('a state folder that cannot be written leaves no session behind', async () => {
  const { openSessions, folder, emulator } = await startPicking();
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(folder, 'pickings'), 'not a folder');
  await expect(openSessions().start({})).rejects.toMatchObject({ code: 'stateFolder' });
  expect(emulator.state.pickerSessions.size).toBe(0);
});
