import { type Bitmap, type Box, type Color, fill } from './bitmap.ts';

/** A 5×7 face with all that a label needs. Own drawing: no font to load, readable down to 300 kB a sheet. */
const GLYPHS: Record<string, readonly string[]> = {
  '#': ['.#.#.', '.#.#.', '#####', '.#.#.', '#####', '.#.#.', '.#.#.'],
  '0': ['.###.', '#...#', '#..##', '#.#.#', '##..#', '#...#', '.###.'],
  '1': ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  '2': ['.###.', '#...#', '....#', '...#.', '..#..', '.#...', '#####'],
  '3': ['#####', '...#.', '..#..', '...#.', '....#', '#...#', '.###.'],
  '4': ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  '5': ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  '6': ['..##.', '.#...', '#....', '####.', '#...#', '#...#', '.###.'],
  '7': ['#####', '....#', '...#.', '..#..', '.#...', '.#...', '.#...'],
  '8': ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  '9': ['.###.', '#...#', '#...#', '.####', '....#', '...#.', '.##..'],
};
const GLYPH: Box = { width: 5, height: 7 };
const INK: Color = [255, 255, 255];
const PLATE: Color = [16, 16, 16];

/** Pixels that `drawLabel` covers, plate included. */
export function labelSize(text: string, scale: number): Box {
  return { width: ((GLYPH.width + 1) * text.length + 1) * scale, height: (GLYPH.height + 2) * scale };
}

/** Writes digits and `#` in white on a dark plate, so that they are readable on any picture. */
export function drawLabel(bitmap: Bitmap, text: string, x: number, y: number, scale: number): void {
  fill(bitmap, { x, y, ...labelSize(text, scale) }, PLATE);
  for (const [index, character] of [...text].entries()) {
    const left = x + (index * (GLYPH.width + 1) + 1) * scale;
    drawGlyph(bitmap, GLYPHS[character] ?? [], left, y + scale, scale);
  }
}

function drawGlyph(bitmap: Bitmap, glyph: readonly string[], left: number, top: number, scale: number): void {
  for (const [row, dots] of glyph.entries()) {
    for (const [column, dot] of [...dots].entries()) {
      if (dot !== '#') continue;
      fill(bitmap, { x: left + column * scale, y: top + row * scale, width: scale, height: scale }, INK);
    }
  }
}
