/** One upload on its way, and what both protocols need for it (contract 5). */
import { type ByteRange, streamBody } from './byte-reader.ts';
import { errorOf, isRecord, tryJson } from './error-body.ts';
import { GoogleError } from './errors.ts';
import type { UploadSource } from './google.ts';
import { delayFor, type RetryPolicy } from './retry.ts';
import type { Shared } from './shared.ts';
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

/** One upload on its way. */
export interface UploadJob extends UploadSettings {
  readonly shared: Shared;
  readonly source: UploadSource;
  readonly signal?: AbortSignal;
  /** Bytes at which the upload stands; only ever reported forwards. */
  report(position: number): void;
}

/** At worst a retry leaves an unused upload token behind. */
export function policyOf({ shared, signal }: UploadJob): RetryPolicy {
  return { method: METHOD, delayOf: delayFor('idempotent'), budgetMs: shared.budgetMs, counts: 'waits', signal };
}

/** POSTs a range of the source; gives up when the bytes stand still. */
export async function sendBytes<T>(
  job: UploadJob,
  url: URL,
  { offset, length }: ByteRange,
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
    body: () => streamBody(job.source, { offset, length }, onPosition, METHOD),
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
