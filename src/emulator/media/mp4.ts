/** A small writer of MP4 and MOV: one video track of JPEG frames, each shown equally long. Enough for drawn videos. */

export interface Movie {
  frames: readonly Uint8Array[];
  width: number;
  height: number;
  durationSeconds: number;
  /** RFC 3339. */
  captureTime?: string;
  /** Brand of the file: MP4 by default. */
  quickTime?: boolean;
}

const timescale = 1000;
const secondsFrom1904To1970 = 2_082_844_800;

/** The file's bytes: `ftyp`, `moov`, `mdat`. */
export function writeMovie(movie: Movie): Buffer {
  const brand = movie.quickTime ? 'qt  ' : 'isom';
  const ftyp = box('ftyp', latin1(brand), uint32(512), latin1(movie.quickTime ? 'qt  ' : 'isommp41'));
  const length = moov(movie, 0).length;
  const firstFrame = ftyp.length + length + 8;
  return Buffer.concat([ftyp, moov(movie, firstFrame), box('mdat', ...movie.frames)]);
}

function moov(movie: Movie, firstFrame: number): Buffer {
  const duration = ticks(movie);
  const times = [uint32(created(movie)), uint32(created(movie))];
  const mvhd = full(
    'mvhd',
    0,
    ...times,
    uint32(timescale),
    uint32(duration),
    uint32(0x10000),
    uint16(0x100),
    zeros(10),
    identity,
    zeros(24),
    uint32(2),
  );
  return box('moov', mvhd, track(movie, times, firstFrame));
}

function track(movie: Movie, times: Buffer[], firstFrame: number): Buffer {
  const size = [uint32(movie.width * 0x10000), uint32(movie.height * 0x10000)];
  const tkhd = full('tkhd', 3, ...times, uint32(1), zeros(4), uint32(ticks(movie)), zeros(16), identity, ...size);
  const language = uint16(0x55c4);
  const mdhd = full('mdhd', 0, ...times, uint32(timescale), uint32(ticks(movie)), language, zeros(2));
  const hdlr = full('hdlr', 0, zeros(4), latin1('vide'), zeros(12), latin1('VideoHandler\0'));
  const dinf = box('dinf', full('dref', 0, uint32(1), full('url ', 1)));
  const minf = box('minf', full('vmhd', 1, zeros(8)), dinf, sampleTable(movie, firstFrame));
  return box('trak', tkhd, box('mdia', mdhd, hdlr, minf));
}

/** All frames lie in one chunk, one behind the other. */
function sampleTable(movie: Movie, firstFrame: number): Buffer {
  const { frames } = movie;
  const each = Math.floor(ticks(movie) / frames.length);
  const last = ticks(movie) - each * (frames.length - 1);
  const runs =
    frames.length > 1 ? [uint32(frames.length - 1), uint32(each), uint32(1), uint32(last)] : [uint32(1), uint32(last)];
  return box(
    'stbl',
    full('stsd', 0, uint32(1), sampleEntry(movie)),
    full('stts', 0, uint32(runs.length / 2), ...runs),
    full('stsc', 0, uint32(1), uint32(1), uint32(frames.length), uint32(1)),
    full('stsz', 0, uint32(0), uint32(frames.length), ...frames.map((frame) => uint32(frame.length))),
    full('stco', 0, uint32(1), uint32(firstFrame)),
  );
}

/** QuickTime names the codec; MP4 says `mp4v` and names it inside `esds` by its number: 0x6C is JPEG (ISO 14496-1). */
function sampleEntry({ width, height, quickTime }: Movie): Buffer {
  const name = Buffer.alloc(32);
  const resolution = uint32(72 * 0x10000);
  const start = [
    zeros(6),
    uint16(1),
    zeros(16),
    uint16(width),
    uint16(height),
    resolution,
    resolution,
    zeros(4),
    uint16(1),
  ];
  const common = [...start, name, uint16(24), uint16(0xffff)];
  if (quickTime) return box('jpeg', ...common);
  const decoder = descriptor(4, Buffer.from([0x6c, 0x11]), zeros(11));
  return box(
    'mp4v',
    ...common,
    full('esds', 0, descriptor(3, uint16(1), zeros(1), decoder, descriptor(6, Buffer.from([2])))),
  );
}

const ticks = ({ durationSeconds }: Movie) => Math.max(1, Math.round(durationSeconds * timescale));

function created({ captureTime }: Movie): number {
  const ms = Date.parse(captureTime ?? '');
  return Number.isNaN(ms) ? 0 : Math.max(0, Math.floor(ms / 1000) + secondsFrom1904To1970);
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const zeros = (length: number) => Buffer.alloc(length);

function uint16(number: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(number);
  return bytes;
}

function uint32(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const payload = Buffer.concat(parts);
  return Buffer.concat([uint32(8 + payload.length), latin1(type), payload]);
}

/** A box with version 0 and flags in front. */
const full = (type: string, flags: number, ...parts: readonly Uint8Array[]) => box(type, uint32(flags), ...parts);

/** Descriptors here are shorter than 128 bytes, so one byte of length does. */
function descriptor(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const payload = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, payload.length]), payload]);
}

/** The matrix that turns nothing. */
const identity = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map(uint32));
