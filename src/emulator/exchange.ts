/** Node's request and response as the routes see them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Failure } from './emulator.d.ts';
import { invalidArgument } from './errors.ts';
import type { Exchange } from './http.ts';

const unzip = promisify(gunzip);

/** An exchange whose path parameters and failure are filled in once its route is known. */
export type OpenExchange = Exchange & {
  params: Record<string, string>;
  failure?: Failure;
  latencyMs: number;
  /** Waits until the request has arrived whole, and keeps it. */
  arrive(): Promise<void>;
};

/** @param latencyMs how long `delay()` waits. */
export function openExchange(request: IncomingMessage, response: ServerResponse, latencyMs: number): OpenExchange {
  let arrived: Buffer | undefined;
  let body: Promise<Buffer> | undefined;
  let delayed = false;
  return {
    request,
    response,
    url: requestUrl(request),
    params: {},
    latencyMs,
    header(name) {
      const value = request.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
    async arrive() {
      arrived ??= await readAll(request);
    },
    body() {
      body ??= (arrived ? Promise.resolve(arrived) : readAll(request)).then((bytes) => unpack(request, bytes));
      return body;
    },
    incoming: () => (arrived ? Readable.from([arrived]) : request),
    async delay(atLeastMs = 0) {
      if (delayed) return;
      delayed = true;
      const ms = Math.max(this.latencyMs, atLeastMs);
      if (ms > 0) await sleep(ms);
    },
  };
}

function requestUrl(request: IncomingMessage): URL {
  const host = request.headers.host ?? 'localhost';
  const path = request.url ?? '/';
  // Clients with Google's addresses built in come through something that speaks TLS for us; links must lead back there.
  const scheme = request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  try {
    return path.startsWith('/') ? new URL(`${scheme}://${host}${path}`) : new URL(path);
  } catch {
    return new URL(path.startsWith('/') ? path : '/', 'http://localhost');
  }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function unpack(request: IncomingMessage, bytes: Buffer): Promise<Buffer> {
  if (request.headers['content-encoding']?.toLowerCase() !== 'gzip') return bytes;
  try {
    return await unzip(bytes);
  } catch {
    throw invalidArgument('Request body is not valid gzip.');
  }
}

/** `127.0.0.1`, `[::1]`, `localhost` with or without a port. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host ?? '');
}
