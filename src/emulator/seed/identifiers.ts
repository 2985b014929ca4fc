/** Ids and hashes that follow from what they stand for: the same library has the same ids on every start. */
import { createHash } from 'node:crypto';

/** Google's lengths (contract 1.1): media items 98 characters, albums and enrichments 76. */
const LENGTHS = { AM: 98, AL: 76, AE: 76 } as const;

/** An id of `[A-Za-z0-9_-]` made from any words that tell the thing apart. */
export function stableId(kind: keyof typeof LENGTHS, ...parts: readonly (string | number)[]): string {
  const digest = (part: number) =>
    createHash('sha512')
      .update(JSON.stringify([kind, part, ...parts]))
      .digest('base64url');
  return (kind + digest(0) + digest(1)).slice(0, LENGTHS[kind]);
}

/** Stands for the hash of a drawn picture's bytes, without drawing it: equal pictures, and only those, have equal hashes. */
export function sceneSha256(picture: { scene: string; seed: number; width: number; height: number }): string {
  const { scene, seed, width, height } = picture;
  return createHash('sha256')
    .update(JSON.stringify([scene, seed, width, height]))
    .digest('hex');
}
