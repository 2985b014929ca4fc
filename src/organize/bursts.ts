/** Photos that a camera took in one go. */
import { originalName } from './duplicates.ts';
import { cameraOf, groupBy, inTimeOrder, type Placed, positionsOf, runsOf, type Timed } from './media.ts';

export interface Burst {
  /** Capture time of the first, `2024-07-12T18:02:11Z`. */
  at: string;
  filenames: string[];
  /** Oldest first. */
  positions: number[];
}

/** A photographer does not press the button twice in this time, in milliseconds, by chance. */
const ALWAYS = 2_000;
/** Names that follow each other leave a little more. */
const IN_SEQUENCE = 5_000;

/** Two and more photos of one camera and one size, seconds apart. */
export function findBursts(placed: readonly Placed[]): Burst[] {
  const photos = withoutCopies(inTimeOrder(placed).filter(({ item }) => item.type === 'photo'));
  const byCamera = groupBy(photos, ({ item }) => `${cameraOf(item)} ${item.width}×${item.height}`);
  const bursts = [...byCamera.values()].flatMap((group) => runsOf(group, follows)).filter((run) => run.length > 1);
  return bursts.sort((a, b) => (a[0]?.time ?? 0) - (b[0]?.time ?? 0)).map(toBurst);
}

/** `IMG_1~2.JPG`, an edited copy with the time of `IMG_1.JPG`, is a duplicate, not another shot. */
function withoutCopies(photos: readonly Timed[]): Timed[] {
  return runsOf(photos, (before, photo) => before.time === photo.time).flatMap((moment) => {
    if (moment.length === 1) return moment;
    const shots = groupBy(moment, ({ item }) => originalName(item.filename));
    return [...shots.values()].flatMap((same) => same.find(({ item }) => isOriginal(item.filename)) ?? same[0] ?? []);
  });
}

const isOriginal = (filename: string): boolean => originalName(filename) === filename.toLowerCase();

function follows(before: Timed, item: Timed): boolean {
  const gap = item.time - before.time;
  if (gap > IN_SEQUENCE) return false;
  if (isNextName(before.item.filename, item.item.filename)) return true;
  // Without a camera the time may be that of the upload, which a whole batch shares.
  return gap <= ALWAYS && cameraOf(item.item) !== undefined;
}

/** `IMG_0569.JPG` → `IMG_0570.JPG`, `burst_1_COVER.jpg` → `burst_2.jpg`: the same but for the next number. */
export function isNextName(a: string, b: string): boolean {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  if (!left || !right || left.prefix !== right.prefix) return false;
  const step = right.number - left.number;
  return step >= 1 && step <= 2;
}

function numbersOf(filename: string): { prefix: string; number: number } | undefined {
  const match = /^(.*?)(\d{1,6})[^\d]*$/.exec(filename.replace(/\.[^.]*$/, ''));
  return match ? { prefix: match[1] ?? '', number: Number(match[2]) } : undefined;
}

const toBurst = (run: readonly Timed[]): Burst => ({
  at: run[0]?.item.creationTime ?? '',
  filenames: run.map(({ item }) => item.filename),
  positions: positionsOf(run),
});
