/** Which positions a list of references has named so far: an item comes once, where it is named first. */
import type { Run } from './reference.ts';

export interface TakenPositions {
  /**
   * The parts of a run that were not named before, in order; from now on they were.
   * @param size number of items of the result, at least the run's end.
   */
  take(result: string, run: Run, size: number): Run[];
}

/** One for each list. Costs a byte for each item of the results that are named, however often they are. */
export function createTakenPositions(): TakenPositions {
  const taken = new Map<string, Uint8Array>();

  const marksOf = (result: string, size: number): Uint8Array => {
    const known = taken.get(result);
    if (known && known.length > size) return known;
    const marks = new Uint8Array(size + 1);
    if (known) marks.set(known);
    taken.set(result, marks);
    return marks;
  };

  return {
    take(result, [from, to], size) {
      const marks = marksOf(result, size);
      const runs: [number, number][] = [];
      for (let position = from; position <= to; position++) {
        if (marks[position] === 1) continue;
        marks[position] = 1;
        const last = runs.at(-1);
        if (last && last[1] === position - 1) last[1] = position;
        else runs.push([position, position]);
      }
      return runs;
    },
  };
}
