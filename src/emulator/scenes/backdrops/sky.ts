/** Sky, sun, moon, stars, clouds and hills: what most outdoor pictures begin with. */
import { mix } from '../colour.ts';
import { circle, down, ellipse, faint, glow, num, path, rect, times } from '../svg.ts';
import type { View } from '../view.ts';

function cloud(view: View, x: number, y: number, size: number): string {
  const white = view.ink(view.light.dark ? '#8d93b8' : '#ffffff');
  const puff = (dx: number, dy: number, r: number) =>
    ellipse(x + dx * size, y + dy * size, r * size, r * size * 0.62, white);
  const base = rect(x - size, y - size * 0.1, size * 2, size * 0.34, white, { rx: size * 0.17 });
  return faint(
    view.light.dark ? 0.25 : 0.85,
    base,
    puff(-0.45, -0.12, 0.5),
    puff(0.15, -0.34, 0.62),
    puff(0.62, -0.06, 0.4),
  );
}

function stars(view: View): string {
  const { random, w, horizon } = view;
  return times(46, () => {
    const size = random.between(0.18, 0.5);
    return circle(random.between(0, w), random.between(0, horizon), size, '#fff7dc', {
      opacity: random.between(0.4, 1),
    });
  });
}

function moon(view: View): string {
  const x = view.w * view.random.between(0.15, 0.85);
  const y = view.h * view.random.between(0.12, 0.24);
  const crescent = `M${num(x)} ${num(y - 5.5)}a5.5 5.5 0 1 0 5.5 6.5a4.6 4.6 0 0 1 -5.5 -6.5z`;
  return circle(x, y, 17, glow('#dfe6ff', 0.4)) + path(crescent, '#f7f1d8');
}

function sunDisc(view: View, colour: string): string {
  const low = view.light.hour === 'sunset' || view.light.hour === 'morning';
  const x = view.w * view.random.between(0.18, 0.82);
  const y = low ? view.horizon - view.random.between(4, 12) : view.h * view.random.between(0.1, 0.2);
  return circle(x, y, low ? 46 : 30, glow(colour, 0.75)) + circle(x, y, low ? 8 : 6, colour);
}

/** The whole frame is painted, so that nothing is ever transparent. */
export function sky(view: View): string {
  const { light, random, w, h, horizon } = view;
  const height = horizon + h * 0.08;
  const ground = rect(-w, -h, w * 3, h * 3, light.sky[light.sky.length - 1] ?? '#fff');
  const air =
    rect(-w, -h * 0.1, w * 3, height + h * 0.1, down(...light.sky)) +
    rect(-w, -h, w * 3, h * 0.91, light.sky[0] ?? '#fff');
  const body = light.hour === 'night' ? stars(view) + moon(view) : light.sun ? sunDisc(view, light.sun) : '';
  const count = light.hour === 'night' ? 1 : light.hour === 'grey' ? 6 : random.whole(1, 4);
  const clouds = times(count, () =>
    cloud(view, random.between(0, w), random.between(h * 0.06, horizon * 0.72), random.between(7, 15)),
  );
  return ground + air + body + clouds;
}

interface RidgeShape {
  /** Mountains in place of hills. */
  jagged?: boolean;
  /** Where the filling ends; by default below the picture. */
  foot?: number;
}

/** A line of hills from edge to edge. */
export function ridge(
  view: View,
  y: number,
  amplitude: number,
  colour: string,
  { jagged = false, foot }: RidgeShape = {},
): string {
  const { random, w, h } = view;
  const steps = jagged ? 9 : 5;
  const step = (w * 1.2) / steps;
  const at = (index: number) => -w * 0.1 + index * step;
  let d = `M${num(at(0))} ${num(y)}`;
  for (let index = 1; index <= steps; index++) {
    const top = y - random.between(0.15, 1) * amplitude;
    const x = at(index);
    d += jagged
      ? `L${num(x - step / 2)} ${num(top)}L${num(x)} ${num(y - amplitude * 0.2)}`
      : `Q${num(x - step / 2)} ${num(top * 2 - y)} ${num(x)} ${num(y)}`;
  }
  return path(`${d}V${num(foot ?? h * 1.2)}H${num(-w * 0.1)}Z`, colour);
}

/** Distance takes the colour of the air. */
export const hazy = (view: View, colour: string, distance: number) =>
  mix(view.ink(colour), view.light.sky[view.light.sky.length - 1] ?? '#fff', distance);

/** Flat ground from `y` down. */
export const ground = (view: View, y: number, from: string, to: string) =>
  rect(-view.w, y, view.w * 3, view.h * 2, down(view.ink(from), view.ink(to), view.ink(to), view.ink(to)));
