/** Houses, castles and churches, in units of their own, standing on y = 0. */
import { pane } from '../backdrops/city.ts';
import { ellipse, line, num, path, polygon, rect, stroke, times } from '../svg.ts';
import type { Subject } from '../view.ts';

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
