/** Bytes of a base URL (contract 4.8, 8.5). */
import { expect, test } from 'vitest';
import { loopbackHosts } from '../../src/google/hosts.ts';
import { clientOf, fakeClock, rejection, startScripted } from './scripted.ts';

test('a Library URL goes without the token, a Picker URL with it', async () => {
  const server = await startScripted({ text: 'bytes' });
  const client = clientOf(server.origin);
  const response = await client.media(`${server.origin}/lr/x=w100`);
  expect(await response.text()).toBe('bytes');
  await client.media(`${server.origin}/ppa/x=d`, { withBearer: true });
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer tok-1']);
});

test('an address elsewhere is refused before anything is sent', async () => {
  const server = await startScripted({ text: 'x' });
  const other = await startScripted({ text: 'x' });
  for (const url of [`${other.origin}/x`, 'https://lh3.googleusercontent.com/x', 'nonsense', 'file:///etc/passwd']) {
    expect(await rejection(clientOf(server.origin).media(url, { withBearer: true }))).toMatchObject({
      reason: 'unexpected',
    });
  }
  expect(other.seen).toHaveLength(0);
});

test('a redirect between media hosts is followed without the token, one to elsewhere is refused', async () => {
  const videos = await startScripted({ text: 'film' });
  const elsewhere = await startScripted({ text: 'evil' });
  const server = await startScripted({ status: 302, headers: { location: `${videos.origin}/film` } });
  const hosts = { ...loopbackHosts(server.origin), mediaRedirects: [videos.origin] };
  const client = clientOf(server.origin, { hosts });
  const response = await client.media(`${server.origin}/x=dv`, { withBearer: true });
  expect(await response.text()).toBe('film');
  expect(server.seen[0]?.headers.authorization).toBe('Bearer tok-1');
  expect(videos.seen[0]?.headers.authorization).toBeUndefined();
  server.script({ status: 302, headers: { location: `${elsewhere.origin}/film` } });
  expect(await rejection(client.media(`${server.origin}/x=dv`))).toMatchObject({ reason: 'unexpected' });
  expect(elsewhere.seen).toHaveLength(0);
});

test.each([
  [403, 'mediaExpired'],
  [404, 'notFound'],
] as const)('%i, with a picture or a page for a body, is %s', async (status, reason) => {
  const server = await startScripted({ status, text: '\xff\xd8', headers: { 'content-type': 'image/jpeg' } });
  const error = await rejection(clientOf(server.origin).media(`${server.origin}/x=d`));
  expect(error).toMatchObject({ reason, httpStatus: status, method: 'media' });
});

test('a failing media host is tried again', async () => {
  const server = await startScripted({ status: 502, text: '<html>' }, { text: 'bytes' });
  const clock = fakeClock();
  const response = await clientOf(server.origin, { clock }).media(`${server.origin}/x=d`);
  expect(await response.text()).toBe('bytes');
  expect(clock.slept).toEqual([1500]);
});

test('a film may take longer than the answer may take to begin', async () => {
  const server = await startScripted((_, response) => {
    response.writeHead(200).write('first ');
    setTimeout(() => response.end('last'), 150);
  });
  const response = await clientOf(server.origin, { readTimeoutMs: 50 }).media(`${server.origin}/x=dv`);
  expect(await response.text()).toBe('first last');
});

test('a host that never answers is a timeout', async () => {
  const server = await startScripted(() => undefined);
  const error = await rejection(clientOf(server.origin, { readTimeoutMs: 20 }).media(`${server.origin}/x=d`));
  expect(error).toMatchObject({ reason: 'timeout', retryable: true });
});

test('a signal stops the body too', async () => {
  const server = await startScripted((_, response) => void response.writeHead(200).write('first'));
  const stop = new AbortController();
  const response = await clientOf(server.origin).media(`${server.origin}/x=d`, { signal: stop.signal });
  const body = rejection(response.text());
  stop.abort();
  expect(await body).toMatchObject({ name: 'AbortError' });
});
