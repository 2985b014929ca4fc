/** File names that every file system takes (Windows, macOS, Linux), kept as near to the original as that allows. */

const MAX_BYTES = 255;
/** Whatever else follows a dot is part of the name. */
const EXTENSION = /\.[\p{L}\p{N}]{1,10}$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"/\\|?*]|\p{Surrogate}/gu;
/** Devices on Windows, whatever the extension. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;

export interface SafeName {
  stem: string;
  /** With its dot; empty where there is none. */
  extension: string;
}

/** @param fallback the stem where nothing of the name remains. */
export function safeName(name: string, fallback: string): SafeName {
  const cleaned = name
    .normalize('NFC')
    .replace(FORBIDDEN, '_')
    .replace(/^[.\s]+/, (dots) => '_'.repeat(dots.trim() === '' ? 0 : 1))
    .replace(/[.\s]+$/, '')
    .replace(RESERVED, '$1_');
  const extension = EXTENSION.exec(cleaned.slice(1))?.[0] ?? '';
  const stem = cleaned.slice(0, cleaned.length - extension.length).replace(/[.\s]+$/, '');
  return { stem: stem === '' || stem === '_' ? fallback : stem, extension };
}

/** `IMG_1.jpg`, `IMG_1 (2).jpg`, …: the n-th name to try, from 1, at most 255 bytes of UTF-8 long. */
export function candidate({ stem, extension }: SafeName, n: number): string {
  const tail = (n === 1 ? '' : ` (${n})`) + extension;
  return cutToBytes(stem, MAX_BYTES - Buffer.byteLength(tail)) + tail;
}

/** Whole characters only, and no blank or dot where it was cut. */
function cutToBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let cut = '';
  let length = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > bytes) break;
    cut += character;
  }
  return cut.replace(/[.\s]+$/, '');
}
