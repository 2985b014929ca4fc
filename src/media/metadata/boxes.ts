/**
 * Facts of MP4, MOV and 3GP from their boxes (ISO/IEC 14496-12, Apple's QuickTime File Format): the head of each box is
 * read and the media data skipped, so that a video of many gigabytes costs a few kilobytes.
 */
import type { FileHandle } from 'node:fs/promises';
import { from1904, fromIso } from './dates.ts';
import type { Details } from './facts.ts';

const LARGEST_MOOV = 64 * 1024 * 1024;

interface Box {
  type: string;
  /** Without the box's own head. */
  body: Buffer;
}

/** The boxes inside a buffer; stops where sizes make no sense. */
function* boxes(buffer: Buffer, from = 0): Generator<Box> {
  for (let at = from; at + 8 <= buffer.length; ) {
    const { size, head } = boxSize(buffer, at, buffer.length - at);
    if (size < head || at + head > buffer.length) return;
    // latin1, because Apple's names start with ©, which is one byte 0xa9.
    yield { type: buffer.toString('latin1', at + 4, at + 8), body: buffer.subarray(at + head, at + size) };
    at += size;
  }
}

/** Size 0 reaches to the end, size 1 means that 64 bits follow. */
function boxSize(buffer: Buffer, at: number, rest: number): { size: number; head: number } {
  const short = buffer.readUInt32BE(at);
  if (short === 0) return { size: rest, head: 8 };
  if (short !== 1) return { size: short, head: 8 };
  return at + 16 <= buffer.length ? { size: Number(buffer.readBigUInt64BE(at + 8)), head: 16 } : { size: 0, head: 8 };
}

const child = (buffer: Buffer, ...path: string[]): Buffer | undefined => {
  let found: Buffer | undefined = buffer;
  for (const type of path) found = found && [...boxes(found)].find((box) => box.type === type)?.body;
  return found;
};

/** Finds and reads the `moov` box, wherever in the file it stands. */
async function readMoov(file: FileHandle, fileSize: number): Promise<Buffer | undefined> {
  const head = Buffer.alloc(16);
  for (let at = 0, count = 0; at + 8 <= fileSize && count < 1000; count++) {
    const { bytesRead } = await file.read(head, 0, 16, at);
    if (bytesRead < 8) return undefined;
    const { size, head: headSize } = boxSize(head.subarray(0, bytesRead), 0, fileSize - at);
    if (size < headSize) return undefined;
    if (head.toString('latin1', 4, 8) === 'moov') {
      if (size > LARGEST_MOOV) return undefined;
      const body = Buffer.alloc(Math.min(size, fileSize - at) - headSize);
      const { bytesRead: got } = await file.read(body, 0, body.length, at + headSize);
      return body.subarray(0, got);
    }
    at += size;
  }
  return undefined;
}

export async function readVideoDetails(file: FileHandle, fileSize: number): Promise<Details> {
  const moov = await readMoov(file, fileSize);
  if (!moov) return {};
  const keys = quickTimeKeys(moov);
  const udta = child(moov, 'udta');
  return {
    ...movieHeader(moov),
    ...pictureSize(moov),
    ...place(keys['com.apple.quicktime.location.ISO6709'] ?? (udta && quickTimeText(udta, '\xa9xyz'))),
    ...(udta && threeGppPlace(udta)),
    ...withoutUndefined({
      // mvhd is UTC; Apple's key knows the zone of the place as well, and wins.
      creationTime: fromIso(keys['com.apple.quicktime.creationdate']) ?? movieHeader(moov).creationTime,
      cameraMake: keys['com.apple.quicktime.make'] ?? (udta && quickTimeText(udta, '\xa9mak')),
      cameraModel: keys['com.apple.quicktime.model'] ?? (udta && quickTimeText(udta, '\xa9mod')),
      description: keys['com.apple.quicktime.description'] ?? (udta && quickTimeText(udta, '\xa9des')),
    }),
  };
}

const withoutUndefined = <T extends object>(object: T): Partial<T> => {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>; // Object.fromEntries forgets the keys it was given.
};

