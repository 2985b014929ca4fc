import * as z from 'zod';
import { LIMITS } from '../../src/google/limits.ts';
import { CONTENT_CATEGORIES, describeSearch, toSearchRequest } from '../../src/google/search.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { resolveAlbum } from '../../src/results/targets.ts';
import { shorten } from '../../src/text/text.ts';
import { albumId, excludeNonAppCreatedData, page, pageSize, pageToken } from '../support/fields.ts';
import { list } from '../support/listing.ts';

// An enum of 26 names in two parameters would cost a kilobyte of every conversation; `gphotos://guide` lists them too.
const categories = z.array(z.string().toUpperCase().pipe(z.enum(CONTENT_CATEGORIES)));

export default defineTool({
  name: 'media_items_search',
  title: 'Search media items',
  description:
    'By album, or by date, category, type and favourites; not by words, faces or places. ' +
    `Categories: ${CONTENT_CATEGORIES.join(' ')}.`,
  toolset: 'library',
  access: 'read',
  input: z.strictObject({
    albumId: albumId.optional().describe('Without filters'),
    dates: z.array(z.string()).describe('2024, 2024-07, 2024-07-14, --07-14').optional(),
    ranges: z.array(z.string()).describe('2024-07-01/2024-07-31').optional(),
    includedContentCategories: categories.describe('Any of').optional(),
    excludedContentCategories: categories.describe('None of').optional(),
    mediaType: z.enum(['ALL_MEDIA', 'PHOTO', 'VIDEO']).describe('Default all').optional(),
    favorites: z.boolean().describe('Only these').optional(),
    includeArchivedMedia: z.boolean().describe('Also these').optional(),
    excludeNonAppCreatedData,
    orderBy: z.enum(['newest', 'oldest']).describe('With dates only').optional(),
    pageSize: pageSize(LIMITS.mediaItemsPage),
    pageToken,
  }),
  output: page,
  async run({ pageSize = LIMITS.mediaItemsPage.default, pageToken, ...input }, context) {
    toSearchRequest(input); // what Google would refuse is refused before any request, also for the album
    const { results, signal } = context;
    const album = input.albumId === undefined ? undefined : await resolveAlbum(input.albumId, results, { signal });
    const resolved = album ? { ...input, albumId: album.id } : input;
    const title = album ? `album ${shorten(album.entry?.title ?? album.id, 40)}` : describeSearch(input);
    const tool = 'media_items_search';
    return list({ tool, title, noun: 'media items', input: resolved, pageSize, pageToken }, { results, signal });
  },
});
