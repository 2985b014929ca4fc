import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { clientOf, closedOrigin, hang, rejection, reset, startScripted } from './scripted.ts';

const caption = {
  albumId: 'album',
  newEnrichmentItem: { textEnrichment: { text: 'Día uno' } },
  albumPosition: { position: 'FIRST_IN_ALBUM' },
} as const;

/** Bytes of its body; the last one is held back. */
const WHOLE = 106;

interface Deferred {
  promise: Promise<void>;
  resolve(): void;
  reject(error: Error): void;
}

function deferred(): Deferred {
  let settle: Pick<Deferred, 'resolve' | 'reject'> = { resolve: () => undefined, reject: () => undefined };
  const promise = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
}

/** A server that answers when it has a body whole, and tells how much it has. With `refuseEarly` the first gets 429 at once. */
async function startHolding({ refuseEarly = false } = {}) {
  const [held, closed, refused] = [deferred(), deferred(), deferred()];
  let bytes = 0;
  let isEarly = refuseEarly;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET') return void response.end('{}');
    request.on('close', closed.resolve);
    if (isEarly) {
      isEarly = false;
      response.writeHead(429, { 'retry-after': '1' }).end('{"error":{"code":429}}', refused.resolve);
      return void request.resume();
    }
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes === WHOLE - 1) held.resolve();
    });
    request.on('end', () => response.end('{"enrichmentItem":{"id":"e1"}}'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return { origin, held: held.promise, closed: closed.promise, refused: refused.promise, bytes: () => bytes };
}

/** A request to the same server and back: a byte that has left would have come. */
const roundTrip = async (origin: string): Promise<void> => void (await (await fetch(origin)).text());

/** What a watched call told, in order. */
function watch(onSend: () => void = () => undefined) {
  const told: string[] = [];
  return {
    told,
    options: {
      onSend: () => {
        told.push('send');
        onSend();
      },
      onRefused: () => void told.push('refused'),
    },
  };
}

describe('a watched write', () => {
  it('goes out as any other does', async () => {
    const server = await startScripted({ json: { enrichmentItem: { id: 'e1' } } });
    const { told, options } = watch();
    const reply = await clientOf(server.origin).call('albums.addEnrichment', caption, options);
    expect(reply).toEqual({ enrichmentItem: { id: 'e1' } });
    expect(told).toEqual(['send']);
    expect(server.seen).toMatchObject([
      {
        verb: 'POST',
        target: '/v1/albums/album:addEnrichment',
        headers: { authorization: 'Bearer tok-1', 'content-type': 'application/json', 'content-length': '106' },
      },
    ]);
    expect(JSON.parse(server.seen[0]?.body.toString() ?? '')).toEqual({
      newEnrichmentItem: { textEnrichment: { text: 'Día uno' } },
      albumPosition: { position: 'FIRST_IN_ALBUM' },
    });
  });

  it('is told of before the server has it whole', async () => {
    const server = await startScripted({ json: {} });
    const wholeBefore: boolean[] = [];
    const { options } = watch(() => wholeBefore.push(server.seen.some(({ body }) => body.length > 0)));
    await clientOf(server.origin).call('albums.addEnrichment', caption, options);
    expect(wholeBefore).toEqual([false]);
  });

  it('is not sent when its record cannot be written', async () => {
    const server = await startScripted({ json: {} });
    const full = new Error('no space left on device');
    const { options } = watch(() => {
      throw full;
    });
    expect(await rejection(clientOf(server.origin).call('albums.addEnrichment', caption, options))).toBe(full);
    expect(server.seen.every(({ body }) => body.length === 0)).toBe(true);
  });

  it.each(['albums.addEnrichment', 'albums.batchAddMediaItems'] as const)(
    'fails once, with what its record threw, when that has a code as errors of the network have (%s)',
    async (method) => {
      const server = await startScripted({ json: {} });
      const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC', syscall: 'write' });
      const { told, options } = watch(() => {
        throw full;
      });
      const request = method === 'albums.addEnrichment' ? caption : { albumId: 'album', mediaItemIds: ['item'] };
      expect(await rejection(clientOf(server.origin).call(method, request as typeof caption, options))).toBe(full);
      expect(told).toEqual(['send']);
      expect(server.seen.every(({ body }) => body.length === 0)).toBe(true);
    },
  );

  it('waits for its record before the last byte leaves', async () => {
    const server = await startHolding();
    const record = deferred();
    const call = clientOf(server.origin).call('albums.addEnrichment', caption, { onSend: () => record.promise });
    await server.held;
    await roundTrip(server.origin);
    expect(server.bytes()).toBe(WHOLE - 1);
    record.resolve();
    expect(await call).toEqual({ enrichmentItem: { id: 'e1' } });
    expect(server.bytes()).toBe(WHOLE);
  });

  it('is abandoned when its record is refused: the server never has it whole', async () => {
    const server = await startHolding();
    const record = deferred();
    const call = rejection(
      clientOf(server.origin).call('albums.addEnrichment', caption, { onSend: () => record.promise }),
    );
    await server.held;
    const full = new Error('no space left on device');
    record.reject(full);
    expect(await call).toBe(full);
    await server.closed;
    expect(server.bytes()).toBe(WHOLE - 1);
  });

  it('ends with its signal while the record is still being written, and then sends nothing more', async () => {
    const server = await startHolding();
    const record = deferred();
    const abort = new AbortController();
    const options = { onSend: () => record.promise, signal: abort.signal };
    const call = rejection(clientOf(server.origin).call('albums.addEnrichment', caption, options));
    await server.held;
    abort.abort();
    expect(await call).toMatchObject({ reason: 'aborted' });
    await server.closed;
    record.resolve();
    await roundTrip(server.origin);
    expect(server.bytes()).toBe(WHOLE - 1);
  });

  it('is not refused before its record is written, however early the answer comes', async () => {
    const server = await startHolding({ refuseEarly: true });
    const told: string[] = [];
    const onSend = async () => {
      told.push('send');
      await server.refused;
      await roundTrip(server.origin);
      told.push('recorded');
    };
    const onRefused = async () => {
      told.push('refused');
      await roundTrip(server.origin);
      told.push('refusal recorded');
    };
    await clientOf(server.origin).call('albums.addEnrichment', caption, { onSend, onRefused });
    expect(told).toEqual(['send', 'recorded', 'refused', 'refusal recorded', 'send', 'recorded']);
  });

  it('fails with what its refusal could not be recorded for', async () => {
    const server = await startScripted({ status: 403, json: { error: { code: 403, message: 'No.' } } });
    const full = new Error('no space left on device');
    const onRefused = () => Promise.reject(full);
    const call = clientOf(server.origin).call('albums.addEnrichment', caption, { onRefused });
    expect(await rejection(call)).toBe(full);
  });

  it('tells of each attempt and of each refusal', async () => {
    const server = await startScripted(
      { status: 429, json: { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }, headers: { 'retry-after': '1' } },
      { json: {} },
    );
    const { told, options } = watch();
    await clientOf(server.origin).call('albums.addEnrichment', caption, options);
    expect(told).toEqual(['send', 'refused', 'send']);
  });

  it('is no refusal when the answer is lost', async () => {
    const server = await startScripted(reset);
    const { told, options } = watch();
    const error = await rejection(clientOf(server.origin).call('albums.addEnrichment', caption, options));
    expect(error).toMatchObject({ reason: 'network', outcomeUnknown: true });
    expect(told).not.toContain('refused');
  });

  it('was never sent to a closed port', async () => {
    const { told, options } = watch();
    const error = await rejection(clientOf(await closedOrigin()).call('albums.addEnrichment', caption, options));
    expect(error).toMatchObject({ reason: 'network', nothingHappened: true });
    expect(told).not.toContain('send');
  });

  it('ends with its signal', async () => {
    const server = await startScripted(hang);
    const abort = new AbortController();
    const { options } = watch(() => setTimeout(() => abort.abort(), 20));
    const call = clientOf(server.origin).call('albums.addEnrichment', caption, { ...options, signal: abort.signal });
    expect(await rejection(call)).toMatchObject({ reason: 'aborted', outcomeUnknown: true });
  });
});
