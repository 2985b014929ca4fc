/** What `organize_preview` is asked for, its references resolved. */
import type { ItemOrder } from '../../results/order.ts';
import type { ResultItem } from '../../results/types.ts';

/** An item as the caller named it. A bare id brings no entry. */
export interface PlanItem {
  /** `k7m2#3`, or the id: for messages. */
  name: string;
  /** What the reference names; for a bare id only that it is one. */
  item: ResultItem | { kind: 'id'; id: string };
}

/** A place by name, and where the spot matters by position. */
export interface PlanPlace {
  name: string;
  /** Both or none. Degrees, WGS84. */
  latitude?: number;
  longitude?: number;
}

/**
 * Where a caption, place or map goes: behind the last or in front of the first of these items, whatever their order in
 * the album will be; at its very beginning without either.
 */
export interface PlanAnchor {
  after?: readonly PlanItem[];
  before?: readonly PlanItem[];
}

/** What is wanted of one album. */
export interface AlbumPlan {
  /** An existing album. With `title` it is renamed. */
  albumId?: string;
  /** Without `albumId`: the album to create. */
  title?: string;
  items?: readonly PlanItem[];
  /** Of the items added; as given when absent. */
  order?: ItemOrder;
  remove?: readonly PlanItem[];
  cover?: PlanItem;
  captions?: readonly (PlanAnchor & { text: string })[];
  places?: readonly (PlanAnchor & PlanPlace)[];
  maps?: readonly (PlanAnchor & { origin: PlanPlace; destination: PlanPlace })[];
}

/** A description that several items are to have. */
export interface DescriptionPlan {
  items: readonly PlanItem[];
  text: string;
}

/** All that is wanted of one plan. */
export interface PlanInput {
  albums?: readonly AlbumPlan[];
  descriptions?: readonly DescriptionPlan[];
}
