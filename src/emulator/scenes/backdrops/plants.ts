/** Trees and flowers in the colours of the season. */
import { circle, ellipse, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Season, View } from '../view.ts';

const FOLIAGE: Readonly<Record<Season, readonly [string, string, string]>> = {
  summer: ['#4f9d57', '#3d8a4c', '#6cb565'],
  autumn: ['#d9822b', '#c4552d', '#e8ae3c'],
  winter: ['#dfe8ee', '#c9d6df', '#f4f8fa'],
  spring: ['#f4b8c9', '#ee9db6', '#fbd5df'],
};

export const GRASS: Readonly<Record<Season, readonly [string, string]>> = {
  summer: ['#8cc66a', '#4f9a4d'],
  autumn: ['#c2b256', '#8f8a3f'],
  winter: ['#f4f8fb', '#d5e1ea'],
  spring: ['#a5d77b', '#66b15c'],
};

/** A round tree standing on (x, y), `size` high. */
export function tree(view: View, x: number, y: number, size: number, season: Season = view.season): string {
  const [base, shade, bright] = FOLIAGE[season];
  const trunk = rect(x - size * 0.045, y - size * 0.45, size * 0.09, size * 0.45, view.ink('#7a5436'));
  const puff = (dx: number, dy: number, r: number, colour: string) =>
    circle(x + dx * size, y - dy * size, r * size, view.ink(colour));
  return (
    trunk +
    puff(-0.17, 0.5, 0.2, shade) +
    puff(0.18, 0.52, 0.2, shade) +
    puff(0, 0.66, 0.26, base) +
    puff(-0.12, 0.58, 0.17, base) +
    puff(0.08, 0.74, 0.13, bright)
  );
}

/** A fir standing on (x, y), `size` high. */
export function fir(view: View, x: number, y: number, size: number, snowy = view.season === 'winter'): string {
  const green = view.ink('#2f6b4f');
  const layer = (top: number, width: number) => {
    const t = y - size * top;
    const b = t + size * 0.4;
    const points = [
      [x, t],
      [x + size * width, b],
      [x - size * width, b],
    ] as const;
    const cap = [
      [x, t],
      [x + size * width * 0.5, t + size * 0.19],
      [x, t + size * 0.14],
      [x - size * width * 0.5, t + size * 0.19],
    ] as const;
    return polygon(points, green) + (snowy ? polygon(cap, view.ink('#ffffff')) : '');
  };
  const trunk = rect(x - size * 0.035, y - size * 0.14, size * 0.07, size * 0.14, view.ink('#6b4a33'));
  return trunk + layer(0.5, 0.27) + layer(0.73, 0.22) + layer(1, 0.16);
}

export function palm(view: View, x: number, y: number, size: number): string {
  const trunk = path(
    `M${num(x - size * 0.04)} ${num(y)}Q${num(x + size * 0.02)} ${num(y - size * 0.5)} ${num(x + size * 0.13)} ${num(y - size * 0.8)}L${num(x + size * 0.17)} ${num(y - size * 0.79)}Q${num(x + size * 0.08)} ${num(y - size * 0.45)} ${num(x + size * 0.04)} ${num(y)}Z`,
    view.ink('#9a6d45'),
  );
  const cx = x + size * 0.15;
  const cy = y - size * 0.8;
  const leaf = (dx: number, dy: number) =>
    path(
      `M${num(cx)} ${num(cy)}Q${num(cx + dx * size * 0.5)} ${num(cy - size * 0.22)} ${num(cx + dx * size)} ${num(cy + dy * size)}Q${num(cx + dx * size * 0.45)} ${num(cy - size * 0.06)} ${num(cx)} ${num(cy)}Z`,
      view.ink(dx > 0 ? '#3f9a5a' : '#35874f'),
    );
  return (
    trunk +
    leaf(-0.42, 0.08) +
    leaf(0.42, 0.1) +
    leaf(-0.34, -0.12) +
    leaf(0.34, -0.1) +
    leaf(-0.2, 0.22) +
    leaf(0.22, 0.22)
  );
}

/** One blossom with its stalk; the head is at (x, y). */
export function blossom(view: View, x: number, y: number, size: number, colour: string): string {
  const stalk = line(x, y, x + size * 0.2, y + size * 3, view.ink('#4f8f4a'), size * 0.22);
  const leaf = ellipse(x + size * 0.75, y + size * 2, size * 0.65, size * 0.25, view.ink('#62a857'), {
    transform: `rotate(-28 ${num(x + size * 0.75)} ${num(y + size * 2)})`,
  });
  const count = size < 3 ? 5 : 7;
  const petals = times(count, (index) => {
    const angle = (index * 360) / count;
    return ellipse(x, y - size * 0.62, size * (count === 5 ? 0.44 : 0.34), size * 0.55, view.ink(colour), {
      transform: `rotate(${num(angle)} ${num(x)} ${num(y)})`,
    });
  });
  return stalk + leaf + petals + circle(x, y, size * 0.36, view.ink('#f6c744'));
}

export const PETALS = ['#e8505b', '#f2a33c', '#f6d55c', '#b565c4', '#f284a8', '#ffffff', '#5b7fd6'] as const;
