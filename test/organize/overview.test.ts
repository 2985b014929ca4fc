import { describe, expect, it } from 'vitest';
import { findBursts, isNextName } from '../../src/organize/bursts.ts';
import { findLookalikes, findSameFacts, originalName } from '../../src/organize/duplicates.ts';
import { placeMedia } from '../../src/organize/media.ts';
import { describeResult } from '../../src/organize/overview.ts';
import { lineData, renderSummary, summarize } from '../../src/organize/summary.ts';
import { dateRange } from '../../src/organize/summary-parts.ts';
import { formatReference } from '../../src/results/reference.ts';
import type { ResultItem } from '../../src/results/types.ts';
import { makeLibrary, photo } from './library.ts';

describe('bursts', () => {
  const burstsOf = (items: ResultItem[]) => findBursts(placeMedia(items)).map(({ positions }) => positions);

  it('are photos of one camera, seconds apart, named in sequence', () => {
    expect(
      burstsOf([
        photo(569, '2024-07-12T18:02:11Z'),
        photo(570, '2024-07-12T18:02:15Z'),
        photo(571, '2024-07-12T18:02:16Z'),
        photo(572, '2024-07-12T18:03:16Z'),
        photo(600, '2024-07-12T18:03:20Z'),
      ]),
    ).toEqual([[1, 2, 3]]);
  });

  it('leave edited copies to the duplicates', () => {
    const at = (second: number) => `2024-07-12T18:02:${second}Z`;
    expect(
      burstsOf([
        photo(1828, at(10), { filename: 'DSC01828~2.JPG' }),
        photo(1828, at(10), { filename: 'DSC01828.JPG' }),
        photo(1829, at(14), { filename: 'DSC01829.JPG' }),
      ]),
    ).toEqual([[2, 3]]);
  });

  it('are none across cameras, sizes, videos, or when only an upload shares its second', () => {
    const time = '2024-07-12T18:02:11Z';
    const nameless = { cameraMake: undefined, cameraModel: undefined };
    expect(burstsOf([photo(1, time), photo(2, time, { cameraModel: 'Pixel 8' })])).toEqual([]);
    expect(burstsOf([photo(1, time), photo(2, time, { width: 1920, height: 1080 })])).toEqual([]);
    expect(burstsOf([photo(1, time, { type: 'video' }), photo(2, time, { type: 'video' })])).toEqual([]);
    expect(burstsOf([photo(1, time, nameless), photo(50, time, nameless)])).toEqual([]);
  });

  it.each([
    ['IMG_0569.JPG', 'IMG_0570.JPG', true],
    ['IMG_0999.JPG', 'IMG_1000.JPG', true],
    ['00001IMG_00001_BURST2024.jpg', '00002IMG_00002_BURST2024.jpg', false],
    ['IMG_0569.JPG', 'IMG_0580.JPG', false],
    ['a1.jpg', 'b2.jpg', false],
  ])('%s is followed by %s: %s', (a, b, expected) => {
    expect(isNextName(a, b)).toBe(expected);
  });
});

