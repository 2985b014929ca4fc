/**
 * The steps of a plan: plain data, kept on disk, so that a plan outlives the process that made it. One request each.
 */
import type { AlbumPosition, NewEnrichmentItem } from '../../google/types.ts';
import type { AlbumChange } from '../../google/update-mask.ts';

/** An album's id, or `$album1` for one that a step before creates. */
export type AlbumName = string;

interface InAlbum {
  album: AlbumName;
  /** Title of the album, for people. */
  title: string;
}

export interface CreateAlbum extends InAlbum {
  kind: 'createAlbum';
}

export interface AddItems extends InAlbum {
  kind: 'addItems';
  /** Up to 50, in the order in which they are to stand (contract 3.5). */
  mediaItemIds: string[];
}

export interface RemoveItems extends InAlbum {
  kind: 'removeItems';
  /** Up to 50. */
  mediaItemIds: string[];
}

export interface PatchAlbum extends InAlbum {
  kind: 'patchAlbum';
  change: AlbumChange;
  /** What the change replaces, for undo; empty where there was nothing. */
  before: AlbumChange;
}

export interface AddEnrichment extends InAlbum {
  kind: 'addEnrichment';
  newEnrichmentItem: NewEnrichmentItem;
  albumPosition: AlbumPosition;
}

export interface PatchDescription {
  kind: 'patchDescription';
  mediaItemId: string;
  filename: string;
  description: string;
  before: string;
}

export type Step = CreateAlbum | AddItems | RemoveItems | PatchAlbum | AddEnrichment | PatchDescription;

/** What later steps, or undo, need of a step's outcome. */
export interface StepOutcome {
  /** createAlbum. */
  albumId?: string;
  productUrl?: string;
  /** addItems and removeItems: those that could be, when not all. */
  mediaItemIds?: string[];
}
