/** From Google's wire shapes to what a result remembers: numbers as numbers, defaults filled in, base URLs left behind. */
import type { Album, MediaItem } from '../google/types.ts';
import type { AlbumEntry, MediaItemEntry } from './types.ts';

const toNumber = (int64: string | undefined): number | undefined => (int64 === undefined ? undefined : Number(int64));

export function toMediaItemEntry(item: MediaItem): MediaItemEntry {
  const { creationTime, width, height, photo, video } = item.mediaMetadata ?? {};
  const { cameraMake, cameraModel, ...exposure } = photo ?? {};
  const mimeType = item.mimeType ?? '';
  return {
    kind: 'mediaItem',
    id: item.id,
    filename: item.filename ?? '',
    type: video || mimeType.startsWith('video/') ? 'video' : 'photo',
    mimeType,
    creationTime,
    width: toNumber(width),
    height: toNumber(height),
    description: item.description,
    cameraMake: cameraMake ?? video?.cameraMake,
    cameraModel: cameraModel ?? video?.cameraModel,
    ...(Object.keys(exposure).length > 0 && { photo: exposure }),
    ...(video && { fps: video.fps, videoStatus: video.status }),
    productUrl: item.productUrl,
  };
}

export function toAlbumEntry(album: Album): AlbumEntry {
  return {
    kind: 'album',
    id: album.id,
    title: album.title ?? '',
    count: toNumber(album.mediaItemsCount) ?? 0,
    productUrl: album.productUrl,
    isWriteable: album.isWriteable ?? false,
    coverPhotoMediaItemId: album.coverPhotoMediaItemId,
    shareToken: album.shareInfo?.shareToken,
  };
}
