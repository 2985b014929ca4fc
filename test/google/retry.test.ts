/** What is tried again, after how long, and what never is (contract 6.4). */
import { expect, test } from 'vitest';
import type { GoogleReason } from '../../src/google/error-facts.ts';
import { GoogleError } from '../../src/google/errors.ts';
import type { Google } from '../../src/google/google.ts';
import { delayAfter, withRetry } from '../../src/google/retry.ts';
import { clientOf, closedOrigin, fakeClock, hang, rejection, reset, type Step, startScripted } from './scripted.ts';

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const rejectionOrNothing = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error) => error,
  );

const down: Step = { status: 503, json: { error: { code: 503, message: 'Try later.', status: 'UNAVAILABLE' } } };
const limited = (message: string, headers?: Record<string, string>): Step => ({
  status: 429,
  json: { error: { code: 429, message, status: 'RESOURCE_EXHAUSTED' } },
  headers,
});
const CONCURRENT = "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'.";
const MINUTE =
  "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service 'photoslibrary.googleapis.com' for consumer 'project_number:1'.";
const DAY =
  "Quota exceeded for quota metric 'All requests' and limit 'All requests per day' of service 'photoslibrary.googleapis.com' for consumer 'project_number:123'.";

test('5xx: 1 to 2 s, then doubling, four attempts', async () => {
  const server = await startScripted(down);
  const clock = fakeClock({ random: 0.5 });
  const error = await rejection(clientOf(server.origin, { clock }).call('albums.list', {}));
  expect(clock.slept).toEqual([1500, 3000, 6000]);
  expect(server.seen).toHaveLength(4);
  expect(error).toMatchObject({ reason: 'unavailable', retryable: true, retryAfterSeconds: 12, message: 'Try later.' });
});

const truncated: Step = (_, response) => {
  response.writeHead(200, { 'content-length': '999' }).write('{"al', () => response.destroy());
};

const transient: [string, Step][] = [
  ['500', { status: 500, text: '<html>oops</html>' }],
  ['503', down],
  ['504', { status: 504, json: {} }],
  ['a reset', reset],
  ['HTML for JSON', { text: '<html>hotel wifi</html>' }],
  ['half a JSON', { text: '{"albums":[{' }],
  ['a truncated body', truncated],
];

test.each(transient)('a read survives %s', async (_, step) => {
  const server = await startScripted(step, { json: { albums: [] } });
  const clock = fakeClock();
  expect(await clientOf(server.origin, { clock }).call('albums.list', {})).toEqual({ albums: [] });
  expect(clock.slept).toEqual([1500]);
});

test('a read whose answer never comes is tried again', async () => {
  const server = await startScripted(hang, { json: {} });
  expect(await clientOf(server.origin, { readTimeoutMs: 50 }).call('albums.list', {})).toEqual({});
  expect(server.seen).toHaveLength(2);
});

test('429 of the minute: 30 s at least, and only once within the budget', async () => {
  const server = await startScripted(limited(MINUTE));
  const clock = fakeClock({ random: 0 });
  const error = await rejection(clientOf(server.origin, { clock }).call('albums.list', {}));
  expect(clock.slept).toEqual([30_000]);
  expect(error).toMatchObject({ reason: 'quotaMinute', retryable: true, retryAfterSeconds: 60, message: MINUTE });
});

test('Retry-After wins, in seconds or as a date', async () => {
  const clock = fakeClock({ start: Date.parse('2026-11-23T20:00:00Z') });
  const server = await startScripted(
    limited(MINUTE, { 'retry-after': '2' }),
    limited(MINUTE, { 'retry-after': 'Mon, 23 Nov 2026 20:00:09 GMT' }),
    { json: {} },
  );
  await clientOf(server.origin, { clock }).call('albums.list', {});
  expect(clock.slept).toEqual([2000, 7000]);
});

test('a wait longer than the budget is an error that says when', async () => {
  const server = await startScripted(limited(MINUTE, { 'retry-after': '120' }));
  const clock = fakeClock();
  const error = await rejection(clientOf(server.origin, { clock }).call('albums.list', {}));
  expect(clock.slept).toEqual([]);
  expect(error).toMatchObject({ retryAfterSeconds: 120 });
});

