/** What a process of its own does with a token store in `tokenStoreContract`. Without vitest, so that it can be bundled. */
import { Secret } from '../../src/auth/secret.ts';
import type { Grant, TokenStore } from '../../src/auth/token-store.ts';

/** A grant every member of which tells which one it is. */
export const grantOf = (number: number): Grant => ({
  refreshToken: new Secret(`1//refresh-${number}-${'x'.repeat(200)}-${number}`),
  scopes:
    number % 2 === 0 ? ['photoslibrary.appendonly'] : ['photoslibrary.appendonly', 'photospicker.mediaitems.readonly'],
  account: `account-${number}`,
  clientId: `client-${number}`,
  signedInAt: number,
  ...(number % 3 === 0 && { endsAt: number }),
});

/** Saves one grant after the other without end, and prints the number of each once it is kept. */
export async function saveOn(store: TokenStore): Promise<never> {
  for (let number = 1; ; number++) {
    await store.save(grantOf(number));
    process.stdout.write(`${number}\n`);
  }
}
