/** Stored things as the API shows them (contract 4): int64 as strings, defaults left out. */
import { mintBaseUrl } from '../base-urls.ts';
import { creationTimeOf } from '../items.ts';
import type { StoredAlbum, StoredMediaItem } from '../model.ts';
import { APPEND_ONLY, LEGACY_ALL, LEGACY_SHARING } from '../scopes.ts';
import { DEMO_USER } from '../state.ts';
import { isFillable } from './access.ts';
import type { Viewing } from './route.ts';

/** Leaves out zero, false, empty strings and absent members, as proto3 JSON does. */
export function omitDefaults<T extends object>(fields: T): Partial<T> {
  const isDefault = (value: unknown): boolean => value === undefined || value === '' || value === 0 || value === false;
  const kept = Object.entries(fields).filter(([, value]) => !isDefault(value));
  return Object.fromEntries(kept) as Partial<T>; // only members of T are left
}

export function mediaItemView(
  { deps, caller, exchange }: Viewing,
  item: StoredMediaItem,
  inAlbum?: StoredAlbum,
): object {
  const target = { kind: 'item' as const, id: item.id, project: caller.project };
  return {
    ...newMediaItemView(deps.clock.now(), item),
    ...(inAlbum ? { productUrl: `${albumUrl(inAlbum.id)}/photo/${item.id}` } : {}),
    baseUrl: mintBaseUrl(deps, exchange.url.origin, target),
  };
}

/** As `mediaItemView`, without `baseUrl`: the results of batchCreate (contract 3.10). @param now ms, decides about READY. */
export function newMediaItemView(now: number, item: StoredMediaItem): object {
  return omitDefaults({
    id: item.id,
    description: item.description,
    productUrl: `https://photos.google.com/lr/photo/${item.id}`,
    mimeType: item.mimeType,
    mediaMetadata: omitDefaults({
      creationTime: creationTimeOf(item),
      width: decimal(item.width),
      height: decimal(item.height),
      photo: item.video ? undefined : photoView(item.photo ?? {}),
      video: item.video && videoView(item.video, now),
    }),
    filename: item.filename,
  });
}

const decimal = (value: number): string => (value === 0 ? '' : String(value));

function photoView({ exposureTime, ...camera }: NonNullable<StoredMediaItem['photo']>): object {
  const { cameraMake, cameraModel, focalLength, apertureFNumber, isoEquivalent } = camera;
  const duration = exposureTime ? durationText(exposureTime) : undefined;
  return omitDefaults({ cameraMake, cameraModel, focalLength, apertureFNumber, isoEquivalent, exposureTime: duration });
}

function videoView(
  { cameraMake, cameraModel, fps, readyAt }: NonNullable<StoredMediaItem['video']>,
  now: number,
): object {
  return omitDefaults({ cameraMake, cameraModel, fps, status: readyAt <= now ? 'READY' : 'PROCESSING' });
}

/** proto3 JSON Duration: 0, 3, 6 or 9 fractional digits and an `s`. */
export function durationText(seconds: number): string {
  const nine = seconds.toFixed(9);
  const [whole, fraction = ''] = nine.split('.');
  const digits = fraction.replace(/(000)+$/, '');
  return digits ? `${whole}.${digits}s` : `${whole}s`;
}

const albumUrl = (id: string): string => `https://photos.google.com/lr/album/${id}`;

export function albumView(viewing: Viewing, album: StoredAlbum): object {
  const { deps, caller, exchange } = viewing;
  const itemIds = album.entries.flatMap((entry) => ('mediaItemId' in entry ? [entry.mediaItemId] : []));
  const cover = album.coverPhotoMediaItemId ?? itemIds[0];
  const target = {
    kind: cover ? ('item' as const) : ('placeholder' as const),
    id: cover ?? '',
    project: caller.project,
  };
  return omitDefaults({
    id: album.id,
    title: album.title,
    productUrl: albumUrl(album.id),
    isWriteable: isFillable(album, caller) && caller.has(APPEND_ONLY, LEGACY_ALL, LEGACY_SHARING),
    shareInfo: sharedInfoFor(viewing, album),
    mediaItemsCount: decimal(itemIds.length),
    coverPhotoBaseUrl: mintBaseUrl(deps, exchange.url.origin, target),
    coverPhotoMediaItemId: cover,
  });
}

/** Contract 4.1: only for albums of this app, and only with the sharing scope, which exists only in legacy mode. */
function sharedInfoFor({ caller }: Viewing, album: StoredAlbum): object | undefined {
  const isShown = album.share && album.appProject === caller.project && caller.has(LEGACY_SHARING);
  return isShown ? shareInfoView(album.share) : undefined;
}

export function shareInfoView(share: StoredAlbum['share']): object | undefined {
  if (!share) return undefined;
  return omitDefaults({
    sharedAlbumOptions: omitDefaults(share.options),
    shareableUrl: `https://photos.app.goo.gl/${share.shareToken.slice(2, 19)}`,
    shareToken: share.shareToken,
    isJoined: share.joined || share.ownedByUser,
    isOwned: share.ownedByUser,
    isJoinable: true,
  });
}

/** Who put an item into a shared album (contract 4.4). */
export function contributorView({ deps, caller, exchange }: Viewing, item: StoredMediaItem): object {
  const name = item.contributor ?? DEMO_USER.name;
  const target = { kind: 'profile' as const, id: name, project: caller.project };
  return { profilePictureBaseUrl: mintBaseUrl(deps, exchange.url.origin, target), displayName: name };
}
