/** What comes after the `=` of a base URL (contract 4.8). */

export type Suffix =
  /** `=d`: the photo itself, or a still of the video. `overlay`: the play button on it. */
  | { want: 'download'; overlay: boolean }
  /** `=dv`: the video itself. */
  | { want: 'video' }
  /** `=w-h` and its kin. A side that is not given follows from the other. */
  | { want: 'image'; width?: number; height?: number; crop: boolean; overlay: boolean };

/** Contract 4.8. */
const maxSide = 16383;

/**
 * Reads a suffix without its `=`: `d`, `dv`, or `w…`, `h…`, `c`, `no` joined by `-`. Undefined for what means nothing:
 * an unknown or repeated word, a side of 0 or over 16383, `dv` together with a size.
 */
export function parseSuffix(text: string): Suffix | undefined {
  const words = text.split('-');
  if (new Set(words.map(kindOf)).size !== words.length || words.some((word) => kindOf(word) === undefined))
    return undefined;
  const has = (kind: string) => words.some((word) => kindOf(word) === kind);
  const side = (kind: string) => {
    const word = words.find((candidate) => kindOf(candidate) === kind);
    return word === undefined ? undefined : Number(word.slice(1));
  };
  if (has('video')) return words.length === 1 ? { want: 'video' } : undefined;
  const [width, height] = [side('width'), side('height')];
  if ([width, height].some((length) => length !== undefined && (length < 1 || length > maxSide))) return undefined;
  if (has('download')) return width || height || has('crop') ? undefined : { want: 'download', overlay: !has('bare') };
  if (!width && !height && !has('bare')) return undefined;
  return { want: 'image', width, height, crop: has('crop'), overlay: !has('bare') };
}

function kindOf(word: string): string | undefined {
  if (word === 'd') return 'download';
  if (word === 'dv') return 'video';
  if (word === 'c') return 'crop';
  if (word === 'no') return 'bare';
  if (/^w\d{1,6}$/.test(word)) return 'width';
  return /^h\d{1,6}$/.test(word) ? 'height' : undefined;
}
