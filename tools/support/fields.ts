/** zod fields that several tools share: the one parameter language (design 3). */
import * as z from 'zod';
import { LIMITS } from '../../src/google/limits.ts';

export const albumId = z.string().describe('Id or k7m2#1');
export const mediaItemId = z.string().describe('Id or k7m2#3');
export const mediaItemIds = z.array(z.string()).min(1).describe('Ids or k7m2#1-25,40, k7m2#all');
export const pageToken = z.string().describe('k7m2.2').optional();
export const excludeNonAppCreatedData = z.boolean().describe('No effect').optional();

export const pageSize = (page: { default: number; max: number }) =>
  z.int().min(1).max(page.max).describe(`Default ${page.default}`).optional();

/** A description, where its name says enough. */
export const text = z.string().max(LIMITS.description, `at most ${LIMITS.description} characters`);
export const description = text.describe('Caption');

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
    .optional();

/** A named place on a map. */
export const place = z.strictObject({
  name: z.string().min(1),
  latitude: degrees(90),
  longitude: degrees(180),
});

export const position = z
  .enum(['FIRST_IN_ALBUM', 'LAST_IN_ALBUM', 'AFTER_MEDIA_ITEM', 'AFTER_ENRICHMENT_ITEM'])
  .describe('Default: end')
  .optional();
export const relativeMediaItemId = z.string().describe('Behind this').optional();
export const relativeEnrichmentItemId = z.string().describe('Behind this').optional();
export const shareToken = z.string().min(1).describe('Of the album');

/** Replies. */
export const page = z.object({
  result: z.string(),
  page: z.int(),
  total: z.int().optional(),
  items: z.array(z.looseObject({})),
  nextPageToken: z.string().optional(),
  resource: z.string(),
  nextResource: z.string().optional(),
});
export const album = z.object({ album: z.looseObject({ id: z.string() }) });
export const mediaItem = z.object({ mediaItem: z.looseObject({ id: z.string() }) });
