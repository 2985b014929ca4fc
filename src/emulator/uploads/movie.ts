/** What an MP4, MOV or 3GP file says about itself in its `moov` box. */
import type { ContentReader } from '../content.ts';
import type { Box } from './boxes.ts';
import { boxesAt, boxesIn, fileBoxes } from './boxes.ts';
import { timeOfMs } from './exif.ts';

export interface MovieFacts {
  /** Pixels as shown: sides are swapped for a track turned by a quarter. */
  width: number;
  height: number;
  durationSeconds?: number;
  fps?: number;
  /** RFC 3339 UTC. */
  captureTime?: string;
  cameraMake?: string;
  cameraModel?: string;
  latitude?: number;
  longitude?: number;
}

const maxMoovBytes = 64 * 1024 * 1024;
/** Movie times count seconds from 1904-01-01; 0 means unknown. */
const secondsFrom1904To1970 = 2_082_844_800;

/** Reads the facts; undefined when the file is cut or has no track to show. */
export async function movieFacts(reader: ContentReader): Promise<MovieFacts | undefined> {
  const { boxes, complete } = await fileBoxes(reader);
  const moovBox = boxes.find((box) => box.type === 'moov');
  if (!complete || !moovBox || moovBox.end - moovBox.start > maxMoovBytes) return undefined;
  const moov = await reader.read(moovBox.start, moovBox.end);
  return factsOfMoov(moov);
}

function factsOfMoov(moov: Buffer): MovieFacts | undefined {
  const whole = { start: 0, end: moov.length };
  const mvhd = boxesAt(moov, whole, ['mvhd'])[0];
  const track = boxesAt(moov, whole, ['trak']).find((trak) => handlerOf(moov, trak) === 'vide');
  const side = track && trackSides(moov, track);
  if (!side) return undefined;
  const header = mvhd && timing(moov, mvhd);
  const tags = { ...userDataTags(moov, whole), ...appleTags(moov, whole) };
  return {
    ...side,
    ...(header && header.duration > 0 ? { durationSeconds: header.duration } : {}),
    ...frameRate(moov, track),
    ...captureTime(tags.creationDate, header?.created),
    ...(tags.make ? { cameraMake: tags.make } : {}),
    ...(tags.model ? { cameraModel: tags.model } : {}),
    ...place(tags.location),
  };
}

function handlerOf(moov: Buffer, trak: Box): string | undefined {
  const hdlr = boxesAt(moov, trak, ['mdia', 'hdlr'])[0];
  return hdlr && moov.toString('latin1', hdlr.start + 8, hdlr.start + 12);
}

/** `mvhd` and `mdhd` start alike: version, times and time scale, in 32 or (version 1) 64 bits. */
function timing(moov: Buffer, box: Box): { created?: number; timescale: number; duration: number } | undefined {
  const long = moov[box.start] === 1;
  if (box.end - box.start < (long ? 32 : 20)) return undefined;
  const created = long ? Number(moov.readBigUInt64BE(box.start + 4)) : moov.readUInt32BE(box.start + 4);
  const timescale = moov.readUInt32BE(box.start + (long ? 20 : 12));
  const ticks = long ? Number(moov.readBigUInt64BE(box.start + 24)) : moov.readUInt32BE(box.start + 16);
  return { ...(created > 0 ? { created } : {}), timescale, duration: timescale > 0 ? ticks / timescale : 0 };
}

/** Width and height stand last in `tkhd` (16.16), right after the 3×3 matrix whose b element tells a quarter turn. */
function trackSides(moov: Buffer, trak: Box): { width: number; height: number } | undefined {
  const tkhd = boxesAt(moov, trak, ['tkhd'])[0];
  if (!tkhd || tkhd.end - tkhd.start < 84) return undefined;
  const width = moov.readUInt32BE(tkhd.end - 8) >>> 16;
  const height = moov.readUInt32BE(tkhd.end - 4) >>> 16;
  if (width === 0 || height === 0) return undefined;
  const turned = moov.readInt32BE(tkhd.end - 44) === 0 && moov.readInt32BE(tkhd.end - 40) !== 0;
  return turned ? { width: height, height: width } : { width, height };
}

