/** The raw protocol: the whole file in one request (contract 5.2). */
import { randomUUID } from 'node:crypto';
import { contentSize } from '../content.ts';
import type { Deps } from '../deps.ts';
import type { Exchange, Reply } from '../http.ts';
import type { Caller } from '../middleware.ts';
import { receiveBody } from './receive.ts';
import { fileHeaders, tokenReply, UploadError, verifyHash } from './replies.ts';
import { createSpool } from './spool.ts';

/** POST /v1/uploads. A client that names no protocol and sends a body means this one. */
export async function uploadRaw(deps: Deps, exchange: Exchange, caller: Caller): Promise<Reply> {
  const protocol = exchange.header('x-goog-upload-protocol') ?? 'raw';
  if (protocol !== 'raw') throw new UploadError(400, `Unsupported upload protocol: ${protocol}`);
  const spool = createSpool(deps.tempDir, randomUUID());
  try {
    if (!(await receiveBody(exchange, spool))) {
      await spool.discard();
      return 'written';
    }
    const content = await spool.content();
    if (contentSize(content) === 0) throw new UploadError(400, 'Upload body is empty.');
    await verifyHash(exchange.header('x-goog-hash'), content);
    return tokenReply(deps, { project: caller.project, content, sha256: spool.sha256(), ...fileHeaders(exchange) });
  } catch (error) {
    await spool.discard();
    throw error;
  }
}
