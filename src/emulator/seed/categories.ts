/** Google's content categories (contract 3.15) of a drawn picture, as its words suggest. */
import { parseScene } from '../scenes/parse.ts';

type Table = Readonly<Record<string, readonly string[]>>;

const BY_DOCUMENT: Table = {
  receipt: ['RECEIPTS', 'UTILITY'],
  document: ['DOCUMENTS', 'UTILITY'],
  letter: ['DOCUMENTS', 'UTILITY'],
  screenshot: ['SCREENSHOTS', 'UTILITY'],
  whiteboard: ['WHITEBOARDS', 'UTILITY'],
};

const BY_SUBJECT: Table = {
  baby: ['PEOPLE'],
  balloon: ['LANDSCAPES'],
  birds: ['ANIMALS'],
  bouquet: ['FLOWERS'],
  bridge: ['LANDMARKS'],
  cake: ['BIRTHDAYS', 'FOOD'],
  castle: ['LANDMARKS'],
  cat: ['PETS', 'ANIMALS'],
  cherry: ['FLOWERS', 'LANDSCAPES'],
  children: ['PEOPLE'],
  christmasTree: ['HOLIDAYS'],
  church: ['LANDMARKS'],
  coffee: ['FOOD'],
  cottage: ['HOUSES'],
  deer: ['ANIMALS'],
  dog: ['PETS', 'ANIMALS'],
  hut: ['HOUSES', 'LANDSCAPES'],
  lighthouse: ['LANDMARKS'],
  people: ['PEOPLE'],
  person: ['PEOPLE'],
  pizza: ['FOOD'],
  plate: ['FOOD'],
  ramen: ['FOOD'],
  runners: ['SPORT', 'PEOPLE'],
  selfie: ['SELFIES', 'PEOPLE'],
  skier: ['SPORT'],
  sushi: ['FOOD'],
  temple: ['LANDMARKS'],
  torii: ['LANDMARKS'],
  tram: ['CITYSCAPES'],
};

const BY_BACKDROP: Table = {
  airplane: ['TRAVEL'],
  beach: ['LANDSCAPES'],
  bedroom: ['HOUSES'],
  cliff: ['LANDSCAPES'],
  desert: ['LANDSCAPES'],
  fireworks: ['HOLIDAYS', 'NIGHT'],
  flowers: ['FLOWERS'],
  forest: ['LANDSCAPES'],
  garden: ['GARDENS', 'FLOWERS'],
  hills: ['LANDSCAPES'],
  lake: ['LANDSCAPES'],
  mountain: ['LANDSCAPES'],
  museum: ['ARTS'],
  park: ['LANDSCAPES'],
  sea: ['LANDSCAPES'],
  seaSunset: ['LANDSCAPES'],
  skyline: ['CITYSCAPES'],
  slope: ['SPORT', 'LANDSCAPES'],
  snow: ['LANDSCAPES'],
  stage: ['PERFORMANCES'],
  street: ['CITYSCAPES'],
  tiles: ['ARTS'],
  waterfall: ['LANDSCAPES'],
};

/** Pictures of these show their surroundings too little to be called after them. */
const CLOSE: ReadonlySet<string> = new Set(['dog', 'cat', 'selfie', 'baby', 'cake', 'person', 'people', 'children']);

/** Sorted and without repetition; a scene of unknown words is a landscape. */
export function categoriesOf(scene: string): string[] {
  const plan = parseScene(scene);
  if (plan.document !== undefined) return [...(BY_DOCUMENT[plan.document] ?? [])];
  const found = new Set(plan.subjects.flatMap((name) => BY_SUBJECT[name] ?? []));
  if (!plan.subjects.some((name) => CLOSE.has(name)))
    for (const name of BY_BACKDROP[plan.backdrop] ?? []) found.add(name);
  if (plan.hour === 'night' || plan.hour === 'dusk') found.add('NIGHT');
  return [...found].sort();
}
