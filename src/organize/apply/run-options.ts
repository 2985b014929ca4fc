import type { Clock } from '../../google/clock.ts';
import type { Google } from '../../google/google.ts';

/** What a run works with, and how long. */
export interface RunOptions {
  google: Pick<Google, 'call'>;
  signal?: AbortSignal;
  /** Told after each step: steps behind us, of all. */
  onStep?: (done: number, total: number, message: string) => void;
  /** Milliseconds after which no further step is begun, so that the caller hears back in time; without end when absent. */
  budgetMs?: number;
  /** Milliseconds that a request whose answer was lost may still be under way; 3 s when absent. */
  settleMs?: number;
  clock?: Clock;
}
