/** Temples, gates, bridges and lighthouses, in units of their own, standing on y = 0. */
import { ellipse, line, num, path, polygon, rect, stroke, times } from '../svg.ts';
import type { Subject } from '../view.ts';

/** A Japanese temple: two curved roofs, red columns, stairs. */
export const temple: Subject = {
  width: 150,
  height: 106,
  size: 62,
  stands: 'far',
  home: 'grove',
  draw(view) {
    const tile = view.ink('#3d4a55');
    const red = view.ink('#c8402f');
    const roof = (y: number, half: number, rise: number) =>
      path(
        `M${num(-half - 12)} ${num(y - 5)}Q${num(-half + 4)} ${num(y - 2)} ${num(-half * 0.55)} ${num(y - rise)}H${num(half * 0.55)}Q${num(half - 4)} ${num(y - 2)} ${num(half + 12)} ${num(y - 5)}L${num(half + 6)} ${num(y + 3)}H${num(-half - 6)}Z`,
        tile,
      ) +
      rect(-half * 0.58, y - rise - 2.4, half * 1.16, 3.4, view.ink('#59666f'), { rx: 1.5 }) +
      rect(-half - 4, y + 2, half * 2 + 8, 2.6, view.ink('#e2b04a'));
    const columns = times(7, (index) => rect(-54 + index * 17, -44, 5, 34, red));
    const hall =
      rect(-56, -46, 112, 36, view.ink('#f3e6cb')) +
      rect(-56, -46, 112, 4, red) +
      columns +
      rect(-9, -40, 18, 30, view.light.dark ? '#ffcf7a' : view.ink('#6b2f24'));
    const upper =
      rect(-34, -74, 68, 16, view.ink('#f3e6cb')) +
      rect(-34, -63, 68, 4, red) +
      times(5, (index) => rect(-33 + index * 15.6, -74, 3.6, 15, red));
    const steps = times(3, (index) =>
      rect(-22 - index * 5, -10 + index * 3.4, 44 + index * 10, 3.6, view.ink(index % 2 ? '#b5aea2' : '#cfc8bb')),
    );
    return (
      ellipse(0, 1, 80, 4, '#20281f', { opacity: 0.25 }) +
      rect(-64, -11, 128, 11, view.ink('#a9a294')) +
      hall +
      roof(-50, 66, 15) +
      upper +
      roof(-78, 44, 22) +
      line(0, -100, 0, -110, view.ink('#e2b04a'), 2.2) +
      steps
    );
  },
};

/** A red gate; several in a row lead into the picture. */
export const torii: Subject = {
  width: 96,
  height: 92,
  size: 66,
  stands: 'near',
  home: 'grove',
  draw(view) {
    const gate = (scale: number, y: number) => {
      const red = view.ink('#e04a2f');
      const parts =
        rect(-36, -70, 7.5, 70, red) +
        rect(28.5, -70, 7.5, 70, red) +
        rect(-42, -62, 84, 6, red) +
        path('M-52 -84Q0 -76 52 -84L49 -74Q0 -68 -49 -74Z', view.ink('#2d2a30')) +
        path('M-48 -76Q0 -70 48 -76V-71Q0 -66 -48 -71Z', red) +
        rect(-37.5, -7, 10.5, 7, view.ink('#2d2a30')) +
        rect(27, -7, 10.5, 7, view.ink('#2d2a30')) +
        rect(-4, -72, 8, 12, view.ink('#2d2a30'));
      return `<g transform="translate(0 ${num(y)}) scale(${scale})">${parts}</g>`;
    };
    const way = polygon(
      [
        [-10, -34],
        [10, -34],
        [34, 2],
        [-34, 2],
      ],
      view.ink('#cfc4b0'),
    );
    return way + gate(0.38, -33) + gate(0.54, -24) + gate(0.74, -13) + gate(1, 0);
  },
};

/** A suspension bridge from edge to edge. */
export const bridge: Subject = {
  width: 200,
  height: 92,
  size: 64,
  stands: 'water',
  home: 'sea',
  draw(view) {
    const red = view.ink('#c8452f');
    const deck = rect(-260, -30, 520, 4.6, red) + rect(-260, -26, 520, 2, view.ink('#7d2a1e'));
    const tower = (x: number) =>
      rect(x - 5, -96, 3.6, 98, red) +
      rect(x + 1.4, -96, 3.6, 98, red) +
      times(4, (index) => rect(x - 5, -94 + index * 17, 10, 2.6, red)) +
      rect(x - 9, -4, 18, 8, view.ink('#a59d90'));
    const sag = (x: number) => -34 - 58 * (x / 58) * (x / 58);
    const cable = stroke(`M-260 -32Q-110 -40 -58 -94Q0 ${num(26)} 58 -94Q110 -40 260 -32`, red, 1.6);
    const hangers =
      times(19, (index) => {
        const x = -54 + index * 6;
        return line(x, -30, x, Math.max(-92, sag(x)), red, 0.6);
      }) +
      times(
        8,
        (index) =>
          line(-66 - index * 9, -30, -66 - index * 9, -84 + index * 6.4, red, 0.6) +
          line(66 + index * 9, -30, 66 + index * 9, -84 + index * 6.4, red, 0.6),
      );
    return tower(-58) + tower(58) + cable + hangers + deck;
  },
};

/** A stone tower by the water, or a lighthouse. */
export const lighthouse: Subject = {
  width: 44,
  height: 120,
  size: 66,
  stands: 'far',
  home: 'cliff',
  draw(view) {
    const stripes = times(4, (index) =>
      polygon(
        [
          [-13 + index * 1, -index * 22],
          [13 - index * 1, -index * 22],
          [12 - index * 1, -22 - index * 22],
          [-12 + index * 1, -22 - index * 22],
        ],
        view.ink(index % 2 ? '#d8433f' : '#fbf6ec'),
      ),
    );
    return (
      stripes +
      rect(-13, -93, 26, 4, view.ink('#39414c')) +
      rect(-7, -106, 14, 13, view.light.dark ? '#fff3b8' : view.ink('#cfe3ec')) +
      path('M-9 -106Q0 -120 9 -106Z', view.ink('#b8343a')) +
      path('M-40 8Q-20 -7 0 -4T40 8Z', view.ink('#8f7f6a')) +
      rect(-3.5, -12, 7, 12, view.ink('#5b4632'))
    );
  },
};