/** Samples of the track by its length. */
function frameRate(moov: Buffer, trak: Box): { fps?: number } {
  const mdhd = boxesAt(moov, trak, ['mdia', 'mdhd'])[0];
  const stts = boxesAt(moov, trak, ['mdia', 'minf', 'stbl', 'stts'])[0];
  const length = mdhd && timing(moov, mdhd)?.duration;
  if (!stts || !length) return {};
  let samples = 0;
  for (let entry = stts.start + 8; entry + 8 <= stts.end; entry += 8) samples += moov.readUInt32BE(entry);
  return samples > 0 ? { fps: Math.round((samples / length) * 1000) / 1000 } : {};
}

interface Tags {
  make?: string;
  model?: string;
  creationDate?: string;
  location?: string;
}

/** `udta` entries such as Android's `©xyz`: a 16-bit length, a language, text. */
function userDataTags(moov: Buffer, whole: Pick<Box, 'start' | 'end'>): Tags {
  const texts = new Map(
    boxesAt(moov, whole, ['udta'])
      .flatMap((udta) => boxesIn(moov, udta.start, udta.end))
      .filter((box) => box.type.startsWith('\u00a9') && box.end - box.start > 4)
      .map((box) => [box.type, moov.toString('utf8', box.start + 4, box.start + 4 + moov.readUInt16BE(box.start))]),
  );
  return withoutEmpty({
    make: texts.get('\u00a9mak'),
    model: texts.get('\u00a9mod'),
    location: texts.get('\u00a9xyz'),
  });
}

/** Apple's `meta` box, by itself or inside `udta`: a list of names in `keys`, and values in `ilst` under the names' numbers, counted from 1. */
function appleTags(moov: Buffer, whole: Pick<Box, 'start' | 'end'>): Tags {
  const lists = [...boxesAt(moov, whole, ['udta', 'meta']), ...boxesAt(moov, whole, ['meta'])];
  const values = new Map(lists.flatMap((meta) => keyedValues(moov, meta)));
  const tag = (name: string) => values.get(`com.apple.quicktime.${name}`);
  return withoutEmpty({
    make: tag('make'),
    model: tag('model'),
    creationDate: tag('creationdate'),
    location: tag('location.ISO6709'),
  });
}

function keyedValues(moov: Buffer, meta: Box): [string, string][] {
  // QuickTime's `meta` has no version word, that of ISO has: the first child shows which one it is.
  const versioned = moov.toString('latin1', meta.start + 4, meta.start + 8) !== 'hdlr';
  const inside = { start: meta.start + (versioned ? 4 : 0), end: meta.end };
  const keys = boxesAt(moov, inside, ['keys'])[0];
  const list = boxesAt(moov, inside, ['ilst'])[0];
  if (!keys || !list) return [];
  const names = boxesIn(moov, keys.start + 8, keys.end).map((key) => moov.toString('utf8', key.start, key.end));
  return boxesIn(moov, list.start, list.end).flatMap((entry): [string, string][] => {
    const name = names[Buffer.from(entry.type, 'latin1').readUInt32BE(0) - 1];
    const data = boxesAt(moov, entry, ['data'])[0];
    return name && data ? [[name, moov.toString('utf8', data.start + 8, data.end)]] : [];
  });
}

function withoutEmpty(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).filter(([, text]) => text));
}

/** Apple's own date carries the zone and wins over `mvhd`. */
function captureTime(text: string | undefined, created: number | undefined): { captureTime?: string } {
  const written = text === undefined ? Number.NaN : Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  const ms = Number.isNaN(written) && created !== undefined ? (created - secondsFrom1904To1970) * 1000 : written;
  const time = timeOfMs(ms);
  return time ? { captureTime: time } : {};
}

/** ISO 6709: `+38.7139-009.1334+010/`. */
function place(text: string | undefined): { latitude?: number; longitude?: number } {
  const match = /^([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)/.exec(text ?? '');
  return match ? { latitude: Number(match[1]), longitude: Number(match[2]) } : {};
}
