/** The operating system's keychain through keytar: macOS Keychain, Windows Credential Manager, Linux Secret Service. */
import { randomBytes } from 'node:crypto';
import { AuthError } from './errors.ts';
import { decodeGrant, encodeGrant, SERVICE, type TokenStore } from './token-store.ts';

/** A locked keychain may ask the person; one that the person does not answer would keep the call waiting for ever. */
const TIMEOUT_MS = 15_000;

const NAMES: Readonly<Record<string, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
  linux: 'keyring (Secret Service)',
};

/** @param key of one account (`accountKey`). */
export function createKeychainTokenStore(key: string, platform: NodeJS.Platform): TokenStore {
  return {
    kind: 'keychain',
    where: NAMES[platform] ?? 'keychain',
    async load() {
      const text = await use((keytar) => keytar.getPassword(SERVICE, key));
      return text === null ? undefined : decodeGrant(text);
    },
    async save(grant) {
      const text = encodeGrant(grant);
      await use((keytar) => keytar.setPassword(SERVICE, key, text));
    },
    async clear() {
      await use((keytar) => keytar.deletePassword(SERVICE, key));
    },
  };
}

/** Whether secrets really survive there: writes a dummy, reads it, deletes it. */
export async function keychainWorks(): Promise<boolean> {
  const key = `probe-${randomBytes(8).toString('hex')}`;
  try {
    return await use(async (keytar) => {
      await keytar.setPassword(SERVICE, key, key);
      const read = await keytar.getPassword(SERVICE, key);
      await keytar.deletePassword(SERVICE, key);
      return read === key;
    });
  } catch {
    return false;
  }
}

type Keytar = typeof import('keytar');

/** keytar is native code: it may be missing, lack its library, or find no service to talk to. All the same to us. */
async function use<T>(operation: (keytar: Keytar) => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), TIMEOUT_MS);
  });
  try {
    const { default: keytar } = await import('keytar');
    return await Promise.race([operation(keytar), tooLong]);
  } catch {
    throw new AuthError('keychainUnavailable');
  } finally {
    clearTimeout(timer);
  }
}
