/** Bytes of picked items (contract 8.5): with the bearer, from a base URL that is renewed from the session when it is old. */
import type { Clock } from '../google/clock.ts';
import { GoogleError } from '../google/errors.ts';
import type { Google } from '../google/google.ts';
import type { PickedItemEntry } from '../results/types.ts';
import { missing, type PickedUrl, SessionUrls } from './session-urls.ts';

export interface PickedBytes {
  /** The photo (`=d`) or the video (`=dv`) itself. @throws GoogleError; `failedPrecondition` before a video is ready. */
  fetch(item: PickedItemEntry, signal?: AbortSignal): Promise<Response>;
  /** @param suffix with its `=`: `=w512-h512`. */
  fetchAt(item: PickedItemEntry, suffix: string, signal?: AbortSignal): Promise<Response>;
  /** The URLs of a session, shared by all who want some. */
  urls(sessionId: string): SessionUrls;
}

/** Sessions whose URLs are remembered: a few at a time are in use, each up to 2,000 items. */
const KEPT_SESSIONS = 8;
/** How old Google's word may be that a video is not ready yet. */
const PROCESSING_MS = 10_000;

/** @param whyGone words for a session that Google no longer has. */
export function createPickedBytes(
  google: Pick<Google, 'media' | 'picker'>,
  clock: Clock,
  whyGone: (sessionId: string) => Promise<string>,
): PickedBytes {
  const sessions = new Map<string, SessionUrls>();

  const urls = (sessionId: string): SessionUrls => {
    const known = sessions.get(sessionId) ?? new SessionUrls(google.picker, clock, sessionId);
    sessions.delete(sessionId);
    sessions.set(sessionId, known);
    const oldest = sessions.keys().next().value;
    if (sessions.size > KEPT_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    return known;
  };

  const urlOf = async (
    { id, sessionId }: PickedItemEntry,
    signal?: AbortSignal,
    after?: number,
  ): Promise<PickedUrl> => {
    try {
      return await urls(sessionId).of(id, signal, after);
    } catch (error) {
      const isGone = error instanceof GoogleError && error.reason === 'notFound' && error.httpStatus === 404;
      throw isGone ? missing(await whyGone(sessionId)) : error;
    }
  };

  const fetchAt = async (item: PickedItemEntry, suffix: string, signal?: AbortSignal): Promise<Response> => {
    const open = ({ url }: PickedUrl) => google.media(`${url}${suffix}`, { signal, withBearer: true });
    const first = await urlOf(item, signal);
    try {
      return await open(first);
    } catch (error) {
      if (!(error instanceof GoogleError) || error.reason !== 'mediaExpired') throw error;
      return open(await urlOf(item, signal, first.at));
    }
  };

  return {
    urls,
    fetchAt,
    async fetch(item, signal) {
      if (item.type === 'photo') return fetchAt(item, '=d', signal);
      const known = await urlOf(item, signal);
      const isOld = known.status === 'PROCESSING' && clock.now() - known.at > PROCESSING_MS;
      const { status } = isOld ? await urlOf(item, signal, known.at) : known;
      if (status !== 'READY') throw notReady(status);
      return fetchAt(item, '=dv', signal);
    },
  };
}

/** Asked for earlier, Google gives a still, and people believe that it is the film. */
function notReady(status: PickedUrl['status']): GoogleError {
  const message =
    status === 'FAILED'
      ? 'Google could not process this video, so there is nothing to fetch'
      : 'Google is still processing this video; try again in a few minutes';
  return new GoogleError({
    method: 'media',
    reason: 'failedPrecondition',
    message,
    status: 'FAILED_PRECONDITION',
    code: 9,
  });
}
