import PQueue from 'p-queue';
import type { MediaEntry } from '../../results/types.ts';
import { perceptualHash } from './hash.ts';
import { type PictureDeps, pictureSource } from './pictures.ts';

/** Large enough for the hash, small enough to be fetched by the thousand (contract 6.3 counts each). */
const EDGE = 128;
const AT_ONCE = 6;

export interface HashOptions {
  signal: AbortSignal;
  onHash?: (done: number, total: number) => void;
}

/** Perceptual hashes of entries by `key`; what has no picture to be had is left out. */
export async function hashPictures(
  entries: readonly MediaEntry[],
  key: (entry: MediaEntry) => string,
  deps: PictureDeps,
  { signal, onHash }: HashOptions,
): Promise<Map<string, string>> {
  const fetchPicture = pictureSource(entries, deps, signal);
  const hashes = new Map<string, string>();
  const queue = new PQueue({ concurrency: AT_ONCE });
  let done = 0;
  const hash = async (entry: MediaEntry) => {
    signal.throwIfAborted();
    const bytes = await fetchPicture(entry, { width: EDGE, height: EDGE }).catch(() => undefined);
    const bitmap = bytes && (await deps.codecs.decode(bytes).catch(() => undefined));
    if (bitmap) hashes.set(key(entry), perceptualHash(bitmap));
    onHash?.(++done, entries.length);
  };
  await queue.addAll(entries.map((entry) => () => hash(entry)));
  return hashes;
}
