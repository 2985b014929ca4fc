/** Takes a request's body into a spool as it comes: any length, chunked or not, packed or not. */
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { UploadError } from './replies.ts';
import type { Spool } from './spool.ts';

/**
 * Appends the body to the spool.
 * @param limit how many bytes the spool may hold in the end; one more throws 413 and takes the body back out.
 * @returns false when the connection broke: what had come stays in the spool.
 */
export async function receiveBody(
  request: IncomingMessage,
  spool: Spool,
  limit = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const mark = spool.mark();
  try {
    for await (const chunk of unpacked(request)) {
      if (spool.size + chunk.length > limit) throw new UploadError(413, 'Upload is larger than declared.');
      await spool.append(chunk);
    }
    return true;
  } catch (error) {
    if (error instanceof UploadError) await spool.rewind(mark);
    if (error instanceof UploadError) throw error;
    if (request.complete) throw new UploadError(400, 'Request body could not be decoded.');
    return false;
  }
}

/** Without buffering of its own; reading stops when the request does. */
function unpacked(request: IncomingMessage): AsyncIterable<Buffer> {
  if (!/\bgzip\b/i.test(request.headers['content-encoding'] ?? '')) return request;
  // The iteration sees every failure itself; the callback only keeps pipeline from throwing it a second time.
  return pipeline(request, createGunzip(), () => {});
}
