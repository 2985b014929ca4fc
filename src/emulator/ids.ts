/**
 * Chance and identifiers, repeatable from a seed. Ids have the shape that clients rely on: alphabet `[A-Za-z0-9_-]`,
 * media items 98 characters, albums 76, both longer than the 55 that some clients insist on (contract 1.1).
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The generator's whole memory: kept in the state file, so that a restart never makes the same id twice. */
export type RandomState = [number, number, number, number];

export interface Random {
  /** From 0 up to but not including 1. */
  next(): number;
  /** An integer from 0 up to but not including `bound`. */
  int(bound: number): number;
  /** `length` characters of `[A-Za-z0-9_-]`. */
  text(length: number): string;
  save(): RandomState;
  restore(state: RandomState): void;
}

/** Chris Doty-Humphrey's sfc32: small, fast, good enough for a test bench; never for secrets. */
export function createRandom(seed: number): Random {
  let [a, b, c, d]: RandomState = [0x9e3779b9, 0x243f6a88, seed | 0, 1];
  const step = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 15; i += 1) step();
  const int = (bound: number): number => Math.floor((step() / 2 ** 32) * bound);
  return {
    next: () => step() / 2 ** 32,
    int,
    text: (length) => Array.from({ length }, () => ALPHABET[int(ALPHABET.length)]).join(''),
    save: () => [a, b, c, d],
    restore(state) {
      [a, b, c, d] = state;
    },
  };
}

export const newMediaItemId = (random: Random): string => `AM${random.text(96)}`;
export const newAlbumId = (random: Random): string => `AL${random.text(74)}`;
export const newEnrichmentId = (random: Random): string => `AE${random.text(74)}`;
export const newUploadToken = (random: Random): string => `CAIS${random.text(506)}`;
export const newShareToken = (random: Random): string => `AO${random.text(74)}`;

/** Whether this could be an id of ours at all: malformed ids are 400, unknown ones 404 (contract 11). */
export const isWellFormedId = (id: string): boolean => /^[A-Za-z0-9_-]{55,}$/.test(id);
