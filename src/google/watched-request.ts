/**
 * A request that says when it leaves. Built-in fetch cannot: between its being called and the last byte's reaching the
 * socket lie a connection and many turns, and a process killed among them would not know whether it had been sent.
 */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';

export interface WatchedInit {
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  signal: AbortSignal;
  /** Called when everything but the last byte is out, right before that one. Throwing stops the request. */
  onSend: () => void;
}

/** Like `fetch` without redirects. Over a connection of its own: one that was kept could be dying, and say so too late. */
export function fetchWatched(url: URL, { method, headers, body, signal, onSend }: WatchedInit): Promise<Response> {
  const bytes = Buffer.from(body);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(bytes.length) };
    const request = send(url, { method, headers: { ...headers, ...length }, signal, agent: false });
    request.on('error', reject);
    request.on('response', (message) => resolve(toResponse(message)));
    request.write(bytes.subarray(0, -1), (failure) => {
      if (failure || request.destroyed) return;
      // It has been written, so the connection stands, and the next write goes straight to it.
      try {
        onSend();
        request.end(bytes.subarray(-1));
      } catch (error) {
        request.destroy();
        reject(error);
      }
    });
  });
}

function toResponse(message: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const status = message.statusCode ?? 0;
  const body = status === 204 || status === 304 ? null : Readable.toWeb(message);
  // Node's and the DOM's streams are the same thing by two names.
  return new Response(body as BodyInit | null, { status, headers });
}
