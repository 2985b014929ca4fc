/** People, drawn plainly and kindly, standing on y = 0. */
import { circle, ellipse, num, path, placed, rect, stroke } from '../svg.ts';
import type { Subject, View } from '../view.ts';

const SKINS = ['#f2c9a1', '#e0a878', '#b97a50', '#8a5636'] as const;

const HAIRS = ['#3a2a20', '#6b452a', '#c98f45', '#1f1c22', '#9a4a2c'] as const;

const CLOTHES = ['#d8433f', '#2f7fb8', '#f0b93a', '#3f9f74', '#8f6fb8', '#f4efe6', '#e8788a'] as const;

interface Looks {
  skin: string;
  hair: string;
  top: string;
  legs: string;
  long: boolean;
}

export function looks(view: View): Looks {
  const { random } = view;
  return {
    skin: view.ink(random.pick(SKINS)),
    hair: view.ink(random.pick(HAIRS)),
    top: view.ink(random.pick(CLOTHES)),
    legs: view.ink(random.pick(['#34466b', '#5a4a42', '#2d2f38', '#8a7a5f'])),
    long: random.chance(0.5),
  };
}

/** The person to whom the library belongs: always the same face. */
const OWNER = { skin: '#eab68c', hair: '#4a2e1f', top: '#d8433f', legs: '#34466b', long: true };

const owner = (view: View): Looks => ({
  ...OWNER,
  skin: view.ink(OWNER.skin),
  hair: view.ink(OWNER.hair),
  top: view.ink(view.random.pick(['#d8433f', '#2f8f8f', '#f0b93a'])),
  legs: view.ink(OWNER.legs),
});

export function head(x: number, y: number, r: number, { skin, hair, long }: Looks): string {
  const back = long
    ? path(
        `M${num(x - r * 1.12)} ${num(y)}a${num(r * 1.12)} ${num(r * 1.12)} 0 0 1 ${num(r * 2.24)} 0v${num(r * 1.3)}h${num(-r * 2.24)}z`,
        hair,
      )
    : '';
  const fringe = path(
    `M${num(x - r * 1.05)} ${num(y - r * 0.05)}a${num(r * 1.05)} ${num(r * 1.08)} 0 0 1 ${num(r * 2.1)} 0q${num(-r * 0.5)} ${num(-r * 0.62)} ${num(-r * 1.05)} ${num(-r * 0.5)}t${num(-r * 1.05)} ${num(r * 0.5)}z`,
    hair,
  );
  const eye = (side: number) => circle(x + side * r * 0.38, y + r * 0.08, r * 0.11, '#2a1d18');
  const cheeks =
    circle(x - r * 0.55, y + r * 0.42, r * 0.17, '#e8746a', { opacity: 0.4 }) +
    circle(x + r * 0.55, y + r * 0.42, r * 0.17, '#e8746a', { opacity: 0.4 });
  const smile = path(
    `M${num(x - r * 0.34)} ${num(y + r * 0.42)}q${num(r * 0.34)} ${num(r * 0.5)} ${num(r * 0.68)} 0z`,
    '#ffffff',
    { stroke: '#9a4438', 'stroke-width': num(r * 0.06) },
  );
  return back + circle(x, y, r, skin) + cheeks + eye(-1) + eye(1) + smile + fringe;
}

function standing(view: View, who: Looks): string {
  const legs =
    rect(-9, -42, 8, 42, who.legs, { rx: 3 }) +
    rect(1, -42, 8, 42, who.legs, { rx: 3 }) +
    ellipse(-6, -1, 6, 2.4, view.ink('#3a2f2a')) +
    ellipse(6, -1, 6, 2.4, view.ink('#3a2f2a'));
  const arms =
    stroke('M-11 -70Q-19 -58 -15 -44M11 -70Q20 -60 15 -46', who.top, 6.4) +
    circle(-15, -42, 3.2, who.skin) +
    circle(15, -44, 3.2, who.skin);
  return (
    ellipse(0, 0, 20, 3, '#20232b', { opacity: 0.25 }) +
    legs +
    arms +
    path('M-12 -74Q0 -80 12 -74L11 -38H-11Z', who.top) +
    rect(-3, -80, 6, 6, who.skin) +
    head(0, -89, 11, who)
  );
}

export const person: Subject = {
  width: 46,
  height: 102,
  size: 60,
  stands: 'near',
  home: 'park',
  draw: (view) => standing(view, owner(view)),
};

/** Several friends side by side. */
export const people: Subject = {
  width: 130,
  height: 104,
  size: 60,
  stands: 'near',
  home: 'park',
  draw: (view) =>
    placed(-40, 0, 0.97, standing(view, looks(view))) +
    placed(-8, 0, 1.03, standing(view, owner(view))) +
    placed(28, 0, 1, standing(view, looks(view))) +
    placed(58, 0, 0.92, standing(view, looks(view))),
};

/** A face close to the camera, an arm leading out of the picture. */
export const selfie: Subject = {
  width: 100,
  height: 104,
  size: 84,
  stands: 'bottom',
  home: 'street',
  draw(view) {
    const me = owner(view);
    const friend = looks(view);
    const bust = (who: Looks, x: number, scale: number) =>
      placed(
        x,
        -46 * scale,
        scale,
        path('M-36 46Q-38 2 -13 -6H13Q38 2 36 46Z', who.top) + rect(-7, -18, 14, 15, who.skin) + head(0, -34, 24, who),
      );
    const arm = stroke('M30 -22Q60 -34 86 6', me.top, 17);
    return view.random.chance(0.5) ? bust(friend, -42, 0.9) + arm + bust(me, 12, 1.04) : arm + bust(me, 0, 1.1);
  },
};
