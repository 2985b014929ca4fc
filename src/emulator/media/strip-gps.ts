/**
 * Takes the place out of a photo, as Google does on `=d` (contract 4.8 and 10.3). The rest of the file stays byte for
 * byte. Google recompresses as well; we do not: what a client can rely on is the picture, its size and its other EXIF.
 */
import { crc32 } from 'node:zlib';
import type { Tiff, TiffDirectory } from '../tiff.ts';
import { directoryAt, directoryChain, GPS_DIRECTORY, numbersOf, occurrences, openTiff, tiffBlocks } from '../tiff.ts';

/** A copy without GPS directory and without places in XMP; same length as before. */
export function withoutLocation(original: Buffer): Buffer {
  const bytes = Buffer.from(original);
  for (const at of tiffBlocks(bytes)) blankGps(bytes.subarray(at));
  blankXmpPlaces(bytes);
  if (bytes.toString('latin1', 1, 4) === 'PNG') renewPngChecksums(bytes);
  return bytes;
}

function blankGps(block: Buffer): void {
  const tiff = openTiff(block);
  if (!tiff) return;
  for (const directory of directoryChain(block, tiff)) {
    const pointer = directory.entries.find(({ tag }) => tag === GPS_DIRECTORY);
    if (!pointer) continue;
    const gps = directoryAt(block, tiff, numbersOf(tiff, pointer)[0] ?? 0);
    if (gps) eraseDirectory(block, gps);
    removeEntry(block, tiff, directory, pointer.at);
  }
}

function eraseDirectory(block: Buffer, directory: TiffDirectory): void {
  for (const { valueAt, valueLength } of directory.entries) {
    if (valueAt + valueLength <= block.length) block.fill(0, valueAt, valueAt + valueLength);
  }
  block.fill(0, directory.at, directory.at + 2 + directory.entries.length * 12 + 4);
}

/** Moves the entries behind up by one and leaves 12 zero bytes where the list now ends: nothing else changes its place. */
function removeEntry(block: Buffer, tiff: Tiff, directory: TiffDirectory, at: number): void {
  const end = directory.at + 2 + directory.entries.length * 12 + 4;
  block.copyWithin(at, at + 12, end);
  block.fill(0, end - 12, end);
  const count = directory.entries.length - 1;
  if (tiff.littleEndian) block.writeUInt16LE(count, directory.at);
  else block.writeUInt16BE(count, directory.at);
}

const xmpStart = Buffer.from('<x:xmpmeta');
const xmpEnd = Buffer.from('</x:xmpmeta>');
const xmpPlaces = /\s(?:exif:GPS\w+|\w+:LocationCreated\w*)="[^"]*"|<(exif:GPS\w+)>[^<]*<\/\1>/g;

/** Overwrites places in XMP packets with blanks, which XML does not mind. */
function blankXmpPlaces(bytes: Buffer): void {
  for (const start of occurrences(bytes, xmpStart)) {
    const end = bytes.indexOf(xmpEnd, start);
    if (end < 0) return;
    const packet = bytes.toString('latin1', start, end);
    bytes.write(
      packet.replace(xmpPlaces, (place) => ' '.repeat(place.length)),
      start,
      'latin1',
    );
  }
}

function renewPngChecksums(bytes: Buffer): void {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    if (end + 4 > bytes.length) return;
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, end)), end);
    at = end + 4;
  }
}
