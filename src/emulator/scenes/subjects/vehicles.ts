/** Things with wheels and hulls, in units of their own, standing on y = 0. */
import { darker, lighter } from '../colour.ts';
import { circle, ellipse, glow, line, num, path, polygon, rect, stroke, times } from '../svg.ts';
import type { Subject, View } from '../view.ts';

const glass = (view: View) => (view.light.dark ? '#ffe3a0' : view.ink('#bfe0ec'));
const beam = (view: View, x: number, y: number) =>
  (view.light.dark ? circle(x, y, 14, glow('#fff0b8', 0.8)) : '') +
  circle(x, y, 3, view.light.dark ? '#fffbe0' : view.ink('#fdf3c8'));

/** A little yellow tram seen from the side and a bit from the front. */
export const tram: Subject = {
  width: 150,
  height: 104,
  size: 58,
  stands: 'near',
  home: 'street',
  draw(view) {
    const yellow = view.ink('#f6bd2c');
    const cream = view.ink('#fff6dc');
    const wheels = times(
      4,
      (index) =>
        circle([-48, -30, 30, 48][index] ?? 0, -4, 6, view.ink('#33363d')) +
        circle([-48, -30, 30, 48][index] ?? 0, -4, 2.4, view.ink('#9aa0a8')),
    );
    const skirt = rect(-66, -16, 132, 10, view.ink('#4a4d55'), { rx: 3 });
    const body =
      rect(-70, -50, 140, 38, yellow, { rx: 5 }) +
      rect(-70, -78, 140, 32, cream, { rx: 6 }) +
      rect(-70, -50, 140, 3, view.ink('#a8342c')) +
      rect(-70, -30, 140, 2, view.ink('#d99a16'));
    const windows = times(7, (index) => rect(-60 + index * 17.4, -73, 14, 20, glass(view), { rx: 2 }));
    const doors =
      rect(-66, -73, 13, 56, view.ink('#e0a51e'), { rx: 2 }) + rect(-63.5, -70, 8, 24, glass(view), { rx: 1.5 });
    const roof =
      path('M-72 -78Q-72 -88 -56 -88H56Q72 -88 72 -78Z', view.ink('#8f8a80')) +
      rect(-30, -93, 60, 6, view.ink('#a7a197'), { rx: 3 });
    const pole =
      line(4, -92, 30, -112, view.ink('#3f434b'), 1.6) + line(-200, -112, 200, -112, view.ink('#3f434b'), 0.7);
    const sign = rect(-18, -86, 36, 8, view.ink('#23262c'), { rx: 1.5 }) + rect(-13, -83.4, 26, 2.6, '#ffcf5a');
    return (
      ellipse(0, 0, 74, 4, '#20232b', { opacity: 0.3 }) +
      wheels +
      skirt +
      body +
      windows +
      doors +
      roof +
      sign +
      pole +
      beam(view, 66, -36)
    );
  },
};

const CARS = ['#d8433f', '#2f7fb8', '#f0c23a', '#4f9f74', '#e9e4da'] as const;

export const car: Subject = {
  width: 130,
  height: 50,
  size: 34,
  stands: 'near',
  home: 'street',
  draw(view) {
    const paint = view.random.pick(CARS);
    const wheel = (x: number) => circle(x, -11, 12, view.ink('#2b2d33')) + circle(x, -11, 5.6, view.ink('#c3c8ce'));
    const body = path(
      'M-62 -12Q-64 -28 -48 -30L-36 -32Q-24 -52 -2 -52H14Q30 -52 42 -33L56 -30Q64 -27 63 -12Z',
      view.ink(paint),
    );
    const cabin = path('M-28 -33Q-19 -47 -2 -47V-33Z', glass(view)) + path('M3 -47H13Q25 -47 34 -33H3Z', glass(view));
    const trim =
      rect(-61, -18, 122, 3, view.ink(darker(paint, 0.25))) +
      rect(-4, -27, 8, 2, view.ink(darker(paint, 0.4)), { rx: 1 }) +
      rect(-62, -25, 6, 5, view.ink('#c9302c'), { rx: 1 });
    return (
      ellipse(0, 0, 66, 4, '#20232b', { opacity: 0.3 }) +
      body +
      path('M-48 -30L-36 -32Q-24 -52 -2 -52H14Q30 -52 42 -33', 'none', {
        stroke: view.ink(lighter(paint, 0.3)),
        'stroke-width': 1.4,
      }) +
      cabin +
      trim +
      wheel(-37) +
      wheel(38) +
      beam(view, 59, -24)
    );
  },
};

