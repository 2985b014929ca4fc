import type { Light } from './light.ts';
import type { Random } from './random.ts';

export type Season = 'summer' | 'autumn' | 'winter' | 'spring';

/** What a drawing needs to know to draw itself. Lengths are in hundredths of the picture's shorter side. */
export interface View {
  readonly w: number;
  readonly h: number;
  /** The y where sky and ground meet. */
  readonly horizon: number;
  readonly light: Light;
  readonly season: Season;
  /** Chance that is equal for all frames of a burst. */
  readonly random: Random;
  /** All words of the scene: a few drawings look different in Lisbon. */
  readonly words: ReadonlySet<string>;
  ink(colour: string): string;
}

/** The backdrops that there are: a subject names the one where it is at home, `registry.ts` has their drawings. */
export type BackdropName =
  | 'airplane'
  | 'beach'
  | 'bedroom'
  | 'cliff'
  | 'desert'
  | 'fireworks'
  | 'flowers'
  | 'forest'
  | 'garden'
  | 'grove'
  | 'hills'
  | 'lake'
  | 'market'
  | 'mountain'
  | 'museum'
  | 'park'
  | 'party'
  | 'playground'
  | 'road'
  | 'room'
  | 'sea'
  | 'seaSunset'
  | 'skyline'
  | 'slope'
  | 'snow'
  | 'stage'
  | 'street'
  | 'table'
  | 'tiles'
  | 'waterfall';

/** What lies behind: fills the whole frame. */
export interface Backdrop {
  draw(view: View): string;
  /** Drawn over the subjects, for example the falling snow's drifts. */
  front?(view: View): string;
  /** Where things stand, as a fraction of the height: people and animals, and buildings further away. */
  near: number;
  far: number;
  /** Where boats float, when there is water. */
  water?: number;
  indoors?: boolean;
}

/** What the picture shows: drawn around (0, 0), standing on y = 0, in its own units. */
export interface Subject {
  draw(view: View): string;
  width: number;
  height: number;
  /** Wanted height in the picture, in hundredths of its shorter side. */
  size: number;
  stands: 'near' | 'far' | 'water' | 'centre' | 'bottom' | 'sky';
  /** The backdrop when the words name none. */
  home: BackdropName;
}

/** A picture of one flat thing that fills the frame: a receipt, a screen. */
export type DocumentDrawing = (view: View) => string;
