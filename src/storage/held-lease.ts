/** A lease that is held: its heart beats by itself until it is released or found lost. */
import { epochPath, listEpochs } from './epoch-files.ts';
import { type Lease, LeaseLost } from './lease.ts';
import { writeBeat } from './owner-file.ts';
import { createTurns } from './turns.ts';

export interface Tenure {
  key: string;
  /** Holds the key's owners. */
  folder: string;
  epoch: number;
  /** The beat that its file was made with. */
  bornAt: number;
  now(): number;
  beatMs: number;
  lifetimeMs: number;
}

/** `assertHeld` promises that the owner counts as alive for so much of a lifetime. */
const MARGIN = 1 / 4;
const RELEASED = 0;

export function holdLease({ key, folder, epoch, bornAt, now, beatMs, lifetimeMs }: Tenure): Lease {
  const path = epochPath(folder, epoch);
  // A beat that is still on its way must not follow the release.
  const inTurn = createTurns();
  let beatAt = bornAt;
  let isOver = false;

  const isFresh = () => Math.abs(now() - beatAt) < lifetimeMs * (1 - MARGIN);

  const beat = async () => {
    const at = now();
    await writeBeat(path, at);
    beatAt = at;
  };

  const end = async () => {
    if (isOver) return;
    isOver = true;
    clearInterval(timer);
    await writeBeat(path, RELEASED).catch(() => undefined);
  };

  /** Beats first and looks then: a process that took this owner for dead either sees the beat or is seen. */
  const check = async ({ withBeat }: { withBeat: boolean }) => {
    if (isOver) throw new LeaseLost(key);
    if (withBeat) await beat();
    if ((await listEpochs(folder)).at(-1) === epoch) return;
    await end();
    throw new LeaseLost(key);
  };

  /** Once more when the process has slept while it looked. When the disk gives no answer: who cannot tell must stop. */
  const assertHeld = async () => {
    try {
      do await check({ withBeat: !isFresh() });
      while (!isFresh());
    } catch (cause) {
      await end();
      throw cause instanceof LeaseLost ? cause : new LeaseLost(key, { cause });
    }
  };

  const timer = setInterval(() => void inTurn(() => check({ withBeat: true })).catch(() => undefined), beatMs).unref();

  return { epoch, assertHeld: () => inTurn(assertHeld), release: () => inTurn(end) };
}
