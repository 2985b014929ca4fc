/** Where the sign-in of one account is kept on this machine. */
import { join } from 'node:path';
import { accountKey } from './account-key.ts';
import type { AccountRecordStore } from './account-record.ts';
import type { TokenStores } from './choose.ts';
import { createFileAccountRecord } from './file-account-record.ts';
import { createFileTokenStore, fileTokensWork } from './file-token-store.ts';
import { createKeychainTokenStore, keychainWorks } from './keychain.ts';
import { createMacosSecurityTokenStore, macosSecurityWorks } from './macos-security.ts';
import { createMemoryTokenStore } from './memory-token-store.ts';

/** Of one account: its secret, in one of several stores, and without any secret which of them has it. */
export interface AccountStorage {
  readonly record: AccountRecordStore;
  readonly tokens: TokenStores;
}

export interface LocalAccount {
  /** Absolute. */
  readonly stateDir: string;
  readonly account: string;
  /** `Endpoints.issuer`. */
  readonly issuer: string;
}

export function localAccountStorage(
  { stateDir, account, issuer }: LocalAccount,
  platform: NodeJS.Platform = process.platform,
): AccountStorage {
  const key = accountKey(account, issuer);
  return { record: createFileAccountRecord(stateDir, key), tokens: localTokenStores(stateDir, key, platform) };
}

function localTokenStores(stateDir: string, key: string, platform: NodeJS.Platform): TokenStores {
  const folder = join(stateDir, 'tokens');
  const memory = createMemoryTokenStore();
  return {
    open(kind) {
      if (kind === 'keychain') return createKeychainTokenStore(key, platform);
      if (kind === 'macos-security') return createMacosSecurityTokenStore(key);
      return kind === 'file' ? createFileTokenStore(folder, key) : memory;
    },
    async works(kind) {
      if (kind === 'keychain') return keychainWorks();
      if (kind === 'macos-security') return platform === 'darwin' && macosSecurityWorks();
      return kind === 'memory' || fileTokensWork(folder);
    },
  };
}
