/** Dishes seen from above, centred on (0, 0). */
import { circle, ellipse, line, num, path, polygon, rect, stroke, times } from '../svg.ts';
import type { Subject, View } from '../view.ts';

function dish(view: View, inside: string): string {
  return (
    ellipse(2, 4, 50, 50, '#20140c', { opacity: 0.28 }) +
    circle(0, 0, 48, view.ink('#fdfbf6')) +
    circle(0, 0, 48, 'none', { stroke: view.ink('#d5dde2'), 'stroke-width': 1.4 }) +
    circle(0, 0, 34, view.ink('#f0ece3')) +
    inside
  );
}

function cutlery(view: View): string {
  const steel = view.ink('#d6dbe0');
  const fork =
    rect(-69, -8, 3.4, 46, steel, { rx: 1.6 }) +
    path('M-74 -36v18q0 9 6.6 9t6.6 -9v-18', 'none', { stroke: steel, 'stroke-width': 2.6 }) +
    line(-67.4, -36, -67.4, -12, steel, 2.4);
  const knife = path('M64 -38q8 8 6 36l-6 2z', steel) + rect(64, -2, 4.6, 40, steel, { rx: 2 });
  return fork + knife;
}

/** A main course: something brown, something green, something yellow. */
export const plate: Subject = {
  width: 150,
  height: 100,
  size: 74,
  stands: 'centre',
  home: 'table',
  draw(view) {
    const { random } = view;
    const main = random.pick([steak, pasta, fish]);
    return cutlery(view) + dish(view, main(view));
  },
};

function greens(view: View, x: number, y: number): string {
  return (
    times(6, (index) =>
      circle(
        x + Math.cos(index * 1.05) * 6,
        y + Math.sin(index * 1.05) * 5,
        5,
        view.ink(index % 2 ? '#4f9f4a' : '#6fba58'),
      ),
    ) + circle(x, y, 5, view.ink('#5aab4f'))
  );
}

function steak(view: View): string {
  const meat =
    path('M-26 -4Q-24 -24 -2 -22Q18 -22 16 -4Q14 12 -6 12Q-26 12 -26 -4Z', view.ink('#8a4a2c')) +
    times(4, (index) => line(-19 + index * 9, -15, -23 + index * 9, 5, view.ink('#5f2f1a'), 2));
  const chips = times(9, (index) =>
    rect(-6 + (index % 5) * 6, 14 + Math.floor(index / 5) * 5, 4, 15, view.ink(index % 2 ? '#f6cf55' : '#eebb3c'), {
      rx: 1,
      transform: `rotate(${(index * 37) % 60} ${num(-4 + (index % 5) * 6)} 18)`,
    }),
  );
  return (
    meat +
    chips +
    greens(view, 22, -10) +
    circle(-18, 20, 5.6, view.ink('#e0413a')) +
    circle(-10, 25, 5, view.ink('#d83a34'))
  );
}

function pasta(view: View): string {
  const strands = times(12, (index) =>
    ellipse(0, 0, 7 + index * 1.7, 5 + ((index * 7) % 13) + index * 0.6, 'none', {
      stroke: view.ink(index % 2 ? '#f4d481' : '#e8bf5c'),
      'stroke-width': 2.4,
      transform: `rotate(${index * 31})`,
    }),
  );
  const sauce =
    path('M-16 -5Q-12 -19 4 -16Q19 -13 16 2Q12 16 -3 14Q-18 11 -16 -5Z', view.ink('#cf3f2c')) +
    circle(-5, -4, 4.2, view.ink('#a82c20')) +
    circle(6, 4, 4.2, view.ink('#a82c20'));
  const basil =
    ellipse(2, -5, 6.4, 3.4, view.ink('#3f9a48'), { transform: 'rotate(-30 2 -5)' }) +
    ellipse(-3, -9, 5.4, 3, view.ink('#57b05a'), { transform: 'rotate(40 -3 -9)' });
  return strands + sauce + basil;
}

function fish(view: View): string {
  const body =
    ellipse(-4, -8, 26, 10, view.ink('#e8a07a')) +
    polygon(
      [
        [18, -8],
        [31, -18],
        [31, 2],
      ],
      view.ink('#e8a07a'),
    ) +
    times(5, (index) =>
      path(`M${num(-16 + index * 7)} -15q4 7 0 14`, 'none', { stroke: view.ink('#c9744f'), 'stroke-width': 1.2 }),
    ) +
    circle(-23, -10, 1.8, '#33231c');
  const lemon =
    circle(-16, 15, 8.6, view.ink('#f6d83f')) +
    circle(-16, 15, 6.8, view.ink('#fbf0a8')) +
    times(3, (index) =>
      line(
        -16 - Math.cos(index) * 6.6,
        15 - Math.sin(index) * 6.6,
        -16 + Math.cos(index) * 6.6,
        15 + Math.sin(index) * 6.6,
        view.ink('#f6d83f'),
        1,
      ),
    );
  return (
    body +
    lemon +
    greens(view, 14, 17) +
    times(5, (index) => circle(-1 + index * 3, 25 - (index % 2) * 5, 3.6, view.ink('#f2d79a')))
  );
}

