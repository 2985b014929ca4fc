/** The Picker's four methods on the wire (contract 8.1). */
import { expect, test } from 'vitest';
import { createGoogle } from '../../src/google/client.ts';
import { googleHosts, loopbackHosts } from '../../src/google/hosts.ts';
import { durationMs } from '../../src/google/picker.ts';
import { clientOf, fakeClock, rejection, reset, startScripted, tokens } from './scripted.ts';

test('each method: verb, path, body, and the bearer', async () => {
  const server = await startScripted({ json: { id: 's/1' } });
  const { picker } = clientOf(server.origin);
  await picker.create({});
  await picker.create({ maxItemCount: 12 });
  await picker.get('s/1');
  await picker.list('s/1', { pageSize: 100, pageToken: 'next' });
  await picker.delete('s/1');
  const sent = server.seen.map(({ verb, target, body, headers }) => [
    verb,
    target,
    body.toString(),
    headers.authorization,
  ]);
  expect(sent).toEqual([
    ['POST', '/v1/sessions', '{}', 'Bearer tok-1'],
    ['POST', '/v1/sessions', '{"pickingConfig":{"maxItemCount":"12"}}', 'Bearer tok-1'],
    ['GET', '/v1/sessions/s%2F1', '', 'Bearer tok-1'],
    ['GET', '/v1/mediaItems?sessionId=s%2F1&pageSize=100&pageToken=next', '', 'Bearer tok-1'],
    ['DELETE', '/v1/sessions/s%2F1', '', 'Bearer tok-1'],
  ]);
});

test('it goes to the Picker’s own host, and the Library’s is not asked', async () => {
  const library = await startScripted({ json: {} });
  const picker = await startScripted({ json: { id: 's' } });
  const hosts = { ...loopbackHosts(library.origin), picker: picker.origin, bearer: [library.origin, picker.origin] };
  await clientOf(library.origin, { hosts }).picker.create({});
  expect([library.seen.length, picker.seen.length]).toEqual([0, 1]);
  expect(googleHosts.picker).toBe('https://photospicker.googleapis.com');
});

test.each([
  'https://photospicker.googleapis.com.evil.test',
  'https://photospicker.googleapis.com:8443',
  'https://user@photospicker.googleapis.com',
  'http://photospicker.googleapis.com',
])('the token is not sent to %s, however it came to be the Picker’s host', async (picker) => {
  let asked = 0;
  const accessToken = async () => `token ${++asked}`;
  const google = createGoogle({
    hosts: { ...googleHosts, picker },
    tokens: { accessToken, invalidate: () => undefined },
    clock: fakeClock(),
  });
  expect(await rejection(google.picker.create({}))).toMatchObject({ reason: 'unexpected', nothingHappened: true });
  expect(asked).toBe(0);
});

test('a session is not made twice blindly; reading and deleting is tried again', async () => {
  const server = await startScripted(reset);
  const { picker } = clientOf(server.origin);
  expect(await rejection(picker.create({}))).toMatchObject({ reason: 'network', outcomeUnknown: true });
  expect(server.seen).toHaveLength(1);
  server.script(reset, { json: { id: 's', mediaItemsSet: true } });
  expect(await picker.get('s')).toEqual({ id: 's', mediaItemsSet: true });
  server.script({ status: 503, json: {} }, { json: {} });
  await picker.delete('s');
  expect(server.seen).toHaveLength(5);
});

test('a quota is not waited for while the person waits for the link', async () => {
  const error = { code: 429, message: 'The user has too many picking sessions.', status: 'RESOURCE_EXHAUSTED' };
  const server = await startScripted({ status: 429, json: { error } });
  const clock = fakeClock();
  expect(await rejection(clientOf(server.origin, { clock }).picker.create({}))).toMatchObject({
    reason: 'quotaMinute',
    retryAfterSeconds: expect.any(Number),
  });
  expect(clock.slept).toEqual([]);
});

test('errors: no Photos account, gone sessions, one that is deleted already', async () => {
  const status = (code: number, name: string) => ({
    status: code,
    json: { error: { code, message: 'M', status: name } },
  });
  const server = await startScripted(status(400, 'FAILED_PRECONDITION'));
  const { picker } = clientOf(server.origin);
  expect(await rejection(picker.create({}))).toMatchObject({ reason: 'photosDisabled', message: 'M' });
  expect(await rejection(picker.list('s', {}))).toMatchObject({ reason: 'failedPrecondition' });
  server.script(status(404, 'NOT_FOUND'));
  expect(await rejection(picker.get('s'))).toMatchObject({ reason: 'notFound' });
  await picker.delete('s');
});

test('durations of proto3 JSON', () => {
  expect(['5s', '0s', '3.500s', '', undefined, '-1s', '5'].map((text) => durationMs(text))).toEqual([
    5000,
    0,
    3500,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test('a redirect of the API is not followed with the token', async () => {
  const elsewhere = await startScripted({ json: { id: 'stolen' } });
  const server = await startScripted({ status: 302, headers: { location: `${elsewhere.origin}/v1/sessions/s` } });
  await rejection(
    createGoogle({ hosts: loopbackHosts(server.origin), tokens: tokens('t'), clock: fakeClock() }).picker.get('s'),
  );
  expect(elsewhere.seen).toHaveLength(0);
});
