/** Buildings, in units of their own, standing on y = 0. */

import { pane } from '../settings/city.ts';
import { down, ellipse, line, num, path, polygon, rect, stroke, times } from '../svg.ts';
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

/** A log cabin under thick snow, smoke, lit windows. */
export const hut: Subject = {
  width: 120,
  height: 92,
  size: 58,
  stands: 'far',
  home: 'snow',
  draw(view) {
    const snowy = view.season === 'winter';
    const logs =
      rect(-42, -44, 84, 44, view.ink('#8a5a35')) +
      times(6, (index) => rect(-42, -44 + index * 7.4, 84, 1.4, view.ink('#6b4226')));
    const gable =
      polygon(
        [
          [-42, -43],
          [0, -80],
          [42, -43],
        ],
        view.ink('#9b673f'),
      ) + ellipse(0, -57, 6, 6, '#ffdf8e');
    const roof =
      polygon(
        [
          [-56, -36],
          [0, -86],
          [56, -36],
          [56, -44],
          [0, -96],
          [-56, -44],
        ],
        view.ink(snowy ? '#ffffff' : '#5f4433'),
      ) + (snowy ? path('M-58 -36q4 5 9 0t9 -6l-6 -4zM58 -36q-4 5 -9 0t-9 -6l6 -4z', view.ink('#e3edf5')) : '');
    const window = (x: number) =>
      rect(x - 1.6, -31.6, 19.2, 17.2, view.ink('#5b3820')) +
      rect(x, -30, 16, 14, '#ffdf8e') +
      rect(x + 7.3, -30, 1.4, 14, view.ink('#5b3820')) +
      rect(x, -23.7, 16, 1.4, view.ink('#5b3820'));
    const door = rect(-8, -28, 16, 28, view.ink('#4f301c'), { rx: 1.5 });
    const chimney =
      rect(20, -92, 11, 24, view.ink('#7d7672')) + rect(18.5, -95, 14, 5, view.ink(snowy ? '#ffffff' : '#5f5854'));
    const smoke = stroke('M26 -98q-6 -7 1 -13t0 -13', view.ink('#e9edf2'), 4, { opacity: 0.75 });
    const drift = snowy ? path('M-70 5Q-50 -10 -26 -2T30 -3T72 5Z', view.ink('#f7fafd')) : '';
    return smoke + chimney + logs + gable + roof + window(-33) + window(17) + door + drift;
  },
};

/** Battlements and round towers on a green hill. */
export const castle: Subject = {
  width: 140,
  height: 118,
  size: 66,
  stands: 'far',
  home: 'hills',
  draw(view) {
    const stone = view.ink('#bdb3a3');
    const shade = view.ink('#9b9182');
    const merlons = (x: number, y: number, width: number, count: number) =>
      times(count, (index) => rect(x + (index * width) / count, y - 5, width / count / 1.7, 5.4, stone));
    const tower = (x: number, width: number, height: number, roofed: boolean) =>
      rect(x, -height, width, height, stone) +
      rect(x + width * 0.68, -height, width * 0.32, height, shade) +
      (roofed
        ? polygon(
            [
              [x - 3, -height],
              [x + width / 2, -height - width * 1.25],
              [x + width + 3, -height],
            ],
            view.ink('#a8453c'),
          ) +
          line(x + width / 2, -height - width * 1.25, x + width / 2, -height - width * 1.25 - 9, shade, 1) +
          polygon(
            [
              [x + width / 2, -height - width * 1.25 - 9],
              [x + width / 2 + 9, -height - width * 1.25 - 6.4],
              [x + width / 2, -height - width * 1.25 - 4],
            ],
            view.ink('#e0b030'),
          )
        : rect(x - 2, -height - 1, width + 4, 5, stone) + merlons(x - 2, -height, width + 4, 4)) +
      rect(x + width / 2 - 1.6, -height + 10, 3.2, 8, view.light.dark ? '#ffd98a' : view.ink('#4a443c'), { rx: 1.6 });
    const wall = rect(-52, -42, 104, 42, stone) + merlons(-52, -42, 104, 11) + rect(-52, -10, 104, 10, shade);
    const gate =
      path('M-10 0V-18a10 10 0 0 1 20 0V0Z', view.ink('#3f352b')) +
      times(3, (index) => line(-5 + index * 5, -1, -5 + index * 5, -24, view.ink('#6b5a46'), 1));
    const hill = path(
      'M-110 30Q-70 -6 -58 -3H58Q76 -4 116 30Z',
      view.ink(view.season === 'winter' ? '#eef3f7' : '#5f9a52'),
    );
    return (
      hill +
      tower(-22, 24, 84, true) +
      tower(8, 17, 70, true) +
      wall +
      tower(-66, 22, 62, false) +
      tower(44, 22, 66, true) +
      gate
    );
  },
};

