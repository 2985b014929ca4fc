/** A loopback server that answers exactly what a test tells it to, and remembers what it was sent. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { createGoogle, type GoogleOptions } from '../../src/google/client.ts';
import type { Clock } from '../../src/google/clock.ts';
import { loopbackHosts } from '../../src/google/hosts.ts';

export interface Seen {
  verb: string;
  /** Path and query. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export type Step =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | ((request: IncomingMessage, response: ServerResponse) => void);

export const reset: Step = (request) => void request.socket.destroy();
/** The socket stays open and silent. */
export const hang: Step = () => undefined;

export interface Scripted {
  origin: string;
  seen: Seen[];
  /** Answers used up in order; the last one goes on for ever. */
  script(...steps: Step[]): void;
}

export async function startScripted(...steps: Step[]): Promise<Scripted> {
  const seen: Seen[] = [];
  let script = steps;
  const server = createServer(async (request, response) => {
    const step = (script.length > 1 ? script.shift() : script[0]) ?? { json: {} };
    const chunks: Buffer[] = [];
    const entry = {
      verb: request.method ?? '',
      target: request.url ?? '',
      headers: request.headers,
      body: Buffer.alloc(0),
    };
    seen.push(entry);
    if (typeof step === 'function') step(request, response);
    for await (const chunk of request.on('error', () => undefined)) chunks.push(chunk);
    entry.body = Buffer.concat(chunks);
    if (typeof step === 'function') return;
    const { status = 200, json, text, headers } = step;
    const type = json === undefined ? 'text/plain' : 'application/json; charset=UTF-8';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(text ?? (json === undefined ? '' : JSON.stringify(json)));
  });
  server.on('clientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    seen,
    script: (...next) => {
      script = next;
    },
  };
}

/** A closed port. */
export async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** Time that passes only in `sleep`, and remembers how long each sleep was. */
export interface FakeClock extends Clock {
  slept: number[];
}

export function fakeClock({ start = Date.parse('2026-11-23T20:00:00Z'), random = 0.5 } = {}): FakeClock {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    random: () => random,
    async sleep(ms) {
      slept.push(ms);
      now += ms;
    },
  };
}

export const tokens = (...values: string[]) => {
  let at = 0;
  return {
    accessToken: async () => values[at] ?? '',
    invalidate: () => {
      at = Math.min(at + 1, values.length - 1);
    },
  };
};

/** A client of that server, signed in with the token `tok-1`. */
export function clientOf(origin: string, options: Partial<GoogleOptions> = {}) {
  return createGoogle({ hosts: loopbackHosts(origin), tokens: tokens('tok-1'), clock: fakeClock(), ...options });
}

/** What a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('It should have failed.');
}
