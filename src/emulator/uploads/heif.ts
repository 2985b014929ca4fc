/** The size of a HEIC or AVIF picture, as its properties state it. */
import type { ContentReader } from '../content.ts';
import { boxesAt, fileBoxes } from './boxes.ts';

const maxMetaBytes = 16 * 1024 * 1024;

/**
 * Sides of the largest picture (tiles and thumbnails are smaller) after the crop of `clap` and the quarter turns of `irot`; undefined for a
 * file that was cut. `image-size` reads the first picture and knows no turns.
 */
export async function heifSides(reader: ContentReader): Promise<{ width: number; height: number } | undefined> {
  const { boxes, complete } = await fileBoxes(reader);
  const box = boxes.find(({ type }) => type === 'meta');
  if (!complete || !box || box.end - box.start > maxMetaBytes) return undefined;
  const meta = await reader.read(box.start, box.end);
  const properties = { start: 4, end: meta.length };
  const stated = boxesAt(meta, properties, ['iprp', 'ipco', 'ispe'])
    .filter(({ start, end }) => end - start >= 12)
    .map(({ start }) => ({ width: meta.readUInt32BE(start + 4), height: meta.readUInt32BE(start + 8) }));
  const cropped = boxesAt(meta, properties, ['iprp', 'ipco', 'clap'])
    .filter(({ start, end }) => end - start >= 16)
    .map(({ start }) => ({ width: fraction(meta, start), height: fraction(meta, start + 8) }));
  const sides = largest(cropped) ?? largest(stated);
  const turned = boxesAt(meta, properties, ['iprp', 'ipco', 'irot']).some(({ start }) => (meta[start] ?? 0) % 2 === 1);
  return sides && (turned ? { width: sides.height, height: sides.width } : sides);
}

type Sides = { width: number; height: number };

const largest = (all: Sides[]): Sides | undefined => all.sort((a, b) => b.width * b.height - a.width * a.height)[0];

/** A numerator and a denominator of 32 bits each. */
const fraction = (meta: Buffer, at: number) =>
  Math.floor(meta.readUInt32BE(at) / Math.max(1, meta.readUInt32BE(at + 4)));
