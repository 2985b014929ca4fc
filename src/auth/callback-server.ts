/**
 * The loopback end of a sign-in: a server on a free port of 127.0.0.1 that sends the browser on to Google and takes the
 * answer. Whatever is not a person's own browser arriving by itself is refused, without harm to the sign-in.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { failedPage, type Page } from './result-page.ts';

export interface CallbackServer {
  /** Where Google sends the browser. */
  readonly redirectUri: string;
  /** The address to open; it leads on to `setTarget`'s. */
  readonly startUrl: string;
  setTarget(authorizationUrl: string): void;
  /** Lets answers in flight finish, then gives the port back. */
  close(): void;
}

/** Called with the query of each answer that came the right way; says what the browser shows. */
export type OnAnswer = (query: URLSearchParams) => Promise<Page>;

export async function listenForAnswer(onAnswer: OnAnswer): Promise<CallbackServer> {
  let target: string | undefined;
  let origin = '';
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, origin);
    if (refusal !== undefined) return void refuse(response, refusal);
    // `//` and the like are no addresses; what throws here would end the whole program.
    if (!URL.canParse(request.url ?? '/', origin)) return void refuse(response, 404);
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname === '/start' && target !== undefined) return redirect(response, target);
    if (url.pathname !== '/') return void refuse(response, 404);
    onAnswer(url.searchParams).then(
      (page) => show(response, page),
      () => refuse(response, 500),
    );
  });
  server.keepAliveTimeout = 1;
  const port = await listen(server);
  origin = `http://127.0.0.1:${port}`;
  return {
    redirectUri: origin,
    startUrl: `${origin}/start`,
    setTarget: (authorizationUrl) => {
      target = authorizationUrl;
    },
    close: () => {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

/**
 * A status to refuse with, or undefined. `Host` stops DNS rebinding; `Origin` and `Sec-Fetch-Dest` stop other pages
 * that fetch, frame or embed us: Google's answer is a plain navigation. (`Sec-Fetch-Mode` says less: programs send it too.)
 */
function refusalOf(request: IncomingMessage, origin: string): number | undefined {
  const { port } = new URL(origin);
  const { host, origin: from, 'sec-fetch-dest': dest } = request.headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (host === undefined || !hosts.includes(host)) return 421;
  if (request.method !== 'GET') return 405;
  if (from !== undefined && !hosts.some((own) => from === `http://${own}`)) return 403;
  return dest !== undefined && dest !== 'document' ? 403 : undefined;
}

async function refuse(response: ServerResponse, status: number): Promise<void> {
  show(response, await failedPage(status, 'Nothing to see here', 'This address only serves to sign in.'));
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location, ...HEADERS }).end();
}

/** The address bar holds the code: nothing may pass it on, and nothing on the page needs anything from anywhere. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  connection: 'close',
};

function show(response: ServerResponse, { status, html }: Page): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...HEADERS }).end(html);
}
