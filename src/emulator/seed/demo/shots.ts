/** From told days to media items: exact times, file names, camera data, places, seeds. */
import type { StoredMediaItem } from '../../model.ts';
import { EDITED_FRAME, seedOf } from '../../scenes/compose.ts';
import { parseScene } from '../../scenes/parse.ts';
import { createRandom, hash32 } from '../../scenes/random.ts';
import { CAMERAS, type CameraName, photoFacts } from '../cameras.ts';
import { categoriesOf } from '../categories.ts';
import { stableId } from '../identifiers.ts';
import { storedItem } from '../stored-item.ts';
import type { Day, Moment, MomentOptions, Place } from './story.ts';

/** One press of the shutter. */
export interface Shot {
  /** RFC 3339 UTC. */
  time: string;
  scene: string;
  seed: number;
  camera: CameraName;
  description: string;
  isEdited: boolean;
  isFirst: boolean;
  travel: boolean;
  place?: Place;
  options: MomentOptions;
}

/** The private phone was replaced in September 2024. */
const phoneOf = (date: string): CameraName => (date < '2024-09-20' ? 'iphone13' : 'iphone15');

const timestamp = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');

/** @param earlier frames of this scene taken on the same day: they belong to one composition. */
function shotsOf(
  told: Day,
  [time, scene, frames = 1, description = '', options = {}]: Moment,
  earlier: number,
  seed: number,
): Shot[] {
  const random = createRandom(hash32('shots', seed, told.date, time, scene));
  const seconds = time.length > 5 ? '' : `:${String(random.whole(0, 59)).padStart(2, '0')}`;
  const start = Date.parse(`${told.date}T${time}${seconds}Z`);
  const moment = hash32('composition', seed, told.date, scene) & 0xfffffff;
  const base = {
    scene,
    camera: options.camera ?? phoneOf(told.date),
    travel: told.travel ?? false,
    place: told.place,
    options,
  };
  let at = start;
  const taken = Array.from({ length: frames }, (_, frame): Shot => {
    const shot = {
      ...base,
      time: timestamp(at),
      seed: seedOf(moment, (earlier + frame) % EDITED_FRAME),
      description: frame === 0 ? description : '',
      isEdited: false,
      isFirst: frame === 0,
    };
    at += random.whole(1, 4) * 1000;
    return shot;
  });
  const first = taken[0];
  if (!options.edited || first === undefined) return taken;
  return [
    ...taken,
    { ...first, seed: seedOf(moment, EDITED_FRAME), description: '', isEdited: true, isFirst: false, options: {} },
  ];
}

/** All shots of the days, oldest first. */
export function takeShots(days: readonly Day[], seed: number): Shot[] {
  const shots = days.flatMap((told) => {
    const frames = new Map<string, number>();
    return told.moments.flatMap((moment) => {
      const earlier = frames.get(moment[1]) ?? 0;
      frames.set(moment[1], earlier + (moment[2] ?? 1));
      return shotsOf(told, moment, earlier, seed);
    });
  });
  return shots.sort(
    (a, b) => Number(a.time > b.time) - Number(a.time < b.time) || Number(a.isEdited) - Number(b.isEdited),
  );
}

function lightingOf(scene: string): 'bright' | 'indoors' | 'dark' {
  const { hour, backdrop } = parseScene(scene);
  if (hour === 'night' || hour === 'dusk' || backdrop === 'stage') return 'dark';
  return ['room', 'party', 'museum', 'table', 'bedroom'].includes(backdrop) ? 'indoors' : 'bright';
}

function sizeOf(shot: Shot, isVideo: boolean): { width: number; height: number } {
  const { width, height } = isVideo ? { width: 1920, height: 1080 } : CAMERAS[shot.camera];
  return shot.options.portrait && width > height ? { width: height, height: width } : { width, height };
}

/** `IMG_E0569.HEIC` is what an iPhone calls the edited copy of `IMG_0569.HEIC`; others write it behind. */
const editedName = (name: string) =>
  name.startsWith('IMG_') ? name.replace('IMG_', 'IMG_E') : name.replace(/\.(\w+)$/, '~2.$1');

function placeOf({ place, camera, time, scene }: Shot): { latitude?: number; longitude?: number } {
  if (place === undefined || camera === 'phoneScreen' || camera === 'scanner' || camera === 'sony') return {};
  const random = createRandom(hash32('place', time.slice(0, 16), scene));
  const near = (degrees: number) => Math.round((degrees + random.between(-0.006, 0.006)) * 1e5) / 1e5;
  return { latitude: near(place.latitude), longitude: near(place.longitude) };
}

function mediaOf(shot: Shot, count: number): Pick<StoredMediaItem, 'filename' | 'mimeType' | 'photo' | 'video'> {
  const camera = CAMERAS[shot.camera];
  const { video } = shot.options;
  if (video !== undefined && camera.video !== undefined) {
    const facts = {
      cameraMake: camera.make,
      cameraModel: camera.model,
      fps: camera.video.fps,
      durationSeconds: video,
      readyAt: 0,
    };
    return { filename: camera.video.filename(count, shot.time), mimeType: camera.video.mimeType, video: facts };
  }
  const name = camera.filename(count, shot.time);
  return {
    filename: shot.isEdited ? editedName(name) : name,
    mimeType: camera.mimeType,
    photo: photoFacts(camera, lightingOf(shot.scene), shot.seed),
  };
}

/** @param index tells the item apart in its library; @param count the camera's running number. */
export function itemOf(shot: Shot, index: number, count: number, appProject: string | null): StoredMediaItem {
  const { options, scene, seed, time, description } = shot;
  const media = mediaOf(shot, count);
  const isOfTravel = shot.travel && media.mimeType !== 'image/png';
  const categories = new Set(categoriesOf(scene));
  if (isOfTravel) categories.add('TRAVEL');
  return storedItem({
    id: stableId('AM', appProject ?? 'elsewhere', index, media.filename),
    ...media,
    ...(options.undated ? {} : { captureTime: time }),
    uploadTime: arrival(time),
    ...sizeOf(shot, media.video !== undefined),
    description,
    appProject,
    favorite: options.favorite === true && shot.isFirst,
    archived: options.archived ?? false,
    categories: [...categories].sort(),
    scene,
    seed,
    ...placeOf(shot),
  });
}

/** Photos reach the library some minutes after they were taken; what claims to be from the future came on an ordinary day. */
function arrival(time: string): string {
  return time < '2026'
    ? timestamp(Date.parse(time) + (60 + (hash32('arrival', time) % 1500)) * 1000)
    : '2024-08-20T18:31:05Z';
}
