/** zod fields that several tools share: the one parameter language (design, section 3). */
import * as z from 'zod';
import { LIMITS } from '../src/google/limits.ts';

export const albumId = z.string().describe('Album id or reference, e.g. k7m2#1');
export const mediaItemId = z.string().describe('Media item id or reference, e.g. k7m2#3');
export const mediaItemIds = z.array(z.string()).min(1).describe('Ids or references, mixed: k7m2#1-25,40 or k7m2#all');
export const pageToken = z.string().describe('Short token from the last reply, e.g. k7m2.2').optional();
export const excludeNonAppCreatedData = z.boolean().describe('No effect since 2025-03-31').optional();

export const pageSize = (page: { default: number; max: number }) =>
  z.int().min(1).max(page.max).describe(`Default ${page.default}`).optional();

export const description = z
  .string()
  .max(LIMITS.description, `at most ${LIMITS.description} characters`)
  .describe('Shown under the photo');

export const albumTitle = z
  .string()
  .trim()
  .min(1, 'an album needs a title')
  .max(LIMITS.albumTitle, `Google takes at most ${LIMITS.albumTitle} characters`);

// Checked without being told: limits in the schema would stand six times in `albums_add_enrichment` alone.
const degrees = (limit: number) =>
  z
    .number()
    .refine((value) => Math.abs(value) <= limit, `degrees go from -${limit} to ${limit}`)
    .describe('°')
    .optional();

/** A named place on a map. */
export const place = z.strictObject({
  name: z.string().min(1).describe('Name'),
  latitude: degrees(90),
  longitude: degrees(180),
});

export const position = z
  .enum(['FIRST_IN_ALBUM', 'LAST_IN_ALBUM', 'AFTER_MEDIA_ITEM', 'AFTER_ENRICHMENT_ITEM'])
  .describe('Default: end, or after what is named')
  .optional();
export const relativeMediaItemId = z.string().describe('Place after this item').optional();
export const relativeEnrichmentItemId = z.string().describe('Place after this enrichment').optional();
export const shareToken = z.string().min(1).describe('From shareInfo of a shared album');

/** Replies. */
export const page = z.object({
  result: z.string(),
  page: z.int(),
  total: z.int().optional(),
  items: z.array(z.looseObject({ n: z.int() })),
  nextPageToken: z.string().optional(),
  resource: z.string(),
  nextResource: z.string().optional(),
});
export const album = z.object({ album: z.looseObject({ id: z.string() }) });
export const mediaItem = z.object({ mediaItem: z.looseObject({ id: z.string() }) });
