/** The resources of this server, in the order in which they are listed. */
import type { FixedResource, Resource, TemplateResource } from '../mcp/resource.ts';
import { guide } from './guide.ts';
import recipes from './recipes.md';

const JSON_TYPE = 'application/json';

/** Loaded when something is read. */
const reads = () => import('./reads.ts');

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
    read: async (context) => (await reads()).readAlbums(context),
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
    read: async (variables, context) => (await reads()).readResultPage(variables, context),
  },
  {
    name: 'album',
    uriTemplate: 'gphotos://albums/{albumId}',
    title: 'Album',
    description: 'One album as Google describes it.',
    mimeType: JSON_TYPE,
    complete: { albumId: async (typed, context) => (await reads()).suggestAlbums(typed, context) },
    read: async (variables, context) => (await reads()).readAlbum(variables, context),
  },
  {
    name: 'media-item',
    uriTemplate: 'gphotos://media/{mediaItemId}',
    title: 'Media item',
    description: 'One photo or video as Google describes it.',
    mimeType: JSON_TYPE,
    read: async (variables, context) => (await reads()).readMediaItem(variables, context),
  },
  {
    name: 'media-item-preview',
    uriTemplate: 'gphotos://media/{mediaItemId}/preview',
    title: 'Preview of a media item',
    description: 'The picture, or the still of a video, at most 1024 pixels on the long edge.',
    mimeType: 'image/jpeg',
    read: async (variables, context) => (await reads()).readPreview(variables, context),
  },
];

export const RESOURCES: readonly Resource[] = [...FIXED, ...TEMPLATES];
