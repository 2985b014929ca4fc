import { describe, expect, it } from 'vitest';
import { type Pixels, renderScene, resize } from '../../src/emulator/images/index.ts';
import { createRandom, hash32, parseScene, sceneSvg, seedOf } from '../../src/emulator/scenes/index.ts';

/** Design 2: these can be told apart in a 128-pixel tile. */
const TOLD_APART = [
  ...[
    'tram',
    'temple',
    'hut in snow',
    'ski slope',
    'beach',
    'sunset',
    'lake',
    'waterfall',
    'skyline',
    'desert',
    'castle',
    'church',
  ],
  ...[
    'bridge',
    'market',
    'museum',
    'plate of food',
    'dog',
    'cat',
    'receipt',
    'letter',
    'screenshot',
    'whiteboard',
    'birthday cake',
  ],
  ...['christmas tree', 'stage', 'runners', 'children', 'mountain', 'forest', 'flowers', 'street', 'car', 'boat'],
];

const tile = async (scene: string, seed: number): Promise<Pixels> =>
  resize(await renderScene({ scene, seed, width: 128, height: 128 }), 16, 16);

/** Mean difference of a colour channel, 0 to 255, after everything finer than an eighth of a tile is gone. */
function difference(a: Pixels, b: Pixels): number {
  let sum = 0;
  for (let at = 0; at < a.rgba.length; at++) sum += Math.abs((a.rgba[at] ?? 0) - (b.rgba[at] ?? 0));
  return (sum / a.rgba.length) * (4 / 3);
}

describe('pictures of scenes', () => {
  it.each([1, 2])('differ from each other at 128 pixels (moment %i)', async (moment) => {
    const tiles: Pixels[] = [];
    for (const scene of TOLD_APART) tiles.push(await tile(scene, seedOf(moment)));
    const closest = tiles.flatMap((a, i) =>
      tiles.slice(0, i).map((b, j) => ({ pair: `${TOLD_APART[i]} / ${TOLD_APART[j]}`, by: difference(a, b) })),
    );
    expect(closest.filter(({ by }) => by < 12)).toEqual([]);
  });

  it('look alike within a burst', async () => {
    for (const scene of TOLD_APART) {
      const first = await tile(scene, seedOf(7));
      expect(difference(first, await tile(scene, seedOf(7, 1))), scene).toBeLessThan(8);
    }
  });

  it('are not the same twice, neither in a burst nor on another day', async () => {
    const first = await tile('dog park', seedOf(7));
    expect((await tile('dog park', seedOf(7, 3))).rgba).not.toEqual(first.rgba);
    expect(difference(first, await tile('dog park', seedOf(8)))).toBeGreaterThan(8);
  });

  it('change little in an edited copy', async () => {
    for (const scene of ['dog park', 'tram lisbon', 'beach sunset']) {
      const by = difference(await tile(scene, seedOf(7)), await tile(scene, seedOf(7, 12)));
      expect(by).toBeGreaterThan(4);
      expect(by).toBeLessThan(25);
    }
  });

  it('differ by subject, by setting and by time of day', async () => {
    const dogOnBeach = await tile('dog beach', seedOf(3));
    for (const other of ['cat beach', 'dog snow', 'dog beach night', 'dog beach sunset', 'beach', 'blurry dog beach']) {
      expect(difference(dogOnBeach, await tile(other, seedOf(3))), other).toBeGreaterThan(4);
    }
  });

  it('are the same every time', async () => {
    const request = { scene: 'temple cherry blossom', seed: seedOf(42, 3), width: 160, height: 120 };
    expect((await renderScene(request)).rgba).toEqual((await renderScene(request)).rgba);
  });
});

describe('chance', () => {
  it('is the same on every machine', () => {
    expect(hash32('tram', 1)).toBe(2203534198);
    const random = createRandom(1);
    expect([random.next(), random.next(), random.whole(1, 6)]).toEqual([0.6270739405881613, 0.002735721180215478, 4]);
  });
});

describe('words', () => {
  it.each([
    ['beach sunset', { setting: 'beach', hour: 'sunset', subjects: [] }],
    ['sunset', { setting: 'seaSunset', hour: 'sunset' }],
    ['tram lisbon', { setting: 'street', subjects: ['tram'] }],
    ['hut in snow', { setting: 'snow', season: 'winter', subjects: ['hut'] }],
    ['plate of food', { setting: 'table', subjects: ['plate'] }],
    ['christmas tree', { setting: 'room', subjects: ['christmasTree'] }],
    ['blurry dog park', { setting: 'park', subjects: ['dog'], blurry: true }],
    ['Dogs, playing; at the BEACH!', { setting: 'playground', subjects: ['dog'] }],
    ['mountain lake', { setting: 'lake' }],
    ['forest autumn rain', { setting: 'forest', season: 'autumn', raining: true, hour: 'grey' }],
    ['receipt', { paper: 'receipt' }],
    ['Café', { setting: 'table', subjects: ['coffee'] }],
    ['children', { subjects: ['children'], setting: 'playground' }],
    ['person torii', { setting: 'grove', subjects: ['person', 'torii'] }],
    ['churches', { subjects: ['church'] }],
  ])('%s', (scene, plan) => {
    expect(parseScene(scene)).toMatchObject(plan);
  });

  it.each(['qwertz', '', '…', 'constructor', '東京', 'toString __proto__'])(
    'leave a landscape of what nobody knows: %j',
    (scene) => {
      expect(parseScene(scene)).toMatchObject({ setting: 'hills', subjects: [], paper: undefined, blurry: false });
      expect(sceneSvg(scene, 1, 128, 96)).toContain('<svg');
    },
  );

  it('escape nothing into the picture', () => {
    expect(sceneSvg('"><script>&', 1, 10, 10)).not.toContain('script');
  });
});

describe('markup', () => {
  const hours = ['', 'night', 'sunset', 'rain', 'winter', 'autumn', 'snowing'];
  it.each([
    ...TOLD_APART,
    'baby',
    'balloon',
    'bicycle',
    'birds',
    'bouquet',
    'cherry blossom',
    'coffee',
    'cottage',
    'deer',
    'lighthouse',
  ])('%s is whole at every hour, in every shape', (scene) => {
    for (const [index, hour] of hours.entries()) {
      for (const [width, height] of [
        [400, 300],
        [300, 400],
        [1600, 160],
        [117, 253],
      ] as const) {
        const svg = sceneSvg(`${scene} ${hour}`, seedOf(index, index), width, height);
        expect(svg).not.toMatch(/NaN|undefined|Infinity|\[object/);
        expect(svg).not.toMatch(/hsl|oklch|var\(|filter=/);
        expect(svg.length).toBeLessThan(400_000);
      }
    }
  });
});
