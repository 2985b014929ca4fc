/** The size of a HEIC or AVIF picture, as the properties of its primary item state it. */
import type { ContentReader } from '../content.ts';
import type { Sides } from '../picture-size.ts';
import { type Box, boxesAt, boxesIn, fileBoxes } from './boxes.ts';

const maxMetaBytes = 16 * 1024 * 1024;

/**
 * Sides of the primary picture, after the crop of `clap` and the quarter turns of `irot`; undefined for a file that was
 * cut. The first picture may be a tile, or padded.
 */
export async function heifSides(reader: ContentReader): Promise<Sides | undefined> {
  const { boxes, complete } = await fileBoxes(reader);
  const box = boxes.find(({ type }) => type === 'meta');
  if (!complete || !box || box.end - box.start > maxMetaBytes) return undefined;
  const meta = await reader.read(box.start, box.end);
  const properties = primaryProperties(meta);
  const find = (type: string, length: number) =>
    properties.find((property) => property.type === type && property.end - property.start >= length);
  const [crop, stated, turn] = [find('clap', 16), find('ispe', 12), find('irot', 1)];
  if (!stated) return undefined;
  const sides = crop ? cropped(meta, crop) : statedSides(meta, stated);
  const turned = turn !== undefined && (meta[turn.start] ?? 0) % 2 === 1;
  return turned ? { width: sides.height, height: sides.width } : sides;
}

const statedSides = (meta: Buffer, { start }: Box): Sides => ({
  width: meta.readUInt32BE(start + 4),
  height: meta.readUInt32BE(start + 8),
});

/** Width and height of the crop are fractions. */
const cropped = (meta: Buffer, { start }: Box): Sides => ({
  width: fraction(meta, start),
  height: fraction(meta, start + 8),
});

const fraction = (meta: Buffer, at: number) =>
  Math.floor(meta.readUInt32BE(at) / Math.max(1, meta.readUInt32BE(at + 4)));

/** The property boxes associated with the item that `pitm` names. `meta` starts with a version word. */
function primaryProperties(meta: Buffer): Box[] {
  const whole = { start: 4, end: meta.length };
  const pitm = boxesAt(meta, whole, ['pitm'])[0];
  const list = boxesAt(meta, whole, ['iprp', 'ipco'])[0];
  if (!pitm || !list) return [];
  const primary = meta[pitm.start] === 0 ? meta.readUInt16BE(pitm.start + 4) : meta.readUInt32BE(pitm.start + 4);
  const all = boxesIn(meta, list.start, list.end);
  const numbers = boxesAt(meta, whole, ['iprp', 'ipma']).flatMap((ipma) => associations(meta, ipma).get(primary) ?? []);
  return numbers.flatMap((number) => all[number - 1] ?? []);
}

/** Item → numbers of its properties, counted from 1. Flag 1 makes the numbers two bytes wide, version 1 the item's id four. */
function associations(meta: Buffer, { start, end }: Box): Map<number, number[]> {
  const idBytes = meta[start] === 0 ? 2 : 4;
  const numberBytes = (meta.readUInt32BE(start) & 1) === 1 ? 2 : 1;
  const found = new Map<number, number[]>();
  let at = start + 8;
  for (let left = meta.readUInt32BE(start + 4); left > 0 && at + idBytes + 1 <= end; left--) {
    const id = meta.readUIntBE(at, idBytes);
    const count = meta.readUInt8(at + idBytes);
    at += idBytes + 1;
    if (at + count * numberBytes > end) break;
    // The highest bit of a number says "essential".
    const mask = numberBytes === 2 ? 0x7fff : 0x7f;
    found.set(
      id,
      Array.from({ length: count }, (_, index) => meta.readUIntBE(at + index * numberBytes, numberBytes) & mask),
    );
    at += count * numberBytes;
  }
  return found;
}
