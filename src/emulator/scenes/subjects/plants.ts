/** Trees as the subject of a picture, standing on y = 0. */

import { tree as leafy } from '../backdrops/plants.ts';
import { circle, ellipse, glow, line, num, path, polygon, rect, times } from '../svg.ts';
import type { Subject, View } from '../view.ts';

/** A decorated fir with a star, lights and presents. */
export const christmasTree: Subject = {
  width: 96,
  height: 120,
  size: 76,
  stands: 'near',
  home: 'room',
  draw(view) {
    const layer = (top: number, half: number, height: number, green: string) =>
      path(
        `M0 ${num(top)}L${num(half)} ${num(top + height)}Q${num(half / 2)} ${num(top + height + 7)} 0 ${num(top + height)}T${num(-half)} ${num(top + height)}Z`,
        view.ink(green),
      );
    const green = layer(-62, 44, 48, '#1f6b45') + layer(-86, 35, 42, '#267a4f') + layer(-108, 25, 36, '#2f8a5a');
    const chain = times(3, (index) =>
      path(
        `M${num(-20 - index * 8)} ${num(-72 + index * 22)}q${num(20 + index * 8)} 12 ${num(40 + index * 16)} -2`,
        'none',
        { stroke: '#f2c63c', 'stroke-width': 1.6 },
      ),
    );
    const balls = times(16, (index) => {
      const y = -94 + index * 5;
      const half = (y + 112) * 0.33;
      const x = Math.sin(index * 2.3) * half * 0.8;
      const colour = ['#e0413e', '#f2c63c', '#4fb0e0', '#f4f4f4'][index % 4] ?? '#e0413e';
      return circle(x, y, 5.6, glow(colour, 0.55)) + circle(x, y, 2.9, colour);
    });
    const star = polygon(
      Array.from(
        { length: 10 },
        (_, index) =>
          [
            Math.sin((index * Math.PI) / 5) * (index % 2 ? 4 : 9.6),
            -110 - Math.cos((index * Math.PI) / 5) * (index % 2 ? 4 : 9.6),
          ] as const,
      ),
      '#ffd84a',
    );
    return (
      ellipse(0, 0, 44, 4, '#241812', { opacity: 0.3 }) +
      rect(-5, -16, 10, 16, view.ink('#6b4226')) +
      green +
      chain +
      balls +
      circle(0, -110, 18, glow('#ffe48a', 0.8)) +
      star +
      presents(view)
    );
  },
};

function presents(view: View): string {
  const box = (x: number, width: number, height: number, paper: string, ribbon: string) =>
    rect(x, -height, width, height, view.ink(paper)) +
    rect(x + width / 2 - 1.8, -height, 3.6, height, view.ink(ribbon)) +
    rect(x, -height * 0.62, width, 3, view.ink(ribbon)) +
    ellipse(x + width / 2 - 4, -height - 2, 4, 2.4, view.ink(ribbon)) +
    ellipse(x + width / 2 + 4, -height - 2, 4, 2.4, view.ink(ribbon));
  return (
    box(-48, 24, 16, '#d8433f', '#fff3d0') +
    box(22, 28, 20, '#2f7fb8', '#f2c63c') +
    box(-20, 17, 11, '#f4efe6', '#3f9f74')
  );
}

/** A cherry tree in full bloom, petals falling. */
export const cherry: Subject = {
  width: 150,
  height: 112,
  size: 78,
  stands: 'near',
  home: 'park',
  draw(view) {
    const { random } = view;
    const trunk = path(
      'M-8 0Q-4 -26 -12 -44L-40 -66L-37 -69L-9 -52L-2 -78H3L2 -50L34 -70L37 -66L8 -40Q4 -20 9 0Z',
      view.ink('#5a4038'),
    );
    const bloom = times(34, (index) => {
      const angle = index * 2.4;
      const far = Math.sqrt(index / 34) * 62;
      const colour = ['#f7bccb', '#f49fb6', '#fcd9e2', '#ee8aa6'][index % 4] ?? '#f7bccb';
      return circle(Math.cos(angle) * far, -76 + Math.sin(angle) * far * 0.5, random.between(11, 17), view.ink(colour));
    });
    const petals = times(22, () =>
      ellipse(random.between(-70, 70), random.between(-44, 6), 1.8, 1.1, view.ink('#f9c6d3')),
    );
    return ellipse(0, 1, 56, 5, view.ink('#f4b5c6'), { opacity: 0.8 }) + trunk + bloom + petals;
  },
};

export const tree: Subject = {
  width: 90,
  height: 100,
  size: 76,
  stands: 'near',
  home: 'hills',
  draw: (view) => ellipse(0, 1, 34, 4, '#20281f', { opacity: 0.28 }) + leafy(view, 0, 0, 104),
};

/** A bunch of flowers in a vase. */
export const bouquet: Subject = {
  width: 76,
  height: 100,
  size: 70,
  stands: 'near',
  home: 'room',
  draw(view) {
    const heads = times(11, (index) => {
      const x = Math.cos(index * 2.4) * Math.sqrt(index) * 9;
      const y = -74 + Math.sin(index * 2.4) * Math.sqrt(index) * 7;
      const colour = view.ink(['#e8505b', '#f6d55c', '#f284a8', '#ffffff', '#b565c4'][index % 5] ?? '#e8505b');
      return (
        line(x, y, 0, -36, view.ink('#4f8f4a'), 1.2) +
        times(6, (petal) => circle(x + Math.cos(petal * 1.05) * 5, y + Math.sin(petal * 1.05) * 5, 4, colour)) +
        circle(x, y, 3, view.ink('#f2a33c'))
      );
    });
    return (
      ellipse(0, 0, 26, 3, '#241812', { opacity: 0.28 }) +
      heads +
      path('M-15 -42H15Q22 -18 13 0H-13Q-22 -18 -15 -42Z', view.ink('#7fb5cf')) +
      rect(-16, -44, 32, 4, view.ink('#9fcbe0'), { rx: 2 })
    );
  },
};
