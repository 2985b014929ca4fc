/** Whether a picture file is there from its first byte to its last. Each check walks structure, none decodes pixels. */
import { crc32 } from 'node:zlib';
import { isFrame } from '../picture-size.ts';
import { directoryChain, numbersOf, openTiff } from '../tiff.ts';

const checks: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  'image/jpeg': isWholeJpeg,
  'image/png': isWholePng,
  'image/gif': isWholeGif,
  'image/webp': isWholeWebp,
  'image/tiff': isWholeTiff,
  'image/x-icon': isWholeIcon,
  'image/bmp': (bytes) => bytes.length >= 26 && bytes.readUInt32LE(2) <= bytes.length,
};

/** False for a picture that was cut or damaged; true also for types that this does not know how to walk. */
export function isWholePicture(mimeType: string, bytes: Buffer): boolean {
  return checks[mimeType]?.(bytes) ?? true;
}

const jpegStartOfScan = 0xda;
const jpegEndOfImage = 0xd9;
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;

/** Markers to the end of the image; what phones append after it (motion clips, previews) does not matter. */
function isWholeJpeg(bytes: Buffer): boolean {
  let framed = false;
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === jpegEndOfImage) return framed;
    else if (at + 4 > bytes.length) return false;
    else {
      framed ||= isFrame(marker);
      at += 2 + bytes.readUInt16BE(at + 2);
      if (marker === jpegStartOfScan) at = endOfScan(bytes, at);
    }
  }
  return false;
}

/** In a scan a marker is 0xFF followed by neither 0 (a stuffed byte) nor a restart. */
function endOfScan(bytes: Buffer, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at;
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return bytes.length;
}

function isWholePng(bytes: Buffer): boolean {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length || crc32(bytes.subarray(at + 4, end)) !== bytes.readUInt32BE(end)) return false;
    if (bytes.toString('latin1', at + 4, at + 8) === 'IEND') return true;
    at = end + 4;
  }
  return false;
}

const gifTrailer = 0x3b;
const gifExtension = 0x21;
const gifImage = 0x2c;
const gifTableLength = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);

function isWholeGif(bytes: Buffer): boolean {
  let at = 13 + gifTableLength(bytes[10] ?? 0);
  let pictures = 0;
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === gifTrailer) return pictures > 0;
    if (block === gifExtension) at = afterSubBlocks(bytes, at + 2);
    else if (block === gifImage) {
      pictures += 1;
      at = afterSubBlocks(bytes, at + 11 + gifTableLength(bytes[at + 9] ?? 0));
    } else return false;
  }
  return false;
}

/** Sub-blocks carry their length in front; one of length 0 ends the list. */
function afterSubBlocks(bytes: Buffer, start: number): number {
  let at = start;
  while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
  return at + 1;
}

function isWholeWebp(bytes: Buffer): boolean {
  if (bytes.length < 20) return false;
  const end = 8 + bytes.readUInt32LE(4);
  if (end > bytes.length) return false;
  for (let at = 12; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
    if (at > end + 1) return false;
  }
  return true;
}

const stripOffsets = [0x0111, 0x0144];
const stripLengths = [0x0117, 0x0145];

/** Strips or tiles of every picture must lie inside the file. */
function isWholeTiff(bytes: Buffer): boolean {
  const tiff = openTiff(bytes);
  const chain = tiff ? directoryChain(bytes, tiff) : [];
  if (!tiff || chain.length === 0) return false;
  return chain.every(({ entries }) => {
    const numbers = (tags: number[]) =>
      entries.filter(({ tag }) => tags.includes(tag)).flatMap((e) => numbersOf(tiff, e));
    const lengths = numbers(stripLengths);
    return numbers(stripOffsets).every((offset, index) => offset + (lengths[index] ?? 0) <= bytes.length);
  });
}

/** An icon is a list of pictures, each with its length and place. */
function isWholeIcon(bytes: Buffer): boolean {
  const count = bytes.readUInt16LE(4);
  if (count === 0 || 6 + count * 16 > bytes.length) return false;
  const ends = Array.from({ length: count }, (_, index) => 6 + index * 16).map(
    (entry) => bytes.readUInt32LE(entry + 8) + bytes.readUInt32LE(entry + 12),
  );
  return ends.every((end) => end <= bytes.length);
}
