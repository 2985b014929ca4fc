import { shorten } from '../text/text.ts';
import type { Placed } from './media.ts';

const MOST_WORDS = 3;
/** A description's word counts when this share of the group's items has it … */
const COMMON = 0.1;
/** … and, there, it is this many times as frequent as in the whole. */
const DISTINCT = 3;

/** Up to three words that name a group: frequent in its descriptions and rare elsewhere. */
export function distinctiveWords(group: readonly Placed[], all: readonly Placed[]): string[] {
  const here = countWords(group);
  const everywhere = countWords(all);
  const candidates = [...here].filter(([word, count]) => {
    const share = count / group.length;
    return count >= 2 && share >= COMMON && share >= (DISTINCT * (everywhere.get(word) ?? 0)) / all.length;
  });
  return candidates
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
}

/** In how many descriptions each word of four letters and more stands. */
function countWords(placed: readonly Placed[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { item } of placed) {
    if (!item.description) continue;
    for (const word of new Set(item.description.match(/[\p{L}][\p{L}'’-]{3,}/gu))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

/** Bytes of one description. */
const QUOTE_BYTES = 32;
const MOST_QUOTES = 4;
/** One description for so many items, and one more. */
const ITEMS_A_QUOTE = 8;

/**
 * Some of the descriptions in a group, in its order: `"Tram 28, first sight", "Sé de Lisboa"`. Those with names of
 * places and people go first, since they say best what the group is about.
 */
export function quoteSome(group: readonly Placed[]): string {
  const texts = [...new Set(group.map(({ item }) => item.description ?? ''))].filter((text) => text !== '');
  const most = Math.min(MOST_QUOTES, 1 + Math.floor(group.length / ITEMS_A_QUOTE));
  const telling = new Set(texts.toSorted((a, b) => countNames(b) - countNames(a)).slice(0, most));
  return texts
    .filter((text) => telling.has(text))
    .map((text) => `"${shorten(text.replaceAll('"', "'"), QUOTE_BYTES)}"`)
    .join(', ');
}

/** Capital letters within a sentence begin names. */
const countNames = (text: string): number => text.match(/(?<=[\p{L}\p{N},;:] )\p{Lu}\p{Ll}/gu)?.length ?? 0;
