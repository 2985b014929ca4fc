/**
 * The vocabulary: which words of a scene name a subject, a setting, a time, a season. Words it does not know are left out.
 */

import type { Hour } from './light.ts';
import { letter, printed } from './papers/letters.ts';
import { receipt } from './papers/receipt.ts';
import { screenshot } from './papers/screenshot.ts';
import { whiteboard } from './papers/whiteboard.ts';
import { market, playground, road, skyline, street } from './settings/city.ts';
import { desert, hills, mountain, slope, snow, waterfall } from './settings/highlands.ts';
import { airplane, bedroom, fireworks, museum, party, room, stage, table, tiles } from './settings/rooms.ts';
import { beach, cliff, lake, sea, seaSunset } from './settings/sea.ts';
import { flowers, forest, garden, grove, park } from './settings/woods.ts';
import { birds, cat, deer, dog } from './subjects/animals.ts';
import { bridge, castle, church, cottage, hut, lighthouse, snowman, temple, torii } from './subjects/buildings.ts';
import { cake, coffee, pizza, plate, ramen, sushi } from './subjects/food.ts';
import { baby, children, people, person, runners, selfie, skier } from './subjects/people.ts';
import { bouquet, cherry, christmasTree, tree } from './subjects/plants.ts';
import { balloon, bicycle, boat, car, train, tram } from './subjects/vehicles.ts';
import type { Paper, Season, Setting, Subject } from './view.ts';

export const SETTINGS = {
  airplane,
  beach,
  bedroom,
  cliff,
  desert,
  fireworks,
  flowers,
  forest,
  garden,
  grove,
  hills,
  lake,
  market,
  mountain,
  museum,
  park,
  party,
  playground,
  road,
  room,
  sea,
  seaSunset,
  skyline,
  slope,
  snow,
  stage,
  street,
  table,
  tiles,
  waterfall,
} satisfies Record<string, Setting>;

export const SUBJECTS = {
  baby,
  balloon,
  bicycle,
  birds,
  boat,
  bouquet,
  bridge,
  cake,
  car,
  castle,
  cat,
  cherry,
  children,
  christmasTree,
  church,
  coffee,
  cottage,
  deer,
  dog,
  hut,
  lighthouse,
  people,
  person,
  pizza,
  plate,
  ramen,
  runners,
  selfie,
  skier,
  snowman,
  sushi,
  temple,
  torii,
  train,
  tram,
  tree,
} satisfies Record<string, Subject>;

export const PAPERS = { document: printed, letter, receipt, screenshot, whiteboard } satisfies Record<string, Paper>;

export type SettingName = keyof typeof SETTINGS;
export type SubjectName = keyof typeof SUBJECTS;
export type PaperName = keyof typeof PAPERS;

/** What one word adds to a picture. */
export interface Meaning {
  setting?: SettingName;
  subject?: SubjectName;
  paper?: PaperName;
  hour?: Hour;
  season?: Season;
  snowing?: boolean;
  raining?: boolean;
  blurry?: boolean;
}

