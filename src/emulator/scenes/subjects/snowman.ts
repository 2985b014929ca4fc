/** Made of snow, standing on y = 0. */
import { down, ellipse, polygon, rect, stroke } from '../svg.ts';
import type { Subject } from '../view.ts';

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
