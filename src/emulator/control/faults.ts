/** Failures on command: `POST /_emulator/faults` (design 2). */
import { createRandom, type Random } from '../ids.ts';

/**
 * `reset`: the connection breaks before the work, `resetAfter`: after it, `effectAfter`: before it, and the work is done
 * `latencyMs` later. `hang`: no answer at all, `truncate`: half of it. `html`, `badJson`: an answer that is not JSON.
 * In lists and searches, `repeatToken`: the next page's token is the one that was sent, `tokenOnly`: no items, and a token.
 */
export const FAILURES = [
  'reset',
  'resetAfter',
  'effectAfter',
  'hang',
  'truncate',
  'html',
  'badJson',
  'repeatToken',
  'tokenOnly',
] as const;
export type Failure = (typeof FAILURES)[number];

export interface FaultRule {
  /** As counted by `GET requests`, `uploads.*` for all of a group, `*` for everything. */
  method: string;
  /** An HTTP status with Google's envelope, */
  status?: number;
  /** or a failure that no status tells of. Neither: only latency. */
  failure?: Failure;
  /** How likely a request is hit; 1 when absent. */
  probability?: number;
  /** How often it strikes before it is spent; for ever when absent. */
  count?: number;
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number;
  /** How long the answer takes; with `effectAfter`, how long the effect does: emulator time, so that `POST clock` brings it. */
  latencyMs?: number;
}

export interface Faults {
  /** Replaces all rules and starts their chance anew. */
  set(rules: readonly FaultRule[]): void;
  /** The first rule that strikes a request of this method. */
  strike(method: string): FaultRule | undefined;
}

export function createFaults(seed: number): Faults {
  let rules: { rule: FaultRule; left: number }[] = [];
  let random: Random = createRandom(seed);
  return {
    set(next) {
      rules = next.map((rule) => ({ rule, left: rule.count ?? Number.POSITIVE_INFINITY }));
      random = createRandom(seed);
    },
    strike(method) {
      const hit = rules.find(
        ({ rule, left }) => left > 0 && names(rule.method, method) && random.next() < (rule.probability ?? 1),
      );
      if (!hit) return undefined;
      hit.left -= 1;
      return hit.rule;
    },
  };
}

function names(pattern: string, method: string): boolean {
  return pattern === '*' || pattern === method || (pattern.endsWith('.*') && method.startsWith(pattern.slice(0, -1)));
}
