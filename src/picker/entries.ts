/** From the Picker's wire shape to what a result remembers (contract 8.3). */
import type { PickedMediaItem } from '../google/picker.ts';
import type { PickedItemEntry } from '../results/types.ts';

export function toPickedEntry(item: PickedMediaItem, sessionId: string): PickedItemEntry {
  const { mimeType = '', filename, mediaFileMetadata = {} } = item.mediaFile ?? {};
  const { width, height, cameraMake, cameraModel, videoMetadata } = mediaFileMetadata;
  const type = item.type === 'VIDEO' || mimeType.startsWith('video/') ? 'video' : 'photo';
  return {
    kind: 'pickedItem',
    id: item.id,
    sessionId,
    filename: filename || `${type}-${item.id.slice(-12)}${ENDINGS[mimeType] ?? ''}`,
    type,
    mimeType,
    creationTime: item.createTime,
    width,
    height,
    cameraMake,
    cameraModel,
    ...(type === 'video' && { videoStatus: videoMetadata?.processingStatus }),
  };
}

/** Names came to the Picker after its launch (contract 8.3); the kinds that a library mostly has. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/heic': '.heic',
  'image/heif': '.heic',
  'image/webp': '.webp',
  'image/gif': '.gif',
  'video/mp4': '.mp4',
  'video/quicktime': '.mov',
};
