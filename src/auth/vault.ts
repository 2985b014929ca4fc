/** One account's grant: which store has it, and when it was last good for something. */
import { type AccountRecord, accountRecords } from './accounts.ts';
import { type Stores, type StoreWish, storeForLoading, storeForSaving } from './choose.ts';
import type { History } from './diagnosis.ts';
import { AuthError } from './errors.ts';
import { isSystemError } from './private-files.ts';
import type { Grant, StoreKind, TokenStore } from './token-store.ts';

export interface VaultOptions {
  /** `keyOf(account, issuer)`. */
  readonly key: string;
  readonly issuer: string;
  readonly stateDir: string;
  readonly wish: StoreWish;
  readonly stores: Stores;
}

export interface Held {
  readonly grant: Grant;
  readonly store: TokenStore;
  readonly history: History;
}

export interface Vault {
  load(): Promise<Held | undefined>;
  /** Changes with every sign-in and sign-out, also by another process; cheap enough to ask before each request. */
  version(): Promise<string | undefined>;
  /** Throws what `save` would throw for want of a store: told before the person goes to Google, not after. */
  ready(): Promise<void>;
  save(grant: Grant, now: number): Promise<TokenStore>;
  /** Notes that the grant still works. */
  touch(held: Held, now: number): Promise<void>;
  /** Puts a refresh token that Google replaced in the place of the old one. */
  replace(held: Held, grant: Grant): Promise<void>;
  clear(): Promise<void>;
}

export function openVault({ key, issuer, stateDir, wish, stores }: VaultOptions): Vault {
  const records = accountRecords(stateDir);
  let lastUsedInMemory = 0;

  async function remember(kind: StoreKind, grant: Grant, lastUsedAt: number): Promise<void> {
    lastUsedInMemory = lastUsedAt;
    // A sign-in in memory ends with the process; a record of it would be a lie to the next one.
    if (kind === 'memory') return;
    const { account, signedInAt } = grant;
    await records.write(key, { account, issuer, store: kind, signedInAt, lastUsedAt });
  }

  async function load(): Promise<Held | undefined> {
    const record = await records.read(key);
    const store = storeForLoading(stores, wish, record?.store);
    const grant = await store?.load(key);
    if (!store || !grant) return undefined;
    const lastUsedAt = Math.max(record?.lastUsedAt ?? 0, lastUsedInMemory, grant.signedInAt);
    return { store, grant, history: { signedInAt: grant.signedInAt, lastUsedAt, endsAt: grant.endsAt } };
  }

  async function place(): Promise<{ store: TokenStore; previous?: StoreKind }> {
    const previous = (await records.read(key))?.store;
    return { store: await storeForSaving(stores, wish, previous), previous };
  }

  async function save(grant: Grant, now: number): Promise<TokenStore> {
    const { store, previous } = await place();
    await store.save(key, grant);
    await remember(store.kind, grant, now);
    if (previous !== undefined && previous !== store.kind) await clearQuietly(stores.open(previous), key);
    return store;
  }

  async function clear(): Promise<void> {
    const record = await records.read(key);
    await storeForLoading(stores, wish, record?.store)?.clear(key);
    await records.remove(key);
  }

  return {
    load: () => onDisk(load()),
    async version() {
      const record = await onDisk(records.read(key));
      return record && versionOf(record);
    },
    async ready() {
      await onDisk(place());
    },
    save: (grant, now) => onDisk(save(grant, now)),
    async touch({ store, grant }, now) {
      // Bookkeeping for later diagnosis: a full disk must not stop a call.
      await remember(store.kind, grant, now).catch(() => undefined);
    },
    replace: ({ store }, grant) => onDisk(store.save(key, grant)),
    clear: () => onDisk(clear()),
  };
}

/** The system's own words name paths and numbers; a person needs to know what to look after. */
async function onDisk<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isSystemError(error) ? new AuthError('folderUnusable') : error;
  }
}

function versionOf({ store, signedInAt }: AccountRecord): string {
  return `${store} ${signedInAt}`;
}

/** The sign-in has moved; what stays behind is dead weight, not worth failing over. */
async function clearQuietly(store: TokenStore, key: string): Promise<void> {
  await store.clear(key).catch(() => undefined);
}
