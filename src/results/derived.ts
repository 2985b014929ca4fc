/** Results made of items of other results, found again instead of made twice: an overview names the same ones each time. */
import { createHash } from 'node:crypto';
import { AppError } from '../app-error.ts';
import type { NewMeta, ResultStore } from './store.ts';
import type { ResultItem } from './types.ts';

/** So many are remembered; making one again does no harm. */
const MOST_KNOWN = 500;

/** What items are taken from. */
export interface Source {
  result: string;
  /** Position n is at n − 1. */
  all: readonly ResultItem[];
}

/**
 * A result of the items at these 1-based positions; answers its id. What a result has shown never changes, so the same
 * positions under the same title are the same result again, while it lives. Throws AppError `stateFolder`.
 */
export type Derive = (from: Source, positions: readonly number[], meta: NewMeta) => Promise<string>;

export function createDerive(store: ResultStore): Derive {
  const made = new Map<string, string>();
  return async ({ result, all }, positions, meta) => {
    const key = `${result} ${digest(positions)} ${meta.title}`;
    const known = made.get(key);
    if (known !== undefined && (await isThere(store, known))) return known;
    const items = positions.flatMap((position) => all[position - 1] ?? []);
    const { id } = (await store.create(meta, { items })).meta;
    made.delete(key);
    made.set(key, id);
    const oldest = made.keys().next().value;
    if (made.size > MOST_KNOWN && oldest !== undefined) made.delete(oldest);
    return id;
  };
}

/** Looking is a use: it lives on for those who get its name now. */
async function isThere(store: ResultStore, id: string): Promise<boolean> {
  try {
    await store.extent(id);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const digest = (positions: readonly number[]): string =>
  createHash('sha256').update(Uint32Array.from(positions)).digest('base64');