/** Other words for a meaning; a meaning's own name needs no entry. */
const ALSO: Readonly<Record<string, Meaning>> = {
  airplane: { setting: 'airplane' },
  plane: { setting: 'airplane' },
  flight: { setting: 'airplane' },
  wing: { setting: 'airplane' },
  ocean: { setting: 'sea' },
  coast: { setting: 'cliff' },
  shore: { setting: 'beach' },
  sand: { setting: 'beach' },
  pier: { setting: 'lake' },
  harbour: { setting: 'sea', subject: 'boat' },
  harbor: { setting: 'sea', subject: 'boat' },
  river: { setting: 'lake' },
  pond: { setting: 'lake' },
  bed: { setting: 'bedroom' },
  sleep: { setting: 'bedroom' },
  dune: { setting: 'desert' },
  wood: { setting: 'forest' },
  woods: { setting: 'forest' },
  jungle: { setting: 'forest' },
  bamboo: { setting: 'grove' },
  shrine: { subject: 'torii' },
  gate: { subject: 'torii' },
  pagoda: { subject: 'temple' },
  hill: { setting: 'hills' },
  field: { setting: 'hills' },
  meadow: { setting: 'hills' },
  landscape: { setting: 'hills' },
  countryside: { setting: 'hills' },
  vineyard: { setting: 'hills' },
  alps: { setting: 'mountain' },
  peak: { setting: 'mountain' },
  summit: { setting: 'mountain' },
  hike: { setting: 'mountain' },
  gallery: { setting: 'museum' },
  painting: { setting: 'museum' },
  exhibition: { setting: 'museum' },
  art: { setting: 'museum' },
  city: { setting: 'skyline' },
  tower: { setting: 'skyline' },
  alley: { setting: 'street' },
  town: { setting: 'street' },
  lisbon: { setting: 'street' },
  road: { setting: 'road' },
  square: { setting: 'street' },
  stall: { setting: 'market' },
  bazaar: { setting: 'market' },
  fruit: { setting: 'market' },
  concert: { setting: 'stage' },
  band: { setting: 'stage' },
  festival: { setting: 'stage' },
  tile: { setting: 'tiles' },
  azulejo: { setting: 'tiles' },
  ski: { setting: 'slope', subject: 'skier' },
  skiing: { setting: 'slope', subject: 'skier' },
  piste: { setting: 'slope' },
  home: { setting: 'room' },
  sofa: { setting: 'room' },
  indoors: { setting: 'room' },
  indoor: { setting: 'room' },
  kitchen: { setting: 'room' },
  living: { setting: 'room' },
  flower: { setting: 'flowers' },
  tulip: { setting: 'flowers' },
  rose: { setting: 'flowers' },
  lawn: { setting: 'garden' },
  firework: { setting: 'fireworks' },
  fall: { season: 'autumn' },
  autumn: { season: 'autumn' },
  maple: { season: 'autumn' },
  foliage: { season: 'autumn' },
  summer: { season: 'summer' },
  spring: { season: 'spring' },
  winter: { season: 'winter', setting: 'snow' },
  snow: { season: 'winter', setting: 'snow' },
  snowy: { season: 'winter', setting: 'snow' },
  snowing: { season: 'winter', snowing: true },
  snowfall: { season: 'winter', snowing: true },
  rain: { hour: 'grey', raining: true },
  rainy: { hour: 'grey', raining: true },
  storm: { hour: 'grey', raining: true },
  fog: { hour: 'grey' },
  foggy: { hour: 'grey' },
  cloudy: { hour: 'grey' },
  mist: { hour: 'grey' },
  grey: { hour: 'grey' },
  sunset: { hour: 'sunset' },
  sunrise: { hour: 'morning' },
  morning: { hour: 'morning' },
  dawn: { hour: 'morning' },
  evening: { hour: 'dusk' },
  dusk: { hour: 'dusk' },
  night: { hour: 'night' },
  moon: { hour: 'night' },
  star: { hour: 'night' },
  day: { hour: 'day' },
  sunny: { hour: 'day' },
  puppy: { subject: 'dog' },
  luna: { subject: 'dog' },
  kitten: { subject: 'cat' },
  bird: { subject: 'birds' },
  gull: { subject: 'birds' },
  seagull: { subject: 'birds' },
  bike: { subject: 'bicycle' },
  cycling: { subject: 'bicycle' },
  ship: { subject: 'boat' },
  sailboat: { subject: 'boat' },
  sailing: { subject: 'boat' },
  ferry: { subject: 'boat' },
  railway: { subject: 'train' },
  streetcar: { subject: 'tram' },
  automobile: { subject: 'car' },
  house: { subject: 'cottage' },
  cabin: { subject: 'hut' },
  chalet: { subject: 'hut' },
  fortress: { subject: 'castle' },
  cathedral: { subject: 'church' },
  chapel: { subject: 'church' },
  birthday: { subject: 'cake' },
  party: { setting: 'party' },
  candle: { subject: 'cake' },
  christmas: { subject: 'christmasTree', season: 'winter' },
  xmas: { subject: 'christmasTree', season: 'winter' },
  blossom: { subject: 'cherry', season: 'spring' },
  sakura: { subject: 'cherry', season: 'spring' },
  cherry: { subject: 'cherry', season: 'spring' },
  food: { subject: 'plate' },
  dinner: { subject: 'plate' },
  lunch: { subject: 'plate' },
  meal: { subject: 'plate' },
  dish: { subject: 'plate' },
  pasta: { subject: 'plate' },
  restaurant: { subject: 'plate' },
  noodle: { subject: 'ramen' },
  soup: { subject: 'ramen' },
  cafe: { subject: 'coffee' },
  breakfast: { subject: 'coffee' },
  croissant: { subject: 'coffee' },
  cappuccino: { subject: 'coffee' },
  child: { subject: 'children' },
  kid: { subject: 'children' },
  playing: { setting: 'playground' },
  friend: { subject: 'people' },
  family: { subject: 'people' },
  group: { subject: 'people' },
  portrait: { subject: 'person' },
  woman: { subject: 'person' },
  man: { subject: 'person' },
  me: { subject: 'selfie' },
  runner: { subject: 'runners' },
  running: { subject: 'runners' },
  race: { subject: 'runners' },
  marathon: { subject: 'runners' },
  skier: { subject: 'skier' },
  bouquet: { subject: 'bouquet' },
  vase: { subject: 'bouquet' },
  invoice: { paper: 'document' },
  contract: { paper: 'document' },
  paper: { paper: 'document' },
  form: { paper: 'document' },
  page: { paper: 'document' },
  passport: { paper: 'document' },
  bill: { paper: 'receipt' },
  envelope: { paper: 'letter' },
  mail: { paper: 'letter' },
  postcard: { paper: 'letter' },
  handwriting: { paper: 'letter' },
  note: { paper: 'letter' },
  screen: { paper: 'screenshot' },
  chat: { paper: 'screenshot' },
  app: { paper: 'screenshot' },
  boarding: { paper: 'screenshot' },
  diagram: { paper: 'whiteboard' },
  meeting: { paper: 'whiteboard' },
  blurry: { blurry: true },
  blurred: { blurry: true },
  blur: { blurry: true },
  unsharp: { blurry: true },
};

const has = <T extends object>(table: T, key: string): key is Extract<keyof T, string> => Object.hasOwn(table, key);

function own(word: string): Meaning | undefined {
  if (Object.hasOwn(ALSO, word)) return ALSO[word];
  if (has(PAPERS, word)) return { paper: word };
  if (has(SUBJECTS, word)) return { subject: word };
  return has(SETTINGS, word) ? { setting: word } : undefined;
}

/** The meaning of a word, singular or plural, or undefined. */
export function meaningOf(word: string): Meaning | undefined {
  return (
    own(word) ??
    (word.endsWith('es') ? own(word.slice(0, -2)) : undefined) ??
    (word.endsWith('s') ? own(word.slice(0, -1)) : undefined)
  );
}

/** Words of a scene: letters only, lower case, without accents. */
export function wordsOf(scene: string): string[] {
  return scene
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
}
