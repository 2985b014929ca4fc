/**
 * Puts a picture together: backdrop behind, subjects on it, weather over it, and the camera's small movements around it all.
 *
 * A seed is a moment and a frame: `seed >> 4` decides the composition, the low four bits only how the camera was held. So the frames of a
 * burst (one moment) look alike, and those from `EDITED_FRAME` on are the same picture cropped and brightened, as near-duplicates are.
 */

import { GRASS } from './backdrops/plants.ts';
import { snowfall } from './backdrops/winter.ts';
import { indoors, lightAt } from './light.ts';
import { isIndoors, type Plan, parseScene } from './parse.ts';
import { createRandom, hash32, type Random } from './random.ts';
import { BACKDROPS, DOCUMENTS, SUBJECTS } from './registry.ts';
import { ellipse, group, line, num, placed, rect, times } from './svg.ts';
import type { Backdrop, Subject, View } from './view.ts';

const FRAME_BITS = 4;
/** Frames 12 to 15 of a moment are edited copies. */
export const EDITED_FRAME = 12;

/** The seed of one frame (0 to 15) of the moment with this number. */
export const seedOf = (moment: number, frame = 0): number => (((moment << FRAME_BITS) >>> 0) | (frame & 15)) >>> 0;

function createView(plan: Plan, width: number, height: number, random: Random): View {
  const short = Math.min(width, height);
  const w = (width / short) * 100;
  const h = (height / short) * 100;
  const outside = lightAt(plan.hour);
  const light = isIndoors(plan.backdrop) ? indoors(outside) : outside;
  return {
    w,
    h,
    horizon: h * random.between(0.5, 0.6),
    light,
    season: plan.season,
    random,
    words: plan.words,
    ink: light.ink,
  };
}

function footing(subject: Subject, backdrop: Backdrop, view: View): number {
  const { h, random } = view;
  if (subject.stands === 'centre') return h / 2 + random.between(-3, 3);
  if (subject.stands === 'bottom') return h * 1.03;
  if (subject.stands === 'sky') return h * random.between(0.42, 0.5);
  if (subject.stands === 'water') return h * (backdrop.water ?? backdrop.near);
  return h * backdrop[subject.stands];
}

/** Buildings first, then what stands nearer. */
const DEPTH = { sky: 0, far: 1, water: 2, near: 3, centre: 4, bottom: 5 } as const;

function drawSubjects(plan: Plan, view: View, sway: Random): string {
  const { w, h, random } = view;
  const backdrop: Backdrop = BACKDROPS[plan.backdrop];
  const subjects: Subject[] = plan.subjects.map((name) => SUBJECTS[name]);
  subjects.sort((a, b) => DEPTH[a.stands] - DEPTH[b.stands]);
  const count = subjects.length;
  const swapped = random.chance(0.5);
  return subjects
    .map((subject, index) => {
      const slot = swapped ? count - 1 - index : index;
      const x = w * ((slot + 0.5) / count) + w * random.between(-0.06, 0.06) + sway.between(-0.9, 0.9);
      const tall = h > w * 1.15 ? 1.18 : 1;
      const wanted = (subject.size / subject.height) * random.between(0.9, 1.08) * tall * (count > 1 ? 0.86 : 1);
      const widest = (w * (count > 1 ? 0.56 : 0.98)) / subject.width;
      const y = footing(subject, backdrop, view);
      const highest = subject.stands === 'bottom' || subject.stands === 'centre' ? wanted : (y * 0.97) / subject.height;
      const scale = Math.min(wanted, widest, highest);
      const islet =
        subject.stands === 'far' && plan.backdrop === 'lake' ? isletAt(view, x, y, subject.width * scale) : '';
      return islet + placed(x, y, scale, subject.draw(view));
    })
    .join('');
}

/** So that no house stands on the water. */
function isletAt(view: View, x: number, y: number, width: number): string {
  const [near, deep] = GRASS[view.season];
  return (
    ellipse(x, y + 1.4, width * 0.66, 4.4, view.ink(deep)) + ellipse(x, y + 0.4, width * 0.64, 3.6, view.ink(near))
  );
}

function rain(view: View): string {
  const { random, w, h } = view;
  return times(60, () => {
    const x = random.between(0, w);
    const y = random.between(0, h);
    return line(x, y, x - 1.4, y + 6, '#eef4f8', 0.4, { opacity: 0.7 });
  });
}

function drawPhoto(plan: Plan, view: View, sway: Random): string {
  const backdrop: Backdrop = BACKDROPS[plan.backdrop];
  const back = backdrop.draw(view);
  const weather = (plan.snowing ? snowfall(view) : '') + (plan.raining ? rain(view) : '');
  return back + drawSubjects(plan, view, sway) + (backdrop.front?.(view) ?? '') + weather;
}

/** How the camera was held for this frame, as an SVG transform, and how much brighter the frame is. */
function camera(view: View, sway: Random, frame: number, mirrored: boolean): { transform: string; exposure: number } {
  const { w, h } = view;
  const edited = frame >= EDITED_FRAME;
  const zoom = frame === 0 ? 1.025 : edited ? sway.between(1.045, 1.06) : sway.between(1.015, 1.035);
  const shift = frame === 0 ? 0 : 0.7;
  const x = w / 2 + sway.between(-shift, shift);
  const y = h / 2 + sway.between(-shift, shift);
  const exposure = frame === 0 ? 0 : edited ? sway.between(0.08, 0.13) : sway.between(-0.025, 0.025);
  const across = mirrored ? -zoom : zoom;
  return {
    transform: `translate(${num(x)} ${num(y)}) scale(${across.toFixed(4)} ${zoom.toFixed(4)}) translate(${num(-w / 2)} ${num(-h / 2)})`,
    exposure,
  };
}

/** The picture of a scene as an opaque SVG document of `width` by `height` pixels. Pure: equal arguments, equal markup. */
export function sceneSvg(scene: string, seed: number, width: number, height: number): string {
  const plan = parseScene(scene);
  const frame = seed & (2 ** FRAME_BITS - 1);
  const random = createRandom(hash32('moment', [...plan.words].join(' '), seed >>> FRAME_BITS));
  const sway = createRandom(hash32('frame', seed));
  const view = createView(plan, width, height, random);
  const mirrored = plan.document === undefined && random.chance(0.5);
  const isScreen = plan.document === 'screenshot';
  const drawing = plan.document ? DOCUMENTS[plan.document](view) : drawPhoto(plan, view, sway);
  const { transform, exposure } = camera(view, sway, frame, mirrored);
  const film =
    exposure === 0
      ? ''
      : rect(0, 0, view.w, view.h, exposure > 0 ? '#ffffff' : '#000000', { opacity: Math.abs(exposure) });
  const body = isScreen ? drawing : group(transform, drawing) + film;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${num(view.w)} ${num(view.h)}" preserveAspectRatio="none"><rect width="${num(view.w)}" height="${num(view.h)}" fill="#ffffff"/>${body}</svg>`;
}
