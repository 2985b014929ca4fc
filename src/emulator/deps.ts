/** What every group of routes is made with: `libraryRoutes(deps)`, `uploadRoutes(deps)`, `oauthRoutes(deps)` … → `Route[]`. */
import type { Clock } from './clock.ts';
import type { Overrides } from './emulator.d.ts';
import type { Random } from './ids.ts';
import type { ItemStore } from './items.ts';
import type { State } from './state.ts';

export interface Deps {
  /** One object for the emulator's life; a reset replaces its fields. */
  readonly state: State;
  readonly clock: Clock;
  readonly random: Random;
  readonly overrides: Overrides;
  readonly legacySharing: boolean;
  /** The part of the person's library that only the Picker shows; made when first asked for. */
  elsewhere(): Promise<ItemStore>;
  /** Signs base URLs, so that a client cannot make one up. */
  readonly secret: string;
  /** A temporary folder, made when first asked for and removed when the emulator closes. */
  tempDir(): Promise<string>;
  /** Says that something worth keeping has changed; the state file follows soon. The server calls it after each request that is not a GET. */
  changed(): void;
}
