/** A library from a FILE: what it says stays as it is, what it leaves out is filled in sensibly. */
import { arraySource } from '../items.ts';
import type { AlbumEntry, ProjectId, StoredAlbum, StoredMediaItem } from '../model.ts';
import { DEMO_PROJECT, type Library } from '../state.ts';
import { type FileAlbum, type FileEntry, type FileItem, libraryFile } from './file-schema.ts';
import { assignSeeds } from './file-seeds.ts';
import { sceneSha256, stableId } from './identifiers.ts';
import { filenameFor, mimeTypeOf } from './media-types.ts';
import { storedItem } from './stored-item.ts';

/** One line that names the place: `library.json: mediaItems[3].creationTime must be a time …`. */
class LibraryFileError extends Error {
  constructor(where: string, what: string) {
    super(`${where} ${what}`);
    this.name = 'LibraryFileError';
  }
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`)).join('');

/**
 * @param value parsed JSON; @param source the file's name, for errors.
 * @throws LibraryFileError at the first thing that cannot be meant.
 */
export function readLibraryFile(value: unknown, source = 'library'): Library {
  const parsed = libraryFile.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = pathText(issue?.path ?? []);
    throw new LibraryFileError(place ? `${source}: ${place}` : source, issue?.message ?? 'is not a library');
  }
  const { mediaItems = [], albums = [] } = parsed.data;
  const items = readItems(mediaItems, source);
  const ids = new Set(items.map((item) => item.id));
  return { items: arraySource(items), albums: readAlbums(albums, ids, source) };
}

function refuseTwice(ids: readonly string[], list: string, source: string): void {
  const seen = new Map<string, number>();
  for (const [index, id] of ids.entries()) {
    const first = seen.get(id);
    if (first !== undefined)
      throw new LibraryFileError(`${source}: ${list}[${index}].id`, `is also that of ${list}[${first}]`);
    seen.set(id, index);
  }
}

const projectOf = ({ appCreated, appProject }: { appCreated?: boolean; appProject?: string }): ProjectId | null =>
  appProject ?? (appCreated === false ? null : DEMO_PROJECT);

/** What is needed to compose the pictures and is not in the item itself. */
interface Named extends FileItem {
  id: string;
  scene: string;
}

function readItems(given: readonly FileItem[], source: string): StoredMediaItem[] {
  const named = given.map((item, index): Named => {
    const id = item.id ?? stableId('AM', 'file', index, item.filename ?? '', item.creationTime ?? '');
    return { ...item, id, scene: item.scene ?? item.description ?? '' };
  });
  refuseTwice(
    named.map(({ id }) => id),
    'mediaItems',
    source,
  );
  const seeds = assignSeeds(named.map((item) => ({ ...item, time: millis(captureTime(item)) })));
  return named.map((item, index) => readItem(item, index, seeds.get(item.id) ?? 0));
}

/** The state form shows an upload time where there is no capture time, and says so. */
const captureTime = ({ creationTime, hasCaptureTime }: FileItem): string | undefined =>
  hasCaptureTime === false ? undefined : creationTime;

const millis = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));

/** When nothing is said about it: at the capture, but not in the future; one second after another for undated items. */
function uploadTime(item: FileItem, index: number): string {
  const said = item.uploadTime ?? item.creationTime;
  const fallback = new Date(Date.UTC(2025, 0, 1) + index * 1000).toISOString().replace('.000Z', 'Z');
  return item.uploadTime ?? (said === undefined || Date.parse(said) > Date.now() ? fallback : said);
}

function readItem(item: Named, index: number, seed: number): StoredMediaItem {
  const mimeType = item.mimeType ?? guessedType(item);
  const size = sizeOf(item, mimeType);
  const isVideo = mimeType.startsWith('video/');
  const camera = given({ cameraMake: item.cameraMake, cameraModel: item.cameraModel });
  return storedItem({
    id: item.id,
    filename: item.filename ?? filenameFor(mimeType, index + 1),
    mimeType,
    ...given({ captureTime: captureTime(item) }),
    uploadTime: uploadTime(item, index),
    ...size,
    sha256: item.sha256 ?? sceneSha256({ scene: item.scene, seed, ...size }),
    appProject: projectOf(item),
    scene: item.scene,
    seed,
    ...given({
      description: item.description,
      favorite: item.favorite,
      archived: item.archived,
      categories: item.categories,
      latitude: item.latitude,
      longitude: item.longitude,
      contributor: item.contributor,
    }),
    ...(isVideo
      ? { video: { fps: 30, durationSeconds: item.durationSeconds ?? 10, ...camera, readyAt: 0 } }
      : { photo: camera }),
  });
}

const guessedType = ({ filename, durationSeconds }: FileItem): string =>
  mimeTypeOf(filename ?? '') ?? (durationSeconds === undefined ? 'image/jpeg' : 'video/mp4');

/** A camera's, a video's or a screen's usual size; one given side is completed in that shape. */
function sizeOf({ width, height, scene }: Named, mimeType: string): { width: number; height: number } {
  const usual = mimeType.startsWith('video/')
    ? { width: 1920, height: 1080 }
    : /\bscreenshot/i.test(scene)
      ? { width: 1170, height: 2532 }
      : { width: 4032, height: 3024 };
  if (width !== undefined && height !== undefined) return { width, height };
  if (width !== undefined) return { width, height: Math.max(1, Math.round((width * usual.height) / usual.width)) };
  if (height !== undefined) return { width: Math.max(1, Math.round((height * usual.width) / usual.height)), height };
  return usual;
}

function readAlbums(given: readonly FileAlbum[], items: ReadonlySet<string>, source: string): StoredAlbum[] {
  const albums = given.map((album, index) => readAlbum(album, index, items, `${source}: albums[${index}]`));
  refuseTwice(
    albums.map(({ id }) => id),
    'albums',
    source,
  );
  return albums;
}

function readAlbum(album: FileAlbum, index: number, items: ReadonlySet<string>, where: string): StoredAlbum {
  const id = album.id ?? stableId('AL', 'file', index, album.title ?? '');
  const entries = (album.entries ?? []).map((entry, at) =>
    readEntry(entry, stableId('AE', id, at), items, `${where}.entries[${at}]`),
  );
  const cover = album.coverPhotoMediaItemId;
  if (cover && !entries.some((entry) => 'mediaItemId' in entry && entry.mediaItemId === cover)) {
    throw new LibraryFileError(
      `${where}.coverPhotoMediaItemId`,
      `names no item of the album: ${JSON.stringify(cover)}`,
    );
  }
  return {
    id,
    title: album.title ?? '',
    appProject: projectOf(album),
    entries,
    ...(cover ? { coverPhotoMediaItemId: cover } : {}),
    ...given({ share: album.share }),
  };
}

function readEntry(entry: FileEntry, usualId: string, items: ReadonlySet<string>, where: string): AlbumEntry {
  const { mediaItemId, enrichmentId = usualId, text, location, map } = entry;
  if (mediaItemId !== undefined) {
    if (!items.has(mediaItemId))
      throw new LibraryFileError(`${where}.mediaItemId`, `names no item of the file: ${JSON.stringify(mediaItemId)}`);
    return { mediaItemId };
  }
  if (text !== undefined) return { enrichmentId, text };
  return location === undefined
    ? { enrichmentId, map: map ?? { origin: {}, destination: {} } }
    : { enrichmentId, location };
}

/** Only what was said: a default must not be overwritten by `undefined`. */
function given<T extends object>(fields: T): Partial<T> {
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said) as Partial<T>; // only members of T are left
}
