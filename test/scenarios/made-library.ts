/** Libraries that the assistant has never seen: other places, dates, pets and habits with every seed, and their truth. */

const PLACES = [
  { place: 'Porto', scenes: ['bridge boat', 'church street', 'tram street', 'plate fish', 'skyline sunset'] },
  { place: 'Oslo', scenes: ['boat harbour', 'museum', 'forest lake', 'castle', 'coffee'] },
  { place: 'Zermatt', scenes: ['mountain snow', 'ski slope', 'hut in snow', 'train snow', 'plate food'] },
  { place: 'Naxos', scenes: ['beach', 'beach sunset', 'boat sea', 'church hills', 'cat street'] },
  { place: 'Kraków', scenes: ['castle', 'market street', 'church', 'museum', 'plate dinner'] },
  { place: 'Marrakesh', scenes: ['desert', 'market', 'garden flowers', 'temple', 'sunset hills'] },
];
const PETS = ['Rex', 'Bella', 'Otto', 'Nala'];
const HOME = ['dog park', 'dog room', 'cat room', 'coffee', 'street', 'garden flowers', 'plate dinner', 'receipt'];

export interface MadeItem {
  id: string;
  filename: string;
  description: string;
  creationTime: string;
  scene: string;
  favorite: boolean;
  cameraMake: string;
  cameraModel: string;
  width: number;
  height: number;
}

export interface Trip {
  place: string;
  /** First and last day, `2023-05-01`. */
  from: string;
  to: string;
}

export interface MadeLibrary {
  mediaItems: MadeItem[];
  trips: Trip[];
  pet: string;
  /** File names of all but the best named, else first, shot of each burst; one burst an entry. */
  bursts: { kept: string; others: string[] }[];
}

const DAY = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** mulberry32: repeatable chance. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Two years, 2023 and 2024, with four trips, everyday photos between them and three bursts. */
export function madeLibrary(seed: number): MadeLibrary {
  const random = chance(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const pet = pick(PETS);
  const shots: { time: number; scene: string; description?: string; filename?: string }[] = [];
  const start = Date.UTC(2023, 0, 10);
  const places = [...PLACES].sort(() => random() - 0.5).slice(0, 4);
  const trips = places.map(({ place, scenes }, index): Trip => {
    const first = start + (index * 175 + 20 + Math.floor(random() * 100)) * DAY;
    const days = 4 + Math.floor(random() * 4);
    for (let day = 0; day < days; day++) {
      const count = 7 + Math.floor(random() * 5);
      for (let n = 0; n < count; n++) {
        const time = first + day * DAY + (9 + (n * 12) / count) * 3600_000 + Math.floor(random() * 600) * 1000;
        const scene = scenes[(day + n) % scenes.length] as string;
        const said = n === 1 ? `${scene.split(' ')[0]} in ${place}, day ${day + 1}` : '';
        shots.push({ time, scene, description: said });
      }
    }
    shots.push({ time: first + DAY + 21.5 * 3600_000, scene: 'receipt' });
    return { place, from: dayOf(first), to: dayOf(first + (days - 1) * DAY) };
  });
  const away = (time: number) =>
    trips.some(({ from, to }) => dayOf(time + 2 * DAY) >= from && dayOf(time - 2 * DAY) <= to);
  for (let day = 0; day < 700; day++) {
    const time = start + day * DAY + (10 + random() * 9) * 3600_000;
    if (random() < 0.16 && !away(time)) shots.push({ time: Math.floor(time / 1000) * 1000, scene: pick(HOME) });
  }
  const bursts: MadeLibrary['bursts'] = [0, 1, 2].map((index) => {
    let first = start + (150 + index * 200) * DAY + 15 * 3600_000;
    while (away(first)) first += DAY;
    const length = 3 + Math.floor(random() * 3);
    const best = index === 0 ? 1 + Math.floor(random() * (length - 1)) : 0;
    const names = Array.from({ length }, (_, n) =>
      index === 0 ? `BURST${n + 1}${n === best ? '_COVER' : ''}.jpg` : `RUN_${index}${n + 101}.jpg`,
    );
    for (const [n, filename] of names.entries()) shots.push({ time: first + n * 1000, scene: 'runners', filename });
    return { kept: names[best] as string, others: names.filter((_, n) => n !== best) };
  });
  shots.sort((a, b) => a.time - b.time);
  const mediaItems = shots.map(({ time, scene, description = '', filename }, index): MadeItem => {
    const number = String(1000 + index * 7);
    return {
      id: `made-${seed}-${index}-${'x'.repeat(60)}`,
      filename: filename ?? `IMG_${number}.jpg`,
      description,
      creationTime: new Date(time).toISOString().replace('.000Z', 'Z'),
      scene,
      favorite: random() < 0.08 && scene !== 'receipt',
      cameraMake: 'Google',
      cameraModel: 'Pixel 9',
      width: 4080,
      height: 3072,
    };
  });
  return { mediaItems, trips, pet, bursts };
}
