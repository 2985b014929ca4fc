/**
 * One authenticated request over the built-in fetch: bearer only where `hosts.ts` allows it, a 401 answered with one
 * fresh token, no redirect followed, every failure a GoogleError without a secret in it.
 */
import type { Clock } from './clock.ts';
import { errorOf } from './error-body.ts';
import { aborted, GoogleError } from './errors.ts';
import { type Hosts, mayCarryBearer } from './hosts.ts';
import { asGoogleError } from './network-errors.ts';
import { fetchWatched } from './watched-request.ts';
import type { StreamBody, WireRequest } from './wire-request.ts';

/** What the client needs of sign-in (`src/auth` has it). Both may throw errors of their own; they pass unchanged. */
export interface AccessTokens {
  accessToken(): Promise<string>;
  /** Google refused this token: the next `accessToken` gives another if there can be one. */
  invalidate(token: string): void;
  /** What to throw when Google refuses a token that cannot be replaced; the refusal itself by default. */
  rejection?(): Error;
}

export interface TransportOptions {
  hosts: Hosts;
  tokens: AccessTokens;
  clock: Clock;
  userAgent: string;
  /** Called before each request that goes to Google with its method's name, for counting the day's quota. */
  onRequest?: (method: string) => void;
}

export type Read<T> = (response: Response) => Promise<T>;

export interface Transport {
  /** One attempt. `read` turns a 2xx (or, with `manual`, 3xx) answer into the result; other statuses throw GoogleError. */
  send<T>(request: WireRequest, read: Read<T>): Promise<T>;
}

export function createTransport(options: TransportOptions): Transport {
  return {
    async send(request, read) {
      if (!request.withBearer) return exchange(options, request, read);
      if (!mayCarryBearer(options.hosts, request.url)) throw foreignHost(request);
      const token = await options.tokens.accessToken();
      try {
        return await exchange(options, request, read, token);
      } catch (error) {
        if (!(error instanceof GoogleError) || error.httpStatus !== 401) throw error;
        options.tokens.invalidate(token);
        const fresh = await options.tokens.accessToken();
        if (fresh === token) throw irreplaceable(options.tokens, error);
        return exchange(options, request, read, fresh);
      }
    },
  };
}

/** A missing scope is reported on uploads like a bad token, and is not the token's end. */
function irreplaceable(tokens: AccessTokens, error: GoogleError): Error {
  return error.reason === 'unauthenticated' ? (tokens.rejection?.() ?? error) : error;
}

function foreignHost({ method, url }: WireRequest): GoogleError {
  return new GoogleError({
    method,
    reason: 'unexpected',
    message: `Refused to send the access token to ${url.host}, which is not one of Google's hosts for it.`,
    nothingHappened: true,
  });
}

async function exchange<T>(options: TransportOptions, request: WireRequest, read: Read<T>, token?: string): Promise<T> {
  if (request.signal?.aborted) throw aborted(request.method);
  const timeout = request.timeoutMs === undefined ? undefined : AbortSignal.timeout(request.timeoutMs);
  const signals = [request.signal, timeout].filter((signal) => signal !== undefined);
  const body = request.body?.();
  const sending = remembered(request.onSend);
  try {
    options.onRequest?.(request.method);
    const { verb: method, redirect = 'error' } = request;
    const headers = {
      'user-agent': options.userAgent,
      ...request.headers,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    const signal = AbortSignal.any(signals);
    const response =
      sending && typeof body === 'string'
        ? await fetchWatched(request.url, { method, headers, body, signal, onSend: sending.onSend })
        : await fetch(request.url, { method, headers, ...bodyInit(body), redirect, signal });
    const accepted = response.ok || (request.redirect === 'manual' && response.status >= 300 && response.status < 400);
    if (!accepted) throw await refusal(options, request, response);
    return await read(response);
  } catch (error) {
    if (sending?.threw(error)) throw error;
    const ours = typeof body === 'object' && !request.signal?.aborted ? body.failure() : undefined;
    throw ours ?? withoutSecret(asGoogleError(error, request, timeout?.aborted ?? false), token);
  } finally {
    if (typeof body === 'object') body.close();
  }
}

/** What `onSend` throws is no failure of the network, though a full disk's error has a code as well. */
function remembered(
  onSend: WireRequest['onSend'],
): { onSend(): Promise<void>; threw(error: unknown): boolean } | undefined {
  if (!onSend) return undefined;
  let thrown: { error: unknown } | undefined;
  return {
    async onSend() {
      try {
        await onSend();
      } catch (error) {
        thrown = { error };
        throw error;
      }
    },
    threw: (error) => thrown !== undefined && thrown.error === error,
  };
}

/** fetch reads an async iterable ahead and copies what it reads; of a stream without a queue it takes a piece when it sends one. */
function unbuffered(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** With any `redirect` but `error`, fetch keeps a copy of a streamed body, all of it: callers with a stream leave the default. */
function bodyInit(body: string | StreamBody | undefined): RequestInit {
  if (body === undefined || typeof body === 'string') return { body };
  const init = { body: unbuffered(body.stream), duplex: 'half' };
  // Node's fetch takes any async iterable and asks for `duplex`; the DOM's types know neither.
  return init as unknown as RequestInit;
}

async function refusal(options: TransportOptions, request: WireRequest, response: Response): Promise<GoogleError> {
  const { method, removed } = request;
  const { status: httpStatus, headers } = response;
  const body = isText(headers) ? await firstOf(response) : await discard(response);
  return errorOf({ method, removed, httpStatus, headers, body, now: options.clock.now() });
}

/** A media host's 404 is a picture (contract 4.8). */
function isText(headers: Headers): boolean {
  return /json|text/.test(headers.get('content-type') ?? 'text');
}

/** An error's body, up to 64 kB: a broken one may be endless. Losing it must not hide the status. */
async function firstOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > 65_536) break;
    }
  } catch {
    return '';
  }
  return text;
}

async function discard(response: Response): Promise<string> {
  await response.body?.cancel();
  return '';
}

/** A server that echoes what it was sent must not get the token into the log of a client. */
function withoutSecret(error: unknown, token: string | undefined): unknown {
  if (!(error instanceof GoogleError) || !token || !error.message.includes(token)) return error;
  return error.with({ message: error.message.replace(echoOf(token), '[token]') });
}

/** An emulator's token may be as short as "T", which as a part of other words is no secret. */
function echoOf(token: string): RegExp {
  const literal = token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return token.length < 16 ? new RegExp(`(?<![\\w-])${literal}(?![\\w-])`, 'g') : new RegExp(literal, 'g');
}
