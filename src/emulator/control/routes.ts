/** `/_emulator/`: see what happened, and make things happen (design 2). Only for this machine. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { invalidArgument } from '../errors.ts';
import type { Exchange, Reply, Route } from '../http.ts';
import type { State } from '../state.ts';
import { FAILURES, type FaultRule, type Faults } from './faults.ts';
import type { LateEffects } from './late-effects.ts';
import type { RequestLog } from './request-log.ts';
import { stateText } from './state-view.ts';

export interface ControlParts {
  state: State;
  clock: Clock;
  faults: Faults;
  effects: LateEffects;
  log: RequestLog;
  /** Back to how the emulator started, requests and faults included. */
  reset(): void;
  changed(): void;
}

export function controlRoutes(parts: ControlParts): Route[] {
  const route = (verb: Route['verb'], name: string, handle: Route['handle']): Route => ({
    name: `_emulator.${name}`,
    verb,
    path: `/_emulator/${name}`,
    handle,
    localOnly: true,
    control: true,
  });
  return [
    route('GET', 'state', (exchange) => showState(parts.state, exchange)),
    route('GET', 'requests', () => ({ json: parts.log.show() })),
    route('POST', 'reset', () => {
      parts.reset();
      parts.changed();
      return { json: {} };
    }),
    route('POST', 'faults', async (exchange) => {
      parts.faults.set(readFaults(await jsonOf(exchange)));
      return { json: {} };
    }),
    route('POST', 'clock', async (exchange) => {
      parts.clock.advance(readAdvance(await jsonOf(exchange)));
      await parts.effects.settle();
      parts.changed();
      return { json: { now: new Date(parts.clock.now()).toISOString() } };
    }),
  ];
}

/** Written in pieces of a few thousand items, and no faster than the reader takes them. */
async function showState(state: State, { response }: Exchange): Promise<Reply> {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=UTF-8' });
  let piece = '';
  for (const text of stateText(state)) {
    piece += text;
    if (piece.length < 1 << 20) continue;
    if (!response.write(piece) && !response.destroyed) await drained(response);
    if (response.destroyed) return 'written';
    await setImmediate();
    piece = '';
  }
  response.end(piece);
  return 'written';
}

const drained = (response: Exchange['response']): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });

async function jsonOf(exchange: Exchange): Promise<unknown> {
  try {
    return JSON.parse((await exchange.body()).toString('utf8'));
  } catch {
    throw invalidArgument('The body is not JSON.');
  }
}

function readAdvance(body: unknown): number {
  const seconds = isRecord(body) ? body.advanceSeconds : undefined;
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw invalidArgument('The body must be { "advanceSeconds": a number, 0 or more }.');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readFaults(body: unknown): FaultRule[] {
  if (!Array.isArray(body)) throw invalidArgument('The body must be a list of fault rules.');
  return body.map((rule: unknown, index) => {
    const problem = isRecord(rule) ? problemOf(rule) : 'is not an object';
    if (problem) throw invalidArgument(`Fault rule ${index} ${problem}.`);
    return rule as FaultRule; // every member has just been checked
  });
}

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
