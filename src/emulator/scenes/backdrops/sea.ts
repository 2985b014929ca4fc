/** Coast and open water. */
import { mix } from '../colour.ts';
import { circle, down, ellipse, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';
import { palm } from './plants.ts';
import { hazy, sky } from './sky.ts';

/** A sheet of water between two heights that takes up the sky's colours. */
export function water(view: View, top: number, bottom: number, shallow: string, deep: string): string {
  const { light, random, w } = view;
  const glint = light.sky[light.sky.length - 1] ?? '#ffffff';
  const low = light.hour === 'sunset' || light.hour === 'dusk' || light.hour === 'morning';
  const near = low ? mix(view.ink(deep), light.sky[1] ?? deep, 0.35) : view.ink(shallow);
  const far = mix(view.ink(deep), glint, low ? 0.6 : 0.22);
  const ripples = times(16, (index) => {
    const y = top + ((bottom - top) * (index + 0.6)) / 16;
    const length = random.between(4, 12) * (0.5 + index / 16);
    const x = random.between(0, w);
    return line(x, y, x + length, y, glint, 0.35 + index * 0.03, { opacity: 0.5 });
  });
  return rect(-w, top, w * 3, bottom - top + 1, down(far, near)) + ripples;
}

/** The path of light that a low sun draws on water. */
function sunPath(view: View, x: number, top: number, bottom: number): string {
  return times(13, (index) => {
    const y = top + 0.8 + ((bottom - top) * index) / 13;
    const half = 3 + index * 0.9 + view.random.between(-1.5, 1.5);
    return rect(x - half, y, half * 2, (bottom - top) / 30, '#ffe7a3', { rx: 0.5, opacity: 0.75 - index * 0.03 });
  });
}

export const sea: Backdrop = {
  near: 0.9,
  far: 0.62,
  water: 0.72,
  draw: (view) => sky(view) + water(view, view.horizon, view.h * 1.3, '#3f9fc4', '#22689a'),
};

/** The sunset itself is the subject: a big sun touching the sea. */
export const seaSunset: Backdrop = {
  near: 0.93,
  far: 0.66,
  water: 0.76,
  draw(view) {
    const { w, h, random } = view;
    const horizon = h * random.between(0.6, 0.68);
    const x = w * random.between(0.35, 0.65);
    const air =
      rect(-w, -h, w * 3, h * 2.4, '#e8703f') +
      rect(-w, -1, w * 3, horizon + 1, down('#3b2f6e', '#a8427f', '#f2613f', '#ffb347', '#ffe08a'));
    const bands = times(4, () => {
      const y = random.between(h * 0.1, horizon * 0.8);
      return ellipse(random.between(0, w), y, random.between(16, 34), random.between(0.7, 1.6), '#ffd0a0', {
        opacity: 0.55,
      });
    });
    const sun =
      circle(x, horizon - 7, 30, { kind: 'radial', stops: ['#fff3b8', '#ffd777'], opacities: [0.9, 0] }) +
      circle(x, horizon - 6, 15, '#fff0b0');
    const sheet = rect(-w, horizon, w * 3, h * 1.3 - horizon, down('#d95a4a', '#7a3a78', '#2a2357', '#2a2357'));
    const land = path(
      `M${num(-w * 0.1)} ${num(horizon)}Q${num(w * 0.1)} ${num(horizon - 9)} ${num(w * 0.34)} ${num(horizon + 0.4)}Z`,
      '#4a2a58',
    );
    return air + bands + sun + land + sheet + sunPath(view, x, horizon, h);
  },
};

function parasol(view: View, x: number, y: number, colour: string): string {
  const top = y - 19;
  const half = 11;
  const slice = (from: number, to: number, fill: string) =>
    path(
      `M${num(x)} ${num(top - 6)}Q${num(x + from * half)} ${num(top - 5)} ${num(x + from * half)} ${num(top + 2)}L${num(x + to * half)} ${num(top + 2)}Q${num(x + to * half)} ${num(top - 5)} ${num(x)} ${num(top - 6)}Z`,
      view.ink(fill),
    );
  const canopy = slice(-1, 1, '#ffffff') + slice(-1, -0.5, colour) + slice(-0.2, 0.3, colour) + slice(0.7, 1, colour);
  const towel = polygon(
    [
      [x + 3, y + 1],
      [x + 16, y + 1],
      [x + 19, y + 4.5],
      [x + 4, y + 4.5],
    ],
    view.ink(colour),
  );
  return (
    ellipse(x + 2, y + 0.5, 11, 1.6, view.ink('#b9925c'), { opacity: 0.5 }) +
    towel +
    line(x, y, x, top - 5, view.ink('#f7efe2'), 1) +
    canopy
  );
}

export const beach: Backdrop = {
  near: 0.92,
  far: 0.6,
  water: 0.56,
  draw(view) {
    const { w, h, horizon, random } = view;
    const shore = horizon + h * random.between(0.12, 0.17);
    const tilt = random.between(-4, 4);
    const wave = (drop: number, colour: string) =>
      path(
        `M${num(-w)} ${num(shore + drop)}C${num(w * 0.2)} ${num(shore + drop - tilt)} ${num(w * 0.4)} ${num(shore + drop + 5)} ${num(w * 0.62)} ${num(shore + drop + tilt * 0.4)}S${num(w)} ${num(shore + drop - 2)} ${num(w * 2)} ${num(shore + drop + tilt)}V${num(h * 2)}H${num(-w)}Z`,
        colour,
      );
    const sand = wave(0, view.ink('#ffffff')) + wave(2.2, view.ink('#d9b98a')) + wave(6, view.ink('#f3dba8'));
    const side = random.chance(0.5) ? 0.17 : 0.84;
    const spots = times(14, () =>
      ellipse(
        random.between(0, w),
        random.between(shore + 14, h * 1.05),
        random.between(0.4, 1.2),
        0.35,
        view.ink('#dcbd85'),
      ),
    );
    const shade = parasol(view, w * side, shore + h * 0.17, random.pick(['#e8505b', '#2f8fb8', '#f2a33c']));
    const tropic = random.chance(0.45)
      ? palm(view, w * (1 - side) + random.between(-4, 4), shore + h * 0.14, random.between(36, 48))
      : '';
    const headland = random.chance(0.5)
      ? path(
          `M${num(w)} ${num(horizon)}V${num(horizon - 9)}Q${num(w * 0.86)} ${num(horizon - 8)} ${num(w * 0.7)} ${num(horizon + 0.3)}H${num(w * 1.3)}Z`,
          hazy(view, '#5d8f6b', 0.35),
        )
      : '';
    return sky(view) + water(view, horizon, shore + 9, '#4fc3c9', '#1f86b5') + headland + sand + spots + shade + tropic;
  },
};

export const cliff: Backdrop = {
  near: 0.9,
  far: 0.56,
  water: 0.7,
  draw(view) {
    const { w, h, horizon, random } = view;
    const edge = w * random.between(0.5, 0.66);
    const rock = (shift: number, colour: string) =>
      path(
        `M${num(-w)} ${num(horizon - 20)}Q${num(edge * 0.5)} ${num(horizon - 27)} ${num(edge - shift)} ${num(horizon - 17)}L${num(edge - shift + 3)} ${num(horizon + 6)}L${num(edge - shift - 3)} ${num(horizon + 20)}L${num(edge - shift + 6)} ${num(h * 1.2)}H${num(-w)}Z`,
        view.ink(colour),
      );
    const strata = times(6, (index) =>
      line(-5, horizon - 6 + index * 9, edge - 8 - index, horizon - 4 + index * 9, view.ink('#a56a43'), 0.9, {
        opacity: 0.6,
      }),
    );
    const grass = path(
      `M${num(-w)} ${num(horizon - 20)}Q${num(edge * 0.5)} ${num(horizon - 27)} ${num(edge)} ${num(horizon - 17)}L${num(edge)} ${num(horizon - 12)}Q${num(edge * 0.5)} ${num(horizon - 18)} ${num(-w)} ${num(horizon - 12)}Z`,
      view.ink('#6fae57'),
    );
    const foam = times(5, (index) =>
      ellipse(edge + 4 + index * 5, h * 0.93 + (index % 2) * 2, 6, 1.4, '#ffffff', { opacity: 0.8 }),
    );
    const stack = polygon(
      [
        [w * 0.84, horizon + 9],
        [w * 0.86, horizon - 8],
        [w * 0.9, horizon - 10],
        [w * 0.93, horizon + 9],
      ],
      view.ink('#b97f56'),
    );
    return (
      sky(view) +
      water(view, horizon, h * 1.2, '#3aa0b8', '#1d6c96') +
      stack +
      rock(0, '#b5794e') +
      rock(9, '#cf9465') +
      strata +
      grass +
      foam
    );
  },
};
