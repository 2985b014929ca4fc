/** One account's grant: which store has it, and when it was last good for something. */
import { isSystemError } from '../storage/errors.ts';
import type { AccountRecord } from './account-record.ts';
import type { AccountStorage } from './account-storage.ts';
import { storeForLoading, storeForSaving, type TokenStoreChoice } from './choose.ts';
import type { History } from './diagnosis.ts';
import { AuthError } from './errors.ts';
import type { Grant, StoreKind, TokenStore } from './token-store.ts';

export interface VaultOptions {
  /** `Endpoints.issuer`. */
  readonly issuer: string;
  readonly choice: TokenStoreChoice;
  readonly storage: AccountStorage;
}

export interface StoredSignIn {
  readonly grant: Grant;
  readonly store: TokenStore;
  readonly history: History;
  /** As `Vault.version` when it was loaded. */
  readonly version: string;
}

export interface Vault {
  load(): Promise<StoredSignIn | undefined>;
  /** Changes with every sign-in and sign-out, also by another process; cheap enough to ask before each request. */
  version(): Promise<string>;
  /** Throws what `save` would throw for want of a store: told before the person goes to Google, not after. */
  ready(): Promise<void>;
  save(grant: Grant, now: number): Promise<TokenStore>;
  /**
   * Notes that the grant still works, unless another process has signed in or out since it was loaded.
   * @returns the version that goes with this grant, which is the one of the vault unless another process was faster.
   */
  touch(signIn: StoredSignIn, now: number): Promise<string>;
  /** Puts a refresh token that Google replaced in the place of the old one; as `touch`. */
  replace(signIn: StoredSignIn, grant: Grant): Promise<void>;
  clear(): Promise<void>;
}

export function openVault({ issuer, choice, storage: { record: records, tokens } }: VaultOptions): Vault {
  let lastUsedInMemory = 0;
  /** Of this process's own sign-ins and sign-outs: those in memory have no record that would tell. */
  let generation = 0;

  const versionOf = (record: AccountRecord | undefined): string =>
    `${generation} ${record?.store} ${record?.signedInAt}`;

  async function remember(kind: StoreKind, grant: Grant, lastUsedAt: number): Promise<AccountRecord | undefined> {
    lastUsedInMemory = lastUsedAt;
    // A sign-in in memory ends with the process; a record of it would be a lie to the next one.
    if (kind === 'memory') return undefined;
    const { account, signedInAt } = grant;
    const record = { account, issuer, store: kind, signedInAt, lastUsedAt };
    await records.write(record);
    return record;
  }

  async function load(): Promise<StoredSignIn | undefined> {
    const record = await records.read();
    const store = storeForLoading(tokens, choice, record?.store);
    const grant = await store?.load();
    if (!store || !grant) return undefined;
    const lastUsedAt = Math.max(record?.lastUsedAt ?? 0, lastUsedInMemory, grant.signedInAt);
    const history = { signedInAt: grant.signedInAt, lastUsedAt, endsAt: grant.endsAt };
    return { store, grant, history, version: versionOf(record) };
  }

  const isCurrent = async ({ version }: StoredSignIn): Promise<boolean> => versionOf(await records.read()) === version;

  async function place(): Promise<{ store: TokenStore; previous?: StoreKind }> {
    const previous = (await records.read())?.store;
    return { store: await storeForSaving(tokens, choice, previous), previous };
  }

  async function save(grant: Grant, now: number): Promise<TokenStore> {
    const { store, previous } = await place();
    await store.save(grant);
    generation += 1;
    await remember(store.kind, grant, now);
    if (previous !== undefined && previous !== store.kind) await clearQuietly(tokens.open(previous));
    return store;
  }

  async function touch(signIn: StoredSignIn, now: number): Promise<string> {
    if (!(await isCurrent(signIn))) return signIn.version;
    const record = await remember(signIn.store.kind, signIn.grant, now);
    return record ? versionOf(record) : signIn.version;
  }

  async function replace(signIn: StoredSignIn, grant: Grant): Promise<void> {
    if (await isCurrent(signIn)) await signIn.store.save(grant);
  }

  async function clear(): Promise<void> {
    generation += 1;
    const record = await records.read();
    await storeForLoading(tokens, choice, record?.store)?.clear();
    await records.remove();
  }

  return {
    load: () => onDisk(load()),
    version: async () => versionOf(await onDisk(records.read())),
    ready: async () => void (await onDisk(place())),
    save: (grant, now) => onDisk(save(grant, now)),
    // Bookkeeping for later diagnosis: a full disk must not stop a call.
    touch: (signIn, now) => touch(signIn, now).catch(() => signIn.version),
    replace: (signIn, grant) => onDisk(replace(signIn, grant)),
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

/** The sign-in has moved; what stays behind is dead weight, not worth failing over. */
async function clearQuietly(store: TokenStore): Promise<void> {
  await store.clear().catch(() => undefined);
}
