/** The four methods of the Picker API (contract 8.1). Its list shares a path with the Library's: `sessionId` tells them apart. */
import type { Deps } from '../deps.ts';
import { GoogleApiError, invalidArgument } from '../errors.ts';
import type { Route } from '../http.ts';
import { bool, int32, int64, message, text } from '../json.ts';
import { pageReply, readPage } from '../library/paging.ts';
import { libraryRoute } from '../library/route.ts';
import { PICKER } from '../scopes.ts';
import type { PickerSession } from '../state.ts';
import { pickedView } from './picked-view.ts';
import { requireSession, sessionView, sweepSessions } from './sessions.ts';
import { type WholeLibrary, wholeLibrary } from './whole-library.ts';

const MAX_ITEMS = 2000;
const PAGE = { standard: 50, max: 100 };

/** Counted as `picker.sessions.create`, `.get`, `.delete` and `picker.mediaItems.list`. */
export const pickerApi = (deps: Deps): Route[] => [
  createSession(deps),
  getSession(deps),
  deleteSession(deps),
  listPicked(deps),
];

const service = 'photospicker' as const;
const scopes = [PICKER];

/** Output fields are accepted and ignored, as in every proto3 JSON body. */
const pickingSession = {
  id: text,
  pickerUri: text,
  pollingConfig: message({ pollInterval: text, timeoutIn: text }),
  expireTime: text,
  pickingConfig: message({ maxItemCount: int64 }),
  mediaItemsSet: bool,
};

const createSession = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      service,
      name: 'picker.sessions.create',
      verb: 'POST',
      path: '/v1/sessions',
      scopes,
      query: { requestId: text },
      body: pickingSession,
    },
    ({ caller, exchange, query, body }) => {
      const { state, clock, random, overrides } = deps;
      if (sweepSessions(deps) >= overrides.pickerSessions) throw tooManySessions();
      checkRequestId(query.requestId);
      const maxItemCount = maxItemCountOf(body.pickingConfig?.maxItemCount ?? '0');
      if (overrides.noPhotosAccount)
        throw failedPrecondition('The user does not have an active Google Photos account.');
      const now = clock.now();
      const session: PickerSession = {
        id: random.text(43),
        project: caller.project,
        app: appName(state.accessTokens.get(caller.token)?.clientId),
        maxItemCount,
        pollUntil: now + overrides.pickerTimeoutSeconds * 1000,
        expiresAt: now + overrides.pickerSessionSeconds * 1000,
        state: 'choosing',
        picked: [],
      };
      state.pickerSessions.set(session.id, session);
      return sessionView(deps, exchange.url.origin, session);
    },
  );

const getSession = (deps: Deps): Route =>
  libraryRoute(
    deps,
    { service, name: 'picker.sessions.get', verb: 'GET', path: '/v1/sessions/{sessionId}', scopes },
    ({ caller, exchange, params }) =>
      sessionView(deps, exchange.url.origin, requireSession(deps, caller, params.sessionId ?? '')),
  );

const deleteSession = (deps: Deps): Route =>
  libraryRoute(
    deps,
    { service, name: 'picker.sessions.delete', verb: 'DELETE', path: '/v1/sessions/{sessionId}', scopes },
    ({ caller, params }) => {
      deps.state.pickerSessions.delete(requireSession(deps, caller, params.sessionId ?? '').id);
      return {};
    },
  );

const listPicked = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      service,
      name: 'picker.mediaItems.list',
      verb: 'GET',
      path: '/v1/mediaItems',
      when: ({ url }) => url.searchParams.has('sessionId') || url.searchParams.has('session_id'),
      scopes,
      query: { sessionId: text, pageSize: int32, pageToken: text },
    },
    async (call) => {
      const { caller, query } = call;
      const { sessionId, pageToken } = query;
      // Coerced, where the Library refuses (contract 1.2).
      const page = { pageToken, pageSize: Math.min(query.pageSize, PAGE.max) };
      if (page.pageSize < 0) throw invalidArgument('Page size must not be negative.');
      if (!sessionId) throw invalidArgument('Session ID must be set.');
      const session = requireSession(deps, caller, sessionId);
      if (session.state !== 'done') throw failedPrecondition('The user has not finished picking media items yet.');
      const request = ['picker.mediaItems.list', caller.project, sessionId];
      const { values, nextPageToken } = readPage({
        overrides: deps.overrides,
        exchange: call.exchange,
        request,
        page,
        sizes: PAGE,
        source: pickedOf(await wholeLibrary(deps), session),
      });
      return pageReply('mediaItems', { values: values.map((item) => pickedView(call, item)), nextPageToken });
    },
  );

function pickedOf(library: WholeLibrary, { picked }: PickerSession) {
  return function* (after: number | undefined) {
    for (let index = (after ?? -1) + 1; index < picked.length; index += 1) {
      const value = library.get(picked[index] ?? '');
      if (value) yield { value, cursor: index };
    }
  };
}

/** 0 stands for "not given"; what is more than Google ever gives becomes that (contract 13: not verified). */
function maxItemCountOf(given: string): number {
  const count = Number(given);
  if (count < 0) throw invalidArgument('Max item count must not be negative.');
  return count === 0 ? MAX_ITEMS : Math.min(count, MAX_ITEMS);
}

function checkRequestId(requestId: string): void {
  const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(requestId);
  if (requestId && !isUuid) throw invalidArgument('Request ID must be a UUID of version 4.');
}

/** As the consent page names it; the token of `--access-token` belongs to no client. */
const appName = (clientId = ''): string =>
  clientId === 'access-token' ? 'your app' : clientId.replace(/\.apps\.googleusercontent\.com$/, '');

const failedPrecondition = (message: string): GoogleApiError => new GoogleApiError('FAILED_PRECONDITION', message);

const tooManySessions = (): GoogleApiError =>
  new GoogleApiError('RESOURCE_EXHAUSTED', 'The user has too many picking sessions.');
