/** Where people of a town go: the market, the playground, the race. */
import { mix } from '../colour.ts';
import { circle, down, ellipse, glow, line, num, path, polygon, rect, stroke, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';
import { GRASS, tree } from './plants.ts';
import { ground, sky } from './sky.ts';

const FRUIT = ['#e2483d', '#f39a2b', '#f6cf45', '#6fae4a', '#8e4f9e', '#d86f8f'] as const;

/** Stalls under striped awnings, crates of fruit. */
export const market: Backdrop = {
  near: 0.97,
  far: 0.8,
  draw(view) {
    const { w, h, random } = view;
    const top = h * 0.24;
    const shelf = h * 0.62;
    const back =
      rect(-w, -h, w * 3, h * 3, view.ink('#8a5f3f')) +
      rect(-w, -h, w * 3, h + top, view.ink('#c9dce4')) +
      rect(-w, top, w * 3, shelf - top, down(view.ink('#5b3d2a'), view.ink('#8b6240')));
    const stripe = random.pick(['#d9463f', '#2f8f6f', '#2f6fb8', '#e0912f']);
    const awning = times(w / 8 + 2, (index) => {
      const x = index * 8 - 6;
      return path(
        `M${num(x + 2)} ${num(top - 12)}h7.5l.8 20a4 3.4 0 0 1 -8 0z`,
        view.ink(index % 2 === 0 ? stripe : '#fff7ea'),
      );
    });
    const crates = times(Math.ceil(w / 17) * 2, (index) => {
      const columns = Math.ceil(w / 17);
      const x = (index % columns) * 17 + (index >= columns ? -6 : 0);
      const y = shelf + Math.floor(index / columns) * h * 0.2 - 2;
      const fruit = random.pick(FRUIT);
      const heap = times(11, (ball) =>
        circle(
          x + 2.5 + (ball % 6) * 2.3 + (ball > 5 ? 1.1 : 0),
          y - 1 - (ball > 5 ? 2 : 0),
          1.7,
          view.ink(mix(fruit, '#ffffff', random.between(0, 0.2))),
        ),
      );
      const slats =
        rect(x, y, 16, 9, view.ink('#c89a62')) +
        rect(x, y + 2.6, 16, 0.7, view.ink('#8f6638')) +
        rect(x, y + 5.6, 16, 0.7, view.ink('#8f6638'));
      return heap + slats;
    });
    const hanging = times(
      5,
      (index) =>
        circle((w * (index + 0.5)) / 5, top + 16, 2.6, view.ink(random.pick(FRUIT))) +
        line((w * (index + 0.5)) / 5, top, (w * (index + 0.5)) / 5, top + 14, view.ink('#3b2a1d'), 0.4),
    );
    return back + hanging + lamps(view, top) + seller(view, w * random.between(0.3, 0.7), shelf) + crates + awning;
  },
};

/** A string of bulbs under the awning, burning after dark. */
function lamps(view: View, top: number): string {
  if (!view.light.dark) return '';
  return times(7, (index) => {
    const x = (view.w * (index + 0.5)) / 7;
    return circle(x, top + 12, 17, glow('#ffd27a', 0.85)) + circle(x, top + 12, 1.9, '#fff3c4');
  });
}

function seller(view: View, x: number, y: number): string {
  return (
    path(`M${num(x - 8)} ${num(y)}v-9q0 -6 8 -6t8 6v9z`, view.ink('#f2efe6')) +
    circle(x, y - 19, 4.6, view.ink('#d9a27a')) +
    path(`M${num(x - 5)} ${num(y - 20)}a5 5 0 0 1 10 0z`, view.ink('#3d5a8a'))
  );
}

export const playground: Backdrop = {
  near: 0.92,
  far: 0.74,
  draw(view) {
    const { w, h, horizon, random } = view;
    const [near, deep] = GRASS[view.season];
    const trees = times(4, () => tree(view, random.between(0, w), horizon + 6, random.between(20, 30)));
    const y = horizon + 22;
    const swing =
      stroke(
        `M${num(w * 0.06)} ${num(y)}L${num(w * 0.12)} ${num(y - 32)}H${num(w * 0.4)}L${num(w * 0.46)} ${num(y)}`,
        view.ink('#d9463f'),
        1.6,
      ) +
      line(w * 0.2, y - 32, w * 0.17, y - 8, view.ink('#555555'), 0.5) +
      line(w * 0.25, y - 32, w * 0.22, y - 8, view.ink('#555555'), 0.5) +
      rect(w * 0.16, y - 8, w * 0.07, 1.4, view.ink('#3b6fb8'));
    const slide =
      stroke(
        `M${num(w * 0.68)} ${num(y)}V${num(y - 24)}h6Q${num(w * 0.84)} ${num(y - 4)} ${num(w * 0.98)} ${num(y - 2)}`,
        view.ink('#f2b632'),
        2.6,
      ) + rect(w * 0.66, y - 28, 8, 5, view.ink('#3b6fb8'));
    const sand = ellipse(w * 0.5, h * 0.98, w * 0.7, h * 0.13, view.ink('#f0d9a4'));
    return sky(view) + trees + ground(view, horizon + 4, near, deep) + sand + swing + slide;
  },
};

/** A square with an arcade: for buildings and for people who run. */
export const road: Backdrop = {
  near: 0.93,
  far: 0.7,
  draw(view) {
    const { w, h, horizon, random } = view;
    const [near, deep] = GRASS[view.season];
    const trees = times(8, (index) => tree(view, (w * (index + 0.5)) / 8, horizon + 4, random.between(14, 24)));
    const banner =
      rect(w * 0.16, horizon - 30, w * 0.68, 9, view.ink('#e0413e')) +
      rect(w * 0.15, horizon - 31, 1.8, 40, view.ink('#444b55')) +
      rect(w * 0.84, horizon - 31, 1.8, 40, view.ink('#444b55')) +
      times(20, (index) =>
        rect(
          w * 0.16 + ((index % 10) * w * 0.68) / 10,
          horizon - 30 + Math.floor(index / 10) * 1.6,
          (w * 0.68) / 20,
          1.6,
          view.ink('#ffffff'),
          { transform: `translate(${index >= 10 ? num((w * 0.68) / 20) : 0} 0)` },
        ),
      );
    const tarmac = polygon(
      [
        [w * 0.26, horizon + 6],
        [w * 0.74, horizon + 6],
        [w * 1.5, h * 1.3],
        [-w * 0.5, h * 1.3],
      ],
      view.ink('#74787f'),
    );
    const marks = polygon(
      [
        [w * 0.495, horizon + 8],
        [w * 0.505, horizon + 8],
        [w * 0.53, h],
        [w * 0.47, h],
      ],
      view.ink('#f7f3e6'),
    );
    return (
      sky(view) +
      trees +
      ground(view, horizon + 4, near, deep) +
      tarmac +
      marks +
      (view.words.has('runners') ? banner : '')
    );
  },
};
