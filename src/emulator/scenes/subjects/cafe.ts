/** A cup and a croissant from above; a birthday cake from the side. */
import { circle, down, ellipse, group, line, num, path, rect, stroke, times } from '../svg.ts';
import type { Subject } from '../view.ts';

/** A cup from above with a leaf in the foam, and a croissant. */
export const coffee: Subject = {
  width: 140,
  height: 96,
  size: 70,
  stands: 'centre',
  home: 'table',
  draw(view) {
    const saucer =
      ellipse(-18, 4, 46, 45, '#20140c', { opacity: 0.28 }) +
      circle(-20, 0, 44, view.ink('#fdfbf6')) +
      circle(-20, 0, 35, view.ink('#e9e4da'));
    const cup =
      path('M6 -6h17q9 0 9 7t-9 7h-18z', view.ink('#fdfbf6')) +
      circle(-20, 0, 30, view.ink('#fdfbf6')) +
      circle(-20, 0, 26, view.ink('#7d4a2a')) +
      circle(-20, 0, 23, view.ink('#a8683a'));
    const leaf =
      path('M-20 17Q-38 2 -20 -19Q-2 2 -20 17Z', view.ink('#f6e2c0')) +
      line(-20, -15, -20, 16, view.ink('#a8683a'), 1.6) +
      times(3, (index) =>
        stroke(
          `M${num(-28 + index * 1.4)} ${num(-2 + index * 5)}L-20 ${num(3 + index * 5)}L${num(-12 - index * 1.4)} ${num(-2 + index * 5)}`,
          view.ink('#a8683a'),
          1.4,
        ),
      );
    const croissant = group(
      'translate(58 6) rotate(-18)',
      path('M-28 10Q-22 -18 0 -18T28 10Q22 2 14 4Q0 -4 -14 4Q-22 2 -28 10Z', view.ink('#d9933f')),
      times(4, (index) =>
        path(`M${num(-17 + index * 11)} ${num(-12 + Math.abs(1.5 - index) * 3)}q4 7 1 14`, 'none', {
          stroke: view.ink('#a8631f'),
          'stroke-width': 1.6,
        }),
      ),
    );
    return saucer + cup + leaf + croissant;
  },
};

/** A birthday cake with burning candles. */
export const cake: Subject = {
  width: 110,
  height: 108,
  size: 68,
  stands: 'near',
  home: 'party',
  draw(view) {
    const icing = view.random.pick(['#f6a9bd', '#a8dcd0', '#f6d98f', '#c9b5ea']);
    const tier = (half: number, top: number, height: number, cream: string) =>
      path(`M${-half} ${num(top)}v${num(height)}q${half} 9 ${half * 2} 0v${num(-height)}z`, view.ink('#a8683f')) +
      path(
        `M${-half} ${num(top)}v${num(height * 0.4)}${times(6, () => `q${num(half / 6)} 9 ${num(half / 3)} 0`)}v${num(-height * 0.4)}z`,
        view.ink(cream),
      ) +
      ellipse(0, top, half, 6.6, view.ink(cream));
    const candles = times(6, (index) => {
      const x = -22.5 + index * 9;
      const colour = ['#e0504a', '#4f9fd0', '#f2b632', '#6fae4a'][index % 4] ?? '#e0504a';
      return (
        rect(x - 1.5, -92, 3, 19, view.ink(colour)) +
        circle(x, -97, 7, { kind: 'radial', stops: ['#ffe28a', '#ffe28a'], opacities: [0.9, 0] }) +
        path(`M${num(x)} -103q4.4 6 0 9.4q-4.4 -3.4 0 -9.4z`, '#ffb52e')
      );
    });
    const beads = times(9, (index) =>
      circle(-44 + index * 11, -33 + Math.abs(4 - index) * -0.5 + 2, 2.7, view.ink(index % 2 ? '#e0504a' : '#ffffff')),
    );
    const stand =
      ellipse(0, -4, 58, 7, view.ink('#e6ecf0')) +
      ellipse(0, -6, 58, 7, down(view.ink('#ffffff'), view.ink('#f2f4f6')));
    return (
      ellipse(0, 1, 54, 5, '#3a2a20', { opacity: 0.25 }) +
      stand +
      tier(46, -38, 29, icing) +
      beads +
      tier(30, -73, 32, '#fffaf2') +
      candles
    );
  },
};
