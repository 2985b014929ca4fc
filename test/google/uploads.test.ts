/** Bytes to an upload token, through all that can befall them on the way (contract 5). */
import { createReadStream } from 'node:fs';
import { expect, test } from 'vitest';
import type { UploadSource } from '../../src/google/google.ts';
import { clientOf, fakeClock, rejection, startScripted, tokens } from './scripted.ts';
import { startUploadServer } from './upload-server.ts';

const BYTES = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7) % 251));
/** 20,000 bytes in chunks of 8,192. */
const SMALL = { rawLimit: 100, chunkBytes: 9000 };

function sourceOf(bytes: Buffer, size = bytes.length): UploadSource & { opened: number[]; closed: number } {
  const source = {
    opened: [] as number[],
    closed: 0,
    size,
    mimeType: 'image/jpeg',
    async *open(offset: number) {
      source.opened.push(offset);
      try {
        for (let at = offset; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
      } finally {
        source.closed += 1;
      }
    },
  };
  return source;
}

test('raw: one request with type and exact length, progress to the end', async () => {
  const server = await startUploadServer();
  const progress: number[] = [];
  const token = await clientOf(server.origin).upload(sourceOf(BYTES), {
    onBytes: (sent, total) => {
      expect(total).toBe(20_000);
      progress.push(sent);
    },
  });
  expect(token).toBe('upload-token-1');
  expect(server.stored.equals(BYTES)).toBe(true);
  expect(server.headers[0]).toMatchObject({
    authorization: 'Bearer tok-1',
    'content-type': 'application/octet-stream',
    'content-length': '20000',
    'x-goog-upload-protocol': 'raw',
    'x-goog-upload-content-type': 'image/jpeg',
  });
  expect(progress.at(-1)).toBe(20_000);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
});

test('raw: sent again from the start after a broken connection', async () => {
  const server = await startUploadServer({ 1: { breakAfter: 5000 } });
  const source = sourceOf(BYTES);
  expect(await clientOf(server.origin).upload(source)).toBe('upload-token-1');
  expect(server.stored.equals(BYTES)).toBe(true);
  expect(source.opened).toEqual([0, 0]);
  await expect.poll(() => source.closed).toBe(2);
});

test('resumable: chunks are multiples of the server’s granularity', async () => {
  const server = await startUploadServer();
  const token = await clientOf(server.origin, { upload: SMALL }).upload(sourceOf(BYTES));
  expect(token).toBe('upload-token-1');
  expect(server.commands).toEqual(['start', 'upload 0', 'upload 8192', 'upload, finalize 16384']);
  expect(server.stored.equals(BYTES)).toBe(true);
  expect(server.headers[0]).toMatchObject({
    authorization: 'Bearer tok-1',
    'content-length': '0',
    'x-goog-upload-protocol': 'resumable',
    'x-goog-upload-content-type': 'image/jpeg',
    'x-goog-upload-raw-size': '20000',
  });
  expect(server.headers.map(({ authorization }) => authorization)).toEqual(Array(4).fill('Bearer tok-1'));
});

test('resumable: after a broken connection it asks, and goes on from there', async () => {
  const server = await startUploadServer({ 2: { breakAfter: 3000 } });
  await clientOf(server.origin, { upload: SMALL }).upload(sourceOf(BYTES));
  expect(server.commands).toEqual([
    'start',
    'upload 0',
    'upload 8192',
    'query',
    'upload 11192',
    'upload, finalize 19384',
  ]);
  expect(server.stored.equals(BYTES)).toBe(true);
});

test.each(['loseAnswer', 'forget', 'cancel'] as const)(
  'resumable: starts over when the session dies (%s)',
  async (mishap) => {
    const server = await startUploadServer({ 3: mishap });
    expect(await clientOf(server.origin, { upload: SMALL }).upload(sourceOf(BYTES))).toBe('upload-token-1');
    expect(server.sessions).toBe(2);
    expect(server.stored.equals(BYTES)).toBe(true);
  },
);

test('resumable: a session that dies again and again is given up', async () => {
  const server = await startUploadServer({ 1: 'forget', 2: 'forget', 3: 'forget' });
  const error = await rejection(clientOf(server.origin, { upload: SMALL }).upload(sourceOf(BYTES)));
  expect(error).toMatchObject({ reason: 'unavailable', method: 'uploads' });
  expect(server.sessions).toBe(3);
});

test('resumable: out of step, it asks the server where it stands', async () => {
  const server = await startUploadServer({ 2: { status: 409, json: {} } });
  const error = await rejection(clientOf(server.origin, { upload: SMALL }).upload(sourceOf(BYTES)));
  // The server stands where we think it does and refuses all the same.
  expect(server.commands).toEqual(['start', 'upload 0', 'upload 8192', 'query']);
  expect(error).toMatchObject({ httpStatus: 409, status: 'ABORTED' });
});

test('a long upload survives more broken lines than one request may have', async () => {
  const breaks = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index + 1, { breakAfter: 1500 }]));
  const server = await startUploadServer(breaks);
  const clock = fakeClock({ random: 0 });
  await clientOf(server.origin, { upload: SMALL, clock }).upload(sourceOf(BYTES));
  expect(server.stored.equals(BYTES)).toBe(true);
  expect(clock.slept).toEqual(Array(12).fill(1000));
});

