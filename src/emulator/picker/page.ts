/**
 * What the person sees at `pickerUri`: the whole library, a search, Done and Cancel. Not part of Google's API, so it is
 * neither counted nor subject to faults.
 */
import type { Deps } from '../deps.ts';
import { GoogleApiError, invalidArgument, notFound } from '../errors.ts';
import type { Exchange, Handler, Reply, Route } from '../http.ts';
import { createRenditions } from '../images/renditions.ts';
import { creationTimeOf } from '../items.ts';
import { pictureOf } from '../media/pictures.ts';
import type { StoredMediaItem } from '../model.ts';
import { page } from '../render-page.ts';
import { DEMO_USER, type PickerSession } from '../state.ts';
import { fill } from '../template.ts';
import { placeName } from './places.ts';
import { findItems } from './search.ts';
import { liveSession } from './sessions.ts';
import { type WholeCursor, wholeLibrary } from './whole-library.ts';

const ASSETS: Readonly<Record<string, string>> = {
  'picker.css': 'text/css; charset=UTF-8',
  'picker.svg': 'image/svg+xml',
  'picker.client.js': 'text/javascript; charset=UTF-8',
  'picker-grid.client.js': 'text/javascript; charset=UTF-8',
  'picker-selection.client.js': 'text/javascript; charset=UTF-8',
};

const SECURITY = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const HTML = {
  ...SECURITY,
  'Content-Type': 'text/html; charset=UTF-8',
  'Cache-Control': 'no-store',
  // The picker cannot be framed (contract 8.2).
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
};

export function pickerPage(deps: Deps): Route[] {
  const thumbnails = createThumbnails(deps);
  const at = (verb: Route['verb'], path: string, handle: Handler): Route => ({
    name: 'picker.page',
    verb,
    path,
    handle,
    localOnly: true,
    control: true,
  });
  return [
    at('GET', '/picker/{id}', (exchange) => showPage(deps, exchange, false)),
    at('GET', '/picker/{id}/autoclose', (exchange) => showPage(deps, exchange, true)),
    at('GET', '/picker/{id}/items', (exchange) => showItems(deps, exchange)),
    at('GET', '/picker/{id}/thumbs/{item}', thumbnails),
    at('POST', '/picker/{id}/done', (exchange) => done(deps, exchange)),
    at('POST', '/picker/{id}/cancel', (exchange) => cancel(deps, exchange)),
    at('GET', '/picker-assets/{name}', ({ params }) => asset(params.name ?? '')),
  ];
}

async function showPage(deps: Deps, { params }: Exchange, autoclose: boolean): Promise<Reply> {
  const session = liveSession(deps, params.id ?? '');
  if (session?.state !== 'choosing') return overPage(session);
  const { id, app, maxItemCount, expiresAt } = session;
  const expiresIn = Math.ceil((expiresAt - deps.clock.now()) / 1000);
  const values = {
    id,
    app,
    autoclose,
    max: String(maxItemCount),
    expiresIn: String(expiresIn),
    email: DEMO_USER.email,
  };
  return { headers: HTML, body: fill(await page('picker.html'), values) };
}

/** The link dies with Done (contract 8.2). */
async function overPage(session: PickerSession | undefined): Promise<Reply> {
  const [status, title] = session ? [410, 'This page has been used'] : [404, 'This page has expired'];
  const message = 'Go back to where the link came from and ask for a new one.';
  return { status, headers: HTML, body: fill(await page('picker-over.html'), { title: String(title), message }) };
}

/** The session while the person is choosing; 404 when it is gone, 410 when it has been used. */
function openSession(deps: Deps, { params }: Exchange): PickerSession {
  const session = liveSession(deps, params.id ?? '');
  if (!session) throw notFound();
  if (session.state === 'choosing') return session;
  throw new GoogleApiError('FAILED_PRECONDITION', 'This page has been used.', { code: 410 });
}

async function showItems(deps: Deps, exchange: Exchange): Promise<Reply> {
  openSession(deps, exchange);
  const query = exchange.url.searchParams;
  const { items, next } = await findItems(deps, query.get('q') ?? '', readCursor(query.get('after') ?? ''));
  return { json: { items: items.map(pageItem), ...(next ? { next: JSON.stringify(next) } : {}) } };
}

function readCursor(text: string): WholeCursor | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw invalidArgument('Invalid cursor.');
  }
}

function pageItem(item: StoredMediaItem): object {
  const { id, content, description, filename, video } = item;
  const words = description || (content.kind === 'scene' ? content.scene : '') || filename;
  const label = [words, placeName(item)].filter(Boolean).join(', ');
  return { id, time: creationTimeOf(item), label, ...(video ? { seconds: video.durationSeconds ?? 0 } : {}) };
}

function createThumbnails(deps: Deps): Handler {
  const renditions = createRenditions(16 * 1024 * 1024);
  return async (exchange) => {
    // Those still on their way when the person presses Done are served too.
    if (!liveSession(deps, exchange.params.id ?? '')) throw notFound();
    const item = (await wholeLibrary(deps)).get(exchange.params.item ?? '');
    if (!item) throw notFound();
    const body = await pictureOf(renditions, item, { width: 256, height: 256, crop: true }, false);
    return { headers: { ...SECURITY, 'Content-Type': 'image/jpeg', 'Cache-Control': 'private, max-age=3600' }, body };
  };
}

/** Body `{ items: [media item id] }`: what the person chose, in that order. */
async function done(deps: Deps, exchange: Exchange): Promise<Reply> {
  const session = openSession(deps, exchange);
  const library = await wholeLibrary(deps);
  const ids = chosen(await exchange.body()) ?? [];
  const isKnown = ids.every((id) => library.get(id) !== undefined);
  if (!isKnown || ids.length === 0 || ids.length > session.maxItemCount) {
    throw invalidArgument(`The body must be { "items": [1 to ${session.maxItemCount} ids of the library] }.`);
  }
  session.picked = ids;
  session.state = 'done';
  deps.changed();
  return { json: {} };
}

function cancel(deps: Deps, exchange: Exchange): Reply {
  openSession(deps, exchange).state = 'cancelled';
  deps.changed();
  return { json: {} };
}

/** Each id once; undefined when the body is something else. */
function chosen(body: Buffer): string[] | undefined {
  try {
    const { items } = JSON.parse(body.toString('utf8'));
    const isList = Array.isArray(items) && items.every((id) => typeof id === 'string');
    return isList ? [...new Set<string>(items)] : undefined;
  } catch {
    return undefined;
  }
}

async function asset(name: string): Promise<Reply> {
  const type = ASSETS[name];
  if (!type) throw notFound();
  return { headers: { ...SECURITY, 'Content-Type': type, 'Cache-Control': 'no-cache' }, body: await page(name) };
}
