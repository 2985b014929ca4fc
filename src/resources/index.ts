/** The resources of this server, in the order in which they are listed. */
import { listAllAlbums } from '../google/albums.ts';
import type { FixedResource, ReadContext, Resource, TemplateResource } from '../mcp/resource.ts';
import { toAlbumEntry, toMediaItemEntry } from '../results/entries.ts';
import { pageDetail } from '../results/page-view.ts';
import { parsePageToken } from '../results/reference.ts';
import guide from './guide.md';
import recipes from './recipes.md';

const JSON_TYPE = 'application/json';

/** Long edge in pixels: enough to judge a picture, well under what clients accept. */
const PREVIEW = '=w1024-h1024';

async function fetchPreview(mediaItemId: string, { google, signal }: ReadContext) {
  const { baseUrl } = await google.call('mediaItems.get', { mediaItemId }, { signal });
  const response = await google.media(`${baseUrl}${PREVIEW}`, { signal });
  const mimeType = response.headers.get('content-type') ?? 'image/jpeg';
  return { bytes: new Uint8Array(await response.arrayBuffer()), mimeType };
}

async function suggestAlbums(typed: string, { google, signal }: ReadContext): Promise<string[]> {
  const wanted = typed.toLowerCase();
  const albums = await listAllAlbums(google, { signal });
  return albums
    .filter(({ id, title = '' }) => title.toLowerCase().includes(wanted) || id.startsWith(typed))
    .map(({ id }) => id);
}

const FIXED: readonly FixedResource[] = [
  {
    name: 'account',
    uri: 'gphotos://account',
    title: 'Account',
    description: 'Who is signed in, what the sign-in allows, and problems with their cure.',
    mimeType: JSON_TYPE,
    read: async ({ auth }) => ({ json: await auth.status() }),
  },
  {
    name: 'albums',
    uri: 'gphotos://albums',
    title: 'Albums',
    description: 'All albums this app made, with ids, titles and counts.',
    mimeType: JSON_TYPE,
    read: async ({ google, signal }) => ({
      json: {
        albums: (await listAllAlbums(google, { signal })).map(toAlbumEntry).map(({ kind: _, ...album }) => album),
      },
    }),
  },
  {
    name: 'guide',
    uri: 'gphotos://guide',
    title: 'Guide',
    description:
      'What the Google Photos API can and cannot do, filters and categories, results and references, limits, recipes.',
    mimeType: 'text/markdown',
    read: async () => ({ text: `${guide}\n${recipes}` }),
  },
  {
    name: 'photo-grid',
    uri: 'ui://google-photos/photo-grid.html',
    title: 'Photo grid',
    description: 'The page on which chat clients with MCP Apps show what media_view gives.',
    mimeType: 'text/html;profile=mcp-app',
    // Nothing declared: the page may load nothing from anywhere.
    meta: { ui: { csp: {}, prefersBorder: true } },
    read: async () => ({ text: (await import('../ui/photo-grid/photo-grid.app.html')).default }),
  },
];

const TEMPLATES: readonly TemplateResource[] = [
  {
    name: 'result-page',
    uriTemplate: 'gphotos://results/{result}/pages/{page}',
    title: 'Page of a result',
    description: 'One page of a list, search, pick or scan, in full detail; fetched when it was not yet.',
    mimeType: JSON_TYPE,
    async read({ result, page }, { results, signal }) {
      const wanted = parsePageToken(`${result}.${page}`);
      return { json: pageDetail(await results.page(wanted.result, wanted.page, { signal })) };
    },
  },
  {
    name: 'album',
    uriTemplate: 'gphotos://albums/{albumId}',
    title: 'Album',
    description: 'One album as Google describes it.',
    mimeType: JSON_TYPE,
    complete: { albumId: suggestAlbums },
    async read({ albumId = '' }, { google, signal }) {
      const { kind: _, ...album } = toAlbumEntry(await google.call('albums.get', { albumId }, { signal }));
      return { json: { album } };
    },
  },
  {
    name: 'media-item',
    uriTemplate: 'gphotos://media/{mediaItemId}',
    title: 'Media item',
    description: 'One photo or video as Google describes it.',
    mimeType: JSON_TYPE,
    async read({ mediaItemId = '' }, { google, signal }) {
      const { kind: _, ...mediaItem } = toMediaItemEntry(
        await google.call('mediaItems.get', { mediaItemId }, { signal }),
      );
      return { json: { mediaItem } };
    },
  },
  {
    name: 'media-item-preview',
    uriTemplate: 'gphotos://media/{mediaItemId}/preview',
    title: 'Preview of a media item',
    description: 'The picture, or the still of a video, at most 1024 pixels on the long edge.',
    mimeType: 'image/jpeg',
    read: ({ mediaItemId = '' }, context) => fetchPreview(mediaItemId, context),
  },
];

export const RESOURCES: readonly Resource[] = [...FIXED, ...TEMPLATES];
