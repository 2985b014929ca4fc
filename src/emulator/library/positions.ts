/** Where in an album something goes (contract 4.6). */
import { invalidArgument } from '../errors.ts';
import type { AlbumEntry } from '../model.ts';
import type { AlbumPosition } from './messages.ts';

/** The index at which new entries start; 400 when what they should follow is not in the album. */
export function insertionIndex(entries: readonly AlbumEntry[], position: AlbumPosition | undefined): number {
  const { position: kind, relativeMediaItemId, relativeEnrichmentItemId } = position ?? unspecified;
  checkCompanions(kind, relativeMediaItemId, relativeEnrichmentItemId);
  if (kind === 'FIRST_IN_ALBUM') return 0;
  if (kind === 'AFTER_MEDIA_ITEM')
    return after(entries, (e) => 'mediaItemId' in e && e.mediaItemId === relativeMediaItemId);
  if (kind === 'AFTER_ENRICHMENT_ITEM') {
    return after(entries, (e) => 'enrichmentId' in e && e.enrichmentId === relativeEnrichmentItemId);
  }
  return entries.length;
}

const unspecified: AlbumPosition = {
  position: 'POSITION_TYPE_UNSPECIFIED',
  relativeMediaItemId: '',
  relativeEnrichmentItemId: '',
};

function checkCompanions(kind: AlbumPosition['position'], mediaItemId: string, enrichmentItemId: string): void {
  const isMisplaced =
    (kind === 'AFTER_MEDIA_ITEM') !== (mediaItemId !== '') ||
    (kind === 'AFTER_ENRICHMENT_ITEM') !== (enrichmentItemId !== '');
  if (isMisplaced) throw invalidArgument('Request contains an invalid album position.');
}

function after(entries: readonly AlbumEntry[], isAnchor: (entry: AlbumEntry) => boolean): number {
  const index = entries.findIndex(isAnchor);
  if (index < 0) throw invalidArgument('Request contains an invalid album position.');
  return index + 1;
}
