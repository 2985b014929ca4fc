/** The words in which the demo's three years are told. */
import type { CameraName } from '../cameras.ts';

export interface Place {
  name: string;
  latitude: number;
  longitude: number;
}

export interface MomentOptions {
  /** Defaults to the phone of that time. */
  camera?: CameraName;
  favorite?: boolean;
  archived?: boolean;
  /** Seconds: then it is a video. */
  video?: number;
  portrait?: boolean;
  /** Another copy of the first frame, cropped and brightened. */
  edited?: boolean;
  /** The file carries no capture date. */
  undated?: boolean;
}

/** Time of day, scene, frames taken one after another, description of the first, the rest. */
export type Moment = readonly [
  time: string,
  scene: string,
  frames?: number,
  description?: string,
  options?: MomentOptions,
];

export interface Day {
  /** `2024-07-14`; local times stand as UTC, as Google treats EXIF times without a zone. */
  date: string;
  place?: Place;
  travel?: boolean;
  moments: readonly Moment[];
}

export const day = (date: string, place: Place | undefined, ...moments: Moment[]): Day => ({ date, place, moments });
export const away = (date: string, place: Place, ...moments: Moment[]): Day => ({ date, place, travel: true, moments });

export const PLACES = {
  home: { name: 'Berlin', latitude: 52.4985, longitude: 13.4034 },
  office: { name: 'Berlin Mitte', latitude: 52.5235, longitude: 13.3831 },
  parents: { name: 'Freiburg', latitude: 47.9959, longitude: 7.8494 },
  lake: { name: 'Wannsee', latitude: 52.4319, longitude: 13.1732 },
  lisbon: { name: 'Lisbon', latitude: 38.7139, longitude: -9.1334 },
  belem: { name: 'Belém, Lisbon', latitude: 38.6916, longitude: -9.216 },
  sintra: { name: 'Sintra', latitude: 38.7876, longitude: -9.3906 },
  cascais: { name: 'Cascais', latitude: 38.6979, longitude: -9.4215 },
  kyoto: { name: 'Kyoto', latitude: 35.0116, longitude: 135.7681 },
  fushimi: { name: 'Fushimi Inari, Kyoto', latitude: 34.9671, longitude: 135.7727 },
  arashiyama: { name: 'Arashiyama, Kyoto', latitude: 35.0094, longitude: 135.6668 },
  nara: { name: 'Nara', latitude: 34.6851, longitude: 135.843 },
  osaka: { name: 'Osaka', latitude: 34.6687, longitude: 135.5013 },
  hut: { name: 'Stubai Alps', latitude: 47.0823, longitude: 11.2101 },
  innsbruck: { name: 'Innsbruck', latitude: 47.2692, longitude: 11.4041 },
  brittany: { name: 'Brittany', latitude: 48.0386, longitude: -4.7314 },
} satisfies Record<string, Place>;
