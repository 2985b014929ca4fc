import * as z from 'zod';
import { AppError } from '../../src/app-error.ts';
import { LIMITS } from '../../src/google/limits.ts';
import { toAlbumPosition } from '../../src/google/position.ts';
import type { NewEnrichmentItem } from '../../src/google/types.ts';
import { defineTool } from '../../src/mcp/tool.ts';
import { resolveAlbum, resolveMediaItem } from '../../src/results/targets.ts';
import { albumId, place, position, relativeEnrichmentItemId, relativeMediaItemId } from '../support/fields.ts';
import { albumLink } from '../support/replies.ts';

const input = z.strictObject({
  albumId,
  text: z.string().min(1).max(LIMITS.enrichmentText).describe('A caption').optional(),
  location: place.describe('A place').optional(),
  map: z.strictObject({ origin: place, destination: place }).describe('A way').optional(),
  position,
  relativeMediaItemId,
  relativeEnrichmentItemId,
});

export default defineTool({
  name: 'albums_add_enrichment',
  title: 'Add text, place or map',
  description: 'Adds one text, location or map to an album for good: no API can list, edit or remove it.',
  toolset: 'library',
  access: 'write',
  input,
  output: z.object({ albumId: z.string(), enrichmentItemId: z.string() }),
  async run(input, { google, results, signal }) {
    const newEnrichmentItem = toEnrichment(input);
    const album = await resolveAlbum(input.albumId, results, { signal });
    const neighbour = input.relativeMediaItemId;
    const albumPosition = toAlbumPosition({
      ...input,
      relativeMediaItemId: neighbour && (await resolveMediaItem(neighbour, results, { signal })).id,
    });
    const request = { albumId: album.id, newEnrichmentItem, albumPosition };
    const { enrichmentItem } = await google.call('albums.addEnrichment', request, { signal });
    const enrichmentItemId = enrichmentItem?.id ?? '';
    return {
      text: `Added. relativeEnrichmentItemId for what comes after it: ${enrichmentItemId}`,
      data: { albumId: album.id, enrichmentItemId },
      links: [albumLink(album.id)],
    };
  },
});

type Place = z.output<typeof place>;

const toLocation = ({ name, latitude, longitude }: Place) => ({
  locationName: name,
  ...(latitude !== undefined && longitude !== undefined && { latlng: { latitude, longitude } }),
});

/** Exactly one of the three (contract 3.7); a union in the schema would keep some clients from using the tool at all. */
function toEnrichment({ text, location, map }: z.output<typeof input>): NewEnrichmentItem {
  const given: NewEnrichmentItem[] = [];
  if (text !== undefined) given.push({ textEnrichment: { text } });
  if (location) given.push({ locationEnrichment: { location: toLocation(location) } });
  if (map) {
    const { origin, destination } = map;
    given.push({ mapEnrichment: { origin: toLocation(origin), destination: toLocation(destination) } });
  }
  const [only, ...others] = given;
  if (only && others.length === 0) return only;
  throw new AppError('notOne', 'Exactly one of text, location and map is wanted.', 'Call once for each.');
}
