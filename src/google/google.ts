/**
 * What the rest of the program may ask of Google. Implemented by `client.ts`; knows nothing of MCP.
 */
import type { CallOptions, WriteOptions } from './call-options.ts';
import type { Picker } from './picker.ts';
import type { LibraryMethod, ReplyOf, RequestOf } from './types.ts';

export type { CallOptions, WriteOptions };

/** Progress of one upload: bytes that Google has acknowledged or the socket has taken, of the whole. */
export type OnBytes = (sent: number, total: number) => void;

export interface UploadSource {
  /** Opens the bytes from an offset; called again for every retry, so it must read anew each time. */
  open(offset: number): AsyncIterable<Uint8Array>;
  /** Exact length in bytes. */
  size: number;
  mimeType: string;
  fileName?: string;
}

export interface Google {
  /** Calls one of the 19 methods. Throws GoogleError. Writes of this process go one at a time (contract 6.3). */
  call<M extends LibraryMethod>(method: M, request: RequestOf<M>, options?: WriteOptions): Promise<ReplyOf<M>>;
  /** Sends bytes (raw up to 16 MiB, resumable above; contract 5) and returns the upload token. */
  upload(source: UploadSource, options?: CallOptions & { onBytes?: OnBytes }): Promise<string>;
  /**
   * Fetches a base URL with its suffix (contract 4.8): only from Google's media hosts, or the configured loopback origin.
   * `withBearer` for the Picker's URLs (contract 8.5). The body is streamed; a status other than 2xx throws GoogleError.
   */
  media(url: string, options?: CallOptions & { withBearer?: boolean }): Promise<Response>;
  /** The Picker API: how a person shares photos that this app did not make. */
  readonly picker: Picker;
}
