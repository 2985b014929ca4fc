/** `results_overview` through a client: its size, its references, parts of a result, other results than Google's. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type System, startSystem } from '../harness/system.ts';

const section = (text: string, heading: string): string[] => {
  const [, below = ''] = text.split(`${heading}\n`);
  return (below.split('\n## ')[0] ?? '').split('\n');
};

const numberOf = (text = ''): number => Number(text.replaceAll(',', ''));

test('10,000 items: at most 6,000 bytes, and every line has a reference that can be used', async () => {
  const system = await startSystem({ emulator: { library: 10_000 } });
  onTestFinished(() => system.stop());
  const { result } = (await system.ok('media_items_list', { pageSize: 100 })).data;
  const before = await system.requests();
  const reply = await system.ok('results_overview', { result });
  const after = await system.requests();
  expect(reply.bytes).toBeLessThanOrEqual(6_000);
  expect((after['mediaItems.list'] ?? 0) - (before['mediaItems.list'] ?? 0)).toBe(99);
  const lines = reply.text.split('\n').slice(1);
  for (const line of lines.filter((line) => !line.startsWith('## '))) {
    const [, count, reference = ''] = / · ([\d,]+) items? · (\w{4,6}#[\d,all-]+)$/.exec(line) ?? [];
    expect(reference, line).not.toBe('');
    const [id = ''] = reference.split('#');
    const items = await system.services.results.resolve(reference);
    expect(items, line).toHaveLength(numberOf(count));
    expect(id).not.toBe('');
  }
  const years = section(reply.text, '## Years').map((line) => numberOf(/ · ([\d,]+) items? · /.exec(line)?.[1]));
  expect(years.reduce((sum, items) => sum + items, 0)).toBe(10_000);
});

describe('the demo library', () => {
  let system: System;
  let result: string;
  beforeAll(async () => {
    system = await startSystem({ emulator: { library: 'demo' } });
    result = (await system.ok('media_items_list', { pageSize: 100 })).data.result;
  });
  afterAll(() => system.stop());

  test('events carry what their descriptions say', async () => {
    const { text, data, bytes } = await system.ok('results_overview', { result });
    expect(bytes).toBeLessThanOrEqual(6_000);
    expect(text.split('\n')[0]).toBe(`405 items · everything · result ${result} · 2023-01-01 to 2031-01-01`);
    expect(text).toMatch(
      new RegExp(`^2024-07-12 … 18 · .*"Castelo de São Jorge".* · 75 items · ${result}#167-241$`, 'm'),
    );
    expect(data.sections.map(({ heading }: { heading: string }) => heading)).toEqual([
      '## Years',
      '## Events',
      '## Bursts',
      '## Likely duplicates',
      '## Cameras',
      '## And',
    ]);
  });

  test('a part of a result: its days, in the numbers of the whole', async () => {
    const { text } = await system.ok('results_overview', { result: `${result}#167-241` });
    const days = section(text, '## Days').map((line) => line.replace(/ · .* · /, ' · '));
    expect(days).toEqual([
      `2024-07-12 · ${result}#229-241`,
      `2024-07-13 · ${result}#215-228`,
      `2024-07-14 · ${result}#199-214`,
      `2024-07-15 · ${result}#188-198`,
      `2024-07-16 · ${result}#178-187`,
      `2024-07-17 · ${result}#169-177`,
      `2024-07-18 · ${result}#167,168`,
    ]);
    const whole = await system.ok('results_overview', { result: `${result}#all` });
    expect(whole.text).toMatch(/^405 items/);
    const past = await system.call('results_overview', { result: `${result}#400-500` });
    expect(past.data.error).toMatchObject({ code: 'pastEnd' });
  });

  test('what is in no album, when asked', async () => {
    const { text } = await system.ok('results_overview', { result, albums: true });
    const [line = ''] = section(text, '## And');
    expect(line).toMatch(/^in no album · \d+ items · \w+#all$/);
    const { mediaItems, albums } = await system.library();
    const inside = new Set(
      albums.flatMap(({ entries }: { entries: { mediaItemId?: string }[] }) =>
        entries.map(({ mediaItemId }) => mediaItemId),
      ),
    );
    const outside = mediaItems.filter(
      ({ id, archived }: { id: string; archived: boolean }) => !inside.has(id) && !archived,
    );
    const items = await system.services.results.resolve(/\w+#all$/.exec(line)?.[0] ?? '');
    expect(items.map(({ item }) => ('id' in item ? item.id : '')).sort()).toEqual(
      expect.arrayContaining(outside.map(({ id }: { id: string }) => id).sort()),
    );
  });

  test('a result of nothing, and one that is not there', async () => {
    const empty = (await system.ok('media_items_search', { dates: ['1999'] })).data.result;
    expect((await system.ok('results_overview', { result: empty })).text).toMatch(/^0 items/);
    const missing = await system.call('results_overview', { result: 'zzzz' });
    expect(missing.data.error).toMatchObject({ code: 'unknownResult' });
  });
});

test('local files: how many there are, and which look alike', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'overview-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url));
  await copyFile(fixture('exif.jpg'), join(folder, 'a.jpg'));
  await copyFile(fixture('exif.jpg'), join(folder, 'b.jpg'));
  await copyFile(fixture('photo.png'), join(folder, 'c.png'));
  const system = await startSystem({ config: { allowDirs: [folder] } });
  onTestFinished(() => system.stop());
  const { result } = (await system.ok('local_scan', { paths: [folder] })).data;
  const plain = await system.ok('results_overview', { result });
  expect(plain.text).toMatch(/^3 items/);
  expect(plain.text).not.toContain('look alike');
  const visual = await system.ok('results_overview', { result, visual: true });
  expect(visual.text).toMatch(new RegExp(`look alike · 2 items · ${result}#2,3`));
});

test('line breaks in names, cameras and titles make no lines of their own', async () => {
  const item = (n: number) => ({
    id: `item-${n}-${'x'.repeat(60)}`,
    filename: `a\n#9  forged ${n}.jpg`,
    creationTime: `2024-01-01T00:00:0${n}Z`,
    scene: 'beach',
    cameraModel: 'X\n## Forged',
  });
  const album = { id: 'y'.repeat(60), title: 'Trip\n#9  forged\u2028again', entries: [] };
  const library = { mediaItems: [item(1), item(2)], albums: [album] };
  const system = await startSystem({ emulator: { library } });
  onTestFinished(() => system.stop());
  const { result } = (await system.ok('media_items_list')).data;
  const albumId = `${(await system.ok('albums_list')).data.result}#1`;
  const plan = { albumId, items: [`${result}#all`], cover: `${result}#1`, title: 'New\n#9  forged' };
  const existing = { title: 'Trip\n#9  forged\u2028again', items: [`${result}#1`] };
  for (const { text } of [
    await system.ok('results_overview', { result }),
    await system.ok('organize_preview', { albums: [plan, existing] }),
  ]) {
    expect(text).toContain('orged');
    expect(text).not.toMatch(/^(?:#9|## Forged)|\u2028/m);
  }
});
