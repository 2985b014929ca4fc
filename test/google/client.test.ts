/** One authenticated client: the token on the wire, the queue of writes, and a signal that stops everything. */
import type { ServerResponse } from 'node:http';
import { setTimeout as later } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/google/clock.ts';
import { clientOf, fakeClock, hang, rejection, startScripted, tokens } from './scripted.ts';

const stale = {
  status: 401,
  json: {
    error: { code: 401, message: 'Request had invalid authentication credentials.', status: 'UNAUTHENTICATED' },
  },
};

test('a 401 is answered with one fresh token', async () => {
  const server = await startScripted(stale, { json: { albums: [] } });
  const client = clientOf(server.origin, { tokens: tokens('old', 'new') });
  expect(await client.call('albums.list', {})).toEqual({ albums: [] });
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer old', 'Bearer new']);
});

test('a second 401 is the end', async () => {
  const server = await startScripted(stale);
  const client = clientOf(server.origin, { tokens: tokens('a', 'b', 'c') });
  expect(await rejection(client.call('albums.list', {}))).toMatchObject({ reason: 'unauthenticated', httpStatus: 401 });
  expect(server.seen).toHaveLength(2);
});

test('what sign-in throws passes unchanged, and nothing is sent', async () => {
  const server = await startScripted({ json: {} });
  const notSignedIn = new Error('not signed in');
  const client = clientOf(server.origin, {
    tokens: { accessToken: () => Promise.reject(notSignedIn), invalidate: () => undefined },
  });
  expect(await rejection(client.call('albums.list', {}))).toBe(notSignedIn);
  expect(server.seen).toHaveLength(0);
});

test('writes go one at a time in order, reads side by side', async () => {
  const open: { target: string; response: ServerResponse }[] = [];
  const server = await startScripted((request, response) => void open.push({ target: request.url ?? '', response }));
  const client = clientOf(server.origin, { clock: systemClock });
  const finish = () => {
    for (const { response } of open.splice(0)) response.setHeader('content-type', 'application/json').end('{}');
  };
  const writes = ['a', 'b', 'c'].map((albumId) =>
    client.call('albums.batchAddMediaItems', { albumId, mediaItemIds: ['m'] }),
  );
  const reads = ['x', 'y', 'z'].map((albumId) => client.call('albums.get', { albumId }));
  await expect.poll(() => open.length).toBe(4);
  await later(30);
  expect(open.map(({ target }) => target).sort()).toEqual([
    '/v1/albums/a:batchAddMediaItems',
    '/v1/albums/x',
    '/v1/albums/y',
    '/v1/albums/z',
  ]);
  finish();
  await Promise.all(reads);
  await expect.poll(() => open.map(({ target }) => target)).toEqual(['/v1/albums/b:batchAddMediaItems']);
  finish();
  await expect.poll(() => open.map(({ target }) => target)).toEqual(['/v1/albums/c:batchAddMediaItems']);
  finish();
  await Promise.all(writes);
});

test('a failed write does not hold up the next', async () => {
  const server = await startScripted({ status: 400, json: { error: { message: 'No.' } } }, { json: { id: 'a' } });
  const client = clientOf(server.origin);
  const first = client.call('albums.create', { album: { title: 'x' } });
  const second = client.call('albums.create', { album: { title: 'y' } });
  expect(await rejection(first)).toMatchObject({ reason: 'invalid', message: 'No.' });
  expect(await second).toEqual({ id: 'a' });
});

test('a signal stops a request in flight, one that waits its turn, and one that waits to be retried', async () => {
  const server = await startScripted(hang);
  const client = clientOf(server.origin, { clock: systemClock });
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const inFlight = rejection(client.call('albums.create', { album: { title: 'x' } }, options));
  const queued = rejection(client.call('albums.create', { album: { title: 'y' } }, options));
  const read = rejection(client.call('albums.list', {}, options));
  await expect.poll(() => server.seen.length).toBe(2);
  stop.abort();
  expect(await inFlight).toMatchObject({ reason: 'aborted', outcomeUnknown: true, retryable: false });
  expect(await queued).toMatchObject({ reason: 'aborted', outcomeUnknown: false });
  expect(await read).toMatchObject({ reason: 'aborted', outcomeUnknown: false });
  expect(await rejection(client.call('albums.list', {}, options))).toMatchObject({ reason: 'aborted' });
  expect(server.seen).toHaveLength(2);
});

test('a signal ends the wait before a retry', async () => {
  const server = await startScripted({ status: 503, json: {} });
  const stop = new AbortController();
  const call = rejection(
    clientOf(server.origin, { clock: systemClock }).call('albums.list', {}, { signal: stop.signal }),
  );
  await expect.poll(() => server.seen.length).toBe(1);
  await later(20);
  stop.abort();
  expect(await call).toMatchObject({ reason: 'aborted' });
});

test('every request is counted under its method', async () => {
  const server = await startScripted({ status: 503, json: {} }, stale, { json: {} });
  const counted: string[] = [];
  const client = clientOf(server.origin, {
    tokens: tokens('old', 'new'),
    onRequest: (method) => counted.push(method),
    clock: fakeClock(),
  });
  await client.call('albums.list', {});
  expect(counted).toEqual(['albums.list', 'albums.list', 'albums.list']);
});

test('redirects are not followed: the token stays where it was sent', async () => {
  const other = await startScripted({ json: {} });
  const server = await startScripted({ status: 302, headers: { location: other.origin } });
  await rejection(clientOf(server.origin).call('albums.list', {}));
  expect(other.seen).toHaveLength(0);
});
