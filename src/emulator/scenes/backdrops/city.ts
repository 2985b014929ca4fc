/** Streets and skylines. */
import { darker, mix } from '../colour.ts';
import { circle, down, glow, line, polygon, rect, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';
import { tree } from './plants.ts';
import { water } from './sea.ts';
import { hazy, sky } from './sky.ts';

const WALLS = ['#f4c56a', '#e98f6f', '#8fc3d6', '#f0dfc0', '#d98f9e', '#9cc59a', '#f7b07a'] as const;

const LAMP = '#ffd98a';

/** Windows are lit after dark, some of them. */
export function pane(view: View, x: number, y: number, width: number, height: number): string {
  const lit = view.light.dark && view.random.chance(0.65);
  return rect(x, y, width, height, lit ? LAMP : view.ink('#57758c'), { rx: 0.3 });
}

function house(view: View, x: number, foot: number, width: number, height: number): string {
  const { random } = view;
  const wall = random.pick(WALLS);
  const top = foot - height;
  const roof = polygon(
    [
      [x - 0.8, top],
      [x + width * 0.5, top - width * 0.28],
      [x + width + 0.8, top],
    ],
    view.ink('#c2573c'),
  );
  const rows = Math.max(1, Math.floor((height - 10) / 10));
  const frames = times(rows * 2, (index) => {
    const wx = x + width * (index % 2 === 0 ? 0.17 : 0.59);
    const wy = top + 4 + Math.floor(index / 2) * 10;
    const balcony = rect(wx - 0.8, wy + 5.6, width * 0.24 + 1.6, 0.8, view.ink('#3f4650'));
    return (
      rect(wx - 0.6, wy - 0.6, width * 0.24 + 1.2, 7.2, view.ink('#fffaf0')) +
      pane(view, wx, wy, width * 0.24, 6) +
      (index % 4 === 0 ? balcony : '')
    );
  });
  const door = rect(x + width * 0.36, foot - 8, width * 0.28, 8, view.ink(darker(wall, 0.55)), { rx: width * 0.1 });
  return (
    roof +
    rect(x, top, width + 0.3, height, view.ink(wall)) +
    rect(x, top, width, 1.2, view.ink('#fff6e4')) +
    frames +
    door
  );
}

export const street: Backdrop = {
  near: 0.9,
  far: 0.72,
  draw(view) {
    const { w, h, random } = view;
    const foot = h * 0.68;
    let houses = '';
    for (let x = -6; x < w + 4; ) {
      const width = random.between(17, 25);
      houses += house(view, x, foot, width, random.between(h * 0.34, h * 0.52));
      x += width;
    }
    const kerb = rect(-w, foot, w * 3, 5, view.ink('#d8d0c2')) + rect(-w, foot + 4.4, w * 3, 0.9, view.ink('#a59d90'));
    const road = rect(-w, foot + 5, w * 3, h, down(view.ink('#8b8f98'), view.ink('#6a6e78'), view.ink('#6a6e78')));
    const rails =
      view.words.has('lisbon') || view.words.has('tram')
        ? line(-9, h * 0.86, w + 9, h * 0.86, view.ink('#4b4f58'), 0.8) +
          line(-9, h * 0.95, w + 9, h * 0.95, view.ink('#4b4f58'), 1)
        : times(w / 14 + 2, (index) => rect(index * 14 - 4, h * 0.86, 7, 1.2, view.ink('#f1efe8')));
    return (
      sky({ ...view, horizon: foot }) +
      houses +
      kerb +
      road +
      rails +
      streetLamp(view, w * random.pick([0.08, 0.93]), foot + 5) +
      (view.season === 'spring' ? tree(view, w * 0.82, foot + 4, 30) : '')
    );
  },
};

function streetLamp(view: View, x: number, y: number): string {
  const halo = view.light.dark ? circle(x, y - 29, 12, glow('#ffdf9a', 0.8)) : '';
  return (
    line(x, y, x, y - 26, view.ink('#2f3640'), 1) +
    halo +
    polygon(
      [
        [x - 2, y - 31],
        [x + 2, y - 31],
        [x + 1.4, y - 26],
        [x - 1.4, y - 26],
      ],
      view.light.dark ? '#ffe7b0' : view.ink('#f7f2e0'),
    ) +
    rect(x - 2.4, y - 32, 4.8, 1.2, view.ink('#2f3640'))
  );
}

/** Towers over water, many windows. */
export const skyline: Backdrop = {
  near: 0.94,
  far: 0.72,
  water: 0.86,
  draw(view) {
    const { w, h, random } = view;
    const foot = h * random.between(0.7, 0.76);
    const block = (x: number, width: number, height: number, colour: string) => {
      const wall = rect(x, foot - height, width, height + 0.5, colour);
      const columns = Math.max(2, Math.floor(width / 2.4));
      const rows = Math.floor(height / 3.6);
      const windows = times(columns * rows, (index) => {
        if (!random.chance(view.light.dark ? 0.5 : 0.7)) return '';
        const wx = x + 0.8 + (index % columns) * ((width - 1) / columns);
        return rect(
          wx,
          foot - height + 1.6 + Math.floor(index / columns) * 3.6,
          1.1,
          1.7,
          view.light.dark ? LAMP : mix(colour, '#e8f4fb', 0.6),
        );
      });
      return wall + windows;
    };
    const back = times(15, (index) =>
      rect((w * index) / 14 - 4, foot - random.between(16, 34), w / 13, 40, hazy(view, '#8ba2bb', 0.4)),
    );
    let front = '';
    for (let x = -4; x < w; ) {
      const width = random.between(7, 12);
      front += block(
        x,
        width,
        random.between(h * 0.18, h * 0.5),
        view.ink(random.pick(['#47607c', '#5a6f8d', '#3d5069', '#6b7f99', '#7d6f86'])),
      );
      x += width + random.between(0, 1.6);
    }
    const mast = w * random.between(0.3, 0.7);
    const tower =
      block(mast - 5, 10, h * 0.56, view.ink('#34475f')) +
      polygon(
        [
          [mast - 5, foot - h * 0.56],
          [mast, foot - h * 0.63],
          [mast + 5, foot - h * 0.56],
        ],
        view.ink('#34475f'),
      ) +
      line(mast, foot - h * 0.63, mast, foot - h * 0.68, view.ink('#34475f'), 0.7);
    const quay = rect(-w, foot, w * 3, 1.6, view.ink('#56606c'));
    const promenade =
      rect(-w, h * 0.92, w * 3, h, view.ink('#b9b2a6')) + rect(-w, h * 0.92, w * 3, 1.4, view.ink('#d9d3c8'));
    const mirrored = view.light.dark
      ? times(22, () =>
          rect(random.between(0, w), foot + random.between(3, 9), 0.9, random.between(4, 12), LAMP, { opacity: 0.4 }),
        )
      : '';
    return (
      sky({ ...view, horizon: foot }) +
      back +
      front +
      tower +
      water(view, foot + 1, h * 1.3, '#5b9ab8', '#36708f') +
      quay +
      promenade +
      mirrored
    );
  },
};
