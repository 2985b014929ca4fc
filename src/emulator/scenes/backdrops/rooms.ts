/** Rooms at home: where people live, sleep, eat and celebrate. */

import { circle, down, ellipse, glow, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';
import { PETALS } from './plants.ts';

const PAPERS = ['#e9d8bf', '#cfdccb', '#d9cfe0', '#c8d9e4', '#f0d3bd'] as const;

function walls(view: View, wall: string, floor: string, edge: number): string {
  const { w, h } = view;
  const skirting = rect(-w, edge - 2.4, w * 3, 2.4, view.ink('#fffaf0'));
  return (
    rect(-w, -h, w * 3, h * 3, view.ink(wall)) +
    rect(-w, edge, w * 3, h * 2, down(view.ink(floor), view.ink('#7d5635'), view.ink('#7d5635'))) +
    skirting
  );
}

function window(view: View, x: number, y: number, width: number, height: number): string {
  const { light } = view;
  const glass = rect(x, y, width, height, down(...light.sky));
  const frame =
    rect(x + width / 2 - 0.7, y, 1.4, height, view.ink('#fffdf8')) +
    rect(x, y + height * 0.45, width, 1.4, view.ink('#fffdf8'));
  return (
    rect(x - 2, y - 2, width + 4, height + 4, view.ink('#fffdf8')) +
    glass +
    frame +
    rect(x - 4, y + height + 2, width + 8, 2.2, view.ink('#f2e6d4'))
  );
}

/** A living room: window, picture, lamp, rug. */
export const room: Backdrop = {
  near: 0.9,
  far: 0.82,
  indoors: true,
  draw(view) {
    const { w, h, random } = view;
    const edge = h * 0.72;
    const side = random.chance(0.5);
    const lampX = side ? w * 0.9 : w * 0.1;
    const picture =
      rect(w * (side ? 0.68 : 0.2), h * 0.14, 17, 21, view.ink('#7a5a3c')) +
      rect(w * (side ? 0.68 : 0.2) + 1.8, h * 0.14 + 1.8, 13.4, 17.4, down(view.ink('#f3b27a'), view.ink('#d9748a')));
    const lamp =
      line(lampX, edge + 5, lampX, h * 0.36, view.ink('#5a4a3c'), 1.2) +
      circle(lampX, h * 0.34, 24, glow('#ffe2a0', 0.75)) +
      polygon(
        [
          [lampX - 4, h * 0.26],
          [lampX + 4, h * 0.26],
          [lampX + 8, h * 0.38],
          [lampX - 8, h * 0.38],
        ],
        '#ffeec2',
      );
    const rug =
      ellipse(w * 0.5, h * 0.93, w * 0.42, h * 0.09, view.ink(random.pick(['#b8574f', '#4f7f8f', '#8f7fb0']))) +
      ellipse(w * 0.5, h * 0.93, w * 0.36, h * 0.07, view.ink('#f0e2cc'), { opacity: 0.35 });
    return (
      walls(view, random.pick(PAPERS), '#b58557', edge) +
      window(view, side ? w * 0.12 : w * 0.6, h * 0.12, 28, 36) +
      picture +
      rug +
      lamp
    );
  },
};

export const bedroom: Backdrop = {
  near: 0.86,
  far: 0.8,
  indoors: true,
  draw(view) {
    const { w, h, random } = view;
    const blanket = random.pick(['#6f8fb8', '#c97f72', '#7fa58a', '#b59ac4']);
    const bed =
      rect(w * 0.1, h * 0.4, w * 0.8, h * 0.24, view.ink('#8f6440'), { rx: 4 }) +
      rect(w * 0.08, h * 0.6, w * 0.84, h * 0.5, view.ink('#fbf6ec'), { rx: 4 }) +
      rect(w * 0.16, h * 0.52, w * 0.3, h * 0.13, view.ink('#ffffff'), { rx: 5 }) +
      rect(w * 0.54, h * 0.52, w * 0.3, h * 0.13, view.ink('#ffffff'), { rx: 5 });
    const cover =
      path(
        `M${num(w * 0.06)} ${num(h * 0.72)}Q${num(w * 0.5)} ${num(h * 0.67)} ${num(w * 0.94)} ${num(h * 0.72)}V${num(h * 1.2)}H${num(w * 0.06)}Z`,
        view.ink(blanket),
      ) +
      times(4, (index) =>
        line(w * (0.2 + index * 0.2), h * 0.72, w * (0.17 + index * 0.22), h * 1.1, view.ink('#ffffff'), 0.7, {
          opacity: 0.35,
        }),
      );
    return (
      walls(view, random.pick(PAPERS), '#b58557', h * 0.74) +
      window(view, w * 0.36, h * 0.06, w * 0.28, h * 0.25) +
      bed +
      cover
    );
  },
};

/** A wooden table seen from above: plates, cups and papers lie on it. */
export const table: Backdrop = {
  near: 0.5,
  far: 0.5,
  indoors: true,
  draw(view) {
    const { w, h, random } = view;
    const wood = random.pick(['#b98655', '#8f5f3c', '#d3ab7d', '#a77449']);
    const boards = times(
      7,
      (index) =>
        rect(-w, (h * index) / 6 - 8, w * 3, 0.5, view.ink('#5f3d24'), { opacity: 0.55 }) +
        times(2, () =>
          rect(
            random.between(0, w),
            (h * index) / 6 - 8 + random.between(3, 11),
            random.between(8, 26),
            0.4,
            view.ink('#5f3d24'),
            { opacity: 0.3 },
          ),
        ),
    );
    const napkin = rect(
      w * random.between(0.7, 0.78),
      -6,
      40,
      34,
      view.ink(random.pick(['#f4efe6', '#d9564f', '#3f6f9f'])),
      { transform: `rotate(12 ${num(w * 0.8)} 10)` },
    );
    return rect(-w, -h, w * 3, h * 3, view.ink(wood)) + boards + napkin;
  },
};

/** Coloured paper and balloons on the wall: where birthdays happen. */
export const party: Backdrop = {
  near: 0.95,
  far: 0.86,
  indoors: true,
  draw(view) {
    const { w, h, random } = view;
    const wall =
      rect(-w, -h, w * 3, h * 3, view.ink(random.pick(['#f6dcc0', '#d3e3ea', '#eed6e2']))) +
      rect(-w, h * 0.76, w * 3, h, down(view.ink('#ffffff'), view.ink('#d9cfc4'), view.ink('#d9cfc4')));
    const string = path(
      `M${num(-4)} ${num(h * 0.08)}Q${num(w * 0.5)} ${num(h * 0.24)} ${num(w + 4)} ${num(h * 0.08)}`,
      'none',
      { stroke: view.ink('#8a7f78'), 'stroke-width': 0.5 },
    );
    const flags = times(9, (index) => {
      const t = (index + 0.5) / 9;
      const x = w * t;
      const y = h * (0.08 + 0.32 * t * (1 - t));
      return polygon(
        [
          [x - 4.4, y],
          [x + 4.4, y],
          [x, y + 9],
        ],
        view.ink(PETALS[index % 5] ?? '#e8505b'),
      );
    });
    const balloon = (x: number, y: number, colour: string) =>
      line(x, y, x + 1, h * 0.78, view.ink('#9a9088'), 0.35) +
      ellipse(x, y, 6.6, 8, view.ink(colour)) +
      ellipse(x - 2, y - 3, 1.5, 2.4, '#ffffff', { opacity: 0.6 });
    const bunch = (side: number) =>
      balloon(side + random.between(-5, 0), h * 0.4, random.pick(PETALS)) +
      balloon(side + 8, h * 0.46, random.pick(PETALS)) +
      balloon(side - 6, h * 0.52, random.pick(PETALS));
    return wall + string + flags + bunch(w * 0.1) + bunch(w * 0.88);
  },
};
