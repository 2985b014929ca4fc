/**
 * What is known about each account, without any secret: one small file for each in `accounts/` of the state folder, so
 * that processes sharing the folder never overwrite each other's.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileNameOf, isCode, readPrivate, writePrivate } from './private-files.ts';
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

export interface AccountRecords {
  read(key: string): Promise<AccountRecord | undefined>;
  write(key: string, record: AccountRecord): Promise<void>;
  remove(key: string): Promise<void>;
  list(): Promise<AccountRecord[]>;
}

export function accountRecords(stateDir: string): AccountRecords {
  const folder = join(stateDir, 'accounts');
  const read = async (name: string) => {
    const text = await readPrivate(join(folder, name));
    return text === undefined ? undefined : parse(text);
  };
  return {
    read: (key) => read(fileNameOf(key)),
    write: (key, record) => writePrivate(join(folder, fileNameOf(key)), JSON.stringify(record)),
    remove: (key) => rm(join(folder, fileNameOf(key)), { force: true }),
    async list() {
      const names = (await filesIn(folder)).filter((name) => name.endsWith('.json')).sort();
      const records = await Promise.all(names.map(read));
      return records.filter((record) => record !== undefined);
    },
  };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return [];
    throw error;
  }
}

const KINDS: readonly unknown[] = ['keychain', 'macos-security', 'file'] satisfies LastingStore[];

/** Undefined when the file is damaged: the account then counts as not signed in. */
function parse(text: string): AccountRecord | undefined {
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
