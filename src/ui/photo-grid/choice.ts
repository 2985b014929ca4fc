/** What the person has chosen, across pages. */
import { formatReference } from '../../results/format-reference.ts';
import type { Shown } from './reply.ts';

export class Choice {
  readonly #chosen = new Map<string, Set<number>>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  has({ result = '', n }: Shown): boolean {
    return n !== undefined && this.#chosen.get(result)?.has(n) === true;
  }

  set(items: readonly Shown[], chosen: boolean): void {
    for (const { result, n } of items) {
      if (result === undefined || n === undefined) continue;
      const numbers = this.#chosen.get(result) ?? new Set();
      if (chosen) numbers.add(n);
      else numbers.delete(n);
      this.#chosen.set(result, numbers);
    }
    this.#changed();
  }

  clear(): void {
    this.#chosen.clear();
    this.#changed();
  }

  get size(): number {
    return [...this.#chosen.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** As every tool takes them: `k7m2#3,7,12`. */
  get reference(): string {
    const named = [...this.#chosen].filter(([, numbers]) => numbers.size > 0);
    return named.map(([result, numbers]) => formatReference(result, [...numbers])).join(', ');
  }
}
