/**
 * A library of any number of generated items, none of which is kept: an item follows from its index, and its index from its id.
 */
import type { ItemSource } from '../items.ts';
import type { StoredMediaItem } from '../model.ts';
import { seedOf } from '../scenes/compose.ts';
import { createRandom, hash32 } from '../scenes/random.ts';
import { DEMO_PROJECT } from '../state.ts';
import { CAMERAS, type CameraName, photoFacts } from './cameras.ts';
import { categoriesOf } from './categories.ts';
import { storedItem } from './stored-item.ts';

/** The newest item is a little older than this. */
const END_SECONDS = Date.UTC(2025, 9, 31, 20) / 1000;
const TWENTY_YEARS = 20 * 365.25 * 86_400;
/** Below this many seconds between two items, times would no longer be strictly decreasing. */
const SMALLEST_STEP = 5;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ID_LENGTH = 98;
/** Characters of an id that carry the index, most significant first. */
const INDEX_LENGTH = 6;
/** 64 ** 6 places; an odd factor scatters neighbours over them, its inverse gathers them again. */
const PLACES = 1n << 36n;
const FACTOR = 0x5bd1e995dn;

function inverseOf(factor: bigint): bigint {
  let inverse = factor;
  // Newton's iteration doubles the number of right bits each time: 3, 6, 12, 24, 48.
  for (let round = 0; round < 5; round++) inverse = (inverse * (2n - factor * inverse)) & (PLACES - 1n);
  return inverse & (PLACES - 1n);
}

const INVERSE = inverseOf(FACTOR);

const fiveCharacters = (bits: number): string =>
  ALPHABET.charAt(bits & 63) +
  ALPHABET.charAt((bits >> 6) & 63) +
  ALPHABET.charAt((bits >> 12) & 63) +
  ALPHABET.charAt((bits >> 18) & 63) +
  ALPHABET.charAt((bits >> 24) & 63);

function idOf(index: number, seed: number): string {
  const random = createRandom(hash32('id', seed, index));
  let place = (BigInt(index) * FACTOR) & (PLACES - 1n);
  let code = '';
  for (let digit = 0; digit < INDEX_LENGTH; digit++, place >>= 6n) code = ALPHABET.charAt(Number(place & 63n)) + code;
  let filling = '';
  while (filling.length < ID_LENGTH - 2 - INDEX_LENGTH) filling += fiveCharacters(Math.floor(random.next() * 2 ** 30));
  return `AM${code}${filling}`;
}

/** The index that an id speaks of; whether it is an id at all, only making that id again can tell. */
function indexIn(id: string): number {
  let place = 0n;
  for (const char of id.slice(2, 2 + INDEX_LENGTH)) place = (place << 6n) | BigInt(Math.max(0, ALPHABET.indexOf(char)));
  return Number((place * INVERSE) & (PLACES - 1n));
}

const SCENES = [
  'beach',
  'beach sunset',
  'dog park',
  'plate of food',
  'mountain',
  'lake',
  'forest autumn',
  'street',
  'skyline night',
  'flowers',
  'selfie street',
  'receipt',
  'children playground',
  'cat room',
  'castle',
  'church hills',
  'tram street',
  'market',
  'museum',
  'birthday cake',
  'hut in snow',
  'ski slope',
  'screenshot',
  'whiteboard',
  'coffee',
  'boat sea',
  'bridge',
  'waterfall',
  'desert',
  'stage concert',
  'christmas tree',
  'car street',
  'garden',
  'temple',
  'runners',
  'letter',
  'pizza',
  'sunset',
  'family park',
  'blurry street night',
] as const;

/** Items of one event follow each other and show the same. */
const EVENT = 6;
const PHONES: readonly [CameraName, ...CameraName[]] = ['iphone13', 'iphone15', 'pixel', 'sony'];

const cameraFor = (scene: string, event: number, seed: number): CameraName =>
  scene === 'screenshot' ? 'phoneScreen' : createRandom(hash32('camera', seed, event)).pick(PHONES);

const timestamp = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

/** Worked out once: a search may look at every one of a million items. */
const categoriesOfScenes = () => new Map<string, string[]>(SCENES.map((scene) => [scene, categoriesOf(scene)]));

function itemAt(
  index: number,
  { step, seed, categories }: { step: number; seed: number; categories: ReadonlyMap<string, string[]> },
): StoredMediaItem {
  const event = Math.floor(index / EVENT);
  const scene = createRandom(hash32('scene', seed, event)).pick(SCENES);
  const random = createRandom(hash32('item', seed, index));
  const camera = CAMERAS[cameraFor(scene, event, seed)];
  const captureTime = timestamp(END_SECONDS - Math.floor((index + 0.6 * random.next()) * step));
  const upright = camera.width > camera.height && random.chance(0.2);
  const isVideo = camera.video !== undefined && random.chance(0.04);
  const count = (9_999_999 - index) % 10_000;
  const size = isVideo ? { width: 1920, height: 1080 } : { width: camera.width, height: camera.height };
  const cameraNames = { cameraMake: camera.make, cameraModel: camera.model };
  return storedItem({
    id: idOf(index, seed),
    filename: isVideo && camera.video ? camera.video.filename(count, captureTime) : camera.filename(count, captureTime),
    mimeType: isVideo && camera.video ? camera.video.mimeType : camera.mimeType,
    captureTime,
    uploadTime: captureTime,
    width: upright ? size.height : size.width,
    height: upright ? size.width : size.height,
    appProject: DEMO_PROJECT,
    favorite: random.chance(0.03),
    categories: [...(categories.get(scene) ?? [])],
    scene,
    seed: seedOf(hash32('picture', seed, event) & 0xfffffff, index % EVENT),
    ...(isVideo
      ? { video: { ...cameraNames, fps: camera.video?.fps, durationSeconds: random.whole(3, 90), readyAt: 0 } }
      : { photo: photoFacts(camera, scene.includes('night') ? 'dark' : 'bright', hash32(seed, index)) }),
  });
}

/** @param count 0 to 64 ** 6. Newest first, strictly decreasing times over some twenty years. */
export function generatedItems(count: number, seed: number): ItemSource {
  const step = Math.max(SMALLEST_STEP, TWENTY_YEARS / Math.max(1, count));
  const recipe = { step, seed, categories: categoriesOfScenes() };
  return {
    count,
    at(index) {
      if (!Number.isInteger(index) || index < 0 || index >= count) throw new RangeError(`no item at ${index}`);
      return itemAt(index, recipe);
    },
    indexOf(id) {
      const index = indexIn(id);
      return index < count && idOf(index, seed) === id ? index : undefined;
    },
  };
}
