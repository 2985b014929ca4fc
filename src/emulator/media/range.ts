/** `Range` requests for one range of bytes (RFC 9110 section 14); lists of ranges get the whole, which the RFC allows. */

/** Offsets of the first byte and of the byte after the last. */
export type ByteRange = { start: number; end: number };

/** The range asked for; `whole` when there is none or it is unreadable; `unsatisfiable` when no byte lies in it. */
export function parseRange(header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'whole';
  const [first, last] = [match[1] ?? '', match[2] ?? ''];
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  return start >= size ? 'unsatisfiable' : { start, end };
}
