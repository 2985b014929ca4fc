/**
 * The library as `GET /_emulator/state` shows it and as `--library FILE` reads it (design 2): the same form, so that
 * what one emulator shows another can start with.
 */
import type { LibraryAlbum, LibraryItem } from '../emulator.d.ts';
import { creationTimeOf } from '../items.ts';
import type { ProjectId, StoredAlbum, StoredMediaItem } from '../model.ts';
import { DEMO_PROJECT, type State } from '../state.ts';

/** The whole library as JSON text, piece by piece: a million items never stand in memory at once. */
export function* stateText({ items, albums }: State): Generator<string> {
  yield '{"mediaItems":[';
  let separator = '\n';
  const known = new Set<string>();
  for (const { item } of items.walk()) {
    yield `${separator}${JSON.stringify(fileItem(item))}`;
    separator = ',\n';
  }
  for (const item of contributions(items, albums, known)) {
    yield `${separator}${JSON.stringify(fileItem(item))}`;
    separator = ',\n';
  }
  yield `\n],"albums":${JSON.stringify([...albums.values()].map(fileAlbum), null, 1)}}\n`;
}

/** Items that lie in shared albums only: other people's. */
function* contributions(items: State['items'], albums: State['albums'], seen: Set<string>): Generator<StoredMediaItem> {
  for (const { share, entries } of albums.values()) {
    for (const entry of share ? entries : []) {
      const item = 'mediaItemId' in entry && !seen.has(entry.mediaItemId) ? items.get(entry.mediaItemId) : undefined;
      if (!item?.contributor) continue;
      seen.add(item.id);
      yield item;
    }
  }
}

function fileItem(item: StoredMediaItem): LibraryItem {
  const { appProject, content, photo, video } = item;
  const camera = video ?? photo;
  return {
    id: item.id,
    filename: item.filename,
    description: item.description,
    mimeType: item.mimeType,
    creationTime: creationTimeOf(item),
    ...(item.captureTime === undefined ? { hasCaptureTime: false } : {}),
    width: item.width,
    height: item.height,
    sha256: item.sha256,
    ...madeBy(appProject),
    favorite: item.favorite,
    archived: item.archived,
    categories: item.categories,
    scene: content.kind === 'scene' ? content.scene : '',
    ...(content.kind === 'scene' ? { seed: content.seed } : {}),
    ...given({
      cameraMake: camera?.cameraMake,
      cameraModel: camera?.cameraModel,
      durationSeconds: video?.durationSeconds,
      latitude: item.latitude,
      longitude: item.longitude,
      contributor: item.contributor,
    }),
  };
}

function fileAlbum({ id, title, appProject, coverPhotoMediaItemId, entries, share }: StoredAlbum): LibraryAlbum {
  return {
    id,
    title,
    ...madeBy(appProject),
    coverPhotoMediaItemId: coverPhotoMediaItemId ?? '',
    entries,
    ...(share ? { share } : {}),
  };
}

function madeBy(appProject: ProjectId | null): { appCreated: boolean; appProject?: ProjectId } {
  if (appProject === null || appProject === DEMO_PROJECT) return { appCreated: appProject !== null };
  return { appCreated: false, appProject };
}

function given<T extends object>(fields: T): Partial<T> {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>; // only members of T are left
}
