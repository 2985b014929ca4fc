/**
 * The resumable protocol (contract 5.3): start gives a URL, chunks go there at stated offsets, `finalize` gives the upload
 * token. A chunk cut off by a broken connection counts as far as it came.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { contentSize } from '../content.ts';
import type { Deps } from '../deps.ts';
import type { Exchange, Reply } from '../http.ts';
import type { Caller } from '../middleware.ts';
import type { UploadSession } from '../state.ts';
import { receiveBody } from './receive.ts';
import { fileHeaders, tokenReply, UploadError, verifyHash } from './replies.ts';
import { createSpool, type Spool } from './spool.ts';

/** Chunks but the last must be a multiple of this many bytes. */
const granularity = 262_144;
/** Contract 5.1. */
const maxBytes = 20 * 1024 * 1024 * 1024;

/** What a session has open while the emulator runs; after a restart clients start over. */
interface Running {
  spool: Spool;
  /** The request that is bringing bytes right now, and when it will be through. */
  current?: { request: IncomingMessage; done: Promise<unknown> };
}

export interface Resumable {
  start(exchange: Exchange, caller: Caller): Promise<Reply>;
  upload(exchange: Exchange, caller: Caller): Promise<Reply>;
  query(exchange: Exchange, caller: Caller): Promise<Reply>;
  cancel(exchange: Exchange, caller: Caller): Promise<Reply>;
}

/** `upload, finalize` → `['upload', 'finalize']`; spaces do not matter. */
export function commandsOf(header: string | undefined): string[] {
  return (header ?? '').split(',').map((word) => word.trim().toLowerCase());
}

export function createResumable(deps: Deps): Resumable {
  const runningOf = new WeakMap<UploadSession, Running>();

  const find = async (exchange: Exchange, caller: Caller): Promise<[UploadSession, Running]> => {
    const session = deps.state.uploadSessions.get(exchange.url.searchParams.get('upload_id') ?? '');
    const running = session && runningOf.get(session);
    if (!session || !running || session.project !== caller.project) throw new UploadError(404, 'Upload not found.');
    // A client that comes back has given up its last request, but bytes of that may still be on their way in here.
    running.current?.request.destroy();
    await running.current?.done;
    return [session, running];
  };

  const take = async (exchange: Exchange, session: UploadSession, running: Running): Promise<Reply> => {
    const commands = commandsOf(exchange.header('x-goog-upload-command'));
    if (commands.includes('upload')) {
      const whole = await receiveChunk(exchange, session, running.spool, commands.includes('finalize'));
      if (!whole) return 'written';
    }
    return commands.includes('finalize')
      ? finalize(deps, exchange, session, running)
      : { headers: statusOf(session), body: '' };
  };

  const takeAlone = async (exchange: Exchange, session: UploadSession, running: Running): Promise<Reply> => {
    const reply = take(exchange, session, running);
    const current = { request: exchange.request, done: reply.catch(() => {}) };
    running.current = current;
    try {
      return await reply;
    } finally {
      if (running.current === current) running.current = undefined;
    }
  };

  return {
    async start(exchange, caller) {
      const session = openSession(exchange, caller);
      const running: Running = { spool: createSpool(deps.tempDir, session.id) };
      deps.state.uploadSessions.set(session.id, session);
      runningOf.set(session, running);
      const headers = { ...uploadUrl(exchange, session), ...statusOf(session) };
      const commands = commandsOf(exchange.header('x-goog-upload-command'));
      if (!commands.includes('upload') && !commands.includes('finalize')) return { headers, body: '' };
      const reply = await takeAlone(exchange, session, running);
      return reply === 'written' ? reply : { ...reply, headers: { ...headers, ...reply.headers } };
    },
    async upload(exchange, caller) {
      const [session, running] = await find(exchange, caller);
      requireActive(session);
      return takeAlone(exchange, session, running);
    },
    async query(exchange, caller) {
      const [session] = await find(exchange, caller);
      return { headers: statusOf(session), body: '' };
    },
    async cancel(exchange, caller) {
      const [session, { spool }] = await find(exchange, caller);
      requireActive(session);
      session.status = 'cancelled';
      await spool.discard();
      return { headers: statusOf(session), body: '' };
    },
  };
}

