/** From an HTTP answer that is no success to a GoogleError. Reads every form of body that contract 5.2 and 6.1 know. */
import type { GoogleReason } from './error-facts.ts';
import { GoogleError } from './errors.ts';
import { secondsUntilMidnightPacific } from './pacific.ts';

/** What a body says, whichever its form. */
interface ErrorPayload {
  code?: number;
  message?: string;
  status?: string;
  details: readonly Record<string, unknown>[];
}

export interface ErrorResponse {
  readonly method: string;
  readonly httpStatus: number;
  readonly headers: Headers;
  readonly body: string;
  /** One of the six methods that are gone. */
  readonly removed?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function errorOf(response: ErrorResponse): GoogleError {
  const payload = parse(response.body);
  const reason = reasonOf(response, payload);
  const status = payload.status ?? STATUS_OF_HTTP[response.httpStatus];
  return new GoogleError({
    method: response.method,
    reason,
    httpStatus: response.httpStatus,
    code: status === undefined ? undefined : codeOf(status),
    status,
    message: payload.message ?? `Google answered HTTP ${response.httpStatus}.`,
    retryAfterSeconds: retryAfter(response, reason),
    nothingHappened: response.httpStatus === 429 || response.httpStatus === 401 || response.httpStatus === 403,
    helpUrl: helpUrl(payload),
  });
}

const STATUS_OF_HTTP: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  412: 'FAILED_PRECONDITION',
  413: 'OUT_OF_RANGE',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

const NAMES_OF_CODES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

function codeOf(status: string): number | undefined {
  const code = NAMES_OF_CODES.indexOf(status);
  return code === -1 ? undefined : code;
}

/**
 * `{error: {code, message, status, details}}` of the API, or the bare `{code, message}` of the upload server. Anything
 * else (a proxy's HTML, half a JSON) says nothing that we would repeat.
 */
function parse(body: string): ErrorPayload {
  const json = tryJson(body);
  const inner = isRecord(json) && isRecord(json.error) ? json.error : json;
  if (!isRecord(inner)) return { details: [] };
  const code = typeof inner.code === 'number' ? inner.code : undefined;
  return {
    code,
    message: typeof inner.message === 'string' && inner.message ? inner.message.slice(0, 1000) : undefined,
    status: typeof inner.status === 'string' ? inner.status : code === undefined ? undefined : NAMES_OF_CODES.at(code),
    details: Array.isArray(inner.details) ? inner.details.filter(isRecord) : [],
  };
}

function reasonOf({ httpStatus, removed, method }: ErrorResponse, payload: ErrorPayload): GoogleReason {
  const message = payload.message ?? '';
  const reasons = payload.details.map((detail) => detail.reason);
  if (/remaining storage .* not enough/i.test(message)) return 'storageFull';
  if (method === 'media' && (httpStatus === 403 || httpStatus === 401)) return 'mediaExpired';
  switch (httpStatus) {
    case 400:
    case 409:
    case 412:
    case 413:
      return payload.status === 'FAILED_PRECONDITION' ? 'failedPrecondition' : 'invalid';
    case 401:
      // The upload server's way to miss a scope (contract 5.2); a stale token gives the same, but is replaced before.
      return method === 'uploads' && /session is not defined/.test(message) ? 'missingScope' : 'unauthenticated';
    case 403:
      if (removed) return 'removed';
      if (reasons.includes('SERVICE_DISABLED') || /has not been used in project|it is disabled/.test(message)) {
        return 'apiDisabled';
      }
      if (reasons.includes('ACCESS_TOKEN_SCOPE_INSUFFICIENT') || /insufficient authentication scopes/.test(message)) {
        return 'missingScope';
      }
      return /Google Photos is disabled/i.test(message) ? 'photosDisabled' : 'forbidden';
    case 404:
    case 410:
      return 'notFound';
    case 429:
      return quotaReason(message, payload.details);
    default:
      if (httpStatus === 408 || httpStatus === 504 || httpStatus === 499) return 'timeout';
      return httpStatus >= 500 ? 'unavailable' : 'unexpected';
  }
}

/** Contract 6.1 and 6.3: the day's limit is named in the message, and in the metadata of newer bodies. */
function quotaReason(message: string, details: ErrorPayload['details']): GoogleReason {
  const limits = details.map((detail) => (isRecord(detail.metadata) ? String(detail.metadata.quota_limit) : ''));
  if (/per day/i.test(message) || limits.some((limit) => limit.endsWith('PerDay'))) return 'quotaDay';
  return /concurrent write/i.test(message) ? 'concurrentWrite' : 'quotaMinute';
}

/** No quota of Google's takes longer to come back; what claims to is no time to tell a person. */
const MAX_RETRY_AFTER_SECONDS = 7 * 86_400;

/** `Retry-After` in either of its forms; the day's quota comes back at midnight Pacific time whatever the header says. */
function retryAfter({ headers, now }: ErrorResponse, reason: GoogleReason): number | undefined {
  if (reason === 'quotaDay') return secondsUntilMidnightPacific(now);
  const header = headers.get('retry-after')?.trim();
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(0, seconds), MAX_RETRY_AFTER_SECONDS);
}

const HELP_HOSTS = ['console.developers.google.com', 'console.cloud.google.com'];

function helpUrl(payload: ErrorPayload): string | undefined {
  const named = payload.details.map((detail) =>
    isRecord(detail.metadata) ? detail.metadata.activationUrl : undefined,
  );
  const candidates = [...named, payload.message?.match(/https:\/\/[^\s"'<>]+/)?.[0]];
  return candidates.find(
    (url): url is string =>
      typeof url === 'string' && URL.canParse(url) && HELP_HOSTS.some((host) => new URL(url).host === host),
  );
}

export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
