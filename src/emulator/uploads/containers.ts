/** What AVI, MPEG, ASF (WMV) and Matroska files say about themselves in their first kilobytes; the rest stays unknown. */
import { timeOfMs } from './exif.ts';

export interface ContainerFacts {
  /** 0 where the file does not say. */
  width: number;
  height: number;
  durationSeconds?: number;
  fps?: number;
  /** RFC 3339. */
  captureTime?: string;
}

/** How much of a file the readers want to see, in bytes. */
export const containerHeadBytes = 256 * 1024;

const unknown: ContainerFacts = { width: 0, height: 0 };

const readers: Readonly<Record<string, (head: Buffer) => ContainerFacts>> = {
  'video/x-msvideo': aviFacts,
  'video/mpeg': mpegFacts,
  'video/mp2t': mpegFacts,
  'video/x-ms-asf': asfFacts,
  'video/x-ms-wmv': asfFacts,
  'video/x-matroska': matroskaFacts,
};

/** Reads the head of a container by its MIME type. */
export const containerFacts = (mimeType: string, head: Buffer): ContainerFacts => readers[mimeType]?.(head) ?? unknown;

/** `avih`: microseconds a frame, …, number of frames, …, width, height. */
function aviFacts(head: Buffer): ContainerFacts {
  const at = head.indexOf('avih') + 8;
  if (at < 8 || at + 40 > head.length) return unknown;
  const frameSeconds = head.readUInt32LE(at) / 1e6;
  const frames = head.readUInt32LE(at + 16);
  const timing = frameSeconds > 0 ? { durationSeconds: frames * frameSeconds, fps: rounded(1 / frameSeconds) } : {};
  return { width: head.readUInt32LE(at + 32), height: head.readUInt32LE(at + 36), ...timing };
}

const mpegRates = [0, 24_000 / 1001, 24, 25, 30_000 / 1001, 30, 50, 60_000 / 1001, 60];

/** A sequence header of MPEG-1 or -2: 12 bits of width, 12 of height, 4 of aspect, 4 of frame rate. */
function mpegFacts(head: Buffer): ContainerFacts {
  const at = head.indexOf(Buffer.from([0, 0, 1, 0xb3])) + 4;
  if (at < 4 || at + 4 > head.length) return unknown;
  const sides = head.readUIntBE(at, 3);
  const fps = mpegRates[head.readUInt8(at + 3) & 15];
  return { width: sides >> 12, height: sides & 0xfff, ...(fps ? { fps: rounded(fps) } : {}) };
}

const asfFileProperties = Buffer.from('a1dcab8c47a9cf118ee400c00c205365', 'hex');
const asfVideoStream = Buffer.from('9107dcb7b7a9cf118ee600c00c205365', 'hex');
export const asfHeader = Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex');
export const asfAudio = Buffer.from('409e69f84d5bcf11a8fd00805f5c442b', 'hex');
export const asfVideo = Buffer.from('c0ef19bc4d5bcf11a8fd00805f5c442b', 'hex');
const secondsFrom1601To1970 = 11_644_473_600;

function asfFacts(head: Buffer): ContainerFacts {
  return { ...asfSides(head), ...asfTiming(head) };
}

/** Of the stream objects that of type video; its own data starts with width and height. */
function asfSides(head: Buffer): { width: number; height: number } {
  for (let at = head.indexOf(asfVideoStream); at >= 0; at = head.indexOf(asfVideoStream, at + 16)) {
    const isVideo = at + 86 <= head.length && head.subarray(at + 24, at + 40).equals(asfVideo);
    if (isVideo) return { width: head.readUInt32LE(at + 78), height: head.readUInt32LE(at + 82) };
  }
  return unknown;
}

/** Creation time and play time count 100 ns; the time to fill buffers (ms) is part of the play time. */
function asfTiming(head: Buffer): { durationSeconds?: number; captureTime?: string } {
  const at = head.indexOf(asfFileProperties);
  if (at < 0 || at + 88 > head.length) return {};
  const created = Number(head.readBigUInt64LE(at + 48)) / 1e7 - secondsFrom1601To1970;
  const duration = Number(head.readBigUInt64LE(at + 64)) / 1e7 - Number(head.readBigUInt64LE(at + 80)) / 1e3;
  const captureTime = created > 0 ? timeOfMs(created * 1000) : undefined;
  return { ...(duration > 0 ? { durationSeconds: rounded(duration) } : {}), ...(captureTime ? { captureTime } : {}) };
}

const ebml = {
  segment: 0x18538067,
  info: 0x1549a966,
  tracks: 0x1654ae6b,
  track: 0xae,
  video: 0xe0,
  width: 0xb0,
  height: 0xba,
  tick: 0x2ad7b1,
  duration: 0x4489,
  date: 0x4461,
};
const containers = new Set([ebml.segment, ebml.info, ebml.tracks, ebml.track, ebml.video]);
const msFrom1970To2001 = 978_307_200_000;

function matroskaFacts(head: Buffer): ContainerFacts {
  const found = new Map<number, Buffer>();
  collectElements(head, found);
  const number = (id: number) => {
    const bytes = found.get(id);
    return bytes && bytes.length > 0 && bytes.length <= 6 ? bytes.readUIntBE(0, bytes.length) : 0;
  };
  const length = found.get(ebml.duration);
  const ticks = length?.length === 8 ? length.readDoubleBE(0) : length?.length === 4 ? length.readFloatBE(0) : 0;
  const durationSeconds = rounded((ticks * (number(ebml.tick) || 1e6)) / 1e9);
  const date = found.get(ebml.date);
  const ms = date?.length === 8 ? Number(date.readBigInt64BE(0)) / 1e6 + msFrom1970To2001 : undefined;
  const captureTime = ms === undefined ? undefined : timeOfMs(ms);
  return {
    width: number(ebml.width),
    height: number(ebml.height),
    ...(durationSeconds > 0 ? { durationSeconds } : {}),
    ...(captureTime ? { captureTime } : {}),
  };
}

/** Elements of Matroska by id, the first of each; stops where the head ends or an element has no known size. */
function collectElements(bytes: Buffer, found: Map<number, Buffer>): void {
  for (let at = 0; at < bytes.length; ) {
    const id = variableInteger(bytes, at, false);
    const size = id && variableInteger(bytes, at + id.length, true);
    if (!id || !size) return;
    const start = at + id.length + size.length;
    const payload = bytes.subarray(start, start + size.value);
    if (containers.has(id.value)) collectElements(payload, found);
    else if (!found.has(id.value)) found.set(id.value, payload);
    at = start + size.value;
  }
}

/** The number of leading zero bits tells the length. Ids keep the marking bit, sizes do not. */
function variableInteger(bytes: Buffer, at: number, isSize: boolean): { value: number; length: number } | undefined {
  const first = bytes[at];
  if (!first) return undefined;
  const length = Math.clz32(first) - 23;
  if (at + length > bytes.length) return undefined;
  let value = isSize ? first & (0xff >> length) : first;
  for (let index = 1; index < length; index++) value = value * 256 + (bytes[at + index] ?? 0);
  return { value, length };
}

const rounded = (number: number) => Math.round(number * 1000) / 1000;
