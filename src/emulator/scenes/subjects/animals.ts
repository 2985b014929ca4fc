/** Luna the dog, a cat and a few others, standing on y = 0. */
import { ellipse, group, line, num, path, polygon, rect, stroke, times } from '../svg.ts';
import type { Subject, View } from '../view.ts';

/** A golden dog with a red collar: sitting, or running with its tongue out. */
export const dog: Subject = {
  width: 92,
  height: 92,
  size: 60,
  stands: 'near',
  home: 'park',
  draw(view) {
    return view.random.chance(0.6) ? sitting(view) : running(view);
  },
};

const FUR = '#d9954a';
const EAR = '#a8672c';
const LIGHT = '#f6d7a3';

function face(view: View, x: number, y: number): string {
  const ear = (side: number) =>
    path(
      `M${num(x + side * 14)} ${num(y - 14)}q${num(side * 13)} 2 ${num(side * 11)} 24q${num(-side * 8)} 5 ${num(-side * 12)} -7z`,
      view.ink(EAR),
    );
  const eye = (side: number) =>
    ellipse(x + side * 7, y - 4, 2.3, 2.8, '#2a1d14') + ellipse(x + side * 7 + 0.8, y - 5, 0.8, 0.8, '#ffffff');
  const mouth = path(`M${num(x - 5)} ${num(y + 12)}q5 3 10 0v6q0 6 -5 6t-5 -6z`, view.ink('#e8707a'));
  return (
    ellipse(x, y, 18, 17, view.ink(FUR)) +
    mouth +
    ellipse(x, y + 7, 10.5, 8, view.ink(LIGHT)) +
    ear(-1) +
    ear(1) +
    eye(-1) +
    eye(1) +
    ellipse(x, y + 2.4, 4.2, 3.1, '#2a1d14') +
    stroke(`M${num(x)} ${num(y + 5)}v4m0 0q-4 4 -7 1m7 -1q4 4 7 1`, '#5a3a22', 1.1)
  );
}

function sitting(view: View): string {
  const tail = stroke('M24 -8Q44 -12 42 -32', view.ink(FUR), 8);
  const body =
    path('M-20 -2Q-26 -50 0 -56Q26 -50 26 -16Q30 -2 22 0H-18Z', view.ink(FUR)) +
    ellipse(0, -30, 11, 18, view.ink(LIGHT));
  const paw = (x: number) =>
    rect(x - 6, -32, 12, 32, view.ink(FUR), { rx: 6 }) + ellipse(x, -3, 8, 4.4, view.ink(LIGHT));
  const haunch = ellipse(22, -11, 13, 12, view.ink(FUR)) + ellipse(26, -2.6, 9, 4, view.ink(LIGHT));
  const collar = rect(-14, -58, 28, 5.4, view.ink('#d8363c'), { rx: 2.6 }) + ellipse(0, -51, 3, 3, view.ink('#f2c63c'));
  return (
    ellipse(4, 0, 38, 4, '#22261c', { opacity: 0.28 }) +
    tail +
    body +
    haunch +
    paw(-9) +
    paw(8) +
    face(view, 0, -73) +
    collar
  );
}

function running(view: View): string {
  const leg = (d: string) => stroke(d, view.ink(FUR), 8);
  const far = stroke('M-24 -26L-40 -8M22 -26L40 -12', view.ink(EAR), 7.4);
  const body =
    path('M-34 -44Q-20 -54 8 -52Q34 -52 34 -36Q30 -20 4 -22Q-30 -18 -36 -30Z', view.ink(FUR)) +
    ellipse(-2, -26, 22, 5, view.ink(LIGHT));
  const tail = stroke('M-34 -40Q-52 -46 -54 -62', view.ink(FUR), 7);
  const collar = group('rotate(28 28 -48)', rect(16, -52, 24, 5, view.ink('#d8363c'), { rx: 2.4 }));
  return (
    ellipse(0, 1, 46, 4, '#22261c', { opacity: 0.28 }) +
    far +
    tail +
    body +
    leg('M-26 -28Q-30 -14 -18 -3') +
    leg('M20 -28Q28 -16 22 -3') +
    collar +
    face(view, 40, -62)
  );
}

const COATS = [
  ['#6f7480', '#565b66'],
  ['#e39a4a', '#c4772b'],
  ['#3a3a42', '#26262c'],
] as const;

