/** A range of an upload's source as a request body: exactly so many bytes, closed whatever happens. */
import type { UploadSource } from './google.ts';
import { sourceChanged } from './network-errors.ts';
import type { StreamBody } from './wire-request.ts';

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * The bytes of a range. A source that ends early, or goes on past its declared size, was written to
 * in the meantime: `failure` then says so, and the request breaks off instead of storing half a photo.
 */
export function streamBody(
  source: UploadSource,
  { offset, length }: ByteRange,
  onPosition: (position: number) => void,
  method: string,
): StreamBody {
  const end = offset + length;
  // Opened when the first byte is wanted: an error of a stream without a reader would end the process.
  let iterator: AsyncIterator<Uint8Array> | undefined;
  let failure: unknown;

  async function* readRange(): AsyncGenerator<Uint8Array> {
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

  async function* recordFailure(): AsyncGenerator<Uint8Array> {
    try {
      yield* readRange();
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  return {
    stream: recordFailure(),
    failure: () => failure,
    close: () => {
      Promise.resolve(iterator?.return?.()).catch(() => undefined);
    },
  };
}
