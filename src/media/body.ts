import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

/** A response's body as a node stream. The two type libraries describe one and the same class. */
export function bodyOf({ body }: Response): Readable {
  return body ? Readable.fromWeb(body as ReadableStream) : Readable.from([]);
}
