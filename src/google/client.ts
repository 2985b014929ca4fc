/** The one implementation of `Google`. */
import PQueue from 'p-queue';
import { BUDGETS } from './budgets.ts';
import type { WriteOptions } from './call-options.ts';
import { type Clock, systemClock } from './clock.ts';
import { isRecord, tryJson } from './error-body.ts';
import { aborted, GoogleError } from './errors.ts';
import type { Google } from './google.ts';
import { googleHosts, type Hosts } from './hosts.ts';
import { fetchMedia } from './media.ts';
import { type CallSpec, isWrite, METHODS, toWire } from './methods.ts';
import { createPicker } from './picker.ts';
import { delayFor, withRetry } from './retry.ts';
import type { Shared } from './shared.ts';
import { type AccessTokens, createTransport } from './transport.ts';
import type { ReplyOf } from './types.ts';
import type { UploadSettings } from './upload-job.ts';
import { upload } from './uploads.ts';
import type { WireRequest } from './wire-request.ts';

export interface GoogleOptions {
  tokens: AccessTokens;
  /** Google's own by default; `loopbackHosts(origin)` for an emulator. */
  hosts?: Hosts;
  clock?: Clock;
  userAgent?: string;
  /** Called before each request that goes out, with `albums.list`, `uploads` or `media`: for counting the day's quota. */
  onRequest?: (method: string) => void;
  /** Longest one call may take, retries and waits included, in milliseconds; `BUDGETS.methodCall` by default. */
  budgetMs?: number;
  /** Longest one read may take before it is tried again, in milliseconds; `BUDGETS.read` by default. */
  readTimeoutMs?: number;
  upload?: Partial<UploadSettings>;
}

export function createGoogle(options: GoogleOptions): Google {
  const hosts = options.hosts ?? googleHosts;
  const clock = options.clock ?? systemClock;
  const { tokens, onRequest, userAgent = 'google-photos-mcp (gzip)' } = options;
  const { budgetMs = BUDGETS.methodCall, readTimeoutMs = BUDGETS.read } = options;
  const transport = createTransport({ hosts, clock, tokens, userAgent, onRequest });
  const shared: Shared = { hosts, clock, transport, budgetMs, readTimeoutMs };
  const writes = new PQueue({ concurrency: 1 });
  return {
    async call(method, request, callOptions = {}) {
      const spec = METHODS[method];
      const run = () => call<ReplyOf<typeof method>>(shared, hosts.library, method, spec, request, callOptions);
      return isWrite(spec) ? queued(writes, method, run, callOptions.signal) : run();
    },
    upload: (source, uploadOptions) => upload(shared, source, uploadOptions, options.upload),
    media: (url, mediaOptions) => fetchMedia(shared, url, mediaOptions),
    picker: createPicker((method, spec, request, pickerOptions) =>
      call(
        { ...shared, budgetMs: Math.min(budgetMs, BUDGETS.pickerCall) },
        hosts.picker,
        method,
        spec,
        request,
        pickerOptions,
      ),
    ),
  };
}

/** One write at a time for a user (contract 6.3); a signal also takes a waiting one out of the queue. */
async function queued<T>(writes: PQueue, method: string, run: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  let running: Promise<T> | undefined;
  const start = () => {
    running = run();
    return running;
  };
  try {
    return await writes.add(start, { signal });
  } catch (error) {
    // On a signal the queue gives up first; the call itself knows what has become of the request.
    if (running) return running;
    throw signal?.aborted ? aborted(method) : error;
  }
}

/** @param origin of the API that has the method. */
async function call<Reply>(
  shared: Shared,
  origin: string,
  method: string,
  spec: CallSpec,
  request: object,
  options: WriteOptions,
): Promise<Reply> {
  const wire = wireRequest(origin, method, spec, request, options);
  const { signal } = options;
  const { clock } = shared;
  const budgetMs = Math.min(shared.budgetMs, options.budgetMs ?? shared.budgetMs);
  return withRetry({ method, delayOf: delayFor(spec.retry), budgetMs, signal }, clock, async (remainingMs) => {
    const timeoutMs = isWrite(spec) ? remainingMs : Math.min(remainingMs, shared.readTimeoutMs);
    try {
      // Google's reply is taken at its word here: `types.ts` says what the contract promises.
      return await shared.transport.send(
        { ...wire, timeoutMs },
        (response) => readJson(method, response) as Promise<Reply>,
      );
    } catch (error) {
      if (error instanceof GoogleError && error.nothingHappened) await options.onRefused?.();
      throw error;
    }
  });
}

function wireRequest(
  origin: string,
  method: string,
  spec: CallSpec,
  request: object,
  { signal, onSend }: WriteOptions,
): WireRequest {
  const { target, body } = toWireOrInvalid(method, spec, request);
  return {
    method,
    verb: spec.verb,
    url: new URL(target, origin),
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : () => body,
    onSend,
    withBearer: true,
    changes: isWrite(spec),
    removed: spec.removed,
    signal,
  };
}

function toWireOrInvalid(method: string, spec: CallSpec, request: object) {
  try {
    return toWire(spec, { ...request });
  } catch (error) {
    const message = error instanceof Error ? error.message : 'The request cannot be sent.';
    throw new GoogleError({
      method,
      reason: 'invalid',
      message,
      code: 3,
      status: 'INVALID_ARGUMENT',
      nothingHappened: true,
    });
  }
}

/** A 200 with something else than a JSON object is a proxy or a broken connection, as good as no answer. */
async function readJson(method: string, response: Response): Promise<Record<string, unknown>> {
  const json = tryJson(await response.text());
  if (isRecord(json)) return json;
  throw new GoogleError({
    method,
    reason: 'unavailable',
    httpStatus: response.status,
    message: 'The answer was not JSON.',
    code: 14,
    status: 'UNAVAILABLE',
  });
}