test.each([
  [41, []],
  [40, [40_000]],
])('a wait of %i s of the 45 is begun only when it leaves five for the request', async (seconds, slept) => {
  const server = await startScripted(limited(MINUTE, { 'retry-after': String(seconds) }), { json: {} });
  const clock = fakeClock();
  const error = await rejectionOrNothing(clientOf(server.origin, { clock }).call('albums.list', {}));
  expect(clock.slept).toEqual(slept);
  expect(error).toEqual(slept.length > 0 ? undefined : expect.objectContaining({ retryAfterSeconds: 41 }));
});

test.each([
  ['40000', 40_000],
  ['1000000000', 604_800],
  ['9'.repeat(400), 604_800],
  ['Fri, 23 Nov 2125 20:00:00 GMT', 604_800],
  ['Mon, 23 Nov 2020 20:00:00 GMT', 0],
  ['soon', 60],
])('Retry-After %s of an upload, a download and a call is told, not waited for', async (header, seconds) => {
  const server = await startScripted(limited(MINUTE, { 'retry-after': header }));
  const source = { size: 3, mimeType: 'image/png', open: () => bytesOf('abc') };
  const calls = [
    (client: Google) => client.call('albums.list', {}),
    (client: Google) => client.upload(source),
    (client: Google) => client.media(`${server.origin}/x=d`),
  ];
  for (const call of calls) {
    const clock = fakeClock({ random: 0 });
    const error = await rejection(call(clientOf(server.origin, { clock })));
    expect(error).toMatchObject({ reason: 'quotaMinute', retryAfterSeconds: seconds });
    expect(clock.now() - Date.parse('2026-11-23T20:00:00Z')).toBeLessThanOrEqual(40_000);
  }
});

test('the daily quota is never retried, whatever Retry-After says; it comes back at midnight Pacific', async () => {
  const server = await startScripted(limited(DAY, { 'retry-after': '1' }));
  const clock = fakeClock({ start: Date.parse('2026-11-23T20:00:00Z') });
  const error = await rejection(clientOf(server.origin, { clock }).call('mediaItems.list', {}));
  expect(server.seen).toHaveLength(1);
  // 20:00 UTC is noon in California.
  expect(error).toMatchObject({ reason: 'quotaDay', retryAfterSeconds: 43_200, code: 8, status: 'RESOURCE_EXHAUSTED' });
});

test('the daily quota is known by its metadata as well', async () => {
  const details = [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'RATE_LIMIT_EXCEEDED',
      metadata: { quota_limit: 'ApiCallsPerProjectPerDay' },
    },
  ];
  const json = { error: { code: 429, message: 'No more.', status: 'RESOURCE_EXHAUSTED', details } };
  const server = await startScripted({ status: 429, json });
  expect(await rejection(clientOf(server.origin).call('albums.list', {}))).toMatchObject({ reason: 'quotaDay' });
});

const album = { album: { title: 'Lisboa' } };

test.each([
  ['503', down],
  ['a reset', reset],
  ['HTML', { text: '<html></html>' } satisfies Step],
])('albums.create is not repeated after %s, and says that it may have been done', async (_, step) => {
  const server = await startScripted(step, { json: { id: 'second' } });
  const error = await rejection(clientOf(server.origin).call('albums.create', album));
  expect(server.seen).toHaveLength(1);
  expect(error).toMatchObject({ outcomeUnknown: true, retryable: false });
});

test('albums.create waits out a refusal that proves nothing was made', async () => {
  const server = await startScripted(limited(CONCURRENT), { json: { id: 'a1' } });
  const clock = fakeClock({ random: 0 });
  expect(await clientOf(server.origin, { clock }).call('albums.create', album)).toEqual({ id: 'a1' });
  expect(clock.slept).toEqual([30_000]);
});

test('enrichments and removals are not repeated blindly either', async () => {
  const server = await startScripted(reset);
  const client = clientOf(server.origin);
  const newEnrichmentItem = { textEnrichment: { text: 'x' } };
  const albumPosition = { position: 'LAST_IN_ALBUM' as const };
  const added = client.call('albums.addEnrichment', { albumId: 'a', newEnrichmentItem, albumPosition });
  expect(await rejection(added)).toMatchObject({ outcomeUnknown: true });
  const removed = client.call('albums.batchRemoveMediaItems', { albumId: 'a', mediaItemIds: ['m'] });
  expect(await rejection(removed)).toMatchObject({ outcomeUnknown: true });
  expect(server.seen).toHaveLength(2);
});

