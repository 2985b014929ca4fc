/** Snow. */

import { circle, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';
import { peak } from './highlands.ts';
import { fir } from './plants.ts';
import { ground, hazy, ridge, sky } from './sky.ts';

export function snowfall(view: View): string {
  const { random, w, h } = view;
  return times(48, () =>
    circle(random.between(0, w), random.between(0, h), random.between(0.3, 0.9), '#ffffff', { opacity: 0.85 }),
  );
}

export const snow: Backdrop = {
  near: 0.9,
  far: 0.76,
  draw(view) {
    const { w, horizon, random } = view;
    const winter: View = { ...view, season: 'winter' };
    const far = ridge(view, horizon + 4, 24, hazy(view, '#a9bccd', 0.35), { jagged: true });
    const firs = times(7, () =>
      fir(
        winter,
        random.chance(0.5) ? random.between(0, w * 0.3) : random.between(w * 0.7, w),
        horizon + random.between(8, 16),
        random.between(18, 32),
      ),
    );
    const drift = ridge(view, horizon + 15, 7, view.ink('#eef4f9')) + ridge(view, horizon + 27, 6, view.ink('#ffffff'));
    return sky(view) + far + ground(view, horizon + 3, '#dfe9f2', '#f7fafc') + firs + drift;
  },
};

/** A steep white run between nets and firs, with a lift and tracks. */
export const slope: Backdrop = {
  near: 0.8,
  far: 0.7,
  draw(view) {
    const { w, h, random } = view;
    const top = h * random.between(0.24, 0.4);
    const left = w * random.between(0.08, 0.42);
    const winter: View = { ...view, season: 'winter' };
    const back =
      peak(view, { x: left, top: h * random.between(0.06, 0.2), base: h * 0.6, half: 44 }, '#9fb0c4') +
      peak(
        view,
        { x: w * random.between(0.6, 0.95), top: h * random.between(0.14, 0.3), base: h * 0.6, half: 34 },
        '#a8b7c9',
      );
    const run = polygon(
      [
        [-w, h * 0.72],
        [w * 1.1, top],
        [w * 1.1, h * 1.2],
        [-w, h * 1.2],
      ],
      view.ink('#f8fbfe'),
    );
    const shadow = polygon(
      [
        [-w, h * 1.02],
        [w * 1.1, h * 0.66],
        [w * 1.1, h * 1.2],
        [-w, h * 1.2],
      ],
      view.ink('#dde9f4'),
    );
    const tracks = times(3, (index) => {
      const x = w * (0.95 - index * 0.17);
      return path(`M${num(x)} ${num(top + 12 + index * 6)}q-9 5 -14 8t-6 9t-16 8t-8 10t-20 10`, 'none', {
        stroke: view.ink('#c1d3e4'),
        'stroke-width': 0.9,
      });
    });
    const firs = times(6, (index) =>
      fir(winter, w * (0.02 + index * 0.06), h * 0.7 - index * 3.4, random.between(12, 18)),
    );
    const flags = times(5, (index) => {
      const x = w * 0.2 + index * w * 0.17;
      const y = h * 0.98 - index * h * 0.085;
      const colour = index % 2 === 0 ? '#e0413e' : '#2f6fd0';
      return (
        line(x, y, x, y - 9, view.ink('#55606e'), 0.5) +
        polygon(
          [
            [x, y - 9],
            [x + 5, y - 7.6],
            [x, y - 6],
          ],
          view.ink(colour),
        )
      );
    });
    return sky({ ...view, horizon: h * 0.5 }) + back + run + firs + shadow + tracks + lift(view) + flags;
  },
};

function lift(view: View): string {
  const { w, h } = view;
  const cable = line(-5, h * 0.5, w * 1.05, h * 0.08, view.ink('#4a5563'), 0.5);
  const chairs = times(4, (index) => {
    const t = 0.15 + index * 0.24;
    const x = w * t;
    const y = h * (0.48 - 0.4 * t);
    return (
      line(x, y, x, y + 5, view.ink('#4a5563'), 0.5) + rect(x - 2.6, y + 5, 5.2, 3, view.ink('#d8443f'), { rx: 0.8 })
    );
  });
  return line(w * 0.7, h * 0.2, w * 0.7, h * 0.5, view.ink('#6b7684'), 1.4) + cable + chairs;
}
