/** albums.addEnrichment (contract 3.7): a text, a place or a route between an album's items. */
import type { Deps } from '../../deps.ts';
import { invalidArgument } from '../../errors.ts';
import type { Route } from '../../http.ts';
import { newEnrichmentId } from '../../ids.ts';
import { type Decoded, message, text } from '../../json.ts';
import type { Enrichment, Location } from '../../model.ts';
import { APPEND_ONLY, EDIT_APP_DATA, LEGACY_ALL, LEGACY_SHARING } from '../../scopes.ts';
import { requireFillableAlbum } from '../access.ts';
import { checkCapacity } from '../limits.ts';
import { albumPosition, type LocationMessage, location } from '../messages.ts';
import { insertionIndex } from '../positions.ts';
import { libraryRoute } from '../route.ts';

const newEnrichmentItem = message({
  textEnrichment: message({ text }),
  locationEnrichment: message({ location }),
  mapEnrichment: message({ origin: location, destination: location }),
});
type NewEnrichmentItem = Decoded<typeof newEnrichmentItem>;

export const addEnrichment = (deps: Deps): Route =>
  libraryRoute(
    deps,
    {
      name: 'albums.addEnrichment',
      verb: 'POST',
      path: '/v1/albums/{albumId}:addEnrichment',
      scopes: [APPEND_ONLY, EDIT_APP_DATA],
      legacyScopes: [LEGACY_ALL, LEGACY_SHARING],
      write: true,
      body: { newEnrichmentItem, albumPosition },
    },
    ({ body, caller, params }) => {
      const enrichment = readEnrichment(body.newEnrichmentItem);
      if (!body.albumPosition) throw invalidArgument('Request must contain an album position.');
      const refusal = 'No permission to add enrichments to this album.';
      const album = requireFillableAlbum(deps.state, caller, params.albumId ?? '', refusal);
      const index = insertionIndex(album.entries, body.albumPosition);
      checkCapacity(album.entries.length + 1);
      const enrichmentId = newEnrichmentId(deps.random);
      album.entries.splice(index, 0, { enrichmentId, ...enrichment });
      return { enrichmentItem: { id: enrichmentId } };
    },
  );

/** Exactly one of the three kinds. */
function readEnrichment(item: NewEnrichmentItem): Enrichment {
  const { textEnrichment, locationEnrichment, mapEnrichment } = item ?? {};
  const given = [textEnrichment, locationEnrichment, mapEnrichment].filter((kind) => kind !== undefined);
  if (given.length !== 1) throw invalidArgument('Request must contain exactly one enrichment.');
  if (textEnrichment) return { text: readText(textEnrichment.text) };
  if (locationEnrichment) return { location: readLocation(locationEnrichment.location) };
  return {
    map: { origin: readLocation(mapEnrichment?.origin), destination: readLocation(mapEnrichment?.destination) },
  };
}

function readText(value: string): string {
  if (value.trim() === '') throw invalidArgument('Text enrichment must not be empty.');
  if ([...value].length > 1000) throw invalidArgument('Text enrichment must not be longer than 1000 characters.');
  return value;
}

function readLocation(value: LocationMessage): Location {
  if (!value || (value.locationName === '' && !value.latlng)) throw invalidArgument('Location must not be empty.');
  const { locationName, latlng } = value;
  if (latlng && (Math.abs(latlng.latitude) > 90 || Math.abs(latlng.longitude) > 180)) {
    throw invalidArgument('Location has a latitude or longitude out of range.');
  }
  return { ...(locationName ? { locationName } : {}), ...(latlng ? { latlng } : {}) };
}
