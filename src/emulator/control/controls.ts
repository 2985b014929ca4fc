/** What a test can do to a running emulator: the same in this process and over `/_emulator/` (design 2). */
import type { Clock } from '../clock.ts';
import type { Emulator, Requests } from '../emulator.d.ts';
import { type Faults, readFaults } from './faults.ts';
import type { LateEffects } from './late-effects.ts';
import type { RequestLog } from './request-log.ts';

export interface Controls extends Pick<Emulator, 'advance' | 'reset'> {
  /** @param rules as they came. @throws GoogleApiError INVALID_ARGUMENT for one that cannot be meant. */
  setFaults(rules: unknown): void;
  requests(): Requests;
}

export interface ControlParts {
  clock: Clock;
  faults: Faults;
  effects: LateEffects;
  log: RequestLog;
  /** Puts back what the emulator remembers. */
  resetMemory(): void;
  /** Something worth keeping has changed. */
  changed(): void;
}

export const createControls = ({ clock, faults, effects, log, resetMemory, changed }: ControlParts): Controls => ({
  setFaults: (rules) => faults.set(readFaults(rules)),
  requests: () => log.show(),
  reset() {
    effects.drop();
    resetMemory();
    faults.set([]);
    log.clear();
    changed();
  },
  async advance(seconds) {
    clock.advance(seconds);
    await effects.settle();
    changed();
  },
});
