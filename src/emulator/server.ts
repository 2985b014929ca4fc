/** The HTTP server around the routes: method override, counting, faults, latency, replies. It knows nothing of photos. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Faults } from './control/faults.ts';
import type { LateEffects } from './control/late-effects.ts';
import type { RequestLog } from './control/request-log.ts';
import type { FaultRule } from './emulator.d.ts';
import { GoogleApiError, statusNameOf } from './errors.ts';
import { isLoopbackHost, type OpenExchange, openExchange } from './exchange.ts';
import type { Reply, Route } from './http.ts';
import { page } from './render-page.ts';
import { errorReply, type Rendered, render, send } from './respond.ts';
import { createRouter, type Match, type Router } from './router.ts';

export interface ServerParts {
  routes: readonly Route[];
  faults: Faults;
  effects: LateEffects;
  log: RequestLog;
  latencyMs: number;
  /** RFC 3339, emulator time. */
  now(): string;
  /** After every request that may have changed something. */
  changed(): void;
}

export function createEmulatorServer(parts: ServerParts): Server {
  const router = createRouter(parts.routes);
  // 0: uploads may take as long as they need. 65 s: pooled connections outlive the clients' own idle timeouts.
  const options = { requestTimeout: 0, keepAliveTimeout: 65_000, maxHeaderSize: 65_536 };
  return createServer(options, (request, response) => {
    void serve(parts, router, request, response);
  });
}

async function serve(parts: ServerParts, router: Router, request: IncomingMessage, response: ServerResponse) {
  response.on('error', () => response.destroy());
  const exchange = openExchange(request, response, parts.latencyMs);
  const verb = await overriddenVerb(exchange);
  const match = router(verb, exchange.url.pathname, exchange);
  if (match) exchange.params = match.params;
  if (match?.route.control) return serveControl(exchange, match.route);
  const method = match?.route.name ?? 'unknown';
  parts.log.count(method);
  const entry = { at: parts.now(), method, path: exchange.url.pathname, status: 0 };
  const failure = await attempt(() => serveCounted(parts, exchange, verb, match));
  parts.log.add({ ...entry, status: statusOf(response), ...(failure ? { error: failure } : {}) });
}

async function attempt(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    return String(error);
  }
}

const statusOf = (response: ServerResponse): number => (response.headersSent ? response.statusCode : 0);

/** @returns what went wrong inside the emulator, if anything did. */
async function serveCounted(parts: ServerParts, exchange: OpenExchange, verb: string, match: Match | undefined) {
  const fault = match && parts.faults.strike(match.route.name);
  exchange.failure = fault?.failure;
  if (fault?.failure === 'effectAfter') return losing(parts, exchange, match, fault);
  exchange.latencyMs += fault?.latencyMs ?? 0;
  if (fault && (await struckDown(exchange, fault))) return undefined;
  const isRead = verb === 'GET' || verb === 'HEAD';
  if (isRead) await exchange.delay();
  const { reply, failure } = await run(exchange, match);
  await exchange.delay();
  if (!isRead) parts.changed();
  if (fault?.failure === 'resetAfter') exchange.response.destroy();
  else if (reply !== 'written') await write(exchange, reply, fault?.failure === 'truncate');
  return failure;
}

/** The request has arrived, its sender has lost the connection, and what it asked for happens later. */
async function losing(parts: ServerParts, exchange: OpenExchange, match: Match | undefined, fault: FaultRule) {
  await exchange.arrive();
  exchange.response.destroy();
  let failure: string | undefined;
  await parts.effects.later(fault.latencyMs ?? 0, async () => {
    ({ failure } = await run(exchange, match));
    parts.changed();
  });
  return failure;
}

async function serveControl(exchange: OpenExchange, route: Route): Promise<void> {
  const { reply } = await run(exchange, { route, params: exchange.params });
  if (reply !== 'written') await write(exchange, reply, false);
}

