/** A plan: plain data, kept on disk until it is applied. `apply/preview-file.ts` has its schema. */
import type { Step } from '../steps/types.ts';
import type { AlbumPlan } from './input.ts';
import type { Problem } from './problems.ts';

/** What happens to one album, in numbers. */
export interface AlbumOutline {
  title: string;
  /** Absent for one that is created. */
  albumId?: string;
  added: number;
  removed: number;
  order: NonNullable<AlbumPlan['order']>;
  renamedTo?: string;
  /** Media item id. */
  cover?: string;
  enrichments: number;
}

/** Requests in their order, and everything that a person is told of them. */
export interface Plan {
  /** In the order in which they are sent, a request each. */
  steps: Step[];
  albums: AlbumOutline[];
  /** Number of descriptions set, and how many of them replace another. */
  descriptions: { set: number; replaced: number };
  problems: readonly Problem[];
  /** What a person should know before saying yes. */
  notes: string[];
  /** Writes that Google will be sent, and their share of the day's quota (0.01 is one per cent). */
  requests: number;
  quotaShare: number;
}
