import { type Bitmap, createBitmap } from './bitmap.ts';

type Source = readonly [x: number, y: number];

/** For each EXIF orientation: which stored pixel is shown at (x, y), given the stored picture's last column and row. */
const SOURCES: Record<number, (x: number, y: number, right: number, bottom: number) => Source> = {
  2: (x, y, right) => [right - x, y],
  3: (x, y, right, bottom) => [right - x, bottom - y],
  4: (x, y, _, bottom) => [x, bottom - y],
  5: (x, y) => [y, x],
  6: (x, y, _, bottom) => [y, bottom - x],
  7: (x, y, right, bottom) => [right - y, bottom - x],
  8: (x, y, right) => [right - y, x],
};

/** Applies an EXIF orientation (1 to 8); others leave the picture as it is. */
export function turn(bitmap: Bitmap, orientation: number): Bitmap {
  const source = SOURCES[orientation];
  if (!source) return bitmap;
  const { width, height } = bitmap;
  const turned = createBitmap(orientation >= 5 ? { width: height, height: width } : { width, height }, [0, 0, 0]);
  for (let y = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++) {
      const [fromX, fromY] = source(x, y, width - 1, height - 1);
      const from = (fromY * width + fromX) * 4;
      turned.data.set(bitmap.data.subarray(from, from + 4), (y * turned.width + x) * 4);
    }
  }
  return turned;
}
