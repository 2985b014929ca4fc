/** What the upload server says: bare statuses instead of the API's envelope (contract 5.2), and upload tokens as text. */
import { createHash } from 'node:crypto';
import { type UploadedContent, withContent } from '../content.ts';
import type { Deps } from '../deps.ts';
import { GoogleApiError, insufficientScopes } from '../errors.ts';
import type { Exchange, Handler, Reply } from '../http.ts';
import { newUploadToken } from '../ids.ts';
import { admit, type Caller } from '../middleware.ts';
import { APPEND_ONLY, LEGACY_ALL, LEGACY_SHARING } from '../scopes.ts';
import type { Upload } from '../state.ts';

/** google.rpc.Code numbers of what goes wrong here (contract 6.2). */
const rpcCodes: Readonly<Record<number, number>> = { 400: 3, 401: 16, 404: 5, 409: 10, 413: 11 };

/** Thrown inside upload routes. */
export class UploadError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'UploadError';
    this.status = status;
    this.headers = headers;
  }
}

/** A handler that knows who uploads, and whose refusals are written as the upload server writes them. */
export function uploader(deps: Deps, handle: (exchange: Exchange, caller: Caller) => Promise<Reply>): Handler {
  return async (exchange) => {
    const server = serverHeaders(deps);
    try {
      const reply = await handle(exchange, admitUploader(deps, exchange));
      return reply === 'written' ? reply : { ...reply, headers: { ...server, ...reply.headers } };
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      const body = JSON.stringify({ code: rpcCodes[error.status] ?? 3, message: error.message });
      const type = { 'Content-Type': 'application/json; charset=UTF-8' };
      return { status: error.status, headers: { ...server, ...type, ...error.headers }, body };
    }
  };
}

const serverHeaders = (deps: Deps) => ({ Server: 'UploadServer', 'X-GUploader-UploadID': deps.random.text(98) });

/** Missing credentials and a missing scope look the same here: 401 (contract 5.2 and 11). */
function admitUploader(deps: Deps, exchange: Exchange): Caller {
  const need = {
    service: 'photoslibrary',
    scopes: [APPEND_ONLY],
    legacyScopes: [LEGACY_ALL, LEGACY_SHARING],
  } as const;
  try {
    return admit(deps, need, exchange);
  } catch (error) {
    const scopeless = error instanceof GoogleApiError && error.message === insufficientScopes().message;
    const tokenless = error instanceof GoogleApiError && error.status === 'UNAUTHENTICATED';
    if (scopeless || tokenless) throw new UploadError(401, 'Authentication session is not defined.');
    throw error;
  }
}

/** Remembers uploaded bytes under a new token and hands that out. */
export function tokenReply(
  deps: Deps,
  upload: Pick<Upload, 'project' | 'content' | 'sha256' | 'fileName' | 'mimeType'>,
  headers: Record<string, string> = {},
): Reply {
  const token = newUploadToken(deps.random);
  deps.state.uploads.set(token, { ...upload, token, createdAt: deps.clock.now(), used: false });
  return { headers: { 'Content-Type': 'text/plain', ...headers }, body: token };
}

/**
 * What the client says about its file. The name may come percent-encoded, or as UTF-8 bytes, which node shows as Latin-1.
 */
export function fileHeaders(exchange: Exchange): Pick<Upload, 'fileName' | 'mimeType'> {
  const fileName = exchange.header('x-goog-upload-file-name');
  const mimeType = exchange.header('x-goog-upload-content-type');
  return { ...(fileName ? { fileName: decodeName(fileName) } : {}), ...(mimeType ? { mimeType } : {}) };
}

function decodeName(header: string): string {
  const bytes = Buffer.from(header, 'latin1');
  const utf8 = bytes.toString('utf8');
  const text = utf8.includes('\ufffd') ? header : utf8;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Compares content with `X-Goog-Hash: sha1=<base64>` where one was sent (contract 5.2). */
export async function verifyHash(header: string | undefined, content: UploadedContent): Promise<void> {
  const wanted = /(?:^|,)\s*sha1=([A-Za-z0-9+/=_-]+)/.exec(header ?? '')?.[1];
  if (wanted && Buffer.from(wanted, 'base64').toString('base64') !== (await sha1Of(content))) {
    throw new UploadError(400, 'Checksum from header does not match received payload content.');
  }
}

function sha1Of(content: UploadedContent): Promise<string> {
  return withContent(content, async (reader) => {
    const hash = createHash('sha1');
    const step = 1024 * 1024;
    for (let at = 0; at < reader.size; at += step) hash.update(await reader.read(at, at + step));
    return hash.digest('base64');
  });
}
