/** Who of a run stands in the album already, so that a late one finds its place among them (contract 4.6). */
import type { AlbumPosition } from '../../google/types.ts';

export class AlbumPositions {
  /** By place in the run's order. */
  readonly #ids = new Map<number, string>();
  #last = -1;

  set(index: number, mediaItemId: string): void {
    this.#ids.set(index, mediaItemId);
    this.#last = Math.max(this.#last, index);
  }

  /** Undefined when the end of the album is right, as it nearly always is. */
  positionFor(index: number): AlbumPosition | undefined {
    if (index > this.#last) return undefined;
    for (let before = index - 1; before >= 0; before--) {
      const relativeMediaItemId = this.#ids.get(before);
      if (relativeMediaItemId !== undefined) return { position: 'AFTER_MEDIA_ITEM', relativeMediaItemId };
    }
    return { position: 'FIRST_IN_ALBUM' };
  }

  /** Whether an item stands between two places: then they cannot be filled in one request. */
  isBetween(first: number, last: number): boolean {
    for (let index = first + 1; index < last; index++) if (this.#ids.has(index)) return true;
    return false;
  }
}
