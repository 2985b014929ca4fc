/** Chunks that were read or written of late, up to a number of items: pages beside each other share one, tools come back. */
import type { PlacedChunk } from './result-folder.ts';

const MAX_ITEMS = 2_000;

export interface ChunkCache {
  get(id: string, index: number): PlacedChunk | undefined;
  put(id: string, index: number, chunk: PlacedChunk): void;
}

export function createChunkCache(maxItems = MAX_ITEMS): ChunkCache {
  const chunks = new Map<string, PlacedChunk>();
  let items = 0;
  const drop = (key: string): void => {
    items -= chunks.get(key)?.items.length ?? 0;
    chunks.delete(key);
  };
  return {
    get: (id, index) => chunks.get(`${id} ${index}`),
    put(id, index, chunk) {
      const key = `${id} ${index}`;
      drop(key);
      chunks.set(key, chunk);
      items += chunk.items.length;
      for (const oldest of chunks.keys()) {
        if (items <= maxItems || oldest === key) break;
        drop(oldest);
      }
    },
  };
}