/** A white nave with a steeple, cross and round window. */
export const church: Subject = {
  width: 104,
  height: 122,
  size: 68,
  stands: 'far',
  home: 'hills',
  draw(view) {
    const white = view.ink('#f7f2e8');
    const roof = view.ink('#7a4a3f');
    const arch = (x: number, y: number, half: number, height: number) =>
      path(
        `M${num(x - half)} ${num(y)}v${num(-height)}a${num(half)} ${num(half)} 0 0 1 ${num(half * 2)} 0v${num(height)}z`,
        view.light.dark ? '#ffd98a' : view.ink('#4f6b86'),
      );
    const nave =
      rect(-18, -42, 68, 42, white) +
      polygon(
        [
          [-18, -42],
          [-2, -62],
          [58, -62],
          [54, -42],
        ],
        roof,
      ) +
      [2, 18, 34].map((x) => arch(x + 8, -10, 3.6, 16)).join('');
    const steeple =
      rect(-40, -78, 26, 78, white) +
      rect(-20, -78, 6, 78, view.ink('#ddd5c6')) +
      polygon(
        [
          [-43, -77],
          [-27, -116],
          [-11, -77],
        ],
        roof,
      ) +
      line(-27, -116, -27, -129, view.ink('#d9ae4a'), 1.8) +
      line(-31.5, -124.5, -22.5, -124.5, view.ink('#d9ae4a'), 1.8);
    const clock = ellipse(-27, -66, 6.4, 6.4, view.ink('#2f3e4f')) + stroke('M-27 -70V-66H-24', view.ink('#f4e7c0'), 1);
    return (
      ellipse(0, 1, 62, 4, '#20281f', { opacity: 0.22 }) +
      nave +
      steeple +
      clock +
      arch(-27, -42, 3.4, 9) +
      path('M-34 0v-16a7 7 0 0 1 14 0v16z', view.ink('#6b4226'))
    );
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

/** A house with a garden wall: home. */
export const cottage: Subject = {
  width: 110,
  height: 84,
  size: 54,
  stands: 'far',
  home: 'garden',
  draw(view) {
    const walls = rect(-42, -40, 84, 40, view.ink('#f8ecd2'));
    const roof = polygon(
      [
        [-50, -38],
        [-30, -72],
        [30, -72],
        [50, -38],
      ],
      view.ink('#c2573c'),
    );
    const windows =
      pane(view, -32, -30, 16, 14) +
      pane(view, 16, -30, 16, 14) +
      times(2, (index) => rect(-35 + index * 48, -16, 22, 2.4, view.ink('#fffdf6')));
    return (
      ellipse(0, 1, 56, 3.4, '#20281f', { opacity: 0.22 }) +
      rect(18, -84, 9, 20, view.ink('#a8644a')) +
      walls +
      roof +
      windows +
      rect(-7, -26, 14, 26, view.ink('#2f7f74'), { rx: 2 })
    );
  },
};

/** A snowman with a hat, a scarf and a carrot. */
export const snowman: Subject = {
  width: 56,
  height: 94,
  size: 56,
  stands: 'near',
  home: 'snow',
  draw(view) {
    const ball = (y: number, r: number) =>
      ellipse(0, y, r, r, down(view.ink('#ffffff'), view.ink('#dbe7f1'))) +
      ellipse(0, y, r, r, 'none', { stroke: view.ink('#c3d3e2'), 'stroke-width': 0.8 });
    const dots = [
      [-5, -72],
      [5, -72],
      [0, -46],
      [0, -36],
      [0, -18],
    ]
      .map(([x, y]) => ellipse(x ?? 0, y ?? 0, 1.9, 1.9, view.ink('#2b2d33')))
      .join('');
    const hat =
      rect(-15, -82, 30, 3.6, view.ink('#2b2d33')) +
      rect(-10, -99, 20, 18, view.ink('#2b2d33')) +
      rect(-10, -86, 20, 3.6, view.ink('#c9302c'));
    const scarf =
      rect(-13, -60, 26, 6.6, view.ink('#d8433f'), { rx: 3 }) + rect(5, -57, 7, 17, view.ink('#d8433f'), { rx: 2 });
    const arms = stroke('M-18 -44L-38 -60M-32 -55L-38 -51M18 -44L38 -60M32 -55L39 -52', view.ink('#6b4a2d'), 2);
    return (
      ellipse(0, 1, 30, 4, '#4a6076', { opacity: 0.25 }) +
      arms +
      ball(-20, 23) +
      ball(-46, 17) +
      ball(-69, 13) +
      hat +
      scarf +
      dots +
      polygon(
        [
          [0, -70],
          [17, -66.6],
          [0, -65],
        ],
        view.ink('#f28a2e'),
      )
    );
  },
};
