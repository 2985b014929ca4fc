/** The right to do something alone, for one of many processes. Files keep it here; a shared database can as well. */

export interface Lease {
  /** Grows with every owner of a key. What an owner leaves behind under its epoch can be told from what came later. */
  readonly epoch: number;
  /**
   * To be called before whatever must not happen twice. When it resolves, the lease stays this owner's for a good part
   * of its lifetime. Throws LeaseLost when another may have it by now, or that cannot be told; and from then on,
   * always.
   */
  assertHeld(): Promise<void>;
  /** The next owner need not wait. Never fails: a lease that cannot be given back ends with its lifetime. */
  release(): Promise<void>;
}

export interface Leases {
  /**
   * Undefined while another owner's heart beats. Keys are any text. Throws what keeps leases from being kept at all.
   */
  take(key: string): Promise<Lease | undefined>;
}

/** Whoever held the lease slept too long, or let it go; another owner may be at work. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  readonly key: string;

  constructor(key: string, options?: ErrorOptions) {
    super(`The lease on ${key} is lost.`, options);
    this.key = key;
  }
}
