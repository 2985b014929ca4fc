/** EXIF for drawn photos: date and camera, as a phone would have written them, and never a place. */
import type { StoredMediaItem } from '../model.ts';

/** Field types of TIFF. */
const ascii = 2;
const short = 3;
const long = 4;
const rational = 5;

interface Field {
  tag: number;
  type: number;
  count: number;
  value: Buffer;
}

const textField = (tag: number, text: string): Field => {
  const value = Buffer.from(`${text}\0`, 'utf8');
  return { tag, type: ascii, count: value.length, value };
};

const shortField = (tag: number, number: number): Field => {
  const value = Buffer.alloc(2);
  value.writeUInt16BE(number);
  return { tag, type: short, count: 1, value };
};

const longField = (tag: number, number: number): Field => {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(number);
  return { tag, type: long, count: 1, value };
};

const rationalField = (tag: number, numerator: number, denominator: number): Field => {
  const value = Buffer.alloc(8);
  value.writeUInt32BE(Math.round(numerator), 0);
  value.writeUInt32BE(Math.round(denominator), 4);
  return { tag, type: rational, count: 1, value };
};

const exifPointer = 0x8769;
const headerLength = 8;

type Facts = Pick<StoredMediaItem, 'captureTime' | 'photo' | 'width' | 'height'>;

/** An item's facts as a TIFF block, big-endian. */
export function exifBlock(item: Facts): Buffer {
  const main = mainFields(item);
  const detailsAt = headerLength + directoryLength([...main, longField(exifPointer, 0)]);
  const header = Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, headerLength]);
  return Buffer.concat([
    header,
    directory([...main, longField(exifPointer, detailsAt)], headerLength),
    directory(detailFields(item), detailsAt),
  ]);
}

/** A JPEG with this EXIF block right behind its first two bytes. */
export function withExif(jpeg: Uint8Array, block: Buffer): Buffer {
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 0]);
  const mark = Buffer.from('Exif\0\0', 'latin1');
  head.writeUInt16BE(2 + mark.length + block.length, 4);
  return Buffer.concat([head, mark, block, jpeg.subarray(2)]);
}

function mainFields({ photo = {}, captureTime }: Facts): Field[] {
  const fields: Field[] = [];
  if (photo.cameraMake) fields.push(textField(0x010f, photo.cameraMake));
  if (photo.cameraModel) fields.push(textField(0x0110, photo.cameraModel));
  fields.push(shortField(0x0112, 1));
  if (captureTime) fields.push(textField(0x0132, exifTime(captureTime)));
  return fields;
}

function detailFields({ photo = {}, captureTime, width, height }: Facts): Field[] {
  const fields: Field[] = [];
  if (photo.exposureTime) fields.push(rationalField(0x829a, photo.exposureTime * 1_000_000, 1_000_000));
  if (photo.apertureFNumber) fields.push(rationalField(0x829d, photo.apertureFNumber * 100, 100));
  if (photo.isoEquivalent) fields.push(shortField(0x8827, photo.isoEquivalent));
  fields.push({ tag: 0x9000, type: 7, count: 4, value: Buffer.from('0232') });
  if (captureTime) fields.push(textField(0x9003, exifTime(captureTime)));
  if (captureTime) fields.push(textField(0x9011, '+00:00'));
  if (photo.focalLength) fields.push(rationalField(0x920a, photo.focalLength * 100, 100));
  fields.push(longField(0xa002, width), longField(0xa003, height));
  return fields;
}

/** `2024-07-14T12:11:47Z` → `2024:07:14 12:11:47`. */
const exifTime = (time: string) => time.slice(0, 19).replace('T', ' ').replaceAll('-', ':');

const tableLength = (fields: Field[]) => 2 + fields.length * 12 + 4;
const outside = ({ value }: Field) => (value.length > 4 ? value.length + (value.length % 2) : 0);
const directoryLength = (fields: Field[]) => fields.reduce((sum, field) => sum + outside(field), tableLength(fields));

/** The table of fields in order of tag, and behind it the values that do not fit into four bytes. */
function directory(fields: Field[], at: number): Buffer {
  const bytes = Buffer.alloc(directoryLength(fields));
  bytes.writeUInt16BE(fields.length, 0);
  let valueAt = tableLength(fields);
  for (const [index, field] of fields.entries()) {
    const entry = 2 + index * 12;
    bytes.writeUInt16BE(field.tag, entry);
    bytes.writeUInt16BE(field.type, entry + 2);
    bytes.writeUInt32BE(field.count, entry + 4);
    if (outside(field) > 0) bytes.writeUInt32BE(at + valueAt, entry + 8);
    field.value.copy(bytes, outside(field) > 0 ? valueAt : entry + 8);
    valueAt += outside(field);
  }
  return bytes;
}
