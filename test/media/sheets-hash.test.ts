import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createImageCodecs } from '../../src/media/sheets/codecs.ts';
import { hashDistance, perceptualHash } from '../../src/media/sheets/hash.ts';
import { blobs } from './pictures.ts';

const codecs = createImageCodecs();

describe('perceptual hash', () => {
  it('is 16 hex digits', () => {
    expect(perceptualHash(blobs(64, 48, 1))).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([1, 2, 3, 4])('stays within 8 bits for a smaller, brighter, badly compressed copy (%i)', async (seed) => {
    const original = perceptualHash(blobs(256, 192, seed));
    const bad = await codecs.decode(await codecs.encodeJpeg(blobs(256, 192, seed), 30));
    expect(hashDistance(original, perceptualHash(bad))).toBeLessThanOrEqual(8);
    expect(hashDistance(original, perceptualHash(blobs(154, 115, seed)))).toBeLessThanOrEqual(8);
    expect(hashDistance(original, perceptualHash(blobs(256, 192, seed, { brighter: 20 })))).toBeLessThanOrEqual(8);
  });

  it('tells different pictures apart', () => {
    const hashes = [1, 2, 3, 4, 5, 6].map((seed) => perceptualHash(blobs(256, 192, seed)));
    for (const [i, a] of hashes.entries()) {
      for (const b of hashes.slice(i + 1)) expect(hashDistance(a, b)).toBeGreaterThan(12);
    }
  });

  it('counts bits that differ', () => {
    expect(hashDistance('0000000000000000', 'ffffffffffffffff')).toBe(64);
    expect(hashDistance('8000000000000001', '0000000000000000')).toBe(2);
    const hash = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    fc.assert(
      fc.property(hash, hash, (a, b) => {
        const hex = (value: bigint) => value.toString(16).padStart(16, '0');
        const slow = [...(a ^ b).toString(2)].filter((bit) => bit === '1').length;
        expect(hashDistance(hex(a), hex(b))).toBe(slow);
      }),
    );
  });
});
