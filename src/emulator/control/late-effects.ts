/** What requests do after their connection was lost: the failure `effectAfter`. Due by emulator time, so that a test need not wait. */
import type { Clock } from '../clock.ts';

export interface LateEffects {
  /**
   * Does the work `ms` later: when so much real time has passed, or earlier when the emulator's clock is moved past it.
   * @param work never rejects. @returns when it is done, or has been dropped.
   */
  later(ms: number, work: () => Promise<void>): Promise<void>;
  /** Does what is due by the emulator's clock. @returns when that is done. */
  settle(): Promise<void>;
  /** Forgets all that has not begun. */
  drop(): void;
}

interface Waiting {
  /** Emulator time in ms. */
  due: number;
  /** Does it, or forgets it. @returns when that is over. */
  end(begins: boolean): Promise<void>;
}

export function createLateEffects(clock: Clock): LateEffects {
  const waiting = new Set<Waiting>();
  const wait = (ms: number, work: () => Promise<void>, over: () => void): void => {
    const effect: Waiting = {
      due: clock.now() + ms,
      async end(begins) {
        if (!waiting.delete(effect)) return;
        clearTimeout(timer);
        if (begins) await work();
        over();
      },
    };
    const timer = setTimeout(() => void effect.end(true), ms);
    waiting.add(effect);
  };
  return {
    later: (ms, work) => new Promise((over) => wait(ms, work, over)),
    async settle() {
      const due = [...waiting].filter((effect) => effect.due <= clock.now()).sort((a, b) => a.due - b.due);
      for (const effect of due) await effect.end(true);
    },
    drop() {
      for (const effect of waiting) void effect.end(false);
    },
  };
}
