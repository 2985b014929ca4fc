/** Streamable HTTP for programs on this machine: loopback only, guarded, one server object a request. Knows nothing of Google. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { localhostHostValidation, localhostOriginValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, type McpServerFactory } from '@modelcontextprotocol/server';
import { hasCode } from '../storage/errors.ts';

const MCP_PATH = '/mcp';

/** The largest request. A plan of albums is the largest thing a client sends; files are named by path. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** How long calls in flight may go on after `close`, before they are aborted. */
const GRACE_MS = 2_000;

export interface HttpOptions {
  /** 0 for any free one. */
  port: number;
  /** What a client must send as `Authorization: Bearer …`; undefined lets every program of this machine in. */
  token?: string;
  /** Told about requests that were refused or broke; never changes an answer. */
  onError?: (error: Error) => void;
}

export interface HttpServer {
  /** `http://127.0.0.1:PORT/mcp` */
  url: string;
  /** Accepts nothing new, lets calls in flight finish for a moment, then aborts them. */
  close(): Promise<void>;
}

class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

/**
 * Serves both protocol eras to any number of clients.
 * @param factory called for every request: cheap, without side effects.
 * @throws PortInUseError
 */
export async function serveHttp(factory: McpServerFactory, { port, token, onError }: HttpOptions): Promise<HttpServer> {
  const exchange = new AsyncLocalStorage<ServerResponse>();
  const handler = createMcpHandler(endingWith(exchange, factory), {
    onerror: onError,
    maxRequestBodySize: MAX_BODY_BYTES,
  });
  const answer = toNodeHandler(handler, { onerror: onError, maxRequestBodySize: MAX_BODY_BYTES });
  const guards = [localhostHostValidation(), localhostOriginValidation(), onlyMcpPath, bearer(token)];
  const server = createServer((request, response) => {
    if (!guards.every((allows) => allows(request, response))) return;
    // A connection kept open by a client that is done would keep a server from closing.
    response.once('close', () => !server.listening && server.closeIdleConnections());
    void exchange.run(response, () => answer(request, response));
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${portOf(server)}${MCP_PATH}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      const grace = setTimeout(() => {
        void handler.close();
        server.closeAllConnections();
      }, GRACE_MS);
      await closed;
      clearTimeout(grace);
    },
  };
}

/**
 * A client that goes away takes its calls with it. The SDK listens for that on a copy of the request, whose signal Node 20
 * collects as garbage while the call still runs.
 */
const endingWith =
  (exchange: AsyncLocalStorage<ServerResponse>, factory: McpServerFactory): McpServerFactory =>
  async (context) => {
    const server = await factory(context);
    exchange.getStore()?.once('close', () => void server.close().catch(() => {}));
    return server;
  };

async function listen(server: Server, port: number): Promise<void> {
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE')) throw error;
    throw new PortInUseError(`port ${port} is in use; give another one, --http ${port + 1}, or --http 0 for any`);
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

/** Whether the request may go on; otherwise it has been answered. */
type Guard = (request: IncomingMessage, response: ServerResponse) => boolean;

const onlyMcpPath: Guard = (request, response) =>
  request.url?.split('?', 1)[0] === MCP_PATH || refuse(response, 404, `The endpoint is ${MCP_PATH}.`);

function bearer(token: string | undefined): Guard {
  if (token === undefined) return () => true;
  const wanted = digest(token);
  return (request, response) => {
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given !== undefined && timingSafeEqual(digest(given), wanted)) return true;
    response.setHeader('WWW-Authenticate', 'Bearer realm="google-photos-mcp"');
    return refuse(response, 401, 'Send the token that the server showed when it started, as Authorization: Bearer.');
  };
}

/** Digests have one length, so that comparing them tells nothing about the token, not even how long it is. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Answers as JSON-RPC does, and drops what the client may still be sending. */
function refuse(response: ServerResponse, status: number, message: string): false {
  response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' });
  response.end(JSON.stringify({ jsonrpc: '2.0', error: { code: -32000, message }, id: null }));
  return false;
}
