/** Waiting for a lease, working under it, giving it back. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lease, Leases } from './lease.ts';

export interface LockOptions {
  /** Ends the waiting with its reason. The work is not told: it has the signal as well. */
  signal?: AbortSignal;
  /** Between two looks, give or take a quarter, so that many who wait do not look at the same instant. */
  pollMs?: number;
  /** Throws LockBusy when it has waited so long; for 0 it looks once. Without it, it waits as long as it takes. */
  waitMs?: number;
}

/** Others kept the lease for all of `waitMs`. */
export class LockBusy extends Error {
  override readonly name = 'LockBusy';
  readonly key: string;

  constructor(key: string) {
    super(`Others are at work on ${key}.`);
    this.key = key;
  }
}

/** The ends of the queues, by key. They belong to their leases and go with them. */
const queuesOf = new WeakMap<Leases, Map<string, Promise<void>>>();

/**
 * Runs `work` while no other owner, in this process or another, holds the lease of that key; in this process in the
 * order of asking, and one at a time asks. Whatever happens, the lease is given back. Work that locks its own key waits
 * for ever. Throws what `take` and `work` throw, LockBusy, or the signal's reason.
 */
export async function withLock<T>(
  leases: Leases,
  key: string,
  options: LockOptions,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  const waiting = createWaiting(key, options);
  const place = queueUp(leases, key);
  try {
    await endedBy(waiting.signal, () => place.turn);
    const lease = await waitFor(leases, key, waiting.signal, options);
    waiting.end();
    return await workUnder(lease, work);
  } finally {
    waiting.end();
    place.leave();
  }
}

async function workUnder<T>(lease: Lease, work: (lease: Lease) => Promise<T>): Promise<T> {
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}

async function waitFor(leases: Leases, key: string, ended: AbortSignal, options: LockOptions): Promise<Lease> {
  const { signal, pollMs = 50 } = options;
  for (;;) {
    const lease = await leases.take(key);
    // Time that ran out while it was taken makes no difference; a caller who wants it no more does.
    if (lease && !signal?.aborted) return lease;
    await lease?.release();
    await endedBy(ended, () => sleep(pollMs * (0.75 + Math.random() / 2), undefined, { signal: ended }));
  }
}

/** Who leaves before its turn lets the next one wait for the one before. */
function queueUp(leases: Leases, key: string): { turn: Promise<void>; leave(): void } {
  const queues = queuesOf.get(leases) ?? new Map<string, Promise<void>>();
  queuesOf.set(leases, queues);
  const turn = queues.get(key) ?? Promise.resolve();
  let leave = () => {};
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const end = turn.then(() => left);
  queues.set(key, end);
  void end.then(() => queues.get(key) === end && queues.delete(key));
  return { turn, leave };
}

/** One signal for the two ends of waiting; `end` lets go of timer and listener. */
function createWaiting(key: string, { signal, waitMs }: LockOptions): { signal: AbortSignal; end(): void } {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  const timer = waitMs === undefined ? undefined : setTimeout(() => controller.abort(new LockBusy(key)), waitMs);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    },
  };
}

/** Waits for a promise, or throws the signal's reason. */
async function endedBy(signal: AbortSignal, wait: () => Promise<unknown>): Promise<void> {
  signal.throwIfAborted();
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop);
  });
  await Promise.race([wait().catch(() => undefined), stopped]);
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
}