async function run(exchange: OpenExchange, match: Match | undefined): Promise<{ reply: Reply; failure?: string }> {
  try {
    if (!match) return { reply: await notFoundPage() };
    if (match.route.localOnly) refuseStrangers(exchange);
    return { reply: await match.route.handle(exchange) };
  } catch (error) {
    const failure =
      error instanceof GoogleApiError ? {} : { failure: String(error instanceof Error ? error.stack : error) };
    return { reply: errorReply(exchange, error), ...failure };
  }
}

async function write(exchange: OpenExchange, reply: Exclude<Reply, 'written'>, isCut: boolean): Promise<void> {
  const rendered = await renderSafely(exchange, reply);
  if (isCut) return sendHalf(exchange, rendered);
  if (!exchange.response.destroyed) send(exchange, rendered);
}

/** Rendering throws only for a bad `fields` mask, which is an error reply of its own. */
async function renderSafely(exchange: OpenExchange, reply: Exclude<Reply, 'written'>): Promise<Rendered> {
  try {
    return await render(exchange, reply);
  } catch (error) {
    return render(exchange, errorReply(exchange, error));
  }
}

function sendHalf({ response }: OpenExchange, { status, headers, body }: Rendered): void {
  response.writeHead(status, { ...headers, 'Content-Length': String(body.byteLength) });
  response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => response.destroy());
}

/** Answers, or fails to answer, in place of the route. @returns false when the route is to run all the same. */
async function struckDown(exchange: OpenExchange, fault: FaultRule): Promise<boolean> {
  const { failure, status } = fault;
  if (failure === 'reset') exchange.response.destroy();
  else if (failure === 'hang') await new Promise((resolve) => exchange.response.once('close', resolve));
  else if (failure === 'html') await faultReply(exchange, await htmlReply('bad-gateway.html', status ?? 200));
  else if (failure === 'badJson') await faultReply(exchange, brokenJson(status ?? 200));
  else if (status !== undefined && !failure)
    await faultReply(exchange, errorReply(exchange, faultError(status, fault)));
  else return false;
  return true;
}

async function faultReply(exchange: OpenExchange, reply: Exclude<Reply, 'written'>): Promise<void> {
  await exchange.delay();
  await write(exchange, reply, false);
}

function faultError(status: number, { retryAfter }: FaultRule): GoogleApiError {
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
  return new GoogleApiError(statusNameOf(status), 'Injected fault.', { code: status, headers });
}

const brokenJson = (status: number): Exclude<Reply, 'written'> => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=UTF-8' },
  body: '{\n  "mediaItems": [\n    {\n      "id": "',
});

async function htmlReply(name: string, status: number): Promise<Exclude<Reply, 'written'>> {
  return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body: await page(name) };
}

const notFoundPage = (): Promise<Reply> => htmlReply('not-found.html', 404);

/** Pages and control answer only a person's own machine; a web site elsewhere could otherwise reach them by DNS rebinding. */
function refuseStrangers(exchange: OpenExchange): void {
  const origin = exchange.header('origin');
  const isStrange = origin !== undefined && !isLoopbackHost(origin.replace(/^https?:\/\//, ''));
  if (isStrange || !isLoopbackHost(exchange.header('host'))) {
    throw new GoogleApiError(
      'PERMISSION_DENIED',
      'This address answers only requests from this machine to a loopback host name.',
    );
  }
}

/** Google's client libraries turn a GET with a very long URL into a POST whose form body is the query. */
async function overriddenVerb(exchange: OpenExchange): Promise<string> {
  const verb = exchange.request.method ?? 'GET';
  const wanted = exchange.header('x-http-method-override')?.toUpperCase();
  if (verb !== 'POST' || !wanted) return verb;
  if (wanted === 'GET' && exchange.header('content-type')?.startsWith('application/x-www-form-urlencoded')) {
    for (const [name, value] of new URLSearchParams((await exchange.body()).toString('utf8'))) {
      exchange.url.searchParams.append(name, value);
    }
  }
  return wanted;
}
