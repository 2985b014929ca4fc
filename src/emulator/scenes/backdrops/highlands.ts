/** Hills, mountains, desert, falling water. */

import { circle, ellipse, fade, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';
import { fir, GRASS, tree } from './plants.ts';
import { ground, hazy, ridge, sky } from './sky.ts';

/** The neutral picture: rolling hills. Also what a scene of unknown words shows. */
export const hills: Backdrop = {
  near: 0.9,
  far: 0.7,
  draw(view) {
    const { w, horizon, random } = view;
    const [near, deep] = GRASS[view.season];
    const back = ridge(view, horizon + 2, 12, hazy(view, '#7fa7b0', 0.45));
    const middle = ridge(view, horizon + 6, 9, hazy(view, near, 0.22));
    const front = ridge(view, horizon + 17, 8, view.ink(near));
    const trees = times(4, () =>
      tree(view, random.between(0, w), horizon + random.between(14, 18), random.between(9, 15)),
    );
    return sky(view) + back + middle + trees + front + ground(view, horizon + 22, near, deep) + tufts(view, deep);
  },
};

function tufts(view: View, colour: string): string {
  const { random, w, h, horizon } = view;
  return times(14, () => {
    const x = random.between(0, w);
    const y = random.between(horizon + 26, h);
    return line(x, y, x + 0.8, y - 2, view.ink(colour), 0.6) + line(x, y, x - 0.9, y - 1.7, view.ink(colour), 0.6);
  });
}

interface Peak {
  x: number;
  top: number;
  base: number;
  half: number;
}

export function peak(view: View, { x, top, base, half }: Peak, rock: string): string {
  const at = (side: number, part: number) => [x + side * half * part, top + (base - top) * part] as const;
  const light = polygon([at(-1, 1), [x, top], at(1, 1)], view.ink(rock));
  const shade = polygon(
    [[x, top], at(1, 1), [x - half * 0.12, base], [x + half * 0.1, top + (base - top) * 0.45]],
    view.ink('#4d5a73'),
    { opacity: 0.55 },
  );
  const snow = polygon(
    [
      [x, top],
      at(1, 0.34),
      [x + half * 0.16, top + (base - top) * 0.26],
      [x + half * 0.04, top + (base - top) * 0.4],
      [x - half * 0.12, top + (base - top) * 0.27],
      at(-1, 0.36),
    ],
    view.ink('#ffffff'),
  );
  return light + shade + snow;
}

export const mountain: Backdrop = {
  near: 0.92,
  far: 0.74,
  draw(view) {
    const { w, h, random } = view;
    const base = h * 0.72;
    const [near, deep] = GRASS[view.season];
    const main = peak(
      view,
      { x: w * random.between(0.36, 0.62), top: h * random.between(0.14, 0.22), base, half: 52 },
      '#8793a6',
    );
    const left = peak(view, { x: w * random.between(0.02, 0.14), top: h * 0.36, base, half: 36 }, '#98a3b5');
    const right = peak(
      view,
      { x: w * random.between(0.86, 1), top: h * random.between(0.28, 0.38), base, half: 38 },
      '#94a0b2',
    );
    const firs = times(9, (index) =>
      fir(view, (w * (index + random.between(0.1, 0.9))) / 9, base + random.between(1, 7), random.between(9, 15)),
    );
    return (
      sky({ ...view, horizon: base }) +
      left +
      right +
      main +
      ridge(view, base + 2, 5, view.ink(deep)) +
      firs +
      ground(view, base + 7, near, deep)
    );
  },
};

export const desert: Backdrop = {
  near: 0.9,
  far: 0.66,
  draw(view) {
    const { w, h, random } = view;
    const horizon = h * random.between(0.42, 0.5);
    const hot = { ...view, horizon };
    const dune = (y: number, crest: number, rise: number, lit: string, shade: string) =>
      path(
        `M${num(-w)} ${num(y + 8)}Q${num(crest * 0.5)} ${num(y + 6)} ${num(crest)} ${num(y - rise)}Q${num(crest + w * 0.3)} ${num(y + 4)} ${num(w * 2)} ${num(y + 6)}V${num(h * 2)}H${num(-w)}Z`,
        view.ink(lit),
      ) +
      path(
        `M${num(crest)} ${num(y - rise)}Q${num(crest + w * 0.3)} ${num(y + 4)} ${num(w * 2)} ${num(y + 6)}V${num(h * 2)}H${num(crest + 20)}Q${num(crest - 14)} ${num(y + 18)} ${num(crest)} ${num(y - rise)}Z`,
        view.ink(shade),
      );
    const haze = rect(-w, horizon - 6, w * 3, 16, fade('#f6cf94', 0, 0.7));
    const ripples = times(5, (index) =>
      path(`M${num(-4)} ${num(h * 0.84 + index * 4)}q${num(w * 0.25)} -3 ${num(w * 0.5)} 0t${num(w * 0.6)} 0`, 'none', {
        stroke: view.ink('#c98a49'),
        'stroke-width': 0.5,
        opacity: 0.6,
      }),
    );
    const cacti = times(2, (index) =>
      cactus(
        view,
        w * (index === 0 ? random.between(0.1, 0.28) : random.between(0.74, 0.9)),
        h * random.between(0.72, 0.86),
        random.between(16, 26),
      ),
    );
    return (
      sky(hot) +
      haze +
      dune(horizon + 8, w * random.between(0.2, 0.4), 8, '#efbb73', '#d29450') +
      dune(horizon + 22, w * random.between(0.55, 0.75), 10, '#f4c987', '#cf8c48') +
      dune(h * 0.86, w * random.between(0.1, 0.3), 7, '#f0bd75', '#d99c57') +
      ripples +
      cacti
    );
  },
};

function cactus(view: View, x: number, y: number, size: number): string {
  const green = view.ink('#3f8f5b');
  const width = size * 0.17;
  const arm = (side: number, low: number, high: number) =>
    path(`M${num(x)} ${num(y - size * low)}h${num(side * size * 0.3)}v${num(-size * high)}`, 'none', {
      stroke: green,
      'stroke-width': width * 0.8,
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
    });
  return (
    ellipse(x + size * 0.2, y, size * 0.3, size * 0.04, view.ink('#a36a33'), { opacity: 0.5 }) +
    line(x, y, x, y - size, green, width) +
    arm(-1, 0.38, 0.3) +
    arm(1, 0.5, 0.26)
  );
}

export const waterfall: Backdrop = {
  near: 0.93,
  far: 0.8,
  water: 0.88,
  draw(view) {
    const { w, h, random } = view;
    const x = w * random.between(0.42, 0.58);
    const half = random.between(10, 15);
    const pool = h * 0.76;
    const rock =
      rect(-w, h * 0.12, w * 3, h * 1.2, view.ink('#59636b')) +
      times(9, (index) =>
        rect((w * index) / 9, h * random.between(0.12, 0.3), w / 16, h * 0.6, view.ink('#4a545d'), { rx: 2 }),
      ) +
      times(8, (index) =>
        rect((w * (index + 0.4)) / 8, h * random.between(0.2, 0.5), w / 22, h * 0.4, view.ink('#6d7880'), { rx: 2 }),
      );
    const green = times(13, (index) =>
      ellipse(
        (w * index) / 12,
        h * 0.13 + random.between(-3, 3),
        9,
        random.between(4, 8),
        view.ink(index % 2 ? '#3f8a4d' : '#57a65c'),
      ),
    );
    const fall =
      rect(x - half, h * 0.1, half * 2, pool - h * 0.1, view.ink('#e9f6fb')) +
      times(9, (index) =>
        rect(x - half + (index * half * 2) / 9, h * 0.1, random.between(0.5, 1.6), pool - h * 0.1, view.ink('#a9d5e8')),
      );
    const water =
      rect(-w, pool, w * 3, h, view.ink('#3d94ad')) +
      times(5, (index) =>
        ellipse(x, pool + 2 + index * 4, half * (1.5 + index * 0.4), 1.6, view.ink('#bfe6f0'), {
          opacity: 0.7 - index * 0.12,
        }),
      );
    const mist = times(8, () =>
      circle(
        x + random.between(-half * 1.5, half * 1.5),
        pool + random.between(-4, 3),
        random.between(3, 7),
        '#ffffff',
        { opacity: 0.4 },
      ),
    );
    const stones = times(6, (index) =>
      ellipse(
        index % 2 ? random.between(0, x - half * 1.5) : random.between(x + half * 1.5, w),
        random.between(pool + 2, h),
        random.between(5, 10),
        random.between(3, 5),
        view.ink('#3f484f'),
      ),
    );
    const bushes = times(4, (index) =>
      circle(
        index % 2 ? random.between(-2, w * 0.14) : random.between(w * 0.86, w + 2),
        h * random.between(0.78, 0.95),
        random.between(7, 11),
        view.ink('#33763f'),
      ),
    );
    return sky({ ...view, horizon: h * 0.2 }) + rock + green + fall + water + mist + stones + bushes;
  },
};
