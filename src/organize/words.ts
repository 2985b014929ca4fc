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
