/** Babies, children at play, runners, skiers, standing on y = 0. */

import { circle, ellipse, line, num, path, placed, polygon, rect, stroke, times } from '../svg.ts';
import type { Subject } from '../view.ts';
import { head, looks } from './people.ts';

export const baby: Subject = {
  width: 84,
  height: 66,
  size: 52,
  stands: 'near',
  home: 'room',
  draw(view) {
    const skin = view.ink('#f4c9a6');
    const suit = view.ink(view.random.pick(['#8fc7e0', '#f4d06a', '#a8d8a0', '#f2a9b8']));
    const body =
      ellipse(14, -17, 30, 17, suit) +
      ellipse(40, -7, 10, 6.6, suit) +
      ellipse(-12, -6, 7, 5, skin) +
      ellipse(50, -5, 5, 4, skin);
    const face =
      circle(-18, -36, 20, skin) +
      circle(-36, -34, 4, skin) +
      circle(-24, -37, 2.1, '#2a1d18') +
      circle(-10, -37, 2.1, '#2a1d18') +
      circle(-29, -30, 3.2, '#f08a7a', { opacity: 0.45 }) +
      circle(-6, -30, 3.2, '#f08a7a', { opacity: 0.45 }) +
      path('M-22 -29q5 6 10 0z', '#b8504a') +
      stroke('M-19 -55q3 -5 6 -2q-1 4 -4 3', view.ink('#9a6a3f'), 1.6);
    const toy =
      rect(-58, -13, 13, 13, view.ink('#e05a4a'), { rx: 1.5 }) +
      rect(-52, -25, 12, 12, view.ink('#4f8fd0'), { rx: 1.5 }) +
      rect(56, -11, 11, 11, view.ink('#f2c63c'), { rx: 1.5 });
    return ellipse(4, 0, 50, 5, view.ink('#f7f2e6')) + body + face + toy;
  },
};

/** Three children at play, one with a ball, one with a kite. */
export const children: Subject = {
  width: 150,
  height: 92,
  size: 50,
  stands: 'near',
  home: 'playground',
  draw(view) {
    const child = (x: number, lean: number, raised: boolean) => {
      const who = looks(view);
      const legs = stroke('M-4 -26L-10 -2M4 -26L9 -2', who.skin, 5);
      const arms = raised
        ? stroke('M-8 -46L-20 -62M8 -46L20 -62', who.skin, 4.4)
        : stroke('M-8 -46L-18 -32M8 -46L19 -40', who.skin, 4.4);
      const clothes = path('M-9 -50Q0 -54 9 -50L12 -22H-12Z', who.top);
      return `<g transform="translate(${num(x)} 0) rotate(${num(lean)})">${ellipse(0, 0, 14, 2.4, '#20232b', { opacity: 0.25 })}${legs}${arms}${clothes}${head(0, -63, 12, who)}</g>`;
    };
    const ball =
      circle(34, -8, 9, view.ink('#e8503f')) +
      path('M26 -11q8 5 16 0', 'none', { stroke: '#ffffff', 'stroke-width': 2.4 });
    const kite =
      polygon(
        [
          [-76, -98],
          [-62, -86],
          [-72, -70],
          [-86, -84],
        ],
        view.ink('#f2b632'),
      ) + line(-76, -80, -62, -60, view.ink('#555555'), 0.8);
    return kite + child(-44, -5, true) + child(0, 4, true) + ball + child(58, -6, false);
  },
};

/** Runners with numbers on their shirts, coming towards us. */
export const runners: Subject = {
  width: 160,
  height: 108,
  size: 62,
  stands: 'near',
  home: 'road',
  draw(view) {
    const runner = (x: number, y: number, scale: number, stride: number) => {
      const who = { ...looks(view), long: false };
      const legs =
        stroke(`M-3 -46L${num(-14 * stride)} -28L${num(-24 * stride)} -12`, who.skin, 7) +
        stroke(`M3 -46L${num(16 * stride)} -30L${num(12 * stride)} -2`, who.skin, 7) +
        ellipse(12 * stride + 3, -1, 7, 3, view.ink('#f2f2f2')) +
        ellipse(-25 * stride, -10, 4, 6, view.ink('#f2f2f2'));
      const arms =
        stroke(`M-10 -72L${num(-20)} -60L${num(-12 * stride)} -52`, who.skin, 5.4) +
        stroke(`M10 -72L${num(21)} -62L${num(16)} -76`, who.skin, 5.4);
      const shirt =
        path('M-12 -78Q0 -83 12 -78L10 -46H-10Z', who.top) +
        rect(-11, -50, 22, 10, view.ink('#2d3440'), { rx: 3 }) +
        rect(-8, -70, 16, 12, view.ink('#ffffff')) +
        times(3, (index) => rect(-5.6 + index * 4.2, -67, 2.6, 6, view.ink('#23262c')));
      return placed(
        x,
        y,
        scale,
        ellipse(0, 0, 18, 3, '#20232b', { opacity: 0.28 }) + legs + arms + shirt + head(0, -92, 11, who),
      );
    };
    return (
      runner(-8, -20, 0.7, 1) +
      runner(40, -16, 0.74, -1) +
      runner(-56, -14, 0.78, -1) +
      runner(-26, 0, 1, 1) +
      runner(30, 2, 1.04, -1)
    );
  },
};

export const skier: Subject = {
  width: 80,
  height: 92,
  size: 34,
  stands: 'near',
  home: 'slope',
  draw(view) {
    const suit = view.ink(view.random.pick(['#e0413e', '#f2a532', '#3fa0d8', '#8f4fc0']));
    const skis = line(-40, 4, 34, -10, view.ink('#2d3440'), 3) + line(-30, 9, 44, -5, view.ink('#2d3440'), 3);
    const body =
      stroke('M-2 -4L8 -26L-8 -44', view.ink('#2d3440'), 9) +
      stroke('M-8 -44L6 -68', suit, 15) +
      stroke('M4 -62L22 -50L34 -56', suit, 6);
    const poles =
      line(34, -58, 22, -4, view.ink('#555f6c'), 1.6) +
      line(-14, -52, -36, -6, view.ink('#555f6c'), 1.6) +
      stroke('M0 -62L-14 -52', suit, 6);
    return (
      skis +
      poles +
      body +
      circle(11, -82, 10, view.ink('#f2c9a1')) +
      path('M0 -83a11 11 0 0 1 22 -2z', view.ink('#2f6fd0')) +
      rect(10, -85, 13, 5, view.ink('#1f2530'), { rx: 2 })
    );
  },
};
