/** A stretch of an upload's source as a request body: exactly so many bytes, closed whatever happens. */

import type { UploadSource } from './google.ts';
import { sourceChanged } from './network-errors.ts';
import type { StreamBody } from './transport.ts';

export interface Stretch {
  readonly offset: number;
  readonly length: number;
  /** Called with the position in the whole source as the socket takes the bytes. */
  readonly onPosition: (position: number) => void;
}

/**
 * The bytes from `offset`, `length` of them. A source that ends early, or goes on past its declared size, was written to
 * in the meantime: `failure` then says so, and the request breaks off instead of storing half a photo.
 */
export function streamBody(source: UploadSource, { offset, length, onPosition }: Stretch, method: string): StreamBody {
  const end = offset + length;
  // Opened when the first byte is wanted: an error of a stream that nobody reads yet would end the process.
  let iterator: AsyncIterator<Uint8Array> | undefined;
  let failure: unknown;

  async function* take(): AsyncGenerator<Uint8Array> {
    iterator = source.open(offset)[Symbol.asyncIterator]();
    let position = offset;
    while (position < end) {
      const { done, value } = await iterator.next();
      if (done) throw sourceChanged(method);
      const piece = value.subarray(0, end - position);
      if (end === source.size && piece.length < value.length) throw sourceChanged(method);
      position += piece.length;
      yield piece;
      onPosition(position);
    }
    if (end === source.size && !(await iterator.next()).done) throw sourceChanged(method);
  }

  async function* remembering(): AsyncGenerator<Uint8Array> {
    try {
      yield* take();
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  return {
    stream: remembering(),
    failure: () => failure,
    close: () => {
      Promise.resolve(iterator?.return?.()).catch(() => undefined);
    },
  };
}
