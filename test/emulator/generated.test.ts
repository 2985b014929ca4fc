import { describe, expect, it } from 'vitest';
import { timeOf } from '../../src/emulator/items.ts';
import { generatedItems } from '../../src/emulator/seed/generated.ts';
import { collectGarbage } from '../harness/memory.ts';
import { startHarness } from './harness.ts';

const MILLION = 1_000_000;

describe('a generated library', () => {
  it('of a million items holds none of them', async () => {
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const { count, at } = generatedItems(MILLION, 1);
    expect(count).toBe(MILLION);
    expect(at(0).captureTime?.slice(0, 4)).toBe('2025');
    expect(at(MILLION - 1).captureTime?.slice(0, 4)).toBe('2005');
    await collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(10e6);
  });

  it('is newest first, each item older than the one before', () => {
    for (const count of [1, 61, 5000, MILLION, 400_000_000]) {
      const source = generatedItems(count, 1);
      for (const start of [0, Math.floor(count / 2), count - 500]) {
        for (let index = Math.max(1, start); index < Math.min(count, start + 500); index++)
          expect(timeOf(source.at(index))).toBeLessThan(timeOf(source.at(index - 1)));
      }
    }
  });

  it('finds an item by its id alone', () => {
    const source = generatedItems(MILLION, 1);
    for (const index of [0, 1, 2, 4711, 123_456, MILLION - 1]) {
      const { id } = source.at(index);
      expect(id).toMatch(/^[A-Za-z0-9_-]{98}$/);
      expect(source.indexOf(id)).toBe(index);
      expect(source.indexOf(`${id.slice(0, 97)}${id.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined();
    }
    expect(['', 'AM', 'x'.repeat(98), '…'.repeat(98)].map((id) => source.indexOf(id))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(generatedItems(10, 1).indexOf(source.at(10).id)).toBeUndefined();
  });

  it('gives no id and no hash twice', () => {
    const source = generatedItems(20_000, 1);
    const items = Array.from({ length: 20_000 }, (_, index) => source.at(index));
    expect(new Set(items.map(({ id }) => id)).size).toBe(20_000);
    expect(new Set(items.map(({ sha256 }) => sha256)).size).toBe(20_000);
    expect(new Set(items.map(({ content }) => (content.kind === 'scene' ? content.scene : ''))).size).toBe(40);
  });

  it('is the same for the same seed, another for another', () => {
    expect(generatedItems(100, 7).at(3)).toEqual(generatedItems(100, 7).at(3));
    expect(generatedItems(100, 8).at(3).id).not.toBe(generatedItems(100, 7).at(3).id);
    expect(generatedItems(100, 7).at(3).id.slice(0, 12)).toBe('AME3W8wXjPWh');
  });

  it('has an end', () => {
    expect(() => generatedItems(3, 1).at(3)).toThrow('no item at 3');
    expect(generatedItems(0, 1).count).toBe(0);
  });

  it('is served in pages', async () => {
    const { api } = await startHarness({ library: MILLION });
    const first = await api('GET', '/v1/mediaItems?pageSize=100');
    expect(first.json.mediaItems).toHaveLength(100);
    const second = await api(
      'GET',
      `/v1/mediaItems?pageSize=100&pageToken=${encodeURIComponent(first.json.nextPageToken)}`,
    );
    const ids = [...first.json.mediaItems, ...second.json.mediaItems].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(200);
    const one = await api('GET', `/v1/mediaItems/${ids[150]}`);
    expect(one.json.id).toBe(ids[150]);
    const summer = await api('POST', '/v1/mediaItems:search', {
      filters: { dateFilter: { dates: [{ year: 2012, month: 7 }] } },
    });
    expect(summer.json.mediaItems[0].mediaMetadata.creationTime).toMatch(/^2012-07-31/);
  });
});