function openSession(exchange: Exchange, caller: Caller): UploadSession {
  const stated = exchange.header('x-goog-upload-raw-size') ?? exchange.header('x-goog-upload-header-content-length');
  const declaredSize = stated === undefined ? undefined : Number(stated);
  const sensible = declaredSize === undefined || (Number.isSafeInteger(declaredSize) && declaredSize > 0);
  // Status `final` at the start is how the server says that it will not take this upload.
  const rejected = { 'X-Goog-Upload-Status': 'final' };
  if (!sensible) throw new UploadError(400, 'X-Goog-Upload-Raw-Size must be a positive number of bytes.', rejected);
  if (declaredSize && declaredSize > maxBytes) throw new UploadError(413, 'Upload is larger than 20 GB.', rejected);
  const sha1 = exchange.header('x-goog-hash');
  return {
    id: randomUUID().replaceAll('-', ''),
    project: caller.project,
    ...(declaredSize === undefined ? {} : { declaredSize }),
    ...fileHeaders(exchange),
    ...(sha1 ? { sha1 } : {}),
    content: { kind: 'bytes', bytes: Buffer.alloc(0) },
    received: 0,
    status: 'active',
  };
}

function uploadUrl({ url }: Exchange, session: UploadSession): Record<string, string> {
  const there = `${url.origin}/v1/uploads?upload_id=${session.id}&upload_protocol=resumable`;
  return {
    'X-Goog-Upload-URL': there,
    'X-Goog-Upload-Control-URL': there,
    'X-Goog-Upload-Chunk-Granularity': String(granularity),
  };
}

/** Received bytes are told while active: it is where the client goes on. */
function statusOf(session: UploadSession): Record<string, string> {
  return {
    'Content-Type': 'text/plain',
    'X-Goog-Upload-Status': session.status,
    ...(session.status === 'cancelled' ? {} : { 'X-Goog-Upload-Size-Received': String(session.received) }),
  };
}

function requireActive(session: UploadSession): void {
  if (session.status === 'final') throw new UploadError(400, 'Upload has already been finalized.', statusOf(session));
  if (session.status === 'cancelled') throw new UploadError(400, 'Upload has been cancelled.', statusOf(session));
}

/** @returns false when the connection broke in the middle. */
async function receiveChunk(exchange: Exchange, session: UploadSession, spool: Spool, last: boolean): Promise<boolean> {
  requireOffset(exchange, session);
  const mark = spool.mark();
  try {
    const whole = await receiveBody(exchange, spool, session.declaredSize);
    const odd = whole && !last && (spool.size - mark.size) % granularity !== 0;
    if (odd) await spool.rewind(mark);
    if (odd) throw new UploadError(400, `Chunk size must be a multiple of ${granularity} bytes.`, statusOf(session));
    return whole;
  } finally {
    session.received = spool.size;
    session.content = await spool.content();
  }
}

/** `start, upload, finalize` in one request needs no offset: there is but one place to begin. */
function requireOffset(exchange: Exchange, session: UploadSession): void {
  const header = exchange.header('x-goog-upload-offset') ?? (session.received === 0 ? '0' : '');
  if (!/^\d+$/.test(header))
    throw new UploadError(400, 'X-Goog-Upload-Offset is missing or no number.', statusOf(session));
  if (Number(header) !== session.received) {
    throw new UploadError(409, `Upload goes on at offset ${session.received}.`, statusOf(session));
  }
}

async function finalize(deps: Deps, exchange: Exchange, session: UploadSession, { spool }: Running): Promise<Reply> {
  const content = await spool.content();
  const missing = (session.declaredSize ?? 1) > contentSize(content);
  if (missing) throw new UploadError(400, 'Upload is smaller than declared.', statusOf(session));
  await verifyHash(exchange.header('x-goog-hash') ?? session.sha1, content);
  session.status = 'final';
  const { project, fileName, mimeType } = session;
  return tokenReply(deps, { project, content, sha256: spool.sha256(), fileName, mimeType }, statusOf(session));
}
