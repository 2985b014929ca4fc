/** Base URLs served: `/lr/<opaque>=<suffix>` (contract 4.8 and 8.5). */
import { type BaseUrlTarget, readBaseUrl } from '../base-urls.ts';
import type { Deps } from '../deps.ts';
import type { Exchange, Handler, Reply, Route } from '../http.ts';
import { createRenditions, type Renditions } from '../images/renditions.ts';
import { tokenOf } from '../middleware.ts';
import type { StoredMediaItem } from '../model.ts';
import { chargeMediaBytes } from '../quota.ts';
import { PICKER } from '../scopes.ts';
import { jpegFile, originalPhoto, originalVideo } from './originals.ts';
import { emptyAlbumPicture, pictureOf, profilePicture } from './pictures.ts';
import { bytesReply, notFoundReply, refusal } from './replies.ts';
import { parseSuffix, type Suffix } from './suffix.ts';

/** GET and HEAD, each counted as `media.bytes` and against the daily media-bytes quota. */
export function mediaRoutes(deps: Deps): Route[] {
  const renditions = createRenditions();
  const handle: Handler = (exchange) => serve(deps, renditions, exchange);
  const route = { name: 'media.bytes', path: '/lr/{address}', handle };
  return [
    { ...route, verb: 'GET' },
    { ...route, verb: 'HEAD' },
  ];
}

async function serve(deps: Deps, renditions: Renditions, exchange: Exchange): Promise<Reply> {
  const [opaque = '', suffixText] = split(exchange.params.address ?? '');
  const target = readBaseUrl(deps, opaque);
  if (!target) return notFoundReply();
  if (target.expired || !mayRead(deps, exchange, target)) return refusal(403);
  const suffix = parseSuffix(suffixText);
  if (!suffix) return refusal(400);
  if (!chargeMediaBytes(deps, target.project)) return refusal(429);
  return show(deps, renditions, exchange, target, suffix);
}

/** Base64url needs no `=`, so the first one starts the suffix. */
function split(address: string): [string, string] {
  const at = address.indexOf('=');
  return at < 0 ? [address, ''] : [address.slice(0, at), address.slice(at + 1)];
}

/** Library URLs are public until they expire; the Picker's want a bearer with its scope (contract 8.5). */
function mayRead(deps: Deps, exchange: Exchange, { kind }: BaseUrlTarget): boolean {
  return kind !== 'picked' || (tokenOf(deps, exchange)?.scopes.includes(PICKER) ?? false);
}

async function show(
  deps: Deps,
  renditions: Renditions,
  exchange: Exchange,
  target: BaseUrlTarget,
  suffix: Suffix,
): Promise<Reply> {
  const box = suffix.want === 'image' ? suffix : {};
  if (target.kind === 'placeholder') return jpegReply(exchange, await emptyAlbumPicture(renditions, box), 'album.jpg');
  if (target.kind === 'profile')
    return jpegReply(exchange, await profilePicture(renditions, target.id, box), 'profile.jpg');
  const item =
    deps.state.items.get(target.id) ?? (target.kind === 'picked' ? (await deps.elsewhere()).get(target.id) : undefined);
  // A video's base URL is good for nothing until the video is ready (contract 4.4).
  if (!item || (item.video && item.video.readyAt > deps.clock.now())) return notFoundReply();
  return showItem(renditions, exchange, item, suffix);
}

async function showItem(
  renditions: Renditions,
  exchange: Exchange,
  item: StoredMediaItem,
  suffix: Suffix,
): Promise<Reply> {
  if (suffix.want === 'video')
    return item.video ? bytesReply(exchange, await originalVideo(renditions, item), true) : notFoundReply();
  if (suffix.want === 'download' && !item.video)
    return bytesReply(exchange, await originalPhoto(renditions, item), true);
  const box = suffix.want === 'image' ? suffix : {};
  return jpegReply(exchange, await pictureOf(renditions, item, box, suffix.overlay), item.filename);
}

const jpegReply = (exchange: Exchange, jpeg: Uint8Array, filename: string) =>
  bytesReply(exchange, jpegFile(jpeg, filename), false);
