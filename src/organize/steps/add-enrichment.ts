import type { NewEnrichmentItem } from '../../google/types.ts';
import { shortenCharacters } from '../../text/text.ts';
import type { StepHandler } from './handler.ts';
import type { AddEnrichment } from './types.ts';

export const addEnrichment: StepHandler<AddEnrichment> = {
  async send({ album, newEnrichmentItem, albumPosition }, context) {
    const albumId = context.albumId(album);
    await context.write('albums.addEnrichment', { albumId, newEnrichmentItem, albumPosition });
    return {};
  },

  /** Enrichments can be neither listed nor removed (contract 3.7). */
  check: async () => ({ state: 'unknowable' }),

  describe: ({ title, newEnrichmentItem }) => `add ${inWords(newEnrichmentItem)} to "${title}"`,
};

function inWords(item: NewEnrichmentItem): string {
  if ('textEnrichment' in item) return `the caption "${shortenCharacters(item.textEnrichment.text, 40)}"`;
  if ('locationEnrichment' in item) return `the place "${item.locationEnrichment.location.locationName ?? ''}"`;
  const { origin, destination } = item.mapEnrichment;
  return `the map from "${origin.locationName ?? ''}" to "${destination.locationName ?? ''}"`;
}