export const pizza: Subject = {
  width: 110,
  height: 106,
  size: 82,
  stands: 'centre',
  home: 'table',
  draw(view) {
    const { random } = view;
    const spread = (count: number, paint: (x: number, y: number) => string) =>
      times(count, () => {
        const angle = random.between(0, 6.28);
        const far = Math.sqrt(random.next()) * 34;
        return paint(Math.cos(angle) * far, Math.sin(angle) * far);
      });
    const base =
      ellipse(2, 4, 52, 52, '#20140c', { opacity: 0.3 }) +
      circle(0, 0, 50, view.ink('#d99a4e')) +
      circle(0, 0, 44, view.ink('#cf4a2c')) +
      circle(0, 0, 41, view.ink('#f4cd68'));
    const toppings =
      spread(14, (x, y) => circle(x, y, 5.6, view.ink('#fdf3d8'))) +
      spread(9, (x, y) => circle(x, y, 5.6, view.ink('#b8322a')) + circle(x - 1, y - 1, 2, view.ink('#d8584a'))) +
      spread(9, (x, y) =>
        ellipse(x, y, 5, 2.6, view.ink('#3f9a48'), { transform: `rotate(${num(x * 9)} ${num(x)} ${num(y)})` }),
      );
    const cuts = times(4, (index) =>
      line(
        -Math.cos(index * 0.785) * 49,
        -Math.sin(index * 0.785) * 49,
        Math.cos(index * 0.785) * 49,
        Math.sin(index * 0.785) * 49,
        view.ink('#9a5a28'),
        0.9,
      ),
    );
    return base + toppings + cuts;
  },
};

export const sushi: Subject = {
  width: 150,
  height: 84,
  size: 60,
  stands: 'centre',
  home: 'table',
  draw(view) {
    const board =
      rect(-70, -38, 144, 80, '#20140c', { rx: 5, opacity: 0.3 }) +
      rect(-72, -42, 144, 80, view.ink('#2d2a30'), { rx: 5 });
    const nigiri = (x: number, colour: string) =>
      rect(x - 14, -34, 28, 27, view.ink('#fbf8f0'), { rx: 11 }) +
      rect(x - 16, -32, 32, 21, view.ink(colour), { rx: 9 }) +
      line(x - 10, -30, x - 4, -13, view.ink('#ffd9c4'), 1.6) +
      line(x, -30, x + 6, -13, view.ink('#ffd9c4'), 1.6);
    const maki = (x: number, colour: string) =>
      circle(x, 17, 14, view.ink('#12301f')) +
      circle(x, 17, 11.4, view.ink('#fbf8f0')) +
      circle(x, 17, 5, view.ink(colour));
    const sticks = line(-84, 48, 84, 42, view.ink('#a8342c'), 3) + line(-84, 55, 84, 51, view.ink('#a8342c'), 3);
    return (
      board +
      nigiri(-46, '#f2825f') +
      nigiri(-6, '#d8434a') +
      nigiri(34, '#f6b04f') +
      maki(-48, '#f2825f') +
      maki(-16, '#6fae4a') +
      maki(16, '#f2825f') +
      ellipse(50, 16, 9, 7, view.ink('#9fc45a')) +
      sticks
    );
  },
};

export const ramen: Subject = {
  width: 110,
  height: 106,
  size: 82,
  stands: 'centre',
  home: 'table',
  draw(view) {
    const bowl =
      ellipse(2, 4, 52, 52, '#20140c', { opacity: 0.3 }) +
      circle(0, 0, 50, view.ink('#b8322f')) +
      circle(0, 0, 46, view.ink('#f7efe0')) +
      circle(0, 0, 42, view.ink('#c9822f'));
    const noodles = times(8, (index) =>
      stroke(`M-32 ${num(-2 + index * 4)}q9 -8 18 0t18 0t18 0t10 -2`, view.ink('#f6dc8f'), 2.2),
    );
    const egg = (x: number, y: number) =>
      ellipse(x, y, 11, 9, view.ink('#fffaf0')) + circle(x, y, 5, view.ink('#f29a2e'));
    const nori = rect(10, -38, 22, 24, view.ink('#16301f'), { transform: 'rotate(14 20 -26)' });
    const pork =
      circle(-18, -16, 12, view.ink('#d99a7a')) +
      circle(-18, -16, 7, view.ink('#f2cdb4')) +
      circle(-20, -15, 3, view.ink('#c47f5f'));
    const onions = times(12, (index) =>
      circle(14 + Math.cos(index * 2.4) * 12, 18 + Math.sin(index * 2.4) * 10, 2, 'none', {
        stroke: view.ink('#4fa84a'),
        'stroke-width': 1.4,
      }),
    );
    const sticks = line(30, 60, 74, -50, view.ink('#5a3420'), 3) + line(38, 62, 80, -46, view.ink('#5a3420'), 3);
    return bowl + noodles + nori + pork + egg(2, -22) + egg(-20, 14) + onions + sticks;
  },
};
