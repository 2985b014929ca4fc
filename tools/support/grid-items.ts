/** What the photo grid in the chat is told about the pictures of a reply (`_meta`): facts, and where on which image. */
import { labelSize } from '../../src/media/sheets/digits.ts';
import { layoutSheet, MAX_TILES, tilePosition } from '../../src/media/sheets/layout.ts';
import type { MediaEntry } from '../../src/results/types.ts';
import type { GridItem, GridMeta } from '../../src/ui/photo-grid/reply.ts';

/** What is shown, under the name by which it can be used afterwards. */
export interface Shown {
  result: string;
  n: number;
  entry: MediaEntry;
}

/** Pictures one by one: each that was to be had is an image of the reply, in order. */
export function itemsOfPictures(shown: readonly (Shown & { hasPicture: boolean })[]): Reply {
  let image = 0;
  return meta(
    shown,
    shown.map((item) => ({ ...factsOf(item), ...(item.hasPicture && { picture: { image: image++ } }) })),
  );
}

/** Pictures as tiles of contact sheets. `failed` are the numbers of those that are only crossed out there. */
export function itemsOnSheets(shown: readonly Shown[], failed: ReadonlySet<number>): Reply {
  return meta(
    shown,
    shown.map((item, index) => ({ ...factsOf(item), ...(!failed.has(item.n) && { picture: tileOf(shown, index) }) })),
  );
}

type Reply = GridMeta & Record<string, unknown>;

const meta = ([first]: readonly Shown[], items: GridItem[]): Reply => ({ result: first?.result ?? '', items });

function factsOf({ n, entry }: Shown): GridItem {
  const { filename, type, creationTime, width, height, description } = entry;
  const productUrl = entry.kind === 'mediaItem' ? entry.productUrl : undefined;
  return { n, filename, type, creationTime, width, height, description, productUrl };
}

function tileOf(shown: readonly Shown[], index: number): GridItem['picture'] {
  const image = Math.floor(index / MAX_TILES);
  const layout = layoutSheet(Math.min(MAX_TILES, shown.length - image * MAX_TILES));
  const { width, height } = labelSize(`#${shown[index]?.n}`, layout.labelScale);
  const { x, y } = tilePosition(layout, index % MAX_TILES);
  return { image, cut: { x, y, edge: layout.tile, label: [width, height] } };
}
