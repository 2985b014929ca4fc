import { decodeGrant, encodeGrant, type TokenStore } from './token-store.ts';

/** The sign-in of one account lasts as long as the process. */
export function createMemoryTokenStore(): TokenStore {
  let kept: string | undefined;
  return {
    kind: 'memory',
    where: 'memory, until the server stops',
    load: async () => (kept === undefined ? undefined : decodeGrant(kept)),
    async save(grant) {
      kept = encodeGrant(grant);
    },
    async clear() {
      kept = undefined;
    },
  };
}
