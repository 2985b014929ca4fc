/** Failures on command: `POST /_emulator/faults` (design 2). */
import type { Failure, FaultRule } from '../emulator.d.ts';
import { invalidArgument } from '../errors.ts';
import { createRandom, type Random } from '../ids.ts';

/** The names of all failures; what they are stands with the type. */
const FAILURES = Object.keys({
  reset: true,
  resetAfter: true,
  effectAfter: true,
  hang: true,
  truncate: true,
  html: true,
  badJson: true,
  repeatToken: true,
  tokenOnly: true,
} satisfies Record<Failure, true>);

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

/** Rules as they came from outside. Throws GoogleApiError INVALID_ARGUMENT that names the first one that cannot be meant. */
export function readFaults(body: unknown): FaultRule[] {
  if (!Array.isArray(body)) throw invalidArgument('The body must be a list of fault rules.');
  return body.map((rule: unknown, index) => {
    const problem = isRecord(rule) ? problemOf(rule) : 'is not an object';
    if (problem) throw invalidArgument(`Fault rule ${index} ${problem}.`);
    return rule as FaultRule; // every member has just been checked
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const RULE_FIELDS = ['method', 'status', 'failure', 'probability', 'count', 'retryAfter', 'latencyMs'];

function problemOf(rule: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(rule).find((name) => !RULE_FIELDS.includes(name));
  if (unknown) return `has an unknown member "${unknown}"`;
  if (typeof rule.method !== 'string' || rule.method === '') return 'needs a "method" ("*" for all)';
  if (rule.failure !== undefined && !FAILURES.some((name) => name === rule.failure)) {
    return `has no failure of ${FAILURES.join(', ')}`;
  }
  const wrong = ['status', 'probability', 'count', 'retryAfter', 'latencyMs'].find((name) => !isCount(rule[name]));
  if (wrong) return `needs a number of 0 or more as "${wrong}"`;
  if (rule.status !== undefined && (Number(rule.status) < 400 || Number(rule.status) > 599))
    return 'needs a status from 400 to 599';
  const does = [rule.status, rule.failure, rule.latencyMs].some((member) => member !== undefined);
  return does ? undefined : 'needs a "status", a "failure" or a "latencyMs"';
}

const isCount = (value: unknown): boolean =>
  value === undefined || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
