import type { Clock } from './clock.ts';
import type { Hosts } from './hosts.ts';
import type { Transport } from './transport.ts';

/** What the calls of one client share. */
export interface Shared {
  readonly hosts: Hosts;
  readonly clock: Clock;
  readonly transport: Transport;
  /** Longest one call may take, retries and waits included, in milliseconds. */
  readonly budgetMs: number;
  /** Longest one read may take before it is tried again, in milliseconds. */
  readonly readTimeoutMs: number;
}
