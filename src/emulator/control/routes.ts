/** `/_emulator/`: see what happened, and make things happen (design 2). Only for this machine. */
import { setImmediate } from 'node:timers/promises';
import { invalidArgument } from '../errors.ts';
import type { Exchange, Reply, Route } from '../http.ts';
import type { State } from '../state.ts';
import type { Controls } from './controls.ts';
import { stateText } from './state-view.ts';

/** @param now emulator time in ms. */
export function controlRoutes(state: State, controls: Controls, now: () => number): Route[] {
  const route = (verb: Route['verb'], name: string, handle: Route['handle']): Route => ({
    name: `_emulator.${name}`,
    verb,
    path: `/_emulator/${name}`,
    handle,
    localOnly: true,
    control: true,
  });
  return [
    route('GET', 'state', (exchange) => showState(state, exchange)),
    route('GET', 'requests', () => ({ json: controls.requests() })),
    route('POST', 'reset', () => {
      controls.reset();
      return { json: {} };
    }),
    route('POST', 'faults', async (exchange) => {
      controls.setFaults(await jsonOf(exchange));
      return { json: {} };
    }),
    route('POST', 'clock', async (exchange) => {
      await controls.advance(readAdvance(await jsonOf(exchange)));
      return { json: { now: new Date(now()).toISOString() } };
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
  const seconds =
    typeof body === 'object' && body !== null && 'advanceSeconds' in body ? body.advanceSeconds : undefined;
  if (typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0) return seconds;
  throw invalidArgument('The body must be { "advanceSeconds": a number, 0 or more }.');
}
