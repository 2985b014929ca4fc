import { createHash } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { type Pixels, resize } from '../../src/emulator/images/pixels.ts';
import { renderScene } from '../../src/emulator/images/render.ts';
import { sceneSvg, seedOf } from '../../src/emulator/scenes/compose.ts';
import { parseScene } from '../../src/emulator/scenes/parse.ts';
import { createRandom, hash32 } from '../../src/emulator/scenes/random.ts';

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

  it('differ by subject, by backdrop and by time of day', async () => {
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
    ['beach sunset', { backdrop: 'beach', hour: 'sunset', subjects: [] }],
    ['sunset', { backdrop: 'seaSunset', hour: 'sunset' }],
    ['tram lisbon', { backdrop: 'street', subjects: ['tram'] }],
    ['hut in snow', { backdrop: 'snow', season: 'winter', subjects: ['hut'] }],
    ['plate of food', { backdrop: 'table', subjects: ['plate'] }],
    ['christmas tree', { backdrop: 'room', subjects: ['christmasTree'] }],
    ['blurry dog park', { backdrop: 'park', subjects: ['dog'], blurry: true }],
    ['Dogs, playing; at the BEACH!', { backdrop: 'playground', subjects: ['dog'] }],
    ['mountain lake', { backdrop: 'lake' }],
    ['forest autumn rain', { backdrop: 'forest', season: 'autumn', raining: true, hour: 'grey' }],
    ['receipt', { document: 'receipt' }],
    ['Café', { backdrop: 'table', subjects: ['coffee'] }],
    ['children', { subjects: ['children'], backdrop: 'playground' }],
    ['person torii', { backdrop: 'grove', subjects: ['person', 'torii'] }],
    ['churches', { subjects: ['church'] }],
  ])('%s', (scene, plan) => {
    expect(parseScene(scene)).toMatchObject(plan);
  });

  it.each(['qwertz', '', '…', 'constructor', '東京', 'toString __proto__'])(
    'leave a landscape of what nobody knows: %j',
    (scene) => {
      expect(parseScene(scene)).toMatchObject({ backdrop: 'hills', subjects: [], document: undefined, blurry: false });
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

/** The beginning of the SHA-256 of each scene's markup: what people see, and what albums were made of, stays. */
const MARKUP = [
  ['tram lisbon', 'a6d1fb19b25028b6'],
  ['temple cherry blossom', '4141f6cf783bc1c6'],
  ['hut in snow', 'f9a6a24a73a481de'],
  ['ski slope', '820fec5e5e4801b6'],
  ['beach sunset', '0661ab3944d5040d'],
  ['sunset', '31595838b32d9c20'],
  ['mountain lake', 'f2616b96eca2d8c2'],
  ['waterfall', '3fcb8a03a97d3762'],
  ['skyline night', '3e7b3b669dca2d2a'],
  ['desert', 'e0a86e5f496b85bd'],
  ['castle', '755d443c4ba05d5c'],
  ['church', '79ec6130223ca1a6'],
  ['bridge', 'b8e451a0c191ca05'],
  ['market', '1f81d3bf883a710c'],
  ['museum', '46eb47b7db15d1fa'],
  ['plate of food', 'e675966bad336faa'],
  ['dog park', 'dff7590bddf52e8f'],
  ['cat', 'abb95d85b30b1309'],
  ['receipt', 'bad5201f0ef1bd79'],
  ['letter', '13b02b7b88846ca0'],
  ['invoice', 'b99b0360ab4e1848'],
  ['chat screenshot', 'c4a4f50a04efae6f'],
  ['boarding pass', 'e4fbaeba0495afcf'],
  ['whiteboard', '266251deacffb82c'],
  ['birthday cake', '96767a9d9db11d12'],
  ['christmas tree', 'f35caca4243e0c3d'],
  ['stage', '2a9e9e1f0b35432c'],
  ['runners', '185b11c1772ca6f8'],
  ['children', 'f2aa59a73fb83a54'],
  ['forest autumn rain', 'bb36ee1e076febf6'],
  ['flowers spring', 'aaf768e19c3167ff'],
  ['street grey', '54c7fb12c6ed7350'],
  ['car road', 'a8b9804930f9275e'],
  ['boat harbour', 'ebbc559d686244a1'],
  ['airplane', 'ce5acdc52ac4be85'],
  ['fireworks', '95133be843f5c2e1'],
  ['snowman snowing', 'b6bed48b7aceb05a'],
  ['torii person', '7ef32eccac0181de'],
  ['blurry dog', '98053573051357e9'],
  ['qwertz', '27617856667fe659'],
] as const;

test.each(MARKUP)('%s is drawn as ever', (scene, digest) => {
  const svg = sceneSvg(scene, seedOf(1, 2), 400, 300);
  expect(createHash('sha256').update(svg).digest('hex').slice(0, 16)).toBe(digest);
});
