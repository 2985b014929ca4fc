/** What reading each resource gives. */
import { listAllAlbums } from '../google/albums.ts';
import type { ReadContext } from '../mcp/resource.ts';
import { toAlbumEntry, toMediaItemEntry } from '../results/entries.ts';
import { pageDetail } from '../results/page-view.ts';
import { parsePageToken } from '../results/reference.ts';
import { checkAlbumId, checkMediaItemId } from '../results/targets.ts';

type Variables = Record<string, string>;

/** Long edge in pixels: enough to judge a picture, well under what clients accept. */
const PREVIEW = '=w1024-h1024';

export async function readPreview(variables: Variables, { google, signal }: ReadContext) {
  const { baseUrl } = await google.call('mediaItems.get', mediaItemOf(variables), { signal });
  const response = await google.media(`${baseUrl}${PREVIEW}`, { signal });
  const mimeType = response.headers.get('content-type') ?? 'image/jpeg';
  return { bytes: new Uint8Array(await response.arrayBuffer()), mimeType };
}

/** Ids of albums whose titles contain what was typed. */
export async function suggestAlbums(typed: string, { google, signal }: ReadContext): Promise<string[]> {
  const wanted = typed.toLowerCase();
  const albums = await listAllAlbums(google, { signal });
  return albums
    .filter(({ id, title = '' }) => title.toLowerCase().includes(wanted) || id.startsWith(typed))
    .map(({ id }) => id);
}

export async function readAlbums({ google, signal }: ReadContext) {
  const albums = await listAllAlbums(google, { signal });
  return { json: { albums: albums.map(toAlbumEntry).map(({ kind: _, ...album }) => album) } };
}

export async function readResultPage({ result, page }: Variables, { results, signal }: ReadContext) {
  const wanted = parsePageToken(`${result}.${page}`);
  return { json: pageDetail(await results.page(wanted.result, wanted.page, { signal })) };
}

export async function readAlbum({ albumId = '' }: Variables, { google, signal }: ReadContext) {
  const named = { albumId: checkAlbumId(albumId) };
  const { kind: _, ...album } = toAlbumEntry(await google.call('albums.get', named, { signal }));
  return { json: { album } };
}

export async function readMediaItem(variables: Variables, { google, signal }: ReadContext) {
  const item = await google.call('mediaItems.get', mediaItemOf(variables), { signal });
  const { kind: _, ...mediaItem } = toMediaItemEntry(item);
  return { json: { mediaItem } };
}

const mediaItemOf = ({ mediaItemId = '' }: Variables) => ({ mediaItemId: checkMediaItemId(mediaItemId) });
