/**
 * Which token store serves an account. Chosen once, at its first sign-in, and remembered: a keychain that is out of reach
 * later is an error to tell, never a reason to write the secret somewhere weaker.
 */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AuthError } from './errors.ts';
import { fileStore } from './file.ts';
import { keychainStore, keychainWorks } from './keychain.ts';
import { macosSecurityStore, macosSecurityWorks } from './macos-security.ts';
import { memoryStore } from './memory.ts';
import { writePrivate } from './private-files.ts';
import type { StoreKind, TokenStore } from './token-store.ts';

/** `--token-store`. */
export type StoreWish = 'auto' | 'keychain' | 'file' | 'memory';

export interface Stores {
  open(kind: StoreKind): TokenStore;
  /** Writes, reads and deletes a dummy. */
  works(kind: StoreKind): Promise<boolean>;
}

export function systemStores(stateDir: string, platform: NodeJS.Platform = process.platform): Stores {
  const memory = memoryStore();
  return {
    open(kind) {
      if (kind === 'keychain') return keychainStore(platform);
      if (kind === 'macos-security') return macosSecurityStore();
      return kind === 'file' ? fileStore(join(stateDir, 'tokens')) : memory;
    },
    async works(kind) {
      if (kind === 'keychain') return keychainWorks();
      if (kind === 'macos-security') return platform === 'darwin' && macosSecurityWorks();
      return kind === 'memory' || fileWorks(join(stateDir, 'tokens'));
    },
  };
}

const KEYCHAINS: readonly StoreKind[] = ['keychain', 'macos-security'];

/** The store for a new sign-in. `remembered` is where this account's last one went. */
export async function storeForSaving(stores: Stores, wish: StoreWish, remembered?: StoreKind): Promise<TokenStore> {
  const candidates = candidatesFor(wish, remembered);
  for (const kind of candidates) {
    if (await stores.works(kind)) return stores.open(kind);
  }
  throw new AuthError(candidates.includes('file') ? 'folderUnusable' : 'keychainUnavailable');
}

/** Kinds of store for a new sign-in, the best first. */
export function candidatesFor(wish: StoreWish, remembered: StoreKind | undefined): readonly StoreKind[] {
  if (wish === 'keychain') return KEYCHAINS;
  if (wish !== 'auto') return [wish];
  return remembered === undefined ? [...KEYCHAINS, 'file', 'memory'] : [remembered];
}

/** Where to look for the sign-in; undefined when there can be none. Probes nothing: reading shows what works. */
export function storeForLoading(stores: Stores, wish: StoreWish, remembered?: StoreKind): TokenStore | undefined {
  if (wish === 'file' || wish === 'memory') return stores.open(wish);
  if (remembered === undefined) return wish === 'auto' ? stores.open('memory') : undefined;
  const fits = wish === 'auto' || KEYCHAINS.includes(remembered);
  return fits ? stores.open(remembered) : undefined;
}

async function fileWorks(folder: string): Promise<boolean> {
  const probe = join(folder, `probe-${randomBytes(8).toString('hex')}`);
  try {
    await writePrivate(probe, '');
    await rm(probe, { force: true });
    return true;
  } catch {
    return false;
  }
}
