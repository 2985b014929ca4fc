/** No answer came: why not, and whether the request can have had an effect. */
import { codeOf } from '../storage/errors.ts';
import { aborted, GoogleError } from './errors.ts';
import type { WireRequest } from './wire-request.ts';

/** What fetch threw → GoogleError; errors that are not the network's pass unchanged. */
export function asGoogleError(error: unknown, request: WireRequest, timedOut: boolean): unknown {
  const { method, url } = request;
  if (error instanceof GoogleError) return error;
  if (request.signal?.aborted) return aborted(method).with({ outcomeUnknown: request.changes });
  if (timedOut) {
    return new GoogleError({
      method,
      reason: 'timeout',
      message: `${url.host} gave no answer in time.`,
      code: 4,
      status: 'DEADLINE_EXCEEDED',
    });
  }
  const code = causeCode(error);
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') return sourceChanged(method);
  if (error instanceof TypeError || code !== undefined) return networkError(method, url, code);
  return error;
}

export function sourceChanged(method: string): GoogleError {
  return new GoogleError({ method, reason: 'sourceChanged', message: 'The bytes changed while they were being sent.' });
}

/** Failures that happen before a connection stands: nothing was sent. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function networkError(method: string, url: URL, code: string | undefined): GoogleError {
  return new GoogleError({
    method,
    reason: 'network',
    message: `Could not reach ${url.host}${code ? ` (${code})` : ''}.`,
    code: 14,
    status: 'UNAVAILABLE',
    nothingHappened: code !== undefined && NEVER_CONNECTED.has(code),
  });
}

/** Node's errors nest: `fetch failed` ← `SocketError`, or an AggregateError of one failure for each address. */
function causeCode(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = innermost(at)) {
    const code = codeOf(at);
    if (code !== undefined) return code;
  }
  return undefined;
}

function innermost(error: Error): unknown {
  return error instanceof AggregateError ? error.errors[0] : error.cause;
}