export const cat: Subject = {
  width: 70,
  height: 88,
  size: 56,
  stands: 'near',
  home: 'room',
  draw(view) {
    const [fur, dark] = view.random.pick(COATS);
    const body =
      path('M-20 0Q-26 -36 -8 -48H10Q28 -36 24 0Z', view.ink(fur)) + ellipse(1, -18, 9, 15, view.ink('#f4efe6'));
    const tail = stroke('M20 -6Q46 -4 40 -28Q36 -40 44 -46', view.ink(fur), 7.5);
    const stripes = times(
      3,
      (index) =>
        line(-20, -14 - index * 9, -11, -16 - index * 9, view.ink(dark), 2.6) +
        line(24, -14 - index * 9, 15, -16 - index * 9, view.ink(dark), 2.6),
    );
    const ear = (side: number) =>
      polygon(
        [
          [side * 17 + 1, -62],
          [side * 19 + 1, -86],
          [side * 4 + 1, -74],
        ],
        view.ink(fur),
      ) +
      polygon(
        [
          [side * 14.6 + 1, -66],
          [side * 16 + 1, -80],
          [side * 7 + 1, -73],
        ],
        view.ink('#f0a9a4'),
      );
    const eye = (side: number) =>
      ellipse(side * 8 + 1, -61, 4, 4.6, '#b9dc5a') + ellipse(side * 8 + 1, -61, 1.3, 4.2, '#1c1c20');
    const whiskers = [-1, 1]
      .map(
        (side) =>
          line(side * 7 + 1, -53, side * 26 + 1, -56, view.ink('#f4f4f4'), 0.7) +
          line(side * 7 + 1, -51, side * 26 + 1, -50, view.ink('#f4f4f4'), 0.7),
      )
      .join('');
    return (
      ellipse(4, 0, 34, 3.6, '#22261c', { opacity: 0.25 }) +
      tail +
      body +
      stripes +
      ear(-1) +
      ear(1) +
      ellipse(1, -60, 20, 17, view.ink(fur)) +
      ellipse(1, -52, 8.6, 6, view.ink('#f4efe6')) +
      eye(-1) +
      eye(1) +
      polygon(
        [
          [-1.6, -55],
          [3.6, -55],
          [1, -52],
        ],
        '#e88a8a',
      ) +
      whiskers +
      rect(-13, -3, 12, 5, view.ink('#f4efe6'), { rx: 2.5 }) +
      rect(4, -3, 12, 5, view.ink('#f4efe6'), { rx: 2.5 })
    );
  },
};

export const deer: Subject = {
  width: 70,
  height: 100,
  size: 54,
  stands: 'near',
  home: 'park',
  draw(view) {
    const fur = view.ink('#b57a45');
    const legs = [-22, -14, 14, 22].map((x) => rect(x - 2, -36, 4.4, 36, fur)).join('');
    const body =
      ellipse(0, -42, 30, 14, fur) +
      times(6, (index) => ellipse(-16 + index * 7, -46 + (index % 2) * 5, 1.8, 1.8, view.ink('#f6e6c8'))) +
      ellipse(-29, -46, 4, 5, view.ink('#fff6e6'));
    const neck =
      polygon(
        [
          [18, -50],
          [30, -40],
          [38, -74],
          [28, -76],
        ],
        fur,
      ) +
      ellipse(37, -78, 11, 7, fur) +
      ellipse(47, -76, 2.4, 2.2, '#2a1d14') +
      ellipse(36, -80, 1.7, 1.9, '#2a1d14') +
      ellipse(25, -83, 6, 3, view.ink('#9a6234'));
    const antlers = stroke('M31 -84Q26 -98 34 -106M29 -93L20 -98M38 -84Q42 -96 40 -104', view.ink('#7a5634'), 2);
    return ellipse(0, 0, 34, 3, '#22261c', { opacity: 0.25 }) + legs + antlers + body + neck;
  },
};

/** Gulls over the sea, or any birds in the air. */
export const birds: Subject = {
  width: 120,
  height: 60,
  size: 30,
  stands: 'sky',
  home: 'sea',
  draw(view) {
    return times(6, () => {
      const x = view.random.between(-60, 60);
      const y = view.random.between(-60, 0);
      return stroke(
        `M${num(x - 9)} ${num(y - 3)}Q${num(x - 4)} ${num(y - 7)} ${num(x)} ${num(y)}Q${num(x + 4)} ${num(y - 7)} ${num(x + 9)} ${num(y - 3)}`,
        view.ink('#3a4450'),
        1.8,
      );
    });
  },
};