function movieHeader(moov: Buffer): Details {
  const mvhd = child(moov, 'mvhd');
  if (!mvhd || mvhd.length < 20) return {};
  const wide = mvhd[0] === 1;
  if (wide && mvhd.length < 32) return {};
  const created = wide ? Number(mvhd.readBigUInt64BE(4)) : mvhd.readUInt32BE(4);
  const timescale = mvhd.readUInt32BE(wide ? 20 : 12);
  const length = wide ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16);
  const known = timescale > 0 && length !== 0xffffffff;
  return withoutUndefined({
    creationTime: from1904(created),
    duration: known ? Math.round((length / timescale) * 1000) / 1000 : undefined,
  });
}

/** The first track with a picture; its matrix says whether it is shown on its side. */
function pictureSize(moov: Buffer): Details {
  for (const { type, body } of boxes(moov)) {
    const tkhd = type === 'trak' ? child(body, 'tkhd') : undefined;
    const matrixAt = tkhd?.[0] === 1 ? 52 : 40;
    if (!tkhd || tkhd.length < matrixAt + 44) continue;
    const width = tkhd.readUInt32BE(matrixAt + 36) / 65_536;
    const height = tkhd.readUInt32BE(matrixAt + 40) / 65_536;
    if (width < 1 || height < 1) continue;
    const turned = tkhd.readInt32BE(matrixAt) === 0 && tkhd.readInt32BE(matrixAt + 4) !== 0;
    const [across, down] = turned ? [height, width] : [width, height];
    return { width: Math.round(across), height: Math.round(down) };
  }
  return {};
}

/** Apple's `meta` with `keys` and `ilst`: the n-th key names the item whose type is the number n. */
function quickTimeKeys(moov: Buffer): Record<string, string> {
  // Apple puts it beside the tracks, ffmpeg into the user data.
  const meta = child(moov, 'meta') ?? child(moov, 'udta', 'meta');
  if (!meta) return {};
  // ISO's meta box has a version word in front of its children, QuickTime's has none.
  const inner = meta.toString('latin1', 4, 8) === 'hdlr' ? meta : meta.subarray(4);
  const keys = child(inner, 'keys');
  const list = child(inner, 'ilst');
  if (!keys || !list) return {};
  const names = [...boxes(keys, 8)].map((box) => box.body.toString('utf8'));
  const found: Record<string, string> = {};
  for (const { type, body } of boxes(list)) {
    const name = names[Buffer.from(type, 'latin1').readUInt32BE(0) - 1];
    const data = child(body, 'data');
    // Type 1 is UTF-8 text; 4 bytes of type and 4 of locale stand before it.
    if (name && data && data.length >= 8 && data.readUInt32BE(0) === 1) found[name] = data.toString('utf8', 8);
  }
  return found;
}

/** A `©…` box of user data: 16 bits of length, 16 of language, text. */
function quickTimeText(udta: Buffer, type: string): string | undefined {
  const body = child(udta, type);
  return body && body.length > 4 ? body.toString('utf8', 4, 4 + body.readUInt16BE(0)) : undefined;
}

/** ISO 6709: `+38.7139-009.1334+012.345/`. */
function place(iso6709: string | undefined): Details {
  const match = /^([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)/.exec(iso6709 ?? '');
  return match ? degrees(Number(match[1]), Number(match[2])) : {};
}

/** 3GPP TS 26.244 `loci`: version, language, name, role, then longitude before latitude in 16.16. */
function threeGppPlace(udta: Buffer): Details {
  const loci = child(udta, 'loci');
  const nameEnd = loci ? loci.indexOf(0, 6) : -1;
  if (!loci || nameEnd < 0 || nameEnd + 10 > loci.length) return {};
  const round = (value: number) => Math.round((value / 65_536) * 1e4) / 1e4;
  return degrees(round(loci.readInt32BE(nameEnd + 6)), round(loci.readInt32BE(nameEnd + 2)));
}

/** Writers without a fix leave zeros behind. */
function degrees(latitude: number, longitude: number): Details {
  const sane = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0);
  return sane ? { latitude, longitude } : {};
}
