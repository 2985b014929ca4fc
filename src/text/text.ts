/** Words and numbers as replies carry them. Text is cut between graphemes: what a person sees as one character is never halved. */

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Text without line breaks and other control characters: a line of a reply stays one, whatever a title holds. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** One line of at most so many bytes of UTF-8; what is cut ends with an ellipsis. */
export const shorten = (text: string, bytes: number): string =>
  withEllipsis(oneLine(text), bytes, Buffer.byteLength, 3);

/** One line of at most so many characters, as people count them; what is cut ends with an ellipsis. */
export const shortenCharacters = (text: string, characters: number): string =>
  withEllipsis(oneLine(text), characters, countGraphemes, 1);

/** At most so many UTF-16 units, which is what Google's limits of characters count here; nothing marks the cut. */
export const clip = (text: string, units: number): string =>
  text.length <= units ? text : startOf(text, units, (piece) => piece.length);

type Measure = (piece: string) => number;

function withEllipsis(line: string, limit: number, measure: Measure, ellipsis: number): string {
  return measure(line) <= limit ? line : `${startOf(line, limit - ellipsis, measure)}…`;
}

/** As many whole graphemes from the start as the budget holds. */
function startOf(text: string, budget: number, measure: Measure): string {
  let end = 0;
  let used = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += measure(segment);
    if (used > budget) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

const countGraphemes: Measure = (text) => [...graphemes.segment(text)].length;

/** "1 item", "3,000 items": a number and its noun, which agree. `plural` where an s is not enough. */
export const count = (number: number, noun: string, plural = `${noun}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`;
