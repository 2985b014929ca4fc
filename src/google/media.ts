/** Bytes of a base URL (contract 4.8, 8.5): from the media hosts only, streamed, with the bearer only for the Picker's. */

import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { GoogleError } from './errors.ts';
import type { Google } from './google.ts';
import { isMediaRedirect, isMediaUrl } from './hosts.ts';
import { delayFor, withRetry } from './retry.ts';
import type { Shared } from './shared.ts';

const METHOD = 'media';
/** One hop is what `=dv` takes. */
const MAX_REDIRECTS = 3;

/** Retried until an answer has begun; a body that breaks off later is the caller's to fetch again. */
export async function fetchMedia(
  shared: Shared,
  address: string,
  { signal, withBearer = false }: Parameters<Google['media']>[1] = {},
): Promise<Response> {
  const start = URL.canParse(address) ? new URL(address) : undefined;
  if (!start || !isMediaUrl(shared.hosts, start)) throw foreign(start?.host ?? 'that address');
  const policy = { method: METHOD, delayOf: delayFor('read'), budgetMs: shared.budgetMs, signal };
  return withRetry(policy, shared.clock, () => follow(shared, start, withBearer, signal));
}

async function follow(shared: Shared, start: URL, withBearer: boolean, signal?: AbortSignal): Promise<Response> {
  let url = start;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const bearerHere = withBearer && hop === 0;
    const response = await fetchOnce(shared, url, bearerHere, signal);
    if (response.status < 300) return response;
    await response.body?.cancel();
    url = next(shared, url, response);
  }
  throw new GoogleError({ method: METHOD, reason: 'unexpected', message: 'The media host redirects without end.' });
}

/** The clock runs only until the answer begins: a film may take its time. */
async function fetchOnce(shared: Shared, url: URL, withBearer: boolean, signal?: AbortSignal): Promise<Response> {
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(), shared.readTimeoutMs);
  const either = AbortSignal.any([slow.signal, ...(signal ? [signal] : [])]);
  try {
    return await shared.transport.send(
      { method: METHOD, verb: 'GET', url, withBearer, signal: either, redirect: 'manual' },
      async (response) => response,
    );
  } catch (error) {
    if (!slow.signal.aborted || signal?.aborted) throw error;
    throw new GoogleError({ method: METHOD, reason: 'timeout', message: `${url.host} gave no answer in time.` });
  } finally {
    clearTimeout(timer);
  }
}

function next({ hosts }: Shared, from: URL, response: Response): URL {
  const location = response.headers.get('location') ?? '';
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (!to || !isMediaRedirect(hosts, to)) throw foreign(to?.host ?? 'nowhere');
  return to;
}

function foreign(host: string): GoogleError {
  return new GoogleError({
    method: METHOD,
    reason: 'unexpected',
    message: `Refused to fetch from ${host}, which is not one of Google's media hosts.`,
    nothingHappened: true,
  });
}

/** A response's body as a node stream. The two type libraries describe one and the same class. */
export const bodyOf = ({ body }: Response): Readable =>
  body ? Readable.fromWeb(body as ReadableStream) : Readable.from([]);
