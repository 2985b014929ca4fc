import type { Grant, TokenStore } from './token-store.ts';

/** The sign-in lasts as long as the process. */
export function memoryStore(): TokenStore {
  const grants = new Map<string, Grant>();
  return {
    kind: 'memory',
    where: 'memory, until the server stops',
    load: async (key) => grants.get(key),
    save: async (key, grant) => void grants.set(key, grant),
    clear: async (key) => void grants.delete(key),
  };
}
