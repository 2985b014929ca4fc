/**
 * What previews and journals may hold when they are read. Schemas, and not hand-written tests as the ledger has: a plan is
 * deep, its types change with the plans, and the compiler holds schema and type together. The ledger's four flat kinds of
 * lines are read a hundred thousand at a time.
 */
import * as z from 'zod';
import type { Location, NewEnrichmentItem } from '../../google/types.ts';
import type { AlbumChange } from '../../google/update-mask.ts';
import type { Plan } from '../plan/types.ts';
import type { Step } from '../steps/types.ts';
import type { Preview } from './previews.ts';
import type { StepRecord } from './records.ts';

const location: z.ZodType<Location> = z.object({
  locationName: z.string().optional(),
  latlng: z.object({ latitude: z.number().optional(), longitude: z.number().optional() }).optional(),
});

const enrichment: z.ZodType<NewEnrichmentItem> = z.union([
  z.object({ textEnrichment: z.object({ text: z.string() }) }),
  z.object({ locationEnrichment: z.object({ location }) }),
  z.object({ mapEnrichment: z.object({ origin: location, destination: location }) }),
]);

const position = z.object({
  position: z.enum(['FIRST_IN_ALBUM', 'LAST_IN_ALBUM', 'AFTER_MEDIA_ITEM', 'AFTER_ENRICHMENT_ITEM']),
  relativeMediaItemId: z.string().optional(),
  relativeEnrichmentItemId: z.string().optional(),
});

const change: z.ZodType<AlbumChange> = z.object({
  title: z.string().optional(),
  coverPhotoMediaItemId: z.string().optional(),
});

const inAlbum = { album: z.string().min(1), title: z.string() };
const mediaItemIds = z.array(z.string().min(1)).min(1);

const step: z.ZodType<Step> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('createAlbum'), ...inAlbum }),
  z.object({ kind: z.literal('addItems'), ...inAlbum, mediaItemIds }),
  z.object({ kind: z.literal('removeItems'), ...inAlbum, mediaItemIds }),
  z.object({ kind: z.literal('patchAlbum'), ...inAlbum, change, before: change }),
  z.object({ kind: z.literal('addEnrichment'), ...inAlbum, newEnrichmentItem: enrichment, albumPosition: position }),
  z.object({
    kind: z.literal('patchDescription'),
    mediaItemId: z.string().min(1),
    filename: z.string(),
    description: z.string(),
    before: z.string(),
  }),
]);

const plan: z.ZodType<Plan> = z.object({
  steps: z.array(step),
  albums: z.array(
    z.object({
      title: z.string(),
      albumId: z.string().optional(),
      added: z.int(),
      removed: z.int(),
      order: z.enum(['captured', 'name', 'given']),
      renamedTo: z.string().optional(),
      cover: z.string().optional(),
      enrichments: z.int(),
    }),
  ),
  descriptions: z.object({ set: z.int(), replaced: z.int() }),
  problems: z.array(
    z.object({
      subject: z.string(),
      reason: z.string(),
      examples: z.array(z.string()),
      count: z.int(),
      next: z.string().optional(),
    }),
  ),
  notes: z.array(z.string()),
  requests: z.int(),
  quotaShare: z.number(),
});

const preview: z.ZodType<Preview> = z.object({ id: z.string(), createdAt: z.string(), plan });

/** A record as a file has it. */
export interface JournalLine extends StepRecord {
  /** Grows with every process that writes to the journal; 0.1.0 wrote none. */
  epoch?: number;
}

const line: z.ZodType<JournalLine> = z.object({
  epoch: z.int().optional(),
  phase: z.enum(['apply', 'undo']),
  step: z.int().min(0),
  state: z.enum(['sending', 'refused', 'done', 'presumed', 'failed']),
  at: z.number(),
  outcome: z
    .object({
      albumId: z.string().optional(),
      productUrl: z.string().optional(),
      mediaItemIds: z.array(z.string()).optional(),
    })
    .optional(),
  reason: z.string().optional(),
});

/** The newest that this program reads, and the one that it writes; files of 0.1.0 do not name theirs, which is 1. */
export const VERSION = 1;

/** Whether a newer program wrote it: what else it says is nothing that this one could judge. */
export const isNewer = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  typeof value.version === 'number' &&
  value.version > VERSION;

/** Undefined for what is no preview, or that of another id. */
export function parsePreview(value: unknown, id: string): Preview | undefined {
  const { data } = preview.safeParse(value);
  return data?.id === id ? data : undefined;
}

/** Undefined for what is no record. */
export const parseLine = (value: unknown): JournalLine | undefined => line.safeParse(value).data;
