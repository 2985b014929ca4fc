/** The directories (IFDs) of a TIFF structure: EXIF blocks, TIFF pictures and most RAW formats are built of them. */

export interface TiffEntry {
  tag: number;
  type: number;
  count: number;
  /** Where the 12 bytes of the entry start. */
  at: number;
  /** Where its value lies: inside the entry when it fits four bytes. */
  valueAt: number;
  valueLength: number;
}

export interface TiffDirectory {
  at: number;
  entries: TiffEntry[];
  /** Offset of the next directory; 0 at the end of the chain. */
  next: number;
}

export interface Tiff {
  readonly littleEndian: boolean;
  readonly firstDirectory: number;
  uint16(at: number): number;
  uint32(at: number): number;
}

/** Bytes of one value by field type: byte, ascii, short, long, rational, sbyte, undefined, sshort, slong, srational, float, double, ifd. */
const typeLengths = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

/** The field type of fractions. */
export const RATIONAL = 5;

/** 42, and what Panasonic (0x55) and Olympus ("RO", "RS") write in its place. */
const magicNumbers = new Set([42, 0x55, 0x4f52, 0x5352]);

/** Reads the header; undefined when `block` is no TIFF. All offsets count from the start of `block`. */
export function openTiff(block: Buffer): Tiff | undefined {
  const order = block.toString('latin1', 0, 2);
  if (block.length < 8 || (order !== 'II' && order !== 'MM')) return undefined;
  const littleEndian = order === 'II';
  const inside = (at: number, length: number) => at >= 0 && at + length <= block.length;
  const uint16 = (at: number) => (!inside(at, 2) ? 0 : littleEndian ? block.readUInt16LE(at) : block.readUInt16BE(at));
  const uint32 = (at: number) => (!inside(at, 4) ? 0 : littleEndian ? block.readUInt32LE(at) : block.readUInt32BE(at));
  return magicNumbers.has(uint16(2)) ? { littleEndian, firstDirectory: uint32(4), uint16, uint32 } : undefined;
}

/** The directory at an offset; undefined when it does not lie inside the block. */
export function directoryAt(block: Buffer, tiff: Tiff, at: number): TiffDirectory | undefined {
  const count = tiff.uint16(at);
  const end = at + 2 + count * 12;
  if (at < 8 || count === 0 || end > block.length) return undefined;
  const entries = Array.from({ length: count }, (_, index) => entryAt(tiff, at + 2 + index * 12));
  return { at, entries, next: tiff.uint32(end) };
}

function entryAt(tiff: Tiff, at: number): TiffEntry {
  const type = tiff.uint16(at + 2);
  const count = tiff.uint32(at + 4);
  const valueLength = (typeLengths[type] ?? 1) * count;
  return {
    tag: tiff.uint16(at),
    type,
    count,
    at,
    valueAt: valueLength <= 4 ? at + 8 : tiff.uint32(at + 8),
    valueLength,
  };
}

/** The directories of the chain that starts with the first one; a loop in the chain ends it. */
export function directoryChain(block: Buffer, tiff: Tiff): TiffDirectory[] {
  const chain: TiffDirectory[] = [];
  for (let at = tiff.firstDirectory; at !== 0 && chain.every((seen) => seen.at !== at); ) {
    const directory = directoryAt(block, tiff, at);
    if (!directory) break;
    chain.push(directory);
    at = directory.next;
  }
  return chain;
}

/** The whole numbers that an entry of type short or long holds. */
export function numbersOf(tiff: Tiff, entry: TiffEntry): number[] {
  const short = entry.type === 3;
  const read = (index: number) =>
    short ? tiff.uint16(entry.valueAt + index * 2) : tiff.uint32(entry.valueAt + index * 4);
  return Array.from({ length: Math.min(entry.count, 64) }, (_, index) => read(index));
}

const subDirectories = 0x014a;
const imageWidth = 0x0100;
const imageLength = 0x0101;

/**
 * The largest picture in a TIFF or RAW file. In RAW the first directory is often a thumbnail and the real picture
 * stands in a sub-directory.
 */
export function largestPicture(block: Buffer): { width: number; height: number } | undefined {
  const tiff = openTiff(block);
  if (!tiff) return undefined;
  const chain = directoryChain(block, tiff);
  const below = chain.flatMap((directory) =>
    directory.entries
      .filter((entry) => entry.tag === subDirectories)
      .flatMap((entry) => numbersOf(tiff, entry))
      .flatMap((at) => directoryAt(block, tiff, at) ?? []),
  );
  return [...chain, ...below].map((directory) => pictureOf(tiff, directory)).sort((a, b) => area(b) - area(a))[0];
}

function pictureOf(tiff: Tiff, directory: TiffDirectory): { width: number; height: number } {
  const side = (tag: number) => {
    const entry = directory.entries.find((candidate) => candidate.tag === tag);
    return (entry && numbersOf(tiff, entry)[0]) ?? 0;
  };
  return { width: side(imageWidth), height: side(imageLength) };
}

const area = (picture: { width: number; height: number }) => picture.width * picture.height;

/**
 * Where TIFF structures start: a TIFF or RAW file is one itself, and every other container has its EXIF as one, behind marks
 * that differ from format to format and from writer to writer. Looking for the headers spares a walker per container; a
 * chance hit inside compressed data has no directory with the tags that its reader looks for.
 */
export function tiffBlocks(bytes: Buffer): number[] {
  const headers = ['II*\0', 'MM\0*'].flatMap((header) => occurrences(bytes, Buffer.from(header, 'latin1')));
  return [...new Set([0, ...headers])].sort((a, b) => a - b);
}

export function occurrences(bytes: Buffer, mark: Buffer): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) found.push(at);
  return found;
}

export const EXIF_DIRECTORY = 0x8769;
export const GPS_DIRECTORY = 0x8825;

/** The text of an entry of type ascii, to its first zero byte. */
export function textOf(block: Buffer, { valueAt, valueLength }: TiffEntry): string {
  return (
    block
      .toString('utf8', valueAt, valueAt + valueLength)
      .split('\0', 1)[0]
      ?.trim() ?? ''
  );
}

/** The fractions of an entry of type rational; not finite where the denominator is 0. */
export function rationalsOf(tiff: Tiff, { count, valueAt }: TiffEntry): number[] {
  const read = (index: number) => tiff.uint32(valueAt + index * 8) / tiff.uint32(valueAt + index * 8 + 4);
  return Array.from({ length: Math.min(count, 64) }, (_, index) => read(index));
}