test('batchCreate is repeated: identical bytes map to the same item', async () => {
  const server = await startScripted(reset, { json: { newMediaItemResults: [] } });
  await clientOf(server.origin).call('mediaItems.batchCreate', {
    newMediaItems: [{ simpleMediaItem: { uploadToken: 't' } }],
  });
  expect(server.seen).toHaveLength(2);
  expect(server.seen[1]?.body.equals(server.seen[0]?.body ?? Buffer.alloc(0))).toBe(true);
});

test('a connection that never stood is retried even for albums.create', async () => {
  const clock = fakeClock();
  const error = await rejection(clientOf(await closedOrigin(), { clock }).call('albums.create', album));
  expect(clock.slept).toHaveLength(3);
  expect(error).toMatchObject({ reason: 'network', outcomeUnknown: false, retryable: true });
});

test.each([400, 401, 403, 404])('%i is never retried', async (status) => {
  const server = await startScripted({ status, json: { error: { code: status, message: 'No.' } } });
  const clock = fakeClock();
  await rejection(clientOf(server.origin, { clock }).call('albums.list', {}));
  expect(server.seen).toHaveLength(1);
  expect(clock.slept).toEqual([]);
});

test('a full storage is no quota to wait for', async () => {
  const message = "The remaining storage in the user's account is not enough to perform this operation.";
  const server = await startScripted(limited(message));
  const error = await rejection(clientOf(server.origin).call('mediaItems.batchCreate', { newMediaItems: [] }));
  expect(error).toMatchObject({ reason: 'storageFull', retryable: false });
  expect(server.seen).toHaveLength(1);
});

test.each([
  ['unavailable', 1, 0, 1000],
  ['unavailable', 1, 0.999, 1999],
  ['network', 3, 0, 4000],
  ['quotaMinute', 1, 0, 30_000],
  ['concurrentWrite', 2, 0.5, 60_500],
  ['quotaDay', 1, 0, undefined],
  ['invalid', 1, 0, undefined],
] as [GoogleReason, number, number, number | undefined][])(
  'delay after %s, attempt %i',
  (reason, attempt, random, ms) => {
    const error = new GoogleError({ method: 'albums.list', reason, message: '' });
    expect(delayAfter(error, attempt, random)).toBe(ms);
  },
);

test('a policy of its own: other delays, other attempts, no budget', async () => {
  const clock = fakeClock();
  const slow = new GoogleError({ method: 'uploads', reason: 'unavailable', message: 'Slow.' });
  const delayOf = (error: unknown, failures: number) => (error === slow ? failures * 50_000 : undefined);
  let attempts = 0;
  const policy = { method: 'uploads', delayOf, attempts: 3 };
  const failing = withRetry(policy, clock, async (remainingMs) => {
    attempts++;
    expect(remainingMs).toBe(Number.POSITIVE_INFINITY);
    throw slow;
  });
  expect(await rejection(failing)).toMatchObject({ message: 'Slow.', retryAfterSeconds: 150 });
  expect(attempts).toBe(3);
  expect(clock.slept).toEqual([50_000, 100_000]);
});

test('no policy waits longer than two minutes at a time', async () => {
  const clock = fakeClock();
  const asked = { method: 'uploads', reason: 'quotaMinute', message: 'Wait.', retryAfterSeconds: 121 } as const;
  const delayOf = (error: unknown) =>
    error instanceof GoogleError ? (error.retryAfterSeconds ?? 0) * 1000 : undefined;
  const failing = withRetry({ method: 'uploads', delayOf }, clock, () => Promise.reject(new GoogleError(asked)));
  expect(await rejection(failing)).toMatchObject({ retryAfterSeconds: 121 });
  expect(clock.slept).toEqual([]);
});

test('an error that is not worth another attempt passes unchanged', async () => {
  const clock = fakeClock();
  const wrong = new TypeError('a bug');
  const policy = { method: 'albums.list', delayOf: () => undefined };
  expect(await rejection(withRetry(policy, clock, () => Promise.reject(wrong)))).toBe(wrong);
});

test('a signal that fires before the first attempt lets nothing begin', async () => {
  const policy = { method: 'albums.list', delayOf: () => 0, signal: AbortSignal.abort() };
  expect(await rejection(withRetry(policy, fakeClock(), async () => 'sent'))).toMatchObject({ reason: 'aborted' });
});
