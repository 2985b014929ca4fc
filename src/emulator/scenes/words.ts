/** The vocabulary: which words of a scene name a subject, a backdrop, a time, a season. Words it does not know are left out. */
import type { Hour } from './light.ts';
import { BACKDROPS, DOCUMENTS, type DocumentName, SUBJECTS, type SubjectName } from './registry.ts';
import type { BackdropName, Season } from './view.ts';

/** What one word adds to a picture. */
export interface Meaning {
  backdrop?: BackdropName;
  subject?: SubjectName;
  document?: DocumentName;
  hour?: Hour;
  season?: Season;
  snowing?: boolean;
  raining?: boolean;
  blurry?: boolean;
}

/** Other words for a backdrop; its own name needs no entry. */
const BACKDROP_WORDS: { readonly [name in BackdropName]?: string } = {
  airplane: 'aeroplane plane flight wing',
  beach: 'shore sand seaside',
  bedroom: 'bed sleep',
  cliff: 'coast',
  desert: 'dune sahara',
  fireworks: 'firework',
  flowers: 'flower tulip rose',
  forest: 'wood woods jungle',
  garden: 'lawn yard',
  grove: 'bamboo',
  hills: 'hill field meadow landscape countryside vineyard',
  lake: 'pier pond river',
  market: 'stall bazaar fruit',
  mountain: 'alps peak summit hike',
  museum: 'gallery painting exhibition art',
  playground: 'playing swing',
  road: 'highway',
  room: 'home sofa indoors indoor kitchen living',
  sea: 'ocean',
  skyline: 'city tower skyscraper',
  slope: 'piste',
  snow: 'snowy',
  stage: 'concert band festival',
  street: 'alley town square lisbon',
  tiles: 'tile azulejo',
};

const SUBJECT_WORDS: { readonly [name in SubjectName]?: string } = {
  bicycle: 'bike cycling',
  birds: 'bird gull seagull',
  boat: 'ship sailboat sailing ferry',
  bouquet: 'vase',
  cake: 'birthday candle',
  car: 'automobile',
  castle: 'fortress palace',
  cat: 'kitten',
  children: 'child kid',
  church: 'cathedral chapel',
  coffee: 'cafe breakfast croissant cappuccino',
  cottage: 'house',
  dog: 'puppy luna',
  hut: 'cabin chalet',
  people: 'friend family group',
  person: 'portrait woman man',
  plate: 'food dinner lunch meal dish pasta restaurant',
  ramen: 'noodle soup',
  runners: 'runner running race marathon',
  selfie: 'me',
  temple: 'pagoda',
  torii: 'shrine gate',
  train: 'railway',
  tram: 'streetcar',
};

const DOCUMENT_WORDS: { readonly [name in DocumentName]: string } = {
  document: 'invoice contract paper form page passport',
  letter: 'envelope mail postcard handwriting note',
  receipt: 'bill',
  screenshot: 'screen chat app boarding',
  whiteboard: 'diagram meeting',
};

const HOUR_WORDS: { readonly [name in Hour]: string } = {
  day: 'day sunny',
  morning: 'morning sunrise dawn',
  sunset: 'sunset',
  dusk: 'evening dusk twilight',
  night: 'night moon star',
  grey: 'grey gray fog foggy cloudy mist',
};

const SEASON_WORDS: { readonly [name in Season]: string } = {
  summer: 'summer',
  autumn: 'autumn fall maple foliage',
  winter: 'winter',
  spring: 'spring',
};

/** Words that mean two things at once. */
const COMPOUND: Readonly<Record<string, Meaning>> = {
  harbour: { backdrop: 'sea', subject: 'boat' },
  harbor: { backdrop: 'sea', subject: 'boat' },
  ski: { backdrop: 'slope', subject: 'skier' },
  skiing: { backdrop: 'slope', subject: 'skier' },
  party: { backdrop: 'party' },
  winter: { season: 'winter', backdrop: 'snow' },
  snow: { season: 'winter', backdrop: 'snow' },
  snowy: { season: 'winter', backdrop: 'snow' },
  snowing: { season: 'winter', snowing: true },
  snowfall: { season: 'winter', snowing: true },
  christmas: { season: 'winter', subject: 'christmasTree' },
  xmas: { season: 'winter', subject: 'christmasTree' },
  cherry: { season: 'spring', subject: 'cherry' },
  blossom: { season: 'spring', subject: 'cherry' },
  sakura: { season: 'spring', subject: 'cherry' },
  rain: { hour: 'grey', raining: true },
  rainy: { hour: 'grey', raining: true },
  storm: { hour: 'grey', raining: true },
  blurry: { blurry: true },
  blurred: { blurry: true },
  blur: { blurry: true },
  unsharp: { blurry: true },
};

function entriesOf(key: keyof Meaning, lists: Readonly<Record<string, string | undefined>>): [string, Meaning][] {
  return Object.entries(lists).flatMap(([name, others = '']) =>
    others
      .split(' ')
      .filter(Boolean)
      .map((word): [string, Meaning] => [word, { [key]: name }]),
  );
}

const ownNames = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));

/** Later ones win: what is spelled out is more than what follows from a name. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map([
  ...entriesOf('backdrop', ownNames(Object.keys(BACKDROPS))),
  ...entriesOf('subject', ownNames(Object.keys(SUBJECTS))),
  ...entriesOf('document', ownNames(Object.keys(DOCUMENTS))),
  ...entriesOf('backdrop', BACKDROP_WORDS),
  ...entriesOf('subject', SUBJECT_WORDS),
  ...entriesOf('document', DOCUMENT_WORDS),
  ...entriesOf('hour', HOUR_WORDS),
  ...entriesOf('season', SEASON_WORDS),
  ...Object.entries(COMPOUND),
]);

/** The meaning of a word, singular or plural, or undefined. */
export function meaningOf(word: string): Meaning | undefined {
  const singular = [word, word.replace(/es$/, ''), word.replace(/s$/, '')];
  return singular.map((form) => MEANINGS.get(form)).find((meaning) => meaning !== undefined);
}

/** Words of a scene: letters only, lower case, without accents. */
export function wordsOf(scene: string): string[] {
  const plain = scene.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}]+/u).filter(Boolean);
}
