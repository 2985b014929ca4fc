/** What is known about an account, without any secret. */
import type { StoreKind } from './token-store.ts';

export type LastingStore = Exclude<StoreKind, 'memory'>;

export interface AccountRecord {
  readonly account: string;
  /** `google`, or an emulator's host and port. */
  readonly issuer: string;
  /** Where its sign-in was put: chosen once, never changed behind the person's back. Memory is not remembered. */
  readonly store: LastingStore;
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
  /** Milliseconds since 1970: when Google last gave an access token for it. */
  readonly lastUsedAt: number;
}

/** The record of one account. A reader sees the old one or the new one, whenever a writer is killed. */
export interface AccountRecordStore {
  /** Undefined when there is none, or a damaged one: the account then counts as not signed in. Throws the system's errors. */
  read(): Promise<AccountRecord | undefined>;
  /** Throws the system's errors. */
  write(record: AccountRecord): Promise<void>;
  /** No error when there is none. Throws the system's errors. */
  remove(): Promise<void>;
}

const KINDS: readonly unknown[] = ['keychain', 'macos-security', 'file'] satisfies LastingStore[];

/** Undefined for whatever is not a record. */
export function parseAccountRecord(text: string): AccountRecord | undefined {
  try {
    const { account, issuer, store, signedInAt, lastUsedAt } = JSON.parse(text);
    const valid =
      typeof account === 'string' &&
      typeof issuer === 'string' &&
      KINDS.includes(store) &&
      Number.isFinite(signedInAt) &&
      Number.isFinite(lastUsedAt);
    return valid ? { account, issuer, store, signedInAt, lastUsedAt } : undefined;
  } catch {
    return undefined;
  }
}
