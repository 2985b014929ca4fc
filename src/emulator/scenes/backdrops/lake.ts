/** Calm water between mountains. */
import { lighter, mix } from '../colour.ts';
import { down, faint, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Backdrop, View } from '../view.ts';
import { GRASS } from './plants.ts';
import { hazy, ridge, sky } from './sky.ts';

/** Calm water between mountains, with their reflection and a jetty. */
export const lake: Backdrop = {
  near: 0.93,
  far: 0.6,
  water: 0.74,
  draw(view) {
    const { w, h, random } = view;
    const horizon = h * random.between(0.5, 0.56);
    const back = { ...view, horizon };
    const peaks = Array.from({ length: 3 }, (_, index) => ({
      x: w * (0.16 + index * 0.34) + random.between(-6, 6),
      top: random.between(18, 32),
      half: random.between(20, 30),
    }));
    const mountain = (peak: (typeof peaks)[number], up: number, squash: number, colour: string) =>
      polygon(
        [
          [peak.x - peak.half, horizon],
          [peak.x, horizon - up * peak.top * squash],
          [peak.x + peak.half, horizon],
        ],
        colour,
      );
    const tone = hazy(view, '#5f7f9c', 0.25);
    const above = peaks.map((peak) => {
      const top = horizon - peak.top;
      const snow = polygon(
        [
          [peak.x, top],
          [peak.x + peak.half * 0.25, top + peak.top * 0.25],
          [peak.x, top + peak.top * 0.2],
          [peak.x - peak.half * 0.25, top + peak.top * 0.25],
        ],
        view.ink('#ffffff'),
      );
      return mountain(peak, 1, 1, tone) + snow;
    });
    const sheet = rect(
      -w,
      horizon,
      w * 3,
      h * 1.2,
      down(mix(view.ink('#6fb3cf'), view.light.sky[1] ?? '#fff', 0.4), view.ink('#2d7796'), view.ink('#1f5f80')),
    );
    const below = peaks.map((peak) => mountain(peak, -1, 0.75, mix(tone, view.ink('#3a86a3'), 0.5)));
    const shore = ridge(back, horizon + 0.2, 3.5, view.ink('#3f7d55'), { foot: horizon + 1.4 });
    const ripples = times(12, () => {
      const x = random.between(0, w);
      const y = random.between(horizon + 6, h);
      return line(x, y, x + random.between(5, 14), y, lighter(view.ink('#7cc0d8'), 0.3), 0.5, { opacity: 0.6 });
    });
    return (
      sky(back) + above.join('') + sheet + faint(0.75, ...below) + shore + ripples + bank(view) + jetty(view, horizon)
    );
  },
};

/** The near shore, where people and dogs stand. */
function bank(view: View): string {
  const { w, h, random } = view;
  const [near, deep] = GRASS[view.season];
  const edge = (drop: number, colour: string) =>
    path(
      `M${num(-w)} ${num(h * 0.9 + drop)}Q${num(w * 0.2)} ${num(h * 0.86 + drop)} ${num(w * 0.55)} ${num(h * 0.91 + drop)}T${num(w * 2)} ${num(h * 0.88 + drop)}V${num(h * 2)}H${num(-w)}Z`,
      view.ink(colour),
    );
  const reeds = times(9, () => {
    const x = random.chance(0.5) ? random.between(0, w * 0.22) : random.between(w * 0.8, w);
    return line(x, h * 0.95, x + random.between(-1.5, 1.5), h * random.between(0.82, 0.88), view.ink(deep), 0.8);
  });
  return edge(-0.8, '#e6d7ae') + edge(0.6, near) + reeds;
}

function jetty(view: View, horizon: number): string {
  const { w, h } = view;
  const x = w * (view.random.chance(0.5) ? 0.28 : 0.7);
  const end = horizon + (h - horizon) * 0.42;
  const deck = polygon(
    [
      [x - 3.4, end],
      [x + 3.4, end],
      [x + 13, h * 1.1],
      [x - 13, h * 1.1],
    ],
    view.ink('#a87b4f'),
  );
  const planks = times(9, (index) => {
    const t = (index + 1) / 9;
    const y = end + (h * 1.02 - end) * t * t;
    const half = 3.4 + (9 * (y - end)) / (h * 1.1 - end);
    return line(x - half, y, x + half, y, view.ink('#7d5835'), 0.5);
  });
  const post = (dx: number) => rect(x + dx - 0.8, end - 3, 1.6, 6, view.ink('#6b4a2d'));
  return deck + planks + post(-3.6) + post(3.6);
}
