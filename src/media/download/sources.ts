/** Where the bytes of a photo come from: base URLs that are asked for in fifties and renewed before they expire. */
import { inBatches } from '../../google/batches.ts';
import type { Clock } from '../../google/clock.ts';
import { GoogleError } from '../../google/errors.ts';
import type { Google } from '../../google/google.ts';
import type { MediaItem } from '../../google/types.ts';
import { toMediaItemEntry } from '../../results/entries.ts';
import type { MediaFacts, PickedItemEntry } from '../../results/types.ts';
import type { DownloadDeps, Wanted } from './request.ts';

export interface Source {
  /** Of the Library or of the Picker. */
  id: string;
  facts: MediaFacts;
  /** Only for items of the library: what a later upload of the same bytes need not send again. */
  mediaItemId?: string;
  /** The answer with the original's bytes; what is no longer fresh is renewed first. Throws GoogleError. */
  fetch(signal: AbortSignal): Promise<Response>;
}

export type Unavailable = { id: string; filename: string; reason: string };

/** Those of the library in their order, then the picked ones; asked for only when the consumer comes to them. */
export async function* sourcesOf(
  items: readonly Wanted[],
  { google, clock, picked }: Pick<DownloadDeps, 'google' | 'clock' | 'picked'>,
  signal: AbortSignal,
): AsyncGenerator<Source | Unavailable> {
  const ids = items.filter((item) => typeof item === 'string');
  yield* new LibrarySources(google, clock).of(ids, signal);
  for (const item of items) {
    if (typeof item === 'string') continue;
    const { id, filename } = item;
    if (picked) yield pickedSource(item, (stop) => picked.fetch(item, stop));
    else yield { id, filename, reason: 'was picked, but the Picker is not available here' };
  }
}

/** Valid for an hour, but some have been seen to fail after 30 to 40 minutes (contract 4.8). */
const FRESH = 30 * 60 * 1000;

class LibrarySources {
  readonly #google: Google;
  readonly #clock: Clock;

  constructor(google: Google, clock: Clock) {
    this.#google = google;
    this.#clock = clock;
  }

  /** In the order of the ids, asked for only when the consumer comes to them. */
  async *of(ids: readonly string[], signal: AbortSignal): AsyncGenerator<Source | Unavailable> {
    for (const batch of inBatches(ids)) yield* await this.#batch(batch, signal);
  }

  async #batch(mediaItemIds: string[], signal: AbortSignal): Promise<(Source | Unavailable)[]> {
    const { mediaItemResults = [] } = await this.#google.call('mediaItems.batchGet', { mediaItemIds }, { signal });
    const at = this.#clock.now();
    return mediaItemIds.map((id, index) => {
      const { mediaItem, status } = mediaItemResults[index] ?? {};
      if (!mediaItem)
        return { id, filename: id, reason: `is not available to this app (${status?.message ?? 'no answer'})` };
      return notReady(mediaItem) ?? this.#source(mediaItem, at);
    });
  }

  #source(item: MediaItem, askedAt: number): Source {
    let { baseUrl } = item;
    let at = askedAt;
    const isVideo = item.mediaMetadata?.video !== undefined;
    const renew = async (signal: AbortSignal) => {
      ({ baseUrl } = await this.#google.call('mediaItems.get', { mediaItemId: item.id }, { signal }));
      at = this.#clock.now();
    };
    const open = (signal: AbortSignal) => this.#google.media(`${baseUrl}=${isVideo ? 'dv' : 'd'}`, { signal });
    return {
      id: item.id,
      mediaItemId: item.id,
      facts: toMediaItemEntry(item),
      fetch: async (signal) => {
        if (!baseUrl || this.#clock.now() - at > FRESH) await renew(signal);
        try {
          return await open(signal);
        } catch (error) {
          if (!(error instanceof GoogleError) || error.reason !== 'mediaExpired') throw error;
          await renew(signal);
          return open(signal);
        }
      },
    };
  }
}

/**
 * A picked item's bytes; `fetch` is the Picker's own affair (contract 8.5). Whether a video is ready it knows as of now,
 * the entry only as of the picking.
 */
const pickedSource = (item: PickedItemEntry, fetch: (signal: AbortSignal) => Promise<Response>): Source => ({
  id: item.id,
  facts: item,
  fetch,
});

function notReady({ id, filename = id, mediaMetadata }: MediaItem): Unavailable | undefined {
  const reason = mediaMetadata?.video && videoTrouble(mediaMetadata.video.status);
  return reason ? { id, filename, reason } : undefined;
}

/** Before READY there are no bytes of a video (contract 4.4). */
function videoTrouble(status: string | undefined): string | undefined {
  if (status === 'PROCESSING') return 'is still being processed by Google; try again in a few minutes';
  return status === 'FAILED' ? 'could not be processed by Google, so there is nothing to download' : undefined;
}