export const train: Subject = {
  width: 190,
  height: 62,
  size: 40,
  stands: 'near',
  home: 'hills',
  draw(view) {
    const rails =
      rect(-300, -1, 600, 2, view.ink('#5a5048')) +
      times(42, (index) => rect(-300 + index * 14, 0, 7, 4, view.ink('#7d6a55')));
    const coach =
      path('M-130 -8V-50Q-130 -56 -124 -56H62Q92 -54 100 -22Q102 -8 94 -8Z', view.ink('#f4f6f8')) +
      rect(-130, -20, 228, 6, view.ink('#d8363c')) +
      path('M62 -51Q82 -49 90 -33H62Z', view.ink('#23324a'));
    const windows = times(9, (index) => rect(-122 + index * 20, -46, 14, 15, glass(view), { rx: 2.5 }));
    const wheels = times(6, (index) => circle(-112 + index * 38, -6, 5, view.ink('#3a3d45')));
    return rails + wheels + coach + windows + beam(view, 94, -18);
  },
};

export const bicycle: Subject = {
  width: 96,
  height: 62,
  size: 40,
  stands: 'near',
  home: 'park',
  draw(view) {
    const wheel = (x: number) =>
      circle(x, -19, 18, 'none', { stroke: view.ink('#2b2d33'), 'stroke-width': 3 }) +
      times(6, (index) => line(x, -19, x + Math.cos(index) * 17, -19 + Math.sin(index) * 17, view.ink('#9aa0a8'), 0.5));
    const frame = stroke(
      'M-28 -19L-10 -44L20 -46L2 -20ZM-28 -19L2 -20L-14 -52M28 -19L18 -52',
      view.ink(view.random.pick(['#d8433f', '#2f8fb8', '#3f9f74'])),
      3.4,
    );
    const bar =
      stroke('M18 -52L16 -58H27', view.ink('#33363d'), 2.4) + rect(-22, -56, 15, 4, view.ink('#5a3f2c'), { rx: 2 });
    const basket = polygon(
      [
        [20, -52],
        [38, -52],
        [35, -39],
        [23, -39],
      ],
      view.ink('#b98655'),
    );
    return ellipse(0, 0, 46, 2.5, '#20232b', { opacity: 0.25 }) + wheel(-28) + wheel(28) + frame + basket + bar;
  },
};

/** A sailing boat on its own wake. */
export const boat: Subject = {
  width: 84,
  height: 96,
  size: 48,
  stands: 'water',
  home: 'sea',
  draw(view) {
    const hull = view.random.pick(['#b8343a', '#24508f', '#f4f1e8', '#2f7f74']);
    const sail =
      path('M2 -92Q44 -50 38 -22H2Z', view.ink('#fffaf0')) +
      path('M-3 -86Q-32 -48 -30 -22H-3Z', view.ink(view.random.pick(['#f2683c', '#f4c03c', '#4fa3c9', '#fdf3e2'])));
    const stripes = line(4, -60, 24, -60, view.ink('#e9b09a'), 1.6) + line(4, -40, 35, -40, view.ink('#e9b09a'), 1.6);
    const body =
      path('M-40 -16H44Q36 2 22 2H-24Q-36 0 -40 -16Z', view.ink(hull)) + rect(-39, -16, 82, 3.4, view.ink('#fff6e0'));
    const wake =
      ellipse(0, 3, 52, 3, '#ffffff', { opacity: 0.55 }) + ellipse(-4, 8, 36, 2, '#ffffff', { opacity: 0.3 });
    return (
      wake +
      line(0, -14, 0, -96, view.ink('#6b4a2d'), 2.2) +
      sail +
      stripes +
      body +
      polygon(
        [
          [0, -96],
          [12, -93],
          [0, -90],
        ],
        view.ink('#d8363c'),
      )
    );
  },
};

export const balloon: Subject = {
  width: 60,
  height: 90,
  size: 46,
  stands: 'sky',
  home: 'hills',
  draw(view) {
    const stripe = (rx: number, colour: string) => ellipse(0, -58, rx, 32, view.ink(colour));
    const basket =
      rect(-6, -12, 12, 10, view.ink('#9a6a3f'), { rx: 1.5 }) +
      line(-12, -30, -6, -12, view.ink('#5a4632'), 0.7) +
      line(12, -30, 6, -12, view.ink('#5a4632'), 0.7);
    return (
      stripe(30, '#d8433f') +
      stripe(22, '#f6c13c') +
      stripe(12, '#2f8fb8') +
      stripe(4, '#fff3d6') +
      path(`M-14 -32Q0 ${num(-20)} 14 -32Z`, view.ink('#b8343a')) +
      basket
    );
  },
};
