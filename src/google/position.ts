import { AppError } from '../app-error.ts';
import type { AlbumPosition, PositionType } from './types.ts';

export interface PositionInput {
  position?: Exclude<PositionType, 'POSITION_TYPE_UNSPECIFIED'>;
  /** Ids, references already resolved. */
  relativeMediaItemId?: string;
  relativeEnrichmentItemId?: string;
}

/**
 * Where in an album something goes (contract 4.6). What is named as neighbour decides; without one it is the end.
 * Throws AppError `badPosition` when position and neighbour disagree.
 */
export function toAlbumPosition(input: PositionInput): AlbumPosition {
  const { relativeMediaItemId, relativeEnrichmentItemId } = input;
  const position = input.position ?? impliedPosition(input);
  const wanted = { AFTER_MEDIA_ITEM: relativeMediaItemId, AFTER_ENRICHMENT_ITEM: relativeEnrichmentItemId };
  const neighbours = [relativeMediaItemId, relativeEnrichmentItemId].filter((id) => id !== undefined);
  if (position === 'AFTER_MEDIA_ITEM' || position === 'AFTER_ENRICHMENT_ITEM') {
    if (wanted[position] === undefined || neighbours.length > 1) throw disagree(position);
  } else if (neighbours.length > 0) {
    throw disagree(position);
  }
  return { position, relativeMediaItemId, relativeEnrichmentItemId };
}

function impliedPosition({ relativeMediaItemId, relativeEnrichmentItemId }: PositionInput): PositionType {
  if (relativeMediaItemId !== undefined) return 'AFTER_MEDIA_ITEM';
  return relativeEnrichmentItemId === undefined ? 'LAST_IN_ALBUM' : 'AFTER_ENRICHMENT_ITEM';
}

const disagree = (position: PositionType) =>
  new AppError(
    'badPosition',
    `Position ${position} does not go with the neighbour that is given.`,
    'Give relativeMediaItemId with AFTER_MEDIA_ITEM, relativeEnrichmentItemId with AFTER_ENRICHMENT_ITEM, neither otherwise.',
  );
