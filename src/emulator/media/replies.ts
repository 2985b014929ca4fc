/** How the image host answers: bytes with ranges, HTML for refusals, a picture for what is not there (contract 4.8). */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { contentSize } from '../content.ts';
import type { Exchange, Reply } from '../http.ts';
import { page } from '../render-page.ts';
import { fill } from '../template.ts';
import type { Original } from './originals.ts';
import { notFoundPicture } from './pictures.ts';
import { type ByteRange, parseRange } from './range.ts';

/** Bytes for GET and HEAD, whole or in part. @param attach whether to name a file to save it as. */
export async function bytesReply(exchange: Exchange, original: Original, attach: boolean): Promise<Reply> {
  const size = contentSize(original.content);
  const isHead = exchange.request.method === 'HEAD';
  const range = isHead ? 'whole' : parseRange(exchange.header('range'), size);
  if (range === 'unsatisfiable') return { status: 416, headers: { 'Content-Range': `bytes */${size}` }, body: '' };
  const part = range === 'whole' ? { start: 0, end: size } : range;
  const headers = { ...headersOf(original, attach), ...(range === 'whole' ? {} : contentRange(part, size)) };
  const status = range === 'whole' ? 200 : 206;
  if (original.content.kind === 'bytes')
    return { status, headers, body: original.content.bytes.subarray(part.start, part.end) };
  return stream(exchange, original.content.path, part, status, headers);
}

function headersOf({ mimeType, filename }: Original, attach: boolean): Record<string, string> {
  return {
    'Content-Type': mimeType,
    'Content-Disposition': `${attach ? 'attachment' : 'inline'};${dispositionName(filename)}`,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, max-age=86400, no-transform',
    'X-Content-Type-Options': 'nosniff',
    'X-XSS-Protection': '0',
    Server: 'fife',
  };
}

/** Plain for old clients, and RFC 5987 for names that ASCII cannot hold. */
function dispositionName(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\]/g, '_');
  // Through UTF-8 and back: half a surrogate pair becomes U+FFFD, which encodeURIComponent does not throw at.
  const sound = Buffer.from(filename).toString();
  const exact = encodeURIComponent(sound).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return plain === filename ? `filename="${plain}"` : `filename="${plain}";filename*=UTF-8''${exact}`;
}

const contentRange = ({ start, end }: ByteRange, size: number) => ({
  'Content-Range': `bytes ${start}-${end - 1}/${size}`,
});

async function stream(
  exchange: Exchange,
  path: string,
  { start, end }: ByteRange,
  status: number,
  headers: Record<string, string>,
): Promise<Reply> {
  const { request, response } = exchange;
  response.writeHead(status, { ...headers, 'Content-Length': String(end - start) });
  if (request.method === 'HEAD') response.end();
  // A client that goes away in the middle is its own affair.
  else await pipeline(createReadStream(path, { start, end: end - 1 }), response).catch(() => {});
  return 'written';
}

const refusals = {
  400: { title: 'Bad Request', message: 'A base URL needs a suffix such as =w256-h256, =d or =dv.' },
  403: { title: 'Forbidden', message: 'Your client does not have permission to get this URL from this server.' },
  429: { title: 'Too Many Requests', message: 'Rate-limit exceeded.' },
} as const;

/** A refusal as a page. */
export async function refusal(status: keyof typeof refusals): Promise<Reply> {
  const body = fill(await page('media-error.html'), { status: String(status), ...refusals[status] });
  return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body };
}

/** 404, and all the same a picture: whoever decodes before looking at the status is deceived, as at Google. */
export async function notFoundReply(): Promise<Reply> {
  return { status: 404, headers: { 'Content-Type': 'image/jpeg' }, body: await notFoundPicture() };
}
