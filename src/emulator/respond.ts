/** Writes replies the way Google's front end does: headers, JSON spacing, `fields`, gzip (contract 1). */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { errorEnvelope, GoogleApiError } from './errors.ts';
import { parseFields, selectFields } from './fields.ts';
import type { Exchange, Reply } from './http.ts';

const zip = promisify(gzip);

const JSON_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'application/json; charset=UTF-8',
  'Cache-Control': 'private',
  Vary: 'X-Origin,Referer,Origin,Accept-Encoding',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'SAMEORIGIN',
  'X-XSS-Protection': '0',
};

/** A reply ready for the socket: what a fault may cut in half. */
export interface Rendered {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** The bytes of a reply. */
export async function render(exchange: Exchange, reply: Exclude<Reply, 'written'>): Promise<Rendered> {
  const status = reply.status ?? 200;
  if ('body' in reply) {
    const body = typeof reply.body === 'string' ? Buffer.from(reply.body) : reply.body;
    return { status, headers: { ...reply.headers, 'Content-Length': String(body.byteLength) }, body };
  }
  const body = Buffer.from(jsonText(exchange.url.searchParams, reply.json, status));
  const headers = { ...JSON_HEADERS, ...reply.headers };
  if (!/\bgzip\b/i.test(exchange.header('accept-encoding') ?? '')) return { status, headers, body };
  return { status, headers: { ...headers, 'Content-Encoding': 'gzip' }, body: await zip(body) };
}

/** JSON goes out chunked, as Google sends it; what has a length of its own keeps it. */
export function send({ request, response }: Exchange, { status, headers, body }: Rendered): void {
  response.writeHead(status, headers);
  if (request.method !== 'HEAD') response.write(body);
  response.end();
}

/** The reply to whatever a route threw. */
export function errorReply(exchange: Exchange, thrown: unknown): Exclude<Reply, 'written'> {
  const error =
    thrown instanceof GoogleApiError ? thrown : new GoogleApiError('INTERNAL', 'Internal error encountered.');
  const query = exchange.url.searchParams;
  const withErrors = query.get('alt') === 'json' || query.get('$.xgafv') === '1';
  return { status: error.code, headers: { ...error.headers }, json: errorEnvelope(error, withErrors) };
}

function jsonText(query: URLSearchParams, json: unknown, status: number): string {
  const mask = query.get('fields');
  const value = mask && status < 400 ? selectFields(json, parseFields(mask)) : json;
  const isCompact = ['false', '0'].includes(query.get('prettyPrint') ?? '');
  return isCompact ? JSON.stringify(value) : `${JSON.stringify(value, null, 2)}\n`;
}
