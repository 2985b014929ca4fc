/**
 * The emulator's own small HTTP kit: a route table, one exchange, one reply. It knows nothing of photos.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Failure } from './emulator.d.ts';

/** One request on its way: what a route may look at. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Absolute, with the origin under which the client reached us. */
  readonly url: URL;
  /** Parts of the path that the route's template named, percent-decoded. */
  readonly params: Readonly<Record<string, string>>;
  header(name: string): string | undefined;
  /** The whole body, decompressed when it says `Content-Encoding: gzip`; read once, then remembered. */
  body(): Promise<Buffer>;
  /** The body as it comes, for what is too large to hold; not decompressed. Also there when it has been read already. */
  incoming(): Readable;
  /** What a fault rule wants of this request (`POST /_emulator/faults`); the server sees to all that are not about pages. */
  readonly failure?: Failure;
  /**
   * Waits out the configured latency, at least `atLeastMs`; once a request, later calls return at once. The server calls it
   * before a GET and after everything else; a write calls it itself while it holds the user's write lock.
   */
  delay(atLeastMs?: number): Promise<void>;
}

/** What a route answers; the server writes it (JSON spacing, gzip, `fields` and standard headers are its business). */
export type Reply =
  | { status?: number; headers?: Record<string, string>; json: unknown }
  | { status?: number; headers?: Record<string, string>; body: string | Uint8Array }
  /** The route has written to `exchange.response` itself, or destroyed the socket. */
  | 'written';

export type Handler = (exchange: Exchange) => Reply | Promise<Reply>;

export interface Route {
  /** The name under which it is counted and under which faults name it, for example `albums.list`. */
  readonly name: string;
  readonly verb: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' | 'OPTIONS';
  /** `/v1/albums/{albumId}:share`; a `{name}` matches one segment without `/` and `:`, `{name*}` the rest of the path. */
  readonly path: string;
  readonly handle: Handler;
  /** Decides between routes of the same verb and path, as by a query parameter or a header. */
  readonly when?: (exchange: Exchange) => boolean;
  /** A page for people, or control over the emulator: only for requests addressed to a loopback name (against DNS rebinding). */
  readonly localOnly?: true;
  /** Not part of Google: neither counted, logged, delayed nor subject to faults. */
  readonly control?: true;
}
