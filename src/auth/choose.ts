/**
 * Which token store serves an account. Chosen once, at its first sign-in, and remembered: a keychain that is out of reach
 * later is an error to tell, never a reason to write the secret somewhere weaker.
 */
import { AuthError } from './errors.ts';
import type { StoreKind, TokenStore } from './token-store.ts';

/** `--token-store`. */
export type TokenStoreChoice = 'auto' | 'keychain' | 'file' | 'memory';

/** The stores in which the grant of one account may be. */
export interface TokenStores {
  open(kind: StoreKind): TokenStore;
  /** Writes, reads and deletes a dummy. */
  works(kind: StoreKind): Promise<boolean>;
}

const KEYCHAINS: readonly StoreKind[] = ['keychain', 'macos-security'];

/** The store for a new sign-in. `remembered` is where this account's last one went. */
export async function storeForSaving(
  stores: TokenStores,
  choice: TokenStoreChoice,
  remembered?: StoreKind,
): Promise<TokenStore> {
  const candidates = candidatesFor(choice, remembered);
  for (const kind of candidates) {
    if (await stores.works(kind)) return stores.open(kind);
  }
  throw new AuthError(candidates.includes('file') ? 'folderUnusable' : 'keychainUnavailable');
}

/** Kinds of store for a new sign-in, the best first. */
export function candidatesFor(choice: TokenStoreChoice, remembered: StoreKind | undefined): readonly StoreKind[] {
  if (choice === 'keychain') return KEYCHAINS;
  if (choice !== 'auto') return [choice];
  return remembered === undefined ? [...KEYCHAINS, 'file', 'memory'] : [remembered];
}

/** Where to look for the sign-in; undefined when there can be none. Probes nothing: reading shows what works. */
export function storeForLoading(
  stores: TokenStores,
  choice: TokenStoreChoice,
  remembered?: StoreKind,
): TokenStore | undefined {
  if (choice === 'file' || choice === 'memory') return stores.open(choice);
  if (remembered === undefined) return choice === 'auto' ? stores.open('memory') : undefined;
  const fits = choice === 'auto' || KEYCHAINS.includes(remembered);
  return fits ? stores.open(remembered) : undefined;
}
