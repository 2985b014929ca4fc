/**
 * The few SVG elements the drawings are made of, as functions returning markup. No filters and no masks: they cost time per pixel,
 * and a picture may have fifty million of those.
 */
import { hash32 } from './random.ts';

export interface Gradient {
  /** Linear ones run from top to bottom. */
  readonly kind: 'linear' | 'radial';
  readonly stops: readonly string[];
  readonly opacities?: readonly number[];
}

export type Fill = string | Gradient;
type Attributes = Record<string, string | number | undefined>;
export type Point = readonly [number, number];

/** Two decimals are a hundredth of a percent of the picture, and keep the markup short. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Top to bottom. */
export const down = (...stops: string[]): Gradient => ({ kind: 'linear', stops });
/** Full colour in the middle, nothing at the rim. */
export const glow = (colour: string, strength = 1): Gradient => ({
  kind: 'radial',
  stops: [colour, colour],
  opacities: [strength, 0],
});
/** From a colour to nothing, top to bottom. */
export const fade = (colour: string, from: number, to: number): Gradient => ({
  kind: 'linear',
  stops: [colour, colour],
  opacities: [from, to],
});

function define(gradient: Gradient): { id: string; markup: string } {
  const { kind, stops, opacities } = gradient;
  const id = `g${hash32(kind, 'y', ...stops, ...(opacities ?? [])).toString(36)}`;
  const marks = stops.map((colour, index) => {
    const opacity = opacities?.[index];
    const offset = num(index / Math.max(1, stops.length - 1));
    return `<stop offset="${offset}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${num(opacity)}"`}/>`;
  });
  const direction = kind === 'radial' ? '' : ' x1="0" y1="0" x2="0" y2="1"';
  return { id, markup: `<${kind}Gradient id="${id}"${direction}>${marks.join('')}</${kind}Gradient>` };
}

function element(name: string, fill: Fill, attributes: Attributes): string {
  const gradient = typeof fill === 'string' ? undefined : define(fill);
  const paint = gradient ? `url(#${gradient.id})` : fill;
  const pairs = Object.entries({ ...attributes, fill: String(paint) })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? num(value) : value}"`);
  return `${gradient?.markup ?? ''}<${name}${pairs.join('')}/>`;
}

export const rect = (x: number, y: number, width: number, height: number, fill: Fill, more: Attributes = {}) =>
  element('rect', fill, { x, y, width: Math.max(0, width), height: Math.max(0, height), ...more });

export const circle = (cx: number, cy: number, r: number, fill: Fill, more: Attributes = {}) =>
  element('circle', fill, { cx, cy, r, ...more });

export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: Fill, more: Attributes = {}) =>
  element('ellipse', fill, { cx, cy, rx, ry, ...more });

export const path = (d: string, fill: Fill, more: Attributes = {}) => element('path', fill, { d, ...more });

export const polygon = (points: readonly Point[], fill: Fill, more: Attributes = {}) =>
  element('polygon', fill, { points: points.map(([x, y]) => `${num(x)},${num(y)}`).join(' '), ...more });

/** A stroke without a filling. */
export const stroke = (d: string, colour: string, width: number, more: Attributes = {}) =>
  element('path', 'none', {
    d,
    stroke: colour,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    ...more,
  });

export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  colour: string,
  width: number,
  more: Attributes = {},
) => stroke(`M${num(x1)} ${num(y1)}L${num(x2)} ${num(y2)}`, colour, width, more);

export interface TextStyle {
  size: number;
  fill: string;
  weight?: 400 | 700;
  anchor?: 'start' | 'middle' | 'end';
  italic?: boolean;
}

export function text(x: number, y: number, words: string, style: TextStyle): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const slant = style.italic ? ' font-style="italic"' : '';
  return `<text x="${num(x)}" y="${num(y)}" font-family="Inter" font-size="${num(style.size)}" font-weight="${style.weight ?? 400}"${slant} fill="${style.fill}" text-anchor="${style.anchor ?? 'start'}">${escaped}</text>`;
}

export const group = (transform: string, ...children: string[]) =>
  `<g transform="${transform}">${children.join('')}</g>`;

export const faint = (opacity: number, ...children: string[]) =>
  `<g opacity="${num(opacity)}">${children.join('')}</g>`;

/** Put a figure drawn around (0, 0) at a place, at a scale. */
export const placed = (x: number, y: number, scale: number, ...children: string[]) =>
  group(
    `translate(${num(x)} ${num(y)}) scale(${num(scale * 10000) === '0' ? 0 : Math.round(scale * 10000) / 10000})`,
    ...children,
  );

/** Repeat a drawing `count` times and join it. */
export const times = (count: number, draw: (index: number) => string) =>
  Array.from({ length: Math.max(0, Math.floor(count)) }, (_, index) => draw(index)).join('');
