import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { collectGarbage } from '../harness/memory.ts';
import { fixture } from './fixtures.ts';
import { type Harness, startHarness, TOKEN } from './harness.ts';

let client: Harness;
beforeEach(async () => {
  client = await startHarness();
});

const post = (path: string, headers: Record<string, string>, body?: Uint8Array | string) =>
  fetch(new URL(path, client.origin), {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    body: typeof body === 'string' ? body : body && Buffer.from(body),
  });

/** What batchCreate makes of one upload token, without a name of its own. */
async function itemOf(uploadToken: string) {
  const newMediaItems = [{ simpleMediaItem: { uploadToken } }];
  const { json } = await client.api('POST', '/v1/mediaItems:batchCreate', { newMediaItems });
  return json.newMediaItemResults[0];
}

describe('raw', () => {
  test('gives a token as text, with the headers of the upload server', async () => {
    const reply = await post('/v1/uploads', { 'X-Goog-Upload-Protocol': 'raw' }, await fixture('plain.jpg'));
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('text/plain');
    expect(reply.headers.get('server')).toBe('UploadServer');
    expect(reply.headers.get('x-guploader-uploadid')).toMatch(/^[A-Za-z0-9_-]{20,}$/);
    expect(await reply.text()).toMatch(/^[A-Za-z0-9_-]{510}$/);
  });

  test('takes a chunked body without type and length, name only in the header', async () => {
    const bytes = await fixture('plain.jpg');
    const name = '%E6%9D%B1%E4%BA%AC%20%E2%9C%88.jpg';
    const headers = { authorization: `Bearer ${TOKEN}`, 'X-Goog-Upload-File-Name': name };
    const request = httpRequest(`${client.emulator.origin}/v1/uploads`, { method: 'POST', headers });
    request.write(bytes.subarray(0, 700));
    request.write(bytes.subarray(700));
    request.end();
    const [response] = await once(request, 'response');
    expect(request.getHeader('content-type')).toBeUndefined();
    expect(request.getHeader('content-length')).toBeUndefined();
    let token = '';
    for await (const chunk of response) token += chunk;
    expect((await itemOf(token)).mediaItem.filename).toBe('東京 ✈.jpg');
  });

  test('takes a file name in UTF-8 bytes, and one that only looks percent-encoded', async () => {
    const bytes = await fixture('plain.jpg');
    const utf8 = Buffer.from('Ünï.jpg', 'utf8').toString('latin1');
    const one = await post('/v1/uploads', { 'X-Goog-Upload-File-Name': utf8 }, bytes);
    expect((await itemOf(await one.text())).mediaItem.filename).toBe('Ünï.jpg');
    const two = await post('/v1/uploads', { 'X-Goog-Upload-File-Name': '100%.png' }, await fixture('photo.png'));
    expect((await itemOf(await two.text())).mediaItem.filename).toBe('100%.png');
  });

  test('unpacks a gzipped body; broken gzip is 400', async () => {
    const bytes = await fixture('plain.jpg');
    const packed = await post('/v1/uploads', { 'content-encoding': 'gzip' }, gzipSync(bytes));
    const result = await itemOf(await packed.text());
    expect(result.mediaItem.mimeType).toBe('image/jpeg');
    const broken = await post('/v1/uploads', { 'content-encoding': 'gzip' }, gzipSync(bytes).subarray(0, 100));
    expect(broken.status).toBe(400);
  });

  test('an empty body and an unknown protocol are refused', async () => {
    expect((await post('/v1/uploads', { 'X-Goog-Upload-Protocol': 'raw' })).status).toBe(400);
    expect((await post('/v1/uploads', { 'X-Goog-Upload-Protocol': 'multipart' }, 'x')).status).toBe(400);
  });

  test('a SHA-1 in X-Goog-Hash is compared', async () => {
    const bytes = await fixture('plain.jpg');
    const sha1 = createHash('sha1').update(bytes).digest('base64');
    expect((await post('/v1/uploads', { 'X-Goog-Hash': `sha1=${sha1}` }, bytes)).status).toBe(200);
    const wrong = await post('/v1/uploads', { 'X-Goog-Hash': 'sha1=2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, bytes);
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('Checksum from header does not match received payload content.');
  });

  test('missing credentials and a missing scope are a bare 401', async () => {
    client.emulator.state.accessTokens.set('reader', {
      token: 'reader',
      project: 'demo-project',
      clientId: 'c',
      scopes: ['https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata'],
    });
    for (const authorization of ['Bearer nobody', 'Bearer reader']) {
      const reply = await post('/v1/uploads', { authorization }, 'x');
      expect(reply.status).toBe(401);
      expect(await reply.text()).toBe('{"code":16,"message":"Authentication session is not defined."}');
    }
  });

  test('a large body lies in a file that goes away with the emulator', async () => {
    const folders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('google-photos-emulator-'));
    const before = await folders();
    const size = 24 * 1024 * 1024;
    const token = await client.upload(Buffer.alloc(size, 'abc'));
    const upload = client.emulator.state.uploads.get(token);
    expect(upload?.content).toMatchObject({ kind: 'file', size });
    expect(upload?.sha256).toBe(createHash('sha256').update(Buffer.alloc(size, 'abc')).digest('hex'));
    await client.emulator.close();
    expect((await folders()).filter((name) => !before.includes(name))).toEqual([]);
  });

  test('zeros at the end of a large body are kept', async () => {
    const bytes = Buffer.concat([Buffer.alloc(1_500_000, 7), Buffer.alloc(700_001)]);
    const token = await client.upload(bytes);
    const upload = client.emulator.state.uploads.get(token);
    expect(upload?.content).toMatchObject({ kind: 'file', size: 2_200_001 });
    expect(upload?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('tokens', () => {
  test('rule 19: a token older than a day is refused for its item', async () => {
    const token = await client.upload(await fixture('plain.jpg'));
    client.emulator.advance(24 * 60 * 60);
    expect((await itemOf(token)).status.code).toBe(3);
    const young = await client.upload(await fixture('plain.jpg'));
    client.emulator.advance(24 * 60 * 60 - 60);
    expect((await itemOf(young)).status).toEqual({ message: 'Success' });
  });

  test('a token serves once', async () => {
    const token = await client.upload(await fixture('plain.jpg'));
    expect((await itemOf(token)).status).toEqual({ message: 'Success' });
    expect((await itemOf(token)).status.code).toBe(3);
  });
});

const granularity = 262_144;

async function begin(size: number, extra: Record<string, string> = {}): Promise<string> {
  const reply = await post('/v1/uploads', {
    'X-Goog-Upload-Command': 'start',
    'X-Goog-Upload-Protocol': 'resumable',
    'X-Goog-Upload-Content-Type': 'video/mp4',
    'X-Goog-Upload-Raw-Size': String(size),
    ...extra,
  });
  expect(reply.status).toBe(200);
  expect(reply.headers.get('x-goog-upload-status')).toBe('active');
  expect(reply.headers.get('x-goog-upload-chunk-granularity')).toBe('262144');
  const url = reply.headers.get('x-goog-upload-url') ?? '';
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\/uploads\?upload_id=[^&]+&upload_protocol=resumable$/);
  return url;
}

const command = (url: string, words: string, offset?: number, body?: Uint8Array) =>
  post(
    url,
    { 'X-Goog-Upload-Command': words, ...(offset === undefined ? {} : { 'X-Goog-Upload-Offset': String(offset) }) },
    body,
  );

async function received(url: string) {
  const reply = await command(url, 'query');
  return [reply.headers.get('x-goog-upload-status'), reply.headers.get('x-goog-upload-size-received')];
}

describe('resumable (rule 30)', () => {
  test('chunks, then upload with finalize, give a token for the bytes in order', async () => {
    const bytes = Buffer.concat([
      Buffer.alloc(granularity, 1),
      Buffer.alloc(granularity * 2, 2),
      Buffer.alloc(1000, 3),
    ]);
    const url = await begin(bytes.length, { 'X-Goog-Upload-File-Name': 'long.mp4' });
    const first = await command(url, 'upload', 0, bytes.subarray(0, granularity));
    expect([first.status, first.headers.get('x-goog-upload-status')]).toEqual([200, 'active']);
    expect(await received(url)).toEqual(['active', '262144']);
    await command(url, 'upload', granularity, bytes.subarray(granularity, granularity * 3));
    const last = await command(url, 'upload, finalize', granularity * 3, bytes.subarray(granularity * 3));
    expect([last.status, last.headers.get('x-goog-upload-status')]).toEqual([200, 'final']);
    const upload = client.emulator.state.uploads.get(await last.text());
    expect(upload).toMatchObject({ fileName: 'long.mp4', mimeType: 'video/mp4' });
    expect(upload?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  test.each(['upload,finalize', 'upload, finalize'])('"%s" in one go', async (words) => {
    const bytes = await fixture('clip.mp4');
    const reply = await command(await begin(bytes.length), words, 0, bytes);
    expect((await itemOf(await reply.text())).mediaItem.mimeType).toBe('video/mp4');
  });

  test('finalize may come by itself', async () => {
    const url = await begin(granularity);
    await command(url, 'upload', 0, Buffer.alloc(granularity, 1));
    const reply = await command(url, 'finalize');
    expect(await reply.text()).toMatch(/^[A-Za-z0-9_-]{510}$/);
  });

  test('start, upload and finalize in one request', async () => {
    const bytes = await fixture('plain.jpg');
    const headers = { 'X-Goog-Upload-Protocol': 'resumable', 'X-Goog-Upload-Command': 'start, upload, finalize' };
    const reply = await post('/v1/uploads', headers, bytes);
    expect(reply.headers.get('x-goog-upload-status')).toBe('final');
    expect((await itemOf(await reply.text())).mediaItem.mimeType).toBe('image/jpeg');
  });

  test('a chunk that is no multiple of the granularity is 400 and leaves no trace', async () => {
    const url = await begin(granularity * 2);
    expect((await command(url, 'upload', 0, Buffer.alloc(1000, 9))).status).toBe(400);
    expect(await received(url)).toEqual(['active', '0']);
    await command(url, 'upload', 0, Buffer.alloc(granularity, 1));
    const done = await command(url, 'upload, finalize', granularity, Buffer.alloc(granularity, 2));
    const expected = Buffer.concat([Buffer.alloc(granularity, 1), Buffer.alloc(granularity, 2)]);
    const upload = client.emulator.state.uploads.get(await done.text());
    expect(upload?.sha256).toBe(createHash('sha256').update(expected).digest('hex'));
  });

  test('a wrong offset is 409 and says where to go on', async () => {
    const url = await begin(granularity * 2);
    const reply = await command(url, 'upload', 5, Buffer.alloc(granularity));
    expect([reply.status, reply.headers.get('x-goog-upload-size-received')]).toEqual([409, '0']);
    expect((await command(url, 'upload', Number.NaN, Buffer.alloc(granularity))).status).toBe(400);
  });

  test('more than declared is 413, less at the end is 400 and may go on', async () => {
    const url = await begin(granularity);
    expect((await command(url, 'upload, finalize', 0, Buffer.alloc(granularity + 1))).status).toBe(413);
    expect((await command(url, 'upload, finalize', 0, Buffer.alloc(100, 4))).status).toBe(400);
    expect(await received(url)).toEqual(['active', '100']);
    const reply = await command(url, 'upload, finalize', 100, Buffer.alloc(granularity - 100, 4));
    expect(reply.status).toBe(200);
  });

  test('a client that is still sending too much sees the 413', async () => {
    const url = await begin(granularity);
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'X-Goog-Upload-Command': 'upload, finalize',
      'X-Goog-Upload-Offset': '0',
    };
    const request = httpRequest(url, { method: 'POST', headers });
    request.write(Buffer.alloc(granularity * 40));
    const [response] = await once(request, 'response');
    expect(response.statusCode).toBe(413);
    response.resume();
    request.end();
    await once(request, 'close');
  });

  test('an upload over 20 GB or of no bytes is rejected at the start', async () => {
    for (const [size, status] of [
      ['21474836481', 413],
      ['0', 400],
      ['many', 400],
    ] as const) {
      const headers = {
        'X-Goog-Upload-Command': 'start',
        'X-Goog-Upload-Protocol': 'resumable',
        'X-Goog-Upload-Raw-Size': size,
      };
      const reply = await post('/v1/uploads', headers);
      expect([reply.status, reply.headers.get('x-goog-upload-status')]).toEqual([status, 'final']);
    }
  });

  test('a finished upload gives no token again', async () => {
    const bytes = await fixture('clip.mp4');
    const url = await begin(bytes.length);
    await command(url, 'upload, finalize', 0, bytes);
    expect((await received(url))[0]).toBe('final');
    const again = await command(url, 'upload, finalize', bytes.length);
    expect([again.status, again.headers.get('x-goog-upload-status')]).toEqual([400, 'final']);
    expect(client.emulator.state.uploads.size).toBe(1);
  });

  test('cancel ends it', async () => {
    const url = await begin(granularity * 2);
    await command(url, 'upload', 0, Buffer.alloc(granularity));
    const reply = await command(url, 'cancel');
    expect([reply.status, reply.headers.get('x-goog-upload-status')]).toEqual([200, 'cancelled']);
    expect((await received(url))[0]).toBe('cancelled');
    expect((await command(url, 'upload', granularity, Buffer.alloc(granularity))).status).toBe(400);
  });

  test('unknown uploads, unknown commands, and another person’s token', async () => {
    const url = await begin(granularity);
    expect((await command(`${client.emulator.origin}/v1/uploads?upload_id=nothing`, 'query')).status).toBe(404);
    expect((await command(url, 'dance')).status).toBe(400);
    const stranger = { authorization: 'Bearer nobody', 'X-Goog-Upload-Command': 'query' };
    expect((await post(url, stranger)).status).toBe(401);
  });

  test('a connection that breaks in a chunk leaves what came, and the upload goes on from there', async () => {
    const bytes = Buffer.alloc(granularity * 8);
    for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32BE(at, at);
    const url = await begin(bytes.length);
    const cut = granularity * 4 + 1234;
    await sendPartOf(url, bytes, cut);
    const [status, size] = await received(url);
    expect([status, size]).toEqual(['active', String(cut)]);
    const reply = await command(url, 'upload, finalize', cut, bytes.subarray(cut));
    const upload = client.emulator.state.uploads.get(await reply.text());
    expect(upload?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

/** Announces all bytes, sends `length` of them, waits until they have arrived and cuts the line. */
async function sendPartOf(url: string, bytes: Buffer, length: number): Promise<void> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = [
    `POST ${pathname}${search} HTTP/1.1`,
    `Host: ${hostname}:${port}`,
    `Authorization: Bearer ${TOKEN}`,
    'X-Goog-Upload-Command: upload, finalize',
    'X-Goog-Upload-Offset: 0',
    `Content-Length: ${bytes.length}`,
    '\r\n',
  ].join('\r\n');
  socket.write(head);
  await new Promise((resolve) => socket.write(bytes.subarray(0, length), resolve));
  socket.end();
  socket.resume();
  await once(socket, 'close');
}

describe('a resumable upload of a gigabyte', () => {
  const CHUNKS = 16;

  test('becomes a video without filling memory', async () => {
    const clip = await fixture('clip.mp4');
    const chunk = Buffer.alloc(64 * 1024 * 1024);
    const size = clip.length + 16 + chunk.length * CHUNKS;
    await collectGarbage();
    const before = process.memoryUsage().rss;
    const url = await begin(size);
    const filler = Buffer.alloc(16);
    filler.writeUInt32BE(1, 0);
    filler.write('free', 4);
    filler.writeBigUInt64BE(BigInt(16 + chunk.length * CHUNKS), 8);
    const head = Buffer.concat([clip, filler]);
    await command(url, 'upload', 0, Buffer.concat([head, chunk.subarray(0, granularity * 4 - head.length)]));
    let offset = granularity * 4;
    for (; size - offset > chunk.length; offset += chunk.length) {
      expect((await command(url, 'upload', offset, chunk)).status).toBe(200);
      // The client's copies of what it sent are in this process, too.
      await collectGarbage();
    }
    const reply = await command(url, 'upload, finalize', offset, chunk.subarray(0, size - offset));
    const result = await itemOf(await reply.text());
    expect(result.mediaItem).toMatchObject({ mimeType: 'video/mp4', mediaMetadata: { width: '64', height: '48' } });
    await collectGarbage();
    expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1024 * 1024);
  }, 600_000);
});
