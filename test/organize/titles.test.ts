import { describe, expect, it } from 'vitest';
import type { AlbumPlan } from '../../src/organize/plan/input.ts';
import { makePlan } from '../../src/organize/plan/plan.ts';
import { renderPlan } from '../../src/organize/plan/preview-text.ts';
import type { AlbumEntry } from '../../src/results/types.ts';

/** "Zürich" as a Mac's folder has it, with a mark of its own above the u, and as people type it. */
const FROM_A_MAC = 'Zu\u0308rich';
const TYPED = 'Z\u00fcrich';

const album = (title: string, facts: Partial<AlbumEntry> = {}): AlbumEntry => ({
  kind: 'album',
  id: `id-${title}`,
  title,
  count: 0,
  isWriteable: true,
  ...facts,
});

const rename = (from: string, to: string): AlbumPlan => ({ albumId: `id-${from}`, title: to });

/** What a plan does to titles, and what it refuses, both sorted: neither may depend on the order of its parts. */
function judge(albums: readonly AlbumPlan[], existing: readonly AlbumEntry[]) {
  const facts = { albums: existing, contents: new Map(), items: new Map(), unavailable: new Set<string>() };
  const plan = makePlan({ albums }, facts);
  const made = plan.steps.flatMap((step) => {
    if (step.kind === 'createAlbum') return [`+ ${step.title}`];
    return step.kind === 'patchAlbum' ? [`${step.title} → ${step.change.title}`] : [];
  });
  return {
    made: made.sort(),
    refused: plan.problems.map(({ subject, reason }) => `${subject}: ${reason}`).sort(),
    plan,
  };
}

const orders = <T>(list: readonly T[]): T[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((first, index) => orders(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));

describe('titles of a plan', () => {
  it.each<[string, AlbumPlan[], string[], { made: string[]; refused: string[] }]>([
    [
      'a new album of a title that another gets',
      [rename('Old', 'Same'), { title: 'Same' }],
      ['Old'],
      { made: ['+ Same'], refused: ['"Old": it cannot be renamed: the plan makes an album "Same"'] },
    ],
    [
      'the same, written in two ways',
      [rename('Old', FROM_A_MAC), { title: ` ${TYPED} ` }],
      ['Old'],
      { made: [`+  ${TYPED} `], refused: [`"Old": it cannot be renamed: the plan makes an album "${FROM_A_MAC}"`] },
    ],
    [
      'two albums that want one title',
      [rename('One', 'Same'), rename('Two', 'Same')],
      ['One', 'Two'],
      {
        made: [],
        refused: [
          '"One": it cannot be renamed: the plan gives the title "Same" to several albums',
          '"Two": it cannot be renamed: the plan gives the title "Same" to several albums',
        ],
      },
    ],
    [
      'a chain: only its last album is renamed',
      [rename('A', 'B'), rename('B', 'C'), rename('C', 'D')],
      ['A', 'B', 'C'],
      {
        made: ['C → D'],
        refused: ['"A": it cannot be renamed: an album "B" exists', '"B": it cannot be renamed: an album "C" exists'],
      },
    ],
    [
      'a swap: nothing is renamed',
      [rename('A', 'B'), rename('B', 'A')],
      ['A', 'B'],
      {
        made: [],
        refused: ['"A": it cannot be renamed: an album "B" exists', '"B": it cannot be renamed: an album "A" exists'],
      },
    ],
    [
      'a new album of a title that another gives up',
      [rename('A', 'B'), { title: 'A' }],
      ['A'],
      { made: ['A → B'], refused: ['"A": an album of that name exists'] },
    ],
    [
      'a new album of a title that exists in another writing',
      [{ title: FROM_A_MAC }],
      [TYPED],
      { made: [], refused: [`"${FROM_A_MAC}": an album of that name exists`] },
    ],
    [
      'a rename to a title that exists in another writing',
      [rename('A', TYPED)],
      ['A', FROM_A_MAC],
      { made: [], refused: [`"A": it cannot be renamed: an album "${TYPED}" exists`] },
    ],
    [
      'two new albums of one title in two writings',
      [{ title: TYPED }, { title: TYPED }],
      [],
      { made: [`+ ${TYPED}`], refused: [`"${TYPED}": the plan makes two albums of that name`] },
    ],
    ['its own title in another writing', [rename(TYPED, FROM_A_MAC)], [TYPED], { made: [], refused: [] }],
  ])('%s', (_, albums, titles, expected) => {
    for (const order of orders(albums)) {
      const { made, refused } = judge(
        order,
        titles.map((title) => album(title)),
      );
      expect({ made, refused }).toEqual(expected);
    }
  });

  it('says how a title that another album of the plan gives up is to be had', () => {
    const { plan } = judge([rename('A', 'B'), rename('B', 'C')], [album('A'), album('B')]);
    expect(plan.problems[0]?.next).toBe('rename "B" in a plan of its own first, or choose another title');
  });

  it('are not taken by an album that cannot be renamed', () => {
    const existing = [album('A'), album('Fixed', { isWriteable: false })];
    expect(judge([rename('Fixed', 'X'), rename('A', 'X')], existing)).toMatchObject({
      made: ['A → X'],
      refused: ['"Fixed": this app may not change the album'],
    });
  });
});

describe('an album that stays as it is', () => {
  const facts = { albums: [album('Old'), album('Other')], contents: new Map(), items: new Map() };

  it('is not counted as changed', () => {
    const plan = makePlan(
      { albums: [rename('Old', 'Old'), rename('Other', 'New')] },
      { ...facts, unavailable: new Set() },
    );
    expect(renderPlan(plan, String)).toEqual([
      "1 changed album · 1 request, 0.01 % of the day's 10,000",
      '~ "Old": no change',
      '~ "Other": renamed to "New"',
    ]);
  });

  it('alone is nothing to do', () => {
    const plan = makePlan({ albums: [rename('Old', 'Old')] }, { ...facts, unavailable: new Set() });
    expect(renderPlan(plan, String)).toEqual(['Nothing to do.', '~ "Old": no change']);
  });
});
