/**
 * What stands before a route: who calls, may they, and have they any quota left. The order is contract 12.2: 401 token,
 * 403 API disabled, 403 scope, 429 quota; bodies, parameters and ownership are the route's own business.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from './deps.ts';
import type { ServiceName } from './emulator.d.ts';
import { GoogleApiError, insufficientScopes, unauthenticated } from './errors.ts';
import type { Exchange, Handler, Reply } from './http.ts';
import type { ProjectId } from './model.ts';
import { chargeRequest, chargeWrite, concurrentWrite } from './quota.ts';
import { REMOVED_SCOPES } from './scopes.ts';
import { type AccessToken, projectNumber } from './state.ts';

/** The signed-in person (there is one) as seen through one OAuth project. */
export interface Caller {
  readonly project: ProjectId;
  readonly token: string;
  readonly scopes: readonly string[];
  has(...scopes: readonly string[]): boolean;
}

export interface Need {
  readonly service: ServiceName;
  /** Any one of these opens the route. */
  readonly scopes: readonly string[];
  /** These too, but only under `--legacy-sharing`. */
  readonly legacyScopes?: readonly string[];
  /** One at a time, and counted per minute. */
  readonly write?: boolean;
}

export type GuardedHandler = (exchange: Exchange, caller: Caller) => Reply | Promise<Reply>;

const SERVICE_TITLES: Readonly<Record<ServiceName, string>> = {
  photoslibrary: 'Photos Library API',
  photospicker: 'Google Photos Picker API',
};

/** The bearer token: header, or the query parameters `access_token` and `oauth_token` (contract 1). */
function bearerOf(exchange: Exchange): string | undefined {
  const header = /^Bearer\s+(\S+)\s*$/i.exec(exchange.header('authorization') ?? '')?.[1];
  const query = exchange.url.searchParams;
  return header ?? query.get('access_token') ?? query.get('oauth_token') ?? undefined;
}

/** The live token that a request carries, if any. */
export function tokenOf({ state, clock }: Deps, exchange: Exchange): AccessToken | undefined {
  const token = state.accessTokens.get(bearerOf(exchange) ?? '');
  if (!token || (token.expiresAt !== undefined && token.expiresAt <= clock.now())) return undefined;
  return token;
}

/** Who calls; throws 401, 403 or 429 in the order of contract 12.2. */
export function admit(deps: Deps, need: Need, exchange: Exchange): Caller {
  const token = tokenOf(deps, exchange);
  if (!token) throw unauthenticated();
  requireEnabled(deps, need.service, token.project);
  const scopes = deps.legacySharing ? token.scopes : token.scopes.filter((scope) => !REMOVED_SCOPES.includes(scope));
  const caller: Caller = {
    project: token.project,
    token: token.token,
    scopes,
    has: (...wanted) => wanted.some((scope) => scopes.includes(scope)),
  };
  const opening = deps.legacySharing ? [...need.scopes, ...(need.legacyScopes ?? [])] : need.scopes;
  if (!caller.has(...opening)) throw insufficientScopes();
  if (need.service === 'photoslibrary') chargeRequest(deps, token.project);
  return caller;
}

/** A route's handler behind all that. Latency is served within the write lock, so that slow writes really collide. */
export function guard(deps: Deps, need: Need, handle: GuardedHandler): Handler {
  return async (exchange) => {
    const caller = admit(deps, need, exchange);
    if (!need.write) return handle(exchange, caller);
    // What has arrived whole is done, as at Google, also when the client is gone before its turn comes.
    await exchange.body();
    if (exchange.failure === 'effectAfter') await untilFree(deps);
    return exclusively(deps, caller, async () => {
      await exchange.delay(deps.overrides.writeMs);
      return handle(exchange, caller);
    });
  };
}

/** A late effect takes its turn: a 429 would find its client gone, and the effect would be lost with it. */
async function untilFree({ state }: Deps): Promise<void> {
  while (state.writing) await sleep(1);
}

async function exclusively(deps: Deps, caller: Caller, work: () => Promise<Reply>): Promise<Reply> {
  const { state } = deps;
  if (state.writing) throw concurrentWrite();
  chargeWrite(deps, caller.project);
  state.writing = true;
  try {
    return await work();
  } finally {
    state.writing = false;
  }
}

function requireEnabled({ overrides }: Deps, service: ServiceName, project: ProjectId): void {
  if (!overrides.disabledApis.includes(service)) return;
  const number = projectNumber(project);
  const url = `https://console.developers.google.com/apis/api/${service}.googleapis.com/overview?project=${number}`;
  const message = `${SERVICE_TITLES[service]} has not been used in project ${number} before or it is disabled. Enable it by visiting ${url} then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.`;
  throw new GoogleApiError('PERMISSION_DENIED', message, {
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'SERVICE_DISABLED',
        domain: 'googleapis.com',
        metadata: { consumer: `projects/${number}`, service: `${service}.googleapis.com` },
      },
    ],
  });
}
