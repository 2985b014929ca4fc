/**
 * A request that says when it leaves. Built-in fetch cannot: between its being called and the last byte's reaching the
 * socket lie a connection and many turns, and a process killed among them would not know whether it had been sent.
 */
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';

export interface WatchedInit {
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  signal: AbortSignal;
  /**
   * Called when everything but the last byte is out, and awaited before that one goes. When it throws or rejects, the
   * request is abandoned: no server has it whole.
   */
  onSend: () => void | Promise<void>;
}

/** Like `fetch` without redirects. Over a connection of its own: one that was kept could be dying, and say so too late. */
export function fetchWatched(url: URL, { method, headers, body, signal, onSend }: WatchedInit): Promise<Response> {
  const bytes = Buffer.from(body);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(bytes.length) };
    const request = send(url, { method, headers: { ...headers, ...length }, signal, agent: false });
    let isAnswered = false;
    let released: Promise<void> | undefined;
    // A request that is aborted emits no error once there is an answer.
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    request.on('error', reject);
    request.on('response', async (message) => {
      isAnswered = true;
      // Some answer before they have it whole. What onSend records must not come after what is made of the answer.
      if (released) await released.catch(() => undefined);
      else message.once('end', () => request.destroy());
      resolve(toResponse(message));
    });
    request.write(bytes.subarray(0, -1), (failure) => {
      if (failure || request.destroyed || isAnswered) return;
      released = release(request, bytes.subarray(-1), onSend);
      released.catch((error) => {
        request.destroy();
        reject(error);
      });
    });
  });
}

/** All else has been written, so the connection stands, and the last byte goes straight to it. */
async function release(request: ClientRequest, lastByte: Buffer, onSend: WatchedInit['onSend']): Promise<void> {
  await onSend();
  if (!request.destroyed) request.end(lastByte);
}

function toResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = message.statusCode ?? 0;
  const body = status === 204 || status === 304 ? null : Readable.toWeb(message);
  // Where tests of pages are checked, the DOM's streams go by the same name.
  return new Response(body as ConstructorParameters<typeof Response>[0], { status, headers });
}