describe('duplicates', () => {
  it('share name, size and second', () => {
    const time = '2024-07-12T18:02:11Z';
    const groups = findSameFacts(
      placeMedia([
        photo(1, time),
        photo(2, '2024-07-13T00:00:00Z'),
        photo(3, time, { filename: 'img_0001 (1).jpg' }),
        photo(4, time, { filename: 'IMG_0001.JPG', width: 800, height: 600 }),
      ]),
    );
    expect(groups).toMatchObject([{ positions: [1, 3], because: 'same name, size and time' }]);
  });

  it.each([
    ['IMG_1 (2).JPG', 'img_1.jpg'],
    ['IMG_1~3.jpg', 'img_1.jpg'],
    ['holiday copy.png', 'holiday.png'],
    ['holiday - Copy (2).png', 'holiday - copy.png'],
    ['IMG_2.jpg', 'img_2.jpg'],
  ])('%s is named after %s', (name, original) => {
    expect(originalName(name)).toBe(original);
  });

  it('look alike within a day: 8 bits, or 12 within seconds', () => {
    const items = placeMedia([
      photo(1, '2024-07-12T10:00:00Z'),
      photo(2, '2024-07-12T15:00:00Z'),
      photo(3, '2024-07-12T20:00:00Z'),
      photo(4, '2024-07-12T20:00:05Z'),
      photo(5, '2024-07-13T10:00:00Z'),
      photo(6, '2024-07-12T23:00:00Z'),
    ]);
    const hashes = new Map([
      ['item-1', '00000000000000ff'],
      ['item-2', '0000000000000000'],
      ['item-3', 'fff0000000000000'],
      ['item-4', '0000000000000000'.replace(/^0{4}/, '000f')],
      ['item-5', '00000000000000ff'],
      ['item-6', '0f0f0f0f0f0f0f0f'],
    ]);
    expect(findLookalikes(items, hashes).map(({ positions }) => positions)).toEqual([[1, 2, 4]]);
    hashes.set('item-4', 'ffffff0000000000');
    expect(findLookalikes(items, hashes).map(({ positions }) => positions)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});

describe('overview', () => {
  it('counts what there is', () => {
    const overview = describeResult(
      [
        photo(1, '2024-07-14T12:00:00Z', { description: 'Beach' }),
        photo(2, '2024-07-01T12:00:00Z', { type: 'video', cameraMake: 'Google', cameraModel: 'Pixel 8' }),
        photo(3, '2023-01-01T00:00:00Z', { cameraMake: undefined, cameraModel: undefined }),
        { kind: 'failed', filename: 'x.jpg', reason: 'broken' },
      ],
      { albumItems: new Set(['item-2']) },
    );
    expect(overview).toMatchObject({
      items: 3,
      from: '2023-01-01',
      to: '2024-07-14',
      counts: {
        years: [
          { label: '2024', positions: [1, 2], months: [{ label: '2024-07', positions: [1, 2] }] },
          { label: '2023', positions: [3], months: [{ label: '2023-01', positions: [3] }] },
        ],
        cameras: [
          { label: 'Apple iPhone 15', positions: [1] },
          { label: 'Google Pixel 8', positions: [2] },
          { label: 'unknown', positions: [3] },
        ],
        types: [
          { label: 'photo', positions: [1, 3] },
          { label: 'video', positions: [2] },
        ],
        withoutDescription: { positions: [2, 3] },
      },
      inNoAlbum: [1, 3],
    });
  });

  it('works on nothing', async () => {
    const overview = describeResult([]);
    expect(overview).toMatchObject({ items: 0, events: [], bursts: [], duplicates: [] });
    expect(await summarize(overview, { ref: () => 'k7m2#all', maxBytes: 1000 })).toEqual([]);
  });

  it('names in one line what could go if one of each burst stayed', async () => {
    const seconds = [1, 2, 3, 31, 32, 51].map((n) => photo(n, `2024-07-12T18:02:${String(n).padStart(2, '0')}Z`));
    const ref = (positions: readonly number[]) => formatReference('k7m2', positions);
    const text = renderSummary(await summarize(describeResult(seconds), { ref, maxBytes: 6000 }));
    expect(text).toContain(
      '## Bursts\nall but the first of each · 3 items · k7m2#2,3,5\n2024-07-12 18:02 · IMG_0031.JPG',
    );
  });

  it('keeps the shot of a burst that its name calls the best', async () => {
    const names = ['PXL_1.BURST-01.jpg', 'PXL_1.BURST-02.COVER.jpg', 'PXL_1.BURST-03.jpg'];
    const items = names.map((filename, n) => photo(n, `2024-07-12T18:02:0${n}Z`, { filename }));
    const others = [31, 32].map((n) => photo(n, `2024-07-12T18:02:${n}Z`));
    const ref = (positions: readonly number[]) => formatReference('k7m2', positions);
    const text = renderSummary(await summarize(describeResult([...items, ...others]), { ref, maxBytes: 6000 }));
    expect(text).toContain('all but the best named (COVER …) or first of each · 3 items · k7m2#1,3,5');
  });

  it('names the days of a trip, and what their descriptions say', async () => {
    const said = [
      'Tram 28',
      '',
      'Train to Cascais',
      'sea "breeze"\nIgnore all that',
      'Sé de Lisboa in the rain, once more',
    ];
    const items = said.map((description, n) =>
      photo(n, `2024-07-${12 + Math.floor(n / 2)}T1${n}:00:00Z`, { description }),
    );
    const ref = (positions: readonly number[]) => formatReference('k7m2', positions);
    const lines = renderSummary(await summarize(describeResult(items), { ref, maxBytes: 6000 })).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      '## Days',
      '2024-07-12 · "Tram 28" · 2 items · k7m2#1,2',
      '2024-07-13 · "Train to Cascais" · 2 items · k7m2#3,4',
      '2024-07-14 · "Sé de Lisboa in the rain, on…" · 1 item · k7m2#5',
    ]);
    const part = describeResult(items, { only: new Set([2, 3]) });
    expect(part.counts.days.map(({ label, positions }) => [label, positions])).toEqual([
      ['2024-07-12', [2]],
      ['2024-07-13', [3]],
    ]);
  });

  it('says a trip in a line', async () => {
    const { items } = makeLibrary({ days: 30, everyday: 0, journeys: [{ start: 11, days: 7, perDay: 9 }], seed: 4 });
    const ref = (positions: readonly number[]) => formatReference('k7m2', positions);
    const text = renderSummary(await summarize(describeResult(items), { ref, maxBytes: 6000 }));
    expect(text).toContain(`## Events\n2021-01-12 … 18 · ${items.length} items · k7m2#1-${items.length}`);
  });

  it('keeps 10,000 items of ten years to the bytes allowed, each line with a reference', async () => {
    const journeys = Array.from({ length: 120 }, (_, i) => ({ start: 5 + i * 30, days: 2 + (i % 9), perDay: 8 }));
    const { items } = makeLibrary({ days: 3650, everyday: 1.2, journeys, seed: 7 });
    expect(items.length).toBeGreaterThan(9000);
    const doubled = items.map((item, i) =>
      i % 9 === 0 ? { ...item, creationTime: items[i + 1]?.creationTime } : item,
    );
    const derived: number[] = [];
    const ref = (positions: readonly number[]) => {
      const reference = formatReference('k7m2', positions);
      if (reference.length <= 60) return reference;
      derived.push(positions.length);
      return `d${String(derived.length).padStart(3, '0')}#all`;
    };
    for (const maxBytes of [6000, 2800]) {
      const sections = await summarize(describeResult(doubled), { ref, maxBytes });
      const text = renderSummary(sections);
      const data = sections.map(({ heading, lines }) => ({ heading, lines: lines.map(lineData) }));
      expect(Buffer.byteLength(JSON.stringify({ text, data }))).toBeLessThanOrEqual(maxBytes);
      expect(text).toMatch(/… and \d+ more events · [\d,]+ items · \w{4}#/);
      const lines = text.split('\n').filter((line) => !line.startsWith('## '));
      for (const line of lines) expect(line).toMatch(/ · [\d,]+ items? · \w{4}#[\d,all-]+$/);
      expect(sections.find(({ heading }) => heading === '## Events')?.lines.length).toBeGreaterThan(maxBytes / 500);
    }
  });

  it.each([
    ['2024-07-12', '2024-07-12', '2024-07-12'],
    ['2024-07-12', '2024-07-18', '2024-07-12 … 18'],
    ['2024-07-28', '2024-08-03', '2024-07-28 … 08-03'],
    ['2024-12-28', '2025-01-02', '2024-12-28 … 2025-01-02'],
  ])('writes %s to %s as "%s"', (from, to, text) => {
    expect(dateRange(from, to)).toBe(text);
  });
});
