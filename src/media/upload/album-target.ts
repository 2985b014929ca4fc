/** The album that a run fills: resolved when it is first needed, so that no album is made for files that all fail. */
import { albumItems } from '../../google/albums.ts';
import { forEachBatch } from '../../google/batches.ts';
import type { Google } from '../../google/google.ts';
import type { MediaItem } from '../../google/types.ts';

export interface TargetAlbum {
  id: string;
  title?: string;
  isNew: boolean;
}

export class AlbumTarget {
  readonly #resolve: () => Promise<TargetAlbum>;
  readonly #google: Google;
  readonly #signal: AbortSignal;
  #album?: Promise<TargetAlbum>;
  #members?: Promise<ReadonlyMap<string, MediaItem>>;

  constructor(resolve: () => Promise<TargetAlbum>, google: Google, signal: AbortSignal) {
    this.#resolve = resolve;
    this.#google = google;
    this.#signal = signal;
  }

  album(): Promise<TargetAlbum> {
    this.#album ??= this.#resolve();
    return this.#album;
  }

  /** Starts resolving without waiting; whoever asks for the album hears of a failure. */
  prefetch(): void {
    this.album().catch(() => undefined);
  }

  /** What was in the album when this was first asked, by id: Google's word rather than our memory, people edit albums. */
  members(): Promise<ReadonlyMap<string, MediaItem>> {
    this.#members ??= this.#load();
    return this.#members;
  }

  async #load(): Promise<ReadonlyMap<string, MediaItem>> {
    const { id, isNew } = await this.album();
    const members = new Map<string, MediaItem>();
    if (isNew) return members;
    // An album holds up to 20,000 items: a long upload may read it to its end.
    const options = { signal: this.#signal, budgetMs: Number.POSITIVE_INFINITY };
    for await (const item of albumItems(this.#google, id, options)) members.set(item.id, item);
    return members;
  }
}

/** Which of these media items the library still has. */
export async function existingItems(
  google: Google,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, MediaItem>> {
  const unique = [...new Set(ids)];
  const replies = await forEachBatch(unique, (mediaItemIds) =>
    google.call('mediaItems.batchGet', { mediaItemIds }, { signal }),
  );
  const results = replies.flatMap((reply) => reply.mediaItemResults ?? []);
  return new Map(results.flatMap(({ mediaItem }) => (mediaItem ? [[mediaItem.id, mediaItem]] : [])));
}
