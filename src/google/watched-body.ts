import type { StreamBody } from './transport.ts';

/**
 * A body that calls `onSend` when the connection stands and asks for it, in the same turn in which it is written to the
 * socket. A plain string would leave a connection's making and a few turns between the two. Throwing stops the request.
 */
export function watchedBody(text: string, onSend: () => void): StreamBody {
  async function* stream() {
    onSend();
    yield Buffer.from(text);
  }
  return { stream: stream(), failure: () => undefined, close() {} };
}
