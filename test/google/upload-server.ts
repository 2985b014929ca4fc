/** The upload end of Google (contract 5), which keeps what it gets and misbehaves on command. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const GRANULARITY = 4096;

/** What befalls the nth request that carries bytes, counted from 1. */
export type Mishap =
  /** The connection breaks after so many bytes; those that came are kept. */
  | { breakAfter: number }
  /** Bytes are taken and the finish is noted, but the answer is lost. */
  | 'loseAnswer'
  /** The session is gone: 404 from now on. */
  | 'forget'
  | 'cancel'
  | { status: number; json: unknown }
  /** Nothing is read and nothing answered. */
  | 'hang';

export interface UploadServer {
  origin: string;
  commands: string[];
  /** What was finished last. */
  stored: Buffer;
  sessions: number;
  headers: IncomingMessage['headers'][];
}

interface Session {
  received: Buffer[];
  length: number;
  status: 'active' | 'final' | 'cancelled' | 'gone';
}

/** `keep: false` only counts the bytes. */
export async function startUploadServer(
  mishaps: Record<number, Mishap> = {},
  { keep = true } = {},
): Promise<UploadServer> {
  const seen: UploadServer = { origin: '', commands: [], stored: Buffer.alloc(0), sessions: 0, headers: [] };
  const sessions = new Map<string, Session>();
  let withBytes = 0;

  const server = createServer(async (request, response) => {
    const command = String(request.headers['x-goog-upload-command'] ?? 'raw');
    const offset = request.headers['x-goog-upload-offset'];
    seen.commands.push(offset === undefined ? command : `${command} ${offset}`);
    seen.headers.push(request.headers);
    if (command === 'start') return start(response);
    const id = new URL(request.url ?? '', seen.origin).searchParams.get('upload_id') ?? '';
    const session = command === 'raw' ? newSession() : sessions.get(id);
    if (!session || session.status === 'gone') return void response.writeHead(404).end();
    if (command === 'query') return state(response, session);
    withBytes += 1;
    const mishap = mishaps[withBytes];
    if (mishap === 'hang') return;
    // A client that breaks off is some tests' business.
    const whole = await receive(request, response, session, mishap).catch(() => false);
    if (whole) finish(response, session, command);
  });

  const newSession = (): Session => ({ received: [], length: 0, status: 'active' });

  function start(response: ServerResponse): void {
    const id = `s${++seen.sessions}`;
    sessions.set(id, newSession());
    response.setHeader('x-goog-upload-url', `${seen.origin}/v1/uploads?upload_id=${id}&upload_protocol=resumable`);
    response.setHeader('x-goog-upload-chunk-granularity', String(GRANULARITY));
    response.setHeader('x-goog-upload-status', 'active').end();
  }

  function state(response: ServerResponse, session: Session): void {
    response.setHeader('x-goog-upload-status', session.status);
    response.setHeader('x-goog-upload-size-received', String(session.length)).end();
  }

  /** True when the request is to be answered as if nothing had happened. */
  async function receive(
    request: IncomingMessage,
    response: ServerResponse,
    session: Session,
    mishap?: Mishap,
  ): Promise<boolean> {
    if (typeof mishap === 'object' && 'status' in mishap) {
      request.resume();
      response.writeHead(mishap.status, { 'content-type': 'application/json' }).end(JSON.stringify(mishap.json));
      return false;
    }
    const { socket } = request;
    const limit = typeof mishap === 'object' ? mishap.breakAfter : Number.POSITIVE_INFINITY;
    let count = 0;
    for await (const chunk of request) {
      const piece: Buffer = chunk.subarray(0, limit - count);
      if (keep) session.received.push(piece);
      session.length += piece.length;
      count += piece.length;
      if (count >= limit) break;
    }
    if (mishap === 'loseAnswer') session.status = 'final';
    if (mishap === 'forget') session.status = 'gone';
    if (mishap === 'cancel') session.status = 'cancelled';
    if (mishap === undefined) return true;
    socket.destroy();
    return false;
  }

  function finish(response: ServerResponse, session: Session, command: string): void {
    if (command === 'upload') return void response.setHeader('x-goog-upload-status', 'active').end();
    session.status = 'final';
    seen.stored = Buffer.concat(session.received);
    response.setHeader('content-type', 'text/plain');
    response.setHeader('x-goog-upload-status', 'final').end('upload-token-1\n');
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  seen.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return seen;
}
