/** The size that the head of a JPEG, PNG, GIF, WebP, BMP or icon states, in pixels, as it lies in the file (not turned). */

export interface Sides {
  width: number;
  height: number;
}

const READERS: Readonly<Record<string, (bytes: Buffer) => Sides | undefined>> = {
  'image/jpeg': jpegSides,
  'image/png': (bytes) => ({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }),
  'image/gif': (bytes) => ({ width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }),
  'image/webp': webpSides,
  'image/bmp': bitmapSides,
  // Of the first of its pictures; 0 stands for 256.
  'image/x-icon': (bytes) => ({ width: bytes.readUInt8(6) || 256, height: bytes.readUInt8(7) || 256 }),
};

/** Undefined for other types, for heads that are cut, and for pictures without a pixel. */
export function pictureSides(mimeType: string, bytes: Buffer): Sides | undefined {
  try {
    const sides = READERS[mimeType]?.(bytes);
    return sides && sides.width > 0 && sides.height > 0 ? sides : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** 0xC0 to 0xCF start a frame, but for the three that define tables or extend them. */
export const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSides(bytes: Buffer): Sides | undefined {
  for (let at = 2; bytes.readUInt8(at) === 0xff; ) {
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isFrame(marker)) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** Three kinds: extended, lossless, lossy. */
function webpSides(bytes: Buffer): Sides | undefined {
  const kind = bytes.toString('latin1', 12, 16);
  if (kind === 'VP8X') return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  if (kind === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (kind !== 'VP8L') return undefined;
  const bits = bytes.readUInt32LE(21);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** The oldest header has half as wide fields; a negative height means that the rows run downwards. */
function bitmapSides(bytes: Buffer): Sides {
  if (bytes.readUInt32LE(14) === 12) return { width: bytes.readUInt16LE(18), height: bytes.readUInt16LE(20) };
  return { width: bytes.readInt32LE(18), height: Math.abs(bytes.readInt32LE(22)) };
}
