/** Where tiles go on a contact sheet. */
import type { Box } from './bitmap.ts';

export interface SheetLayout extends Box {
  columns: number;
  /** Edge of the square picture in each cell, in pixels. */
  tile: number;
  /** Distance from one picture's left edge to the next one's. */
  cell: number;
  /** Magnification of the 5×7 label. */
  labelScale: number;
}

/** Models shrink what is larger (Claude: 1,568 pixels), and the numbers would go with it. */
const MAX_EDGE = 1568;
export const MAX_TILES = 60;
/** Larger tiles would cost tokens and show little more: that is what single pictures are for. */
const MAX_CELL = 384;
const GAP = 4;

/** The squarest arrangement: 60 tiles make 8 columns of 192 pixels, fewer tiles are larger. */
export function layoutSheet(count: number): SheetLayout {
  const columns = Math.ceil(Math.sqrt(count));
  const cell = Math.min(MAX_CELL, Math.floor(MAX_EDGE / columns));
  const tile = cell - GAP;
  const rows = Math.ceil(count / columns);
  return {
    columns,
    cell,
    tile,
    width: columns * cell,
    height: rows * cell,
    labelScale: Math.max(3, Math.round(tile / 80)),
  };
}

/** Upper left corner of the picture at `index`. */
export function tilePosition({ columns, cell }: SheetLayout, index: number): { x: number; y: number } {
  return { x: (index % columns) * cell + GAP / 2, y: Math.floor(index / columns) * cell + GAP / 2 };
}
