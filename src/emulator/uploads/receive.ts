/** Takes a request's body into a spool as it comes: any length, chunked or not, packed or not. */
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Exchange } from '../http.ts';
import { UploadError } from './replies.ts';
import type { Spool } from './spool.ts';

/**
 * Appends the body to the spool.
 * @param limit how many bytes the spool may hold in the end; one more throws 413 and takes the body back out.
 * @returns false when the connection broke: what had come stays in the spool.
 */
export async function receiveBody(
  exchange: Exchange,
  spool: Spool,
  limit = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const { request, response } = exchange;
  const mark = spool.mark();
  try {
    for await (const chunk of unpacked(exchange)) {
      if (spool.size + chunk.length > limit) throw new UploadError(413, 'Upload is larger than declared.');
      await spool.append(chunk);
    }
    return true;
  } catch (error) {
    if (isBroken(error)) {
      response.destroy();
      return false;
    }
    await spool.rewind(mark);
    // The rest is read and thrown away: a client that is still sending would not see the answer.
    request.resume();
    throw isBadGzip(error) ? new UploadError(400, 'Request body could not be decoded.') : error;
  }
}

/** Without buffering of its own; leaves the request open when the reader stops early. */
function unpacked(exchange: Exchange): AsyncIterable<Buffer> {
  const isPacked = /\bgzip\b/i.test(exchange.header('content-encoding') ?? '');
  const incoming = exchange.incoming();
  // The iteration sees every failure itself; the callback only keeps pipeline from throwing it a second time.
  const stream: Readable = isPacked ? pipeline(incoming, createGunzip(), () => {}) : incoming;
  return stream.iterator({ destroyOnReturn: false });
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');
const isBroken = (error: unknown) =>
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'].includes(codeOf(error));
const isBadGzip = (error: unknown) => codeOf(error).startsWith('Z_');
