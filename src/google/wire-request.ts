/** One request as the transport sends it. */

export interface WireRequest {
  /** For errors and for counting: `albums.list`, `uploads`, `media`. */
  readonly method: string;
  readonly verb: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes the body anew for each attempt. A stream needs its `content-length` among the headers. */
  readonly body?: () => string | StreamBody;
  readonly withBearer: boolean;
  readonly changes?: boolean;
  readonly removed?: boolean;
  readonly signal?: AbortSignal;
  /** For a string body: called, and awaited, at the last moment before it is out (see `WriteOptions`). */
  readonly onSend?: () => void | Promise<void>;
  /** Until `read` is done. */
  readonly timeoutMs?: number;
  /** Media hosts redirect (`=dv`); whoever says `manual` looks after the answer's address. */
  readonly redirect?: 'error' | 'manual';
}

/** A stream that is made for one request and must be closed whatever becomes of it. */
export interface StreamBody {
  readonly stream: AsyncIterable<Uint8Array>;
  /** What went wrong on our own side, if that is why the request failed. */
  failure(): unknown;
  close(): void;
}
