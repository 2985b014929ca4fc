/** Under trees and among flowers. */
import { circle, down, ellipse, fade, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';
import { blossom, GRASS, PETALS, tree } from './plants.ts';
import { ground, hazy, ridge, sky } from './sky.ts';

const LEAVES: Readonly<Record<View['season'], readonly [string, string, string]>> = {
  summer: ['#1f5a3c', '#2f7a4a', '#4f9d57'],
  autumn: ['#8f4a22', '#c4702d', '#e0a53c'],
  winter: ['#7f95a3', '#b4c6d0', '#eaf1f5'],
  spring: ['#4f9a5c', '#7fc07a', '#b5dd8f'],
};

/** Trunks close together, light falling in, a path. */
export const forest: Backdrop = {
  near: 0.9,
  far: 0.8,
  draw(view) {
    const { w, h, random } = view;
    const [dark, middle, bright] = LEAVES[view.season];
    const back =
      rect(-w, -h, w * 3, h * 3, view.ink(dark)) +
      rect(-w, 0, w * 3, h * 0.75, down(view.ink(middle), view.ink(bright), view.ink('#f3ecb4')));
    const row = (count: number, width: number, colour: string, foot: number) =>
      times(count, (index) => {
        const x = (w * (index + random.between(0.15, 0.85))) / count;
        return (
          rect(x - width / 2, -5, width, foot + 5 + random.between(-2, 2), view.ink(colour)) +
          rect(x + width * 0.15, -5, width * 0.35, foot + 3, view.ink('#1e2a22'), { opacity: 0.3 })
        );
      });
    const rays = view.light.dark
      ? ''
      : times(4, (index) =>
          polygon(
            [
              [w * (0.2 + index * 0.2), -5],
              [w * (0.28 + index * 0.2), -5],
              [w * (0.12 + index * 0.2), h * 0.85],
              [w * (-0.04 + index * 0.2), h * 0.85],
            ],
            fade('#fff6c4', 0.4, 0),
          ),
        );
    const floor = rect(-w, h * 0.72, w * 3, h, down(view.ink(middle), view.ink(dark), view.ink(dark)));
    const track = path(
      `M${num(w * 0.48)} ${num(h * 0.72)}Q${num(w * 0.6)} ${num(h * 0.84)} ${num(w * 0.24)} ${num(h * 1.1)}H${num(w * 0.8)}Q${num(w * 0.72)} ${num(h * 0.84)} ${num(w * 0.53)} ${num(h * 0.72)}Z`,
      view.ink('#c9a877'),
    );
    const canopy = times(16, (index) =>
      circle(
        (w * index) / 15,
        random.between(-6, 5),
        random.between(9, 15),
        view.ink(index % 3 === 0 ? bright : middle),
      ),
    );
    const ferns = times(10, () => {
      const x = random.between(0, w);
      return ellipse(x, h * random.between(0.86, 1.02), random.between(4, 8), random.between(2, 4), view.ink(bright), {
        opacity: 0.8,
      });
    });
    return (
      back +
      row(11, 2.2, '#6d8a6a', h * 0.7) +
      row(7, 4, '#5b4a38', h * 0.76) +
      rays +
      floor +
      track +
      row(3, 7.5, '#4a3626', h * 0.92) +
      canopy +
      ferns
    );
  },
};

/** Lawn, a winding path, round trees, a bench. */
export const park: Backdrop = {
  near: 0.9,
  far: 0.7,
  draw(view) {
    const { w, h, horizon, random } = view;
    const [near, deep] = GRASS[view.season];
    const hedge = ridge(view, horizon + 4, 7, hazy(view, deep, 0.2));
    const trees = times(5, (index) =>
      tree(view, (w * (index + random.between(0.1, 0.9))) / 5, horizon + random.between(6, 11), random.between(24, 40)),
    );
    const track = path(
      `M${num(w * 0.55)} ${num(horizon + 6)}Q${num(w * 0.3)} ${num(h * 0.78)} ${num(w * 0.62)} ${num(h * 1.1)}H${num(w * 1.05)}Q${num(w * 0.5)} ${num(h * 0.8)} ${num(w * 0.59)} ${num(horizon + 6)}Z`,
      view.ink('#e6d3ac'),
    );
    return (
      sky(view) +
      hedge +
      ground(view, horizon + 4, near, deep) +
      track +
      trees +
      bench(view, w * random.pick([0.16, 0.82]), horizon + 18)
    );
  },
};

function bench(view: View, x: number, y: number): string {
  const wood = view.ink('#9a6a3f');
  return (
    rect(x - 8, y - 7, 16, 1.6, wood) +
    rect(x - 8, y - 4.6, 16, 1.6, wood) +
    rect(x - 8.5, y - 1.6, 17, 1.8, wood) +
    rect(x - 7, y - 7, 1, 11, view.ink('#4a4f55')) +
    rect(x + 6, y - 7, 1, 11, view.ink('#4a4f55'))
  );
}

/** A raked clearing between bamboo and maples: where temples and red gates stand. */
export const grove: Backdrop = {
  near: 0.92,
  far: 0.8,
  draw(view) {
    const { w, h, random } = view;
    const edge = h * 0.7;
    const back =
      rect(-w, -h, w * 3, h * 3, view.ink('#3f6f52')) + rect(-w, -h, w * 3, h + edge, down(...view.light.sky));
    const hill =
      ridge({ ...view }, edge - 18, 16, hazy(view, '#5f9a78', 0.35)) +
      ridge({ ...view }, edge - 7, 12, view.ink('#4a8a5f'));
    const stems = (from: number, to: number) =>
      times(9, () => {
        const x = w * random.between(from, to);
        const lean = random.between(-2, 2);
        return (
          line(
            x,
            edge + 2,
            x + lean,
            -4,
            view.ink(random.pick(['#7fb069', '#5f9a55', '#96c27a'])),
            random.between(1.1, 2),
          ) + ellipse(x + lean, random.between(-4, 14), 8, 4.6, view.ink('#6fae62'), { opacity: 0.85 })
        );
      });
    const maple = (x: number) =>
      tree(
        view,
        x,
        edge + 3,
        random.between(34, 46),
        view.season === 'summer' ? random.pick(['summer', 'autumn']) : view.season,
      );
    const gravel =
      rect(-w, edge, w * 3, h, down(view.ink('#e6dcc6'), view.ink('#c9bc9f'), view.ink('#c9bc9f'))) +
      times(6, (index) =>
        path(`M-6 ${num(edge + 6 + index * 5)}q${num(w * 0.28)} 4 ${num(w * 0.56)} 0t${num(w * 0.6)} 0`, 'none', {
          stroke: view.ink('#b5a888'),
          'stroke-width': 0.5,
        }),
      );
    const stones = times(5, () =>
      ellipse(
        random.between(0, w),
        random.between(edge + 2, edge + 8),
        random.between(2.5, 5),
        random.between(1.6, 2.8),
        view.ink('#7d837f'),
      ),
    );
    return back + hill + stems(0, 0.2) + stems(0.8, 1) + maple(w * 0.06) + maple(w * 0.95) + gravel + stones;
  },
};

/** Beds of flowers before a house wall and a picket fence. */
export const garden: Backdrop = {
  near: 0.9,
  far: 0.7,
  draw(view) {
    const { w, h, horizon, random } = view;
    const [near, deep] = GRASS[view.season];
    const fence =
      rect(-5, horizon - 3, w + 10, 1.2, view.ink('#f5f1e6')) +
      rect(-5, horizon + 5, w + 10, 1.2, view.ink('#f5f1e6')) +
      times(w / 5 + 2, (index) =>
        polygon(
          [
            [index * 5 - 4, horizon + 10],
            [index * 5 - 4, horizon - 6],
            [index * 5 - 2.5, horizon - 8.5],
            [index * 5 - 1, horizon - 6],
            [index * 5 - 1, horizon + 10],
          ],
          view.ink('#fffdf6'),
        ),
      );
    const bushes = times(6, () =>
      circle(random.between(0, w), horizon - random.between(0, 6), random.between(8, 13), view.ink('#4f9357')),
    );
    const bed = (y: number, size: number) =>
      times(w / (size * 2.2), (index) =>
        blossom(
          view,
          index * size * 2.2 + random.between(0, size),
          y + random.between(-size, size),
          size,
          random.pick(PETALS),
        ),
      );
    return (
      sky(view) +
      tree(view, w * random.between(0.15, 0.85), horizon + 4, 52, view.season === 'winter' ? 'winter' : view.season) +
      bushes +
      fence +
      ground(view, horizon + 10, near, deep) +
      bed(horizon + 12, 1.7) +
      bed(h * 0.98, 2.6)
    );
  },
};

/** Flowers fill the frame. */
export const flowers: Backdrop = {
  near: 0.96,
  far: 0.7,
  draw(view) {
    const { w, h, random } = view;
    const back =
      rect(-w, -h, w * 3, h * 3, view.ink('#3f7f46')) +
      rect(-w, -1, w * 3, h + 2, down(view.ink('#bfe0a0'), view.ink('#7dba68'), view.ink('#3f8a49')));
    const bokeh = times(12, () =>
      circle(random.between(0, w), random.between(0, h * 0.6), random.between(3, 8), view.ink(random.pick(PETALS)), {
        opacity: 0.28,
      }),
    );
    const first = random.pick(PETALS);
    const second = random.pick(PETALS);
    const row = (y: number, size: number, count: number) =>
      times(count, (index) =>
        blossom(
          view,
          (w * (index + random.between(0.2, 0.8))) / count,
          y + random.between(-5, 5),
          size,
          random.pick([first, first, second]),
        ),
      );
    const blades = times(22, (index) =>
      line(
        (w * index) / 21,
        h * 1.05,
        (w * index) / 21 + random.between(-4, 4),
        h * random.between(0.6, 0.85),
        view.ink('#4f9a4d'),
        1.1,
      ),
    );
    return back + bokeh + blades + row(h * 0.34, 7, 5) + row(h * 0.52, 9.5, 4) + row(h * 0.72, 13, 3);
  },
};
