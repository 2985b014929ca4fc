/** Contact sheets: many pictures as one image, each with its number burnt in, so that a model can say "#17". */
import PQueue from 'p-queue';
import { type Bitmap, type Box, type Color, createBitmap, cropToSquare, fill, paste } from './bitmap.ts';
import type { ImageCodecs } from './codecs.ts';
import { drawLabel } from './digits.ts';
import { encodeWithin, type JpegImage } from './jpeg.ts';
import { layoutSheet, MAX_TILES, type SheetLayout, tilePosition } from './layout.ts';

const MAX_SHEET_BYTES = 300_000;

/** An item and the number to burn into its tile: normally its position in the result. */
export interface Numbered<Item> {
  n: number;
  item: Item;
}

export interface Sheet extends JpegImage {
  /** Numbers on this sheet, in reading order. */
  numbers: number[];
  /** Those that could not be fetched or read: drawn as a crossed grey tile. */
  failed: number[];
}

export interface SheetOptions<Item> {
  codecs: ImageCodecs;
  /** Gets a picture of about this size (cropped or not), or nothing when there is none. A failure becomes a grey tile. */
  fetchTile(item: Item, box: Box): Promise<Uint8Array | undefined>;
  /** How many tiles are fetched at a time; 6 when absent. */
  concurrency?: number;
  /** Told after each tile how many of this call's tiles are done. */
  onTile?: (done: number) => void;
  signal?: AbortSignal;
}

const BACKGROUND: Color = [32, 32, 32];
const MISSING: Color = [128, 128, 128];
const CROSS: Color = [96, 96, 96];

/** One sheet after the other, 60 tiles each; a sheet is fetched only when it is asked for. */
export async function* drawSheets<Item>(
  items: readonly Numbered<Item>[],
  options: SheetOptions<Item>,
): AsyncGenerator<Sheet> {
  let before = 0;
  for (; before < items.length; before += MAX_TILES) {
    const done = before;
    const onTile = options.onTile && ((count: number) => options.onTile?.(done + count));
    yield await drawSheet(items.slice(before, before + MAX_TILES), { ...options, onTile });
  }
}

/** Draws up to 60 items on one JPEG of at most 300 kB and 1,568 pixels. Throws only when the signal aborts. */
export async function drawSheet<Item>(items: readonly Numbered<Item>[], options: SheetOptions<Item>): Promise<Sheet> {
  const layout = layoutSheet(items.length);
  const sheet = createBitmap(layout, BACKGROUND);
  const failed: number[] = [];
  const queue = new PQueue({ concurrency: options.concurrency ?? 6 });
  let done = 0;
  const draw = async ({ n, item }: Numbered<Item>, index: number) => {
    const tile = await loadTile(item, layout.tile, options);
    if (!tile) failed.push(n);
    placeTile(sheet, layout, index, tile, n);
    options.onTile?.(++done);
  };
  await queue.addAll(
    items.map((item, index) => () => draw(item, index)),
    { signal: options.signal },
  );
  const image = await encodeWithin(options.codecs, sheet, MAX_SHEET_BYTES);
  return { ...image, numbers: items.map(({ n }) => n), failed: failed.sort((a, b) => a - b) };
}

async function loadTile<Item>(item: Item, edge: number, options: SheetOptions<Item>): Promise<Bitmap | undefined> {
  try {
    const bytes = await options.fetchTile(item, { width: edge, height: edge });
    return bytes && cropToSquare(await options.codecs.decode(bytes), edge);
  } catch {
    // One picture must never cost the sheet; an abort still has to end it.
    options.signal?.throwIfAborted();
    return undefined;
  }
}

function placeTile(sheet: Bitmap, layout: SheetLayout, index: number, tile: Bitmap | undefined, n: number): void {
  const { x, y } = tilePosition(layout, index);
  paste(sheet, tile ?? missingTile(layout.tile), x, y);
  drawLabel(sheet, `#${n}`, x, y, layout.labelScale);
}

function missingTile(edge: number): Bitmap {
  const tile = createBitmap({ width: edge, height: edge }, MISSING);
  const pen = Math.max(2, Math.round(edge / 48));
  for (let at = 0; at < edge - pen; at++) {
    fill(tile, { x: at, y: at, width: pen, height: pen }, CROSS);
    fill(tile, { x: edge - pen - at, y: at, width: pen, height: pen }, CROSS);
  }
  return tile;
}
