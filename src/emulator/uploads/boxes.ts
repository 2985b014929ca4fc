/** Boxes of ISO base media files (MP4, MOV, 3GP, HEIC, AVIF, CR3), walked without reading their payload. */
import type { ContentReader } from '../content.ts';

export interface Box {
  /** Four characters, for example `moov`. */
  type: string;
  /** Where the payload starts and ends, counted from the start of what was walked. */
  start: number;
  end: number;
}

/** Header length and total size of the box at `offset`; size 1 means a 64-bit size follows, 0 means to the end. */
function boxAt(header: Buffer, offset: number, limit: number): Box | undefined {
  if (header.length < 8) return undefined;
  const short = header.readUInt32BE(0);
  if (short === 1 && header.length < 16) return undefined;
  const size = short === 0 ? limit - offset : short === 1 ? Number(header.readBigUInt64BE(8)) : short;
  const headerLength = short === 1 ? 16 : 8;
  if (size < headerLength) return undefined;
  return { type: header.toString('latin1', 4, 8), start: offset + headerLength, end: offset + size };
}

/**
 * The boxes of a whole file. `complete` is false when the last one reaches past the end, or is no box at all:
 * the file was cut.
 */
export async function fileBoxes(reader: ContentReader): Promise<{ boxes: Box[]; complete: boolean }> {
  const boxes: Box[] = [];
  for (let offset = 0; offset < reader.size; ) {
    const box = boxAt(await reader.read(offset, offset + 16), offset, reader.size);
    if (!box) return { boxes, complete: false };
    boxes.push(box);
    if (box.end > reader.size) return { boxes, complete: false };
    offset = box.end;
  }
  return { boxes, complete: true };
}

/** The boxes inside a buffer, from `start` to `end`; stops quietly at what is no box (QuickTime ends lists with zeros). */
export function boxesIn(buffer: Buffer, start = 0, end = buffer.length): Box[] {
  const boxes: Box[] = [];
  for (let offset = start; offset + 8 <= end; ) {
    const box = boxAt(buffer.subarray(offset, Math.min(end, offset + 16)), offset, end);
    if (!box || box.end > end) break;
    boxes.push(box);
    offset = box.end;
  }
  return boxes;
}

/** All boxes at a path of types below a box, for example `['trak', 'mdia', 'hdlr']`. */
export function boxesAt(buffer: Buffer, within: Pick<Box, 'start' | 'end'>, path: readonly string[]): Box[] {
  const [type, ...rest] = path;
  const found = boxesIn(buffer, within.start, within.end).filter((box) => box.type === type);
  return rest.length === 0 ? found : found.flatMap((box) => boxesAt(buffer, box, rest));
}