test('without progress it is given up after four attempts', async () => {
  const failing = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index + 1, { status: 503, json: {} }]));
  const server = await startUploadServer(failing);
  const clock = fakeClock({ random: 0 });
  const error = await rejection(clientOf(server.origin, { upload: SMALL, clock }).upload(sourceOf(BYTES)));
  expect(error).toMatchObject({ reason: 'unavailable' });
  expect(clock.slept).toEqual([1000, 2000, 4000]);
});

test('a stale token in the middle is replaced and the chunk sent again', async () => {
  const stale = { status: 401, json: { code: 16, message: 'Authentication session is not defined.' } };
  const server = await startUploadServer({ 2: stale });
  const client = clientOf(server.origin, { upload: SMALL, tokens: tokens('old', 'new') });
  await client.upload(sourceOf(BYTES));
  expect(server.commands).toEqual(['start', 'upload 0', 'upload 8192', 'upload 8192', 'upload, finalize 16384']);
  expect(server.headers.map(({ authorization }) => authorization)).toEqual([
    'Bearer old',
    'Bearer old',
    'Bearer old',
    'Bearer new',
    'Bearer new',
  ]);
  expect(server.stored.equals(BYTES)).toBe(true);
});

test('the bare 401 of the upload server for a missing scope', async () => {
  const json = { code: 16, message: 'Authentication session is not defined.' };
  const server = await startScripted({ status: 401, json });
  const error = await rejection(clientOf(server.origin, { tokens: tokens('a', 'b') }).upload(sourceOf(BYTES)));
  expect(error).toMatchObject({ reason: 'missingScope', httpStatus: 401, code: 16, status: 'UNAUTHENTICATED' });
});

test.each([
  [{ status: 200, text: '  \n' }, 'unavailable'],
  [{ status: 200, json: { code: 3, message: 'Bad.' } }, 'unexpected'],
  [{ status: 413, json: {} }, 'invalid'],
])('an answer without a token is a failure: %j', async (step, reason) => {
  const server = await startScripted(step);
  expect(await rejection(clientOf(server.origin).upload(sourceOf(BYTES)))).toMatchObject({ reason });
});

test('an upload address on another host never sees the token', async () => {
  const other = await startScripted({ text: 'token' });
  const headers = { 'x-goog-upload-url': `${other.origin}/v1/uploads?x`, 'x-goog-upload-status': 'active' };
  const server = await startScripted({ text: '', headers });
  const error = await rejection(clientOf(server.origin, { upload: SMALL }).upload(sourceOf(BYTES)));
  expect(error).toMatchObject({ reason: 'unexpected' });
  expect(other.seen).toHaveLength(0);
});

test.each([
  ['shrank', BYTES.subarray(0, 15_000), 20_000],
  ['grew', BYTES, 15_000],
  ['grew by a little', BYTES, 19_999],
] as const)('a file that %s while it was sent is not uploaded', async (_, bytes, size) => {
  for (const upload of [{}, SMALL]) {
    const server = await startUploadServer();
    const error = await rejection(clientOf(server.origin, { upload }).upload(sourceOf(bytes, size)));
    expect(error).toMatchObject({ reason: 'sourceChanged', retryable: false });
    expect(server.stored).toHaveLength(0);
  }
});

test('an error of the file system passes unchanged', async () => {
  const server = await startUploadServer();
  const missing = { size: 5, mimeType: 'image/jpeg', open: () => createReadStream('/nowhere/at/all.jpg') };
  expect(await rejection(clientOf(server.origin).upload(missing))).toMatchObject({ code: 'ENOENT' });
});

test('an empty file is refused before anything is sent', async () => {
  const server = await startUploadServer();
  expect(await rejection(clientOf(server.origin).upload(sourceOf(Buffer.alloc(0))))).toMatchObject({
    reason: 'invalid',
  });
  expect(server.commands).toEqual([]);
});

test.each([{}, SMALL])('a signal stops it and closes the source: %j', async (upload) => {
  const server = await startUploadServer({ 1: 'hang' });
  const stop = new AbortController();
  const source = sourceOf(BYTES);
  const uploading = rejection(clientOf(server.origin, { upload }).upload(source, { signal: stop.signal }));
  await expect.poll(() => source.opened.length).toBe(1);
  stop.abort();
  expect(await uploading).toMatchObject({ reason: 'aborted' });
  await expect.poll(() => source.closed).toBe(1);
});

test('bytes that stand still are a timeout, and it is tried again', async () => {
  const server = await startUploadServer({ 1: 'hang' });
  const token = await clientOf(server.origin, { upload: { idleMs: 60 } }).upload(sourceOf(BYTES));
  expect(token).toBe('upload-token-1');
});
