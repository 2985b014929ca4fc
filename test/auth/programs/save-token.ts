/** A process that saves grants until it is killed (`saveOn`), in the store of a kind: `save-token.mjs {"kind","folder"}`. */
import { createFileTokenStore } from '../../../src/auth/file-token-store.ts';
import { createKeychainTokenStore } from '../../../src/auth/keychain.ts';
import { createMacosSecurityTokenStore } from '../../../src/auth/macos-security.ts';
import type { TokenStore } from '../../../src/auth/token-store.ts';
import { saveOn } from '../../contracts/token-store-worker.ts';

const { kind, folder, key } = JSON.parse(process.argv[2] ?? '');
const STORES: Record<string, () => TokenStore> = {
  file: () => createFileTokenStore(folder, key),
  keychain: () => createKeychainTokenStore(key, 'linux'),
  'macos-security': () => createMacosSecurityTokenStore(key, folder),
};
const store = STORES[kind]?.();
if (!store) throw new Error(`no store ${kind}`);
await saveOn(store);
