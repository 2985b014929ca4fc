/** Picked items as the Picker shows them: numbers as numbers, ids and base URLs of its own (contract 8.3, 8.5). */
import { createHmac } from 'node:crypto';
import { mintBaseUrl } from '../base-urls.ts';
import { creationTimeOf } from '../items.ts';
import type { Viewing } from '../library/route.ts';
import { durationText, omitDefaults } from '../library/views.ts';
import type { StoredMediaItem } from '../model.ts';

export function pickedView(viewing: Viewing, item: StoredMediaItem): object {
  const { deps, caller, exchange } = viewing;
  const { mimeType, filename } = item;
  const target = { kind: 'picked' as const, id: item.id, project: caller.project };
  return {
    id: pickedId(deps.secret, item.id),
    createTime: creationTimeOf(item),
    type: item.video ? 'VIDEO' : 'PHOTO',
    mediaFile: omitDefaults({
      baseUrl: mintBaseUrl(deps, exchange.url.origin, target),
      mimeType,
      filename,
      mediaFileMetadata: metadataView(item, deps.clock.now()),
    }),
  };
}

/** The same in every session, and nothing that the Library API knows. */
function pickedId(secret: string, mediaItemId: string): string {
  return `AP${createHmac('sha512', secret).update(`picked ${mediaItemId}`).digest('base64url')}`;
}

function metadataView({ width, height, photo, video }: StoredMediaItem, now: number): object {
  const { cameraMake, cameraModel } = video ?? photo ?? {};
  return omitDefaults({
    width,
    height,
    cameraMake,
    cameraModel,
    photoMetadata: video ? undefined : photoMetadata(photo ?? {}),
    videoMetadata:
      video && omitDefaults({ fps: video.fps, processingStatus: video.readyAt <= now ? 'READY' : 'PROCESSING' }),
  });
}

function photoMetadata({
  focalLength,
  apertureFNumber,
  isoEquivalent,
  exposureTime,
}: NonNullable<StoredMediaItem['photo']>) {
  const duration = exposureTime ? durationText(exposureTime) : undefined;
  return omitDefaults({ focalLength, apertureFNumber, isoEquivalent, exposureTime: duration });
}
