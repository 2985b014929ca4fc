/** Bytes to an upload token (contract 5): raw for what is small, resumable for the rest; never a whole file in memory. */
import { streamBody } from './byte-reader.ts';
import type { Shared } from './client.ts';
import { errorOf, isRecord, tryJson } from './error-body.ts';
import { GoogleError } from './errors.ts';
import type { CallOptions, OnBytes, UploadSource } from './google.ts';
import { uploadResumable } from './resumable.ts';
import { delayFor, type RetryPolicy, withRetry } from './retry.ts';
import { watchdog } from './watchdog.ts';

export const METHOD = 'uploads';

export interface UploadSettings {
  /** Up to this many bytes go in one request. */
  rawLimit: number;
  /** Aimed-at size of a resumable chunk; rounded to the server's granularity. */
  chunkBytes: number;
  /** Milliseconds without a byte moving after which a request is given up. */
  idleMs: number;
}

const DEFAULTS: UploadSettings = { rawLimit: 16 * 1024 * 1024, chunkBytes: 32 * 1024 * 1024, idleMs: 60_000 };

/** One upload on its way. */
export interface Upload extends UploadSettings {
  readonly shared: Shared;
  readonly source: UploadSource;
  readonly signal?: AbortSignal;
  /** Bytes at which the upload stands; only ever reported forwards. */
  report(position: number): void;
}

export async function upload(
  shared: Shared,
  source: UploadSource,
  options: CallOptions & { onBytes?: OnBytes } = {},
  settings: Partial<UploadSettings> = {},
): Promise<string> {
  if (source.size === 0) throw rejected('The file is empty; Google Photos takes no empty files.');
  let reported = 0;
  const job: Upload = {
    ...DEFAULTS,
    ...settings,
    shared,
    source,
    signal: options.signal,
    report(position) {
      if (position <= reported) return;
      reported = position;
      options.onBytes?.(position, source.size);
    },
  };
  return source.size <= job.rawLimit ? uploadRaw(job) : uploadResumable(job);
}

/** At worst a retry leaves an upload token behind that nobody uses. */
export function policyOf({ shared, signal }: Upload): RetryPolicy {
  return { method: METHOD, delayOf: delayFor('idempotent'), budgetMs: shared.budgetMs, counts: 'waits', signal };
}

function uploadRaw(job: Upload): Promise<string> {
  const headers = { 'x-goog-upload-protocol': 'raw', 'x-goog-upload-content-type': job.source.mimeType };
  const url = new URL('/v1/uploads', job.shared.hosts.library);
  return withRetry(policyOf(job), job.shared.clock, () => sendBytes(job, url, 0, job.source.size, headers, readToken));
}

/** POSTs a stretch of the source; gives up when the bytes stand still. */
export async function sendBytes<T>(
  job: Upload,
  url: URL,
  offset: number,
  length: number,
  headers: Record<string, string>,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const dog = watchdog(job.idleMs, METHOD, job.signal);
  const onPosition = (position: number) => {
    dog.touch();
    job.report(position);
  };
  const request = {
    method: METHOD,
    verb: 'POST',
    url,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(length), ...headers },
    body: () => streamBody(job.source, { offset, length, onPosition }, METHOD),
    withBearer: true,
    signal: dog.signal,
  };
  return dog.guard(() => job.shared.transport.send(request, read));
}

/** The token is plain text; an empty body or a JSON status in its place is a failure despite the 200 (contract 5.2). */
export async function readToken(response: Response): Promise<string> {
  const token = (await response.text()).trim();
  if (isRecord(tryJson(token))) {
    throw errorOf({ method: METHOD, httpStatus: response.status, headers: response.headers, body: token, now: 0 });
  }
  if (token === '') throw noToken();
  return token;
}

function noToken(): GoogleError {
  return new GoogleError({ method: METHOD, reason: 'unavailable', message: 'Google gave no upload token.', code: 14 });
}

export function rejected(message: string): GoogleError {
  return new GoogleError({ method: METHOD, reason: 'invalid', message, code: 3, status: 'INVALID_ARGUMENT' });
}
